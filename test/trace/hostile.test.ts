// Texts that strangers wrote to mislead, to break or to slow down.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Delivery } from "../../server/src/model.ts";
import { follow } from "../../server/src/trace/follow.ts";
import { lineOf, mailOf, refusalsIn, refusedLine } from "./mails.ts";

const id = "A1B2C3D4E5";
const from = (sender: string) => lineOf("postfix/qmgr", `${id}: from=<${sender}>, size=1, nrcpt=1 (queue active)`);
const signing = (selector: string, domain: string) =>
  lineOf("opendkim", `${id}: DKIM-Signature field added (s=${selector}, d=${domain})`);
const header = (text: string) =>
  lineOf(
    "postfix/cleanup",
    `${id}: warning: header From: ${text} from app[192.0.2.1]; from=<a@b.example> to=<c@d.example>`,
  );

function refusal(): Delivery {
  const [delivery] = refusalsIn(`${refusedLine(id)}\n`);
  if (delivery === undefined) throw new TypeError("the line shows a refusal");
  return delivery;
}

test("what is no address is no sender, and the next line that has one is believed", () => {
  const wrong = [
    "root",
    "@example.org",
    "a b@example.org",
    "a\u202e@example.org",
    "a\u0007@example.org",
    "a@-example.org",
    "a@example..org",
    "a@192.0.2.1",
    `${"a".repeat(250)}@example.org`,
    `a@${"b".repeat(64)}.org`,
  ];
  for (const sender of wrong) {
    assert.equal(mailOf(from(sender), refusedLine(id)).sender, undefined, sender);
    assert.equal(mailOf(from(sender), from("a@example.org"), refusedLine(id)).sender, "a@example.org", sender);
  }
});

test("what cannot stand in the DNS is no signature", () => {
  const wrong = [
    ["mail", "example"],
    ["mail", "192.0.2.1"],
    ["-mail", "example.org"],
    ["mail..x", "example.org"],
    ["a".repeat(64), "example.org"],
    [Array(28).fill("selector").join("."), "example.org"],
  ] as const;
  for (const [selector, domain] of wrong)
    assert.deepEqual(mailOf(signing(selector, domain), refusedLine(id)).signatures, [], `${selector} ${domain}`);
});

test("five signatures are told at most, each once", () => {
  const many = Array.from({ length: 12 }, (_, at) => signing(`s${at >> 1}`, "example.org"));
  const { signatures } = mailOf(...many, refusedLine(id));
  assert.deepEqual(
    signatures.map(({ selector }) => selector),
    ["s0", "s1", "s2", "s3", "s4"],
  );
});

test("a From header is read by its last address, and not at all when the log cut it", () => {
  const domains: readonly (readonly [string, string | undefined])[] = [
    ['"ann@fake.example.com" <ann@example.org>', "example.org"],
    ["ann@example.org", "example.org"],
    ["ann@example.org (Ann)", "example.org"],
    ["Ann <ann@example.org", undefined],
    [`${"Ann ".repeat(50)}ann@exam`, undefined],
    ["Ann", undefined],
    ["<>", undefined],
    ["=?utf-8?b?QW5u?= <ann@sub.example.org>", "sub.example.org"],
  ];
  for (const [text, domain] of domains) assert.equal(mailOf(header(text), refusedLine(id)).headerFrom, domain, text);
});

test("a queue id within another word, or in a reply, is another message's", () => {
  const others = [
    lineOf("opendkim", `F${id}: DKIM-Signature field added (s=x, d=example.net)`),
    lineOf("opendkim", `${id}F: DKIM-Signature field added (s=x, d=example.net)`),
    refusedLine("FFFFFFFFF1", `550 ${id}: from=<x@example.net>, DKIM-Signature field added (s=x, d=example.net)`),
  ];
  const mail = mailOf(...others, refusedLine(id));
  assert.deepEqual([mail.sender, mail.signatures], [undefined, []]);
});

test("another program may not speak for OpenDKIM or OpenDMARC", () => {
  const mail = mailOf(
    lineOf("postfix/cleanup", `${id}: warning: header Subject: (s=x, d=example.net)`),
    lineOf("postfix/cleanup", `${id}: example.net pass`),
    refusedLine(id),
  );
  assert.deepEqual([mail.headerFrom, mail.signatures], [undefined, []]);
});

test("the first lines of a message are read even after a thousand attempts", () => {
  const attempts = Array.from({ length: 1000 }, () => refusedLine(id).replaceAll("bounced", "deferred"));
  const mail = mailOf(signing("mail", "example.org"), from("a@example.org"), ...attempts);
  assert.equal(mail.sender, "a@example.org");
  assert.deepEqual(mail.signatures, [{ selector: "mail", domain: "example.org" }]);
});

test("a text that was edited since is searched by the queue id", () => {
  const [delivery] = refusalsIn(`${from("a@example.org")}\n${refusedLine(id)}\n`);
  if (delivery === undefined) throw new TypeError("the line shows a refusal");
  const moved = `# a note\n\n\n${from("a@example.org")}\n${refusedLine(id)}\n`;
  for (const text of [moved, moved.replaceAll("\n", "\r\n"), moved.replaceAll("\n", "\r")])
    assert.equal(follow(text, delivery).sender, "a@example.org");
  assert.equal(follow("", delivery).recipientDomain, "example.com");
});

test("odd queue ids are only text", () => {
  for (const queueId of ["", ".*", "(", "NOQUEUE", "\n", "\u0000", "a".repeat(20_000)]) {
    const text = `${queueId}: from=<a@example.org>\n`.repeat(50);
    assert.equal(follow(text, { ...refusal(), queueId }).recipientDomain, "example.com");
  }
});

const line =
  "Nov 23 18:16:04 mx1 postfix/qmgr[895]: 144B211F7A: from=<s187@example.org>, size=467, nrcpt=1 (queue active)";

const large: readonly (readonly [name: string, unit: string])[] = [
  ["lines of other messages", `${line}\n`],
  ["lines of this message", `${line.replace("144B211F7A", id)}\n`],
  ["the queue id alone on lines", `${id}\n`],
  ["the queue id on one line", `${id} `],
  ["the queue id within words", `x${id}`],
  ["empty lines", "\n"],
  ["one line without an end", "x"],
  ["lines that hand the message on", `A: to=<x>, relay=[127.0.0.1] queued as ${id}\n`],
];

for (const [name, unit] of large) {
  test(`a text of 50 MB is followed at once: ${name}`, () => {
    const body = Buffer.from(unit.repeat(Math.ceil(50_000_000 / unit.length))).toString("latin1");
    const count = unit.endsWith("\n") ? Math.ceil(50_000_000 / unit.length) : 0;
    for (const at of [0, count >> 1, count]) {
      const start = performance.now();
      const mail = follow(body, { ...refusal(), line: at, words: "", span: { start: 0, end: 0 } });
      assert.ok(performance.now() - start < 1500);
      assert.equal(mail.recipientDomain, "example.com");
    }
  });
}

test("long lines of what each wording bites on are read at once", () => {
  const heads = [
    `${id}`,
    `opendkim[1]: ${id}`,
    `qid: <${id}`,
    `Queue-ID: ${id}`,
    `evpid=${id}`,
    `[${id}`,
    `<= <> R=${id}`,
  ];
  const bites = ": |: to=<| H=| F=<|<|> -> <|(s=|, d=|{a:s=b;|;| helo=<|id=E|: header From: |a.|- |; d=|\\n\\t|é".split(
    "|",
  );
  const start = performance.now();
  for (const head of heads)
    for (const bite of bites) {
      const long = `${head}: ${bite.repeat(Math.ceil(20_000 / bite.length))}\n`;
      const mail = follow(long.repeat(60), { ...refusal(), line: 30, words: "", span: { start: 0, end: 0 } });
      assert.deepEqual(mail.signatures, [], bite);
    }
  assert.ok(performance.now() - start < 20_000);
});
