// The joint of a log and a check: which refusal a check starts from, how often the log holds it, and what a person typed over it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { analyse } from "../server/src/analyse.ts";
import { entryById } from "../server/src/catalogue/data.ts";
import { readAddress } from "../server/src/check/address.ts";
import { inquire, type Start } from "../server/src/inquire.ts";
import type { Address, Finding, Subject } from "../server/src/model.ts";
import type { TypedMail } from "../server/src/protocol.ts";
import { pageId } from "../server/src/tell/pages.ts";
import { realLog, realLogs } from "./log/support/truth.ts";
import { coxLine } from "./tell/findings.ts";

const fileDate = new Date("2026-11-24T00:00:00Z");
const ours = "203.0.113.7";
const other = "203.0.113.8";
const nothing = {
  ...{ helo: undefined, sender: undefined, headerFrom: undefined },
  ...{ signatures: [], recipientDomain: undefined },
};

function address(text: string): Address {
  const found = readAddress(text);
  if (found === undefined) throw new TypeError(`${text} is no address`);
  return found;
}

function findings(text: string): readonly Finding[] {
  return analyse(text, { fileDate, certain: true })?.findings ?? [];
}

/** A check from a page, with its log and, from 1, the line that was pointed at. */
function from(page: string, text?: string, line?: number): Start {
  const known = entryById(page);
  if (known === undefined) throw new TypeError(`the catalogue has no ${page}`);
  const log =
    text === undefined ? undefined : { text, findings: findings(text), line: line === undefined ? line : line - 1 };
  return { ...known, log };
}

const limited = (ip: string, minute: number) =>
  coxLine(`421 cmsmtp ${ip} blocked AUP#CXCNCT`, { time: `2023-06-03T10:${String(minute).padStart(2, "0")}:00+00:00` });
const unnamed = (minute: number) => limited("", minute).replace("cmsmtp  blocked", "cmsmtp blocked");
const at = (minute: number) => `2023-06-03T10:${String(minute).padStart(2, "0")}:00+00:00`;
const logOf = (...lines: readonly string[]) => `${lines.join("\n")}\n`;

/** Lines: 1 ours, 2 other, 3 unnamed, 4 another code, 5 ours, 6 other. */
const mixed = logOf(
  limited(ours, 1),
  limited(other, 2),
  unnamed(3),
  coxLine("554 cmsmtp 203.0.113.7 blocked AUP#CXBL"),
  limited(ours, 5),
  limited(other, 6),
);

function refusal(ip: string, line?: number, text = mixed) {
  const subject = inquire(address(ip), from("cox/CXCNCT", text, line), {});
  assert.equal(subject.address.text, ip);
  if (subject.refusal === undefined) throw new TypeError("the check has a refusal");
  return { ...subject.refusal, line: subject.refusal.line === undefined ? undefined : subject.refusal.line + 1 };
}

test("a check of an address alone has no refusal and knows nothing of a mail", () => {
  const subject = inquire(address(ours), undefined, {});
  assert.equal(subject.refusal, undefined);
  assert.deepEqual(subject.mail, nothing);
});

test("a check from a page without a log has its code and rule, but no time and no count", () => {
  const { refusal } = inquire(address(ours), from("cox/CXCNCT"), {});
  assert.equal(refusal?.entry, "cox/CXCNCT");
  assert.equal(refusal?.label, "AUP#CXCNCT");
  assert.equal(refusal?.provider, "Cox");
  assert.deepEqual([refusal?.time, refusal?.line, refusal?.seen], [undefined, undefined, undefined]);
});

test("a decoded mask is named as the provider writes it", () => {
  assert.equal(inquire(address(ours), from("cox/IPBL0011"), {}).refusal?.label, "AUP#IPBL0011");
});

test("the line that was pointed at is the refusal", () => {
  assert.deepEqual([refusal(ours, 1).line, refusal(ours, 1).time], [1, at(1)]);
  assert.equal(refusal(ours, 5).line, 5);
  assert.equal(refusal(ours, 3).line, 3);
});

test("without a line it is the last refusal with the same code that names the address", () => {
  assert.equal(refusal(ours).line, 5);
  assert.equal(refusal(other).line, 6);
});

test("another address than the line's has its own refusal where the log holds one", () => {
  assert.equal(refusal(other, 1).line, 6);
  assert.equal(refusal(ours, 6).line, 5);
});

test("an address typed in place of the line's keeps the line's refusal and its count", () => {
  const typed = refusal("81.2.69.160", 2);
  assert.equal(typed.line, 2);
  assert.deepEqual(typed.seen, { count: 3, first: at(2), last: at(6) });
});

test("an address that no line names has the last refusal that names none", () => {
  assert.equal(refusal("81.2.69.160").line, 3);
  assert.deepEqual(refusal("81.2.69.160").seen, { count: 1, first: at(3), last: at(3) });
});

test("a line of another code is not this refusal", () => {
  assert.equal(refusal(ours, 4).line, 5);
});

test("refusals of the address and those that name none are counted, with the first and the last time", () => {
  assert.deepEqual(refusal(ours, 1).seen, { count: 3, first: at(1), last: at(5) });
  assert.deepEqual(refusal(other).seen, { count: 3, first: at(2), last: at(6) });
});

test("under one common wording only refusals by the same list are counted together", () => {
  const refused = (words: string, minute: number) =>
    coxLine(`550 5.7.1 Client host [203.0.113.7] ${words}`, { time: at(minute) });
  const text = logOf(
    refused("blocked using dnsbl.sorbs.net", 1),
    refused("blocked using psbl.surriel.com", 2),
    refused("is on our list", 3),
    refused("blocked using dnsbl.sorbs.net", 4),
  );
  const seen = (line: number) => inquire(address(ours), from("wording/listed", text, line), {}).refusal?.seen;
  assert.deepEqual(seen(1), { count: 2, first: at(1), last: at(4) });
  assert.deepEqual(seen(2), { count: 1, first: at(2), last: at(2) });
});

test("a log without this refusal gives none", () => {
  const { seen, line, time } = refusal(ours, 1, "no refusal\n");
  assert.deepEqual([seen, line, time], [undefined, undefined, undefined]);
});

test("lines without a time are counted all the same", () => {
  const text = logOf(
    "cmsmtp 203.0.113.7 blocked AUP#CXCNCT",
    limited(ours, 2),
    "cmsmtp 203.0.113.7 blocked AUP#CXCNCT",
  );
  assert.deepEqual(refusal(ours, undefined, text).seen, { count: 3, first: at(2), last: at(2) });
});

test("the forms of an IPv6 address are one address", () => {
  const text = logOf(
    limited("2001:db8:25::19", 1),
    limited("2001:0DB8:25:0:0:0:0:19", 2),
    limited("::ffff:203.0.113.7", 3),
    limited("2001:db8:25::20", 4),
  );
  assert.deepEqual(refusal("2001:db8:25::19", undefined, text).seen, { count: 2, first: at(1), last: at(2) });
  assert.deepEqual(refusal(ours, undefined, text).seen, { count: 1, first: at(3), last: at(3) });
});

test("where we refused, the clients are told apart, and an unnamed one is nobody's", () => {
  const turned = (client: string, minute: number) =>
    `2026-11-23T09:0${minute}:00+00:00 mx1 postfix/smtpd[1]: NOQUEUE: reject: RCPT from ${client}: 550 5.1.1 <x@example.org>: Recipient address rejected: User unknown; from=<a@example.net> to=<x@example.org> proto=ESMTP helo=<client.example.net>`;
  const text = logOf(
    turned("c1.example.net[198.51.100.9]", 1),
    turned("c2.example.net[198.51.100.8]", 2),
    turned("unknown[unknown]", 3),
    turned("c1.example.net[198.51.100.9]", 4),
  );
  const [first] = findings(text);
  if (first === undefined) throw new TypeError("the first line refuses a client");
  const subject = inquire(address("198.51.100.9"), from(pageId(first.entry, first.decoded), text, 1), {});
  assert.equal(subject.refusal?.line, 0);
  assert.equal(subject.refusal?.seen?.count, 2);
  assert.equal(subject.mail.helo, "client.example.net");
  assert.equal(subject.mail.sender, "a@example.net");
});

test("every finding of the real logs is found again from its page and line", () => {
  for (const name of realLogs) {
    const text = realLog(name);
    const all = findings(text);
    for (const { entry, decoded, delivery } of all) {
      const known = entryById(pageId(entry, decoded));
      assert.ok(known, pageId(entry, decoded));
      const start = { ...known, log: { text, findings: all, line: delivery.line } };
      const { refusal } = inquire(address(delivery.sourceIp ?? ours), start, {});
      assert.deepEqual([refusal?.line, refusal?.time], [delivery.line, delivery.time]);
      assert.ok((refusal?.seen?.count ?? 0) >= 1);
    }
  }
});

test("a million findings are looked through at once", { timeout: 10_000 }, () => {
  const [one, two] = findings(logOf(limited(ours, 1), limited("2001:db8:25::19", 2)));
  if (one === undefined || two === undefined) throw new TypeError("both lines are refusals");
  const many = Array.from({ length: 1_000_000 }, (_, line): Finding => {
    const like = line % 2 === 0 ? one : two;
    return { ...like, delivery: { ...like.delivery, line } };
  });
  const known = from("cox/CXCNCT");
  const { refusal } = inquire(
    address("2001:DB8:25:0::19"),
    { ...known, log: { text: "", findings: many, line: 17 } },
    {},
  );
  assert.deepEqual([refusal?.line, refusal?.seen?.count], [17, 500_000]);
});

function typedOver(typed: TypedMail): Subject["mail"] {
  const text = logOf(
    "2023-06-03T10:00:00+00:00 mx1.example.org postfix/qmgr[1]: 4VtCqB1abcz9: from=<ann@example.org>, size=1, nrcpt=1 (queue active)",
    "2023-06-03T10:00:00+00:00 mx1.example.org opendkim[1]: 4VtCqB1abcz9: DKIM-Signature field added (s=mail, d=example.org)",
    limited(ours, 1).replace(" mx1 ", " mx1.example.org "),
  );
  return inquire(address(ours), from("cox/CXCNCT", text, 3), typed).mail;
}

const logged: Subject["mail"] = {
  helo: "mx1.example.org",
  sender: "ann@example.org",
  headerFrom: undefined,
  signatures: [{ selector: "mail", domain: "example.org" }],
  recipientDomain: "cox.net",
  assumed: ["helo"],
};

test("the mail is what the log tells of it, and what is assumed is said", () => {
  assert.deepEqual(typedOver({}), logged);
  assert.deepEqual(typedOver({ helo: " ", sender: "", headerFrom: "", dkim: ["", " "], recipientDomain: " " }), logged);
});

test("what was typed stands over what the log tells, and a typed HELO is assumed no more", () => {
  const typed = {
    helo: "out.example.org",
    sender: "<bob@example.net>",
    headerFrom: "Bob@News.Example.net",
    recipientDomain: "kim@example.com",
  };
  assert.deepEqual(typedOver(typed), {
    ...{ helo: "out.example.org", sender: "bob@example.net", headerFrom: "news.example.net" },
    ...{ signatures: logged.signatures, recipientDomain: "example.com" },
  });
});

test("a sender may be typed as the null sender, or as a domain", () => {
  assert.equal(typedOver({ sender: "<>" }).sender, "");
  assert.equal(typedOver({ sender: "example.net" }).sender, "postmaster@example.net");
  assert.equal(
    typedOver({ sender: "ann@bücher.example", headerFrom: "bücher.example" }).headerFrom,
    "xn--bcher-kva.example",
  );
});

test("what was typed and cannot be used is not replaced by the log's", () => {
  const wrong = typedOver({ helo: "a b", sender: "nobody", headerFrom: "..", recipientDomain: "com", dkim: ["-"] });
  assert.deepEqual(wrong, nothing);
});

test("a selector alone belongs to the domain of the From header, else to the sender's", () => {
  const signatures = (typed: TypedMail) =>
    typedOver(typed).signatures.map(({ selector, domain }) => `${selector} ${domain}`);
  assert.deepEqual(signatures({ dkim: ["s1"] }), ["s1 example.org"]);
  assert.deepEqual(signatures({ dkim: ["s1"], headerFrom: "example.net" }), ["s1 example.net"]);
  assert.deepEqual(signatures({ dkim: ["s1._DomainKey.example.com", "s2"] }), ["s1 example.com", "s2 example.org"]);
  assert.deepEqual(signatures({ dkim: ["s1"], sender: "<>" }), []);
  assert.equal(signatures({ dkim: Array.from({ length: 9 }, (_, number) => `s${number}`) }).length, 5);
});
