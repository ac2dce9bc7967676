// From a delivery to the entry that explains it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { providerEntries, type Ruled, refusingEntries, sendingEntries } from "../../server/src/catalogue/data.ts";
import { type Found, lookup } from "../../server/src/catalogue/lookup.ts";
import type { Delivery } from "../../server/src/model.ts";
import { failed, refused, through } from "./delivery.ts";
import { whereIs } from "./where.ts";

const cox = through("cxr.mx.a.cloudfilter.net");
const gmail = through("aspmx.l.google.com");

function entryOf(text: string, parts: Partial<Delivery> = {}): string {
  const { entry, entryBy } = lookup(refused(text, parts));
  return `${entry.id} by ${entryBy}`;
}

const named = ["CXCNCT", "CXBL", "CDRBL", "CXDNS", "CXSNDR", "CXSMTP", "CXMXRT", "CXTHRT", "CXMJ"];
const masks = Array.from({ length: 15 }, (_, index) => `IPBL${(index + 1).toString(2).padStart(4, "0")}`);
const codes = [...named, ...masks, "IPBL00001", "URLBL011", "URLBL101", "URLBL110", "URLBL1001"];
const page =
  "Refer to Error Codes section at https://www.cox.com/residential/support/email-error-codes.html for more information.";

for (const code of codes) {
  test(`AUP#${code} is explained in both wordings, by relay and by text alone`, () => {
    const expected = code.replace(/[01]+$/, "");
    for (const relay of [cox, {}]) {
      const connect: Found = lookup(refused(`421 cmsmtp 192.0.2.1 blocked. ${page} AUP#${code}`, relay));
      const sender: Found = lookup(
        refused(
          `550 5.1.0 <a@example.org> sender rejected. ${page} AUP#${code} (in reply to MAIL FROM command)`,
          relay,
        ),
      );
      for (const found of [connect, sender]) {
        assert.equal(found.entry.id, `cox/${expected}`);
        assert.equal(found.entryBy, "token");
        assert.equal(found.provider, "cox");
        assert.equal(found.decoded === undefined, !/\d$/.test(code));
      }
      assert.equal(connect.permanent, false);
      assert.equal(sender.permanent, true);
    }
  });
}

test("there are 29 such codes", () => assert.equal(codes.length, 29));

/** What a provider's own line would look like around an example. */
function around({ entry, match }: Ruled, example: string): Delivery {
  const { host, recipient, day } = whereIs(entry.provider);
  const codes = `${match.code?.[0] ?? 550}${match.enhanced?.[0] === undefined ? "" : ` ${match.enhanced[0].replace("X", "5")}`}`;
  const text = /^\d{3}[ -]/.test(example) ? example : `${codes} ${example} ${match.and?.[0] ?? ""} 192.0.2.1`;
  return refused(text, { ...(host === undefined ? {} : through(host)), recipient, time: `${day}T10:00:00Z` });
}

for (const ruled of providerEntries.filter(({ entry }) => entry.examples.length > 0)) {
  const { entry } = ruled;
  test(`${entry.id} explains its own examples`, () => {
    for (const example of entry.examples) {
      assert.equal(lookup(around(ruled, example)).entry.id, entry.id, example);
    }
  });
}

for (const { entry, match } of [...sendingEntries, ...refusingEntries]) {
  test(`${entry.id} explains its own words`, () => {
    const direction = refusingEntries.some((ruled) => ruled.entry === entry) ? "we-refused-them" : "they-refused-us";
    for (const words of [...entry.examples, ...(match.words ?? [])]) {
      const found = lookup(failed(words, { direction }));
      assert.equal(found.entry.id, entry.id, words);
      assert.equal(found.entryBy, "text");
      assert.equal(lookup(failed(words.toUpperCase(), { direction })).entry.id, entry.id);
    }
  });
}

test("each row's words lead to that row and to none before it", () => {
  for (const ruled of providerEntries) {
    for (const words of ruled.match.token === undefined ? (ruled.match.words ?? []) : [])
      assert.equal(lookup(around(ruled, words)).entry.id, ruled.entry.id, words);
  }
});

test("each row's enhanced code leads to that row", () => {
  assert.equal(entryOf("550 5.7.27 no", gmail), "gmail/7.27 by enhanced");
  assert.equal(entryOf("421 4.7.30 no", gmail), "gmail/7.30 by enhanced");
  assert.equal(entryOf("421 5.7.32 no", gmail), "gmail/7.32 by enhanced");
  assert.equal(entryOf("451 4.7.23 no", gmail), "gmail/4.7.23 by enhanced");
  assert.equal(entryOf("550 5.7.23 no", gmail), "standard/5.7.23 by enhanced");
  assert.equal(entryOf("554 5.7.9 no", through("mta5.am0.yahoodns.net")), "yahoo/5.7.9 by enhanced");
});

test("the codes that a folded reply repeats in each line do not part its words", () => {
  const one = "our system has detected an unusual rate of unsolicited mail originating from your IP address.";
  const folded = "rate of 550-5.7.1 unsolicited mail originating 550-5.7.1 from your IP 550 5.7.1 address.";
  for (const text of [
    `550 5.7.1 ${one}`,
    `550-5.7.1 an unusual ${folded}`,
    `550-5.7.1 an unusual ${folded.replaceAll(" 550", "\\n550")}`,
  ])
    assert.equal(entryOf(text, gmail), "gmail/rate-ip by text", text);
  assert.equal(entryOf("550-5.7.1 unsolicited mail 421 4.7.0 originating", gmail), "wording/spam-verdict by wording");
});

test("Gmail's own words come before its numbers: 5.7.40 is a missing DMARC record, or a login that it does not know", () => {
  assert.equal(entryOf("550 5.7.40 no", gmail), "gmail/7.40 by enhanced");
  assert.equal(entryOf("421 4.7.31 no", gmail), "gmail/7.40 by enhanced");
  assert.equal(entryOf("504 5.7.40 Unrecognized authentication type.", gmail), "gmail/auth-type by text");
});

test("a refusal that Gmail sends with 421 5.7.32 is tried again, as its reply code says", () => {
  const found = lookup(refused("421 5.7.32 Your email was blocked because the From: header isn't aligned", gmail));
  assert.equal(found.entry.id, "gmail/7.32");
  assert.equal(found.permanent, false);
  assert.match(found.remarks.join(" "), /different classes/);
});

test("what Yahoo calls deferred for good is said not to succeed, whatever its reply code", () => {
  const yahoo = through("mta5.am0.yahoodns.net");
  const said = "All messages from 203.0.113.25 will be permanently deferred; Retrying will NOT succeed.";
  for (const [start, id] of [
    ["421 4.7.1 [TS03]", "TS03"],
    ["553 5.7.2 [TSS09]", "TSS09"],
    ["553 5.7.2 [TSS11]", "TSS09"],
    ["421 4.7.1 [TS99]", "permanently-deferred"],
  ]) {
    const { entry } = lookup(refused(`${start} ${said}`, yahoo));
    assert.equal(entry.id, `yahoo/${id}`);
    assert.equal(entry.permanence, "permanent");
    assert.match(entry.retry, /^No: /);
  }
});

test("a code of Yahoo's that no list holds is read by the words beside it", () => {
  const text = "421 4.7.0 [TSS99] Messages from 203.0.113.25 temporarily deferred due to unexpected volume";
  assert.equal(entryOf(text, {}), "yahoo/deferred by text");
});

test("the same enhanced code elsewhere has IANA's meaning", () => {
  assert.equal(
    entryOf("550 5.7.27 Sender address has null MX", through("mx.example.com")),
    "standard/5.7.27 by enhanced",
  );
});

test("a token wins over the plain words around it", () => {
  assert.equal(entryOf("550 5.1.0 <a@b.example> sender rejected AUP#CXBL", cox), "cox/CXBL by token");
  assert.equal(entryOf("550 5.1.0 <a@b.example> sender rejected", cox), "cox/text-sender-rejected by text");
});

test("Cox's plain words mean nothing at another provider", () => {
  assert.equal(entryOf("550 5.1.0 <a@b.example> sender rejected", gmail), "wording/sender-refused by wording");
  assert.equal(entryOf("450 4.7.1 recipient rejected", {}), "standard/4.7.1 by enhanced");
});

test("a Cox code that no list holds is named as unknown, not guessed", () => {
  for (const parts of [cox, {}]) {
    const found = lookup(refused("550 sender rejected AUP#CXZZZZ", parts));
    assert.equal(found.entry.id, "cox/unknown-code");
    assert.equal(found.provider, "cox");
    assert.equal(found.entryBy, "token");
    assert.equal(found.permanent, true);
  }
  assert.equal(entryOf("550 no AUP#CXRDBL", cox), "cox/CXRDBL by token");
});

test("the siblings of Cox's codes on other gateways are told apart", () => {
  const gateway = through("mwd-ibgw-6004a.ext.cloudfilter.net");
  assert.equal(entryOf("421 cmsmtp 192.0.2.1 blocked AUP#CNCT:", gateway), "cloudmark/CNCT by token");
  assert.equal(entryOf("550 no AUP#CDRBL", gateway), "cloudmark/CDRBL by token");
  assert.equal(entryOf("550 no AUP#CDRBL", cox), "cox/CDRBL by token");
  assert.equal(entryOf("550 no AUP#ZZZ", gateway), "cloudmark/unknown-code by token");
});

test("a token that the catalogue does not know leaves the word to the codes", () => {
  const delivery = refused("421 4.7.0 [XYZ99] no", through("mta5.am0.yahoodns.net"));
  const token = delivery.reply && { ...delivery.reply, token: "XYZ99" };
  assert.equal(lookup({ ...delivery, reply: token }).entry.id, "standard/4.7.0");
});

test("without a token the enhanced code speaks, then the reply code, then the first digit", () => {
  assert.equal(entryOf("550 5.1.1 no"), "standard/5.1.1 by enhanced");
  assert.equal(entryOf("550 5.7.999 no"), "standard/5.7.x by enhanced");
  assert.equal(entryOf("550 no"), "standard/550 by code");
  assert.equal(entryOf("550 5.0.0 no"), "standard/550 by code");
  assert.equal(entryOf("550 5.9.1 no"), "standard/550 by code");
  assert.equal(entryOf("477 no"), "standard/4xx by class");
  assert.equal(entryOf("599 no"), "standard/5xx by class");
});

test("an enhanced code without a reply code is enough", () => {
  const delivery = refused("no");
  const alone = (enhanced: string) => {
    const found = lookup({ ...delivery, reply: delivery.reply && { ...delivery.reply, code: undefined, enhanced } });
    return `${found.entry.id} by ${found.entryBy}, ${found.permanent ? "permanent" : "temporary"}`;
  };
  assert.equal(alone("5.0.0"), "standard/5.0.0 by enhanced, permanent");
  assert.equal(alone("4.4.2"), "standard/4.4.2 by enhanced, temporary");
  assert.equal(alone("5.9.9"), "standard/5.x.x by class, permanent");
  assert.equal(alone("nonsense"), "server/no-reply by none, temporary");
});

test("a failure without a reply is explained by the server's own words", () => {
  const entry = (words: string): string => lookup(failed(words)).entry.id;
  assert.equal(
    entry("Host or domain name not found. Name service error for name=a.example type=MX: Host not found, try again"),
    "server/dns-trouble",
  );
  assert.equal(
    entry("delivery temporarily suspended: connect to mx.example[192.0.2.1]:25: Connection refused"),
    "server/connection-refused",
  );
  assert.equal(entry("Connection timed out: retry timeout exceeded"), "server/timed-out");
  assert.equal(entry("returned to sender"), "server/expired");
  assert.equal(entry("authentication required but authentication attempt(s) failed"), "server/exim-auth");
  assert.equal(entry("etwas ganz anderes"), "server/no-reply");
  assert.equal(lookup(failed("etwas ganz anderes")).entryBy, "none");
});

test("the reply's class decides whether a finding is permanent", () => {
  const permanent = (text: string, parts: Partial<Delivery> = {}): boolean => lookup(refused(text, parts)).permanent;
  assert.equal(permanent("550 5.1.0 AUP#CDRBL", cox), true);
  assert.equal(permanent("421 AUP#CXBL", cox), false);
  assert.equal(permanent("554 AUP#CXCNCT", cox), true);
  assert.equal(permanent("450 5.1.1 no"), false);
  assert.equal(permanent("554 no", { outcome: "deferred" }), true);
});

test("a failure without any code follows its entry, then the fate of the message", () => {
  const permanent = (words: string, outcome: Delivery["outcome"]): boolean =>
    lookup(failed(words, { outcome })).permanent;
  assert.equal(permanent("Unrouteable address", "bounced"), true);
  assert.equal(permanent("Connection refused", "deferred"), false);
  assert.equal(permanent("retry timeout exceeded", "bounced"), true);
  assert.equal(permanent("etwas ganz anderes", "bounced"), true);
  assert.equal(permanent("etwas ganz anderes", "deferred"), false);
});

function remarksOn(text: string, parts: Partial<Delivery> = {}): string {
  return lookup(refused(text, parts)).remarks.join("\n");
}

test("a line whose two codes disagree says which one counts", () => {
  assert.match(remarksOn("450 5.1.1 no"), /different classes.*temporary/);
  assert.match(remarksOn("550 4.1.1 no"), /different classes.*permanent/);
  assert.equal(remarksOn("550 5.1.1 no"), "");
});

test("a line says when the server's doing does not follow the reply", () => {
  assert.match(remarksOn("421 no", { outcome: "bounced" }), /has given up/);
  assert.match(remarksOn("554 no", { outcome: "deferred" }), /tries again/);
});

test("a mask on the line says that it names what was listed", () => {
  assert.match(remarksOn("554 no AUP#IPBL0011", cox), /names what was listed.*Spamhaus ZEN, Return Path/);
});

test("a refusal at the greeting is about the IP, not the message", () => {
  assert.match(remarksOn("421 cmsmtp 192.0.2.1 blocked. AUP#CXCNCT", cox), /about the connection from your IP/);
  assert.match(remarksOn("554 no service", { stage: "connect" }), /about the connection from your IP/);
  assert.doesNotMatch(remarksOn("550 <a@b.example> message rejected. AUP#CXSNDR", cox), /connection from your IP/);
});

test('"sender rejected" with 5.1.0 from Cox is no fault of the recipient', () => {
  assert.match(
    remarksOn("550 5.1.0 <a@b.example> sender rejected. AUP#CXBL", cox),
    /the recipient's address is not at fault/,
  );
});

test("a provider's own use of a number is told beside the general meaning", () => {
  assert.match(
    remarksOn("550 5.7.515 no", through("a.mail.protection.outlook.com")),
    /Microsoft has three-digit details/,
  );
});

test("nothing is thrown and nothing is silent, whatever stands on the line", () => {
  const nasty = [
    "\u0000",
    "AUP#",
    "AUP#__proto__",
    "AUP#CONSTRUCTOR",
    "<script>",
    "\u202e\u200b",
    "a".repeat(4096),
    "X.7.1",
  ];
  for (const words of nasty) {
    for (const text of [words, `550 ${words}`, `999 5.7.1 ${words}`, `421 4.7.0 ${words}`]) {
      const base = refused(text, { recipient: words, ...through(words) });
      for (const token of [undefined, words, `AUP#${words}`]) {
        const { entry, remarks } = lookup({ ...base, reply: base.reply && { ...base.reply, token } });
        assert.ok(entry.id !== "");
        assert.ok(!remarks.some((remark) => remark.includes("<script>")));
      }
      assert.ok(lookup(failed(text)).entry.id);
    }
  }
});

test("our own refusals are explained by our server's words, then by their codes, and never as if we had been refused", () => {
  const parts = { direction: "we-refused-them", outcome: "rejected" } as const;
  assert.equal(entryOf("554 5.7.1 blocked using zen.spamhaus.org", parts), "server/ours-listed by text");
  assert.equal(entryOf("450 4.7.1 Greylisted", parts), "server/ours-greylisted by text");
  assert.equal(entryOf("554 5.7.1 <a@b.example>: Relay access denied", parts), "server/ours-relay by text");
  assert.equal(entryOf("550 5.7.1 no", parts), "standard/5.7.1 by enhanced");
  assert.equal(entryOf("550 no AUP#CXBL", parts), "standard/550 by code");
});

test("a common wording speaks where a provider is unknown, before the numbers of the standard", () => {
  assert.equal(entryOf("550 5.7.1 No such user"), "wording/user-unknown by wording");
  assert.equal(entryOf("550 5.1.1 <a@b.example> mailbox full"), "wording/mailbox-full by wording");
  assert.equal(entryOf("554 5.7.1 Client host [192.0.2.1] blocked using bl.example.org"), "wording/listed by wording");
});

test("words that may mean anything do not overrule a number that leaves nothing open", () => {
  assert.equal(entryOf("550 5.1.1 refused by policy"), "standard/5.1.1 by enhanced");
  assert.equal(entryOf("552 5.2.2 service unavailable"), "standard/5.2.2 by enhanced");
  assert.equal(entryOf("550 5.7.26 access denied"), "standard/5.7.26 by enhanced");
  assert.equal(entryOf("550 5.7.1 refused by policy"), "wording/policy-refused by wording");
});

test("a bare refusal at the greeting is about the IP, the same words later are not", () => {
  assert.equal(entryOf("554 Access denied", { stage: "connect" }), "wording/refused-at-greeting by wording");
  assert.equal(entryOf("550 Rejected", { stage: "helo" }), "wording/refused-at-greeting by wording");
  assert.equal(entryOf("554 Access denied", { stage: "mail" }), "wording/access-denied by wording");
  assert.equal(entryOf("550 Rejected", { stage: "rcpt" }), "standard/550 by code");
});

test("a failure that only another server's words tell is explained by them", () => {
  const found = lookup(failed("User has exceeded quota, bouncing mail"));
  assert.equal(found.entry.id, "wording/mailbox-full");
  assert.equal(found.entryBy, "wording");
});

test("our own refusals without a code on the line are told from failures to send", () => {
  const parts = { direction: "we-refused-them", outcome: "rejected" } as const;
  const refused = lookup(failed("host lookup did not complete", parts));
  assert.equal(refused.entry.id, "server/refused-by-us");
  assert.equal(refused.permanent, true);
  const later = lookup(failed("greylisted, please try again later", parts));
  assert.equal(later.entry.id, "server/ours-greylisted");
  assert.equal(later.permanent, false);
});

test("a finding survives JSON", () => {
  const found = lookup(refused("554 no AUP#IPBL0011", cox));
  assert.deepEqual(JSON.parse(JSON.stringify(found.decoded)).lists.length, 2);
});

test("a row for a range of enhanced codes explains its first and last number and none beside it", () => {
  const id = (code: string) =>
    lookup(refused(`550 ${code} Access denied`, through("a.mail.protection.outlook.com"))).entry.id;
  assert.deepEqual(["5.7.606", "5.7.649"].map(id), Array(2).fill("exchange-online/5.7.606-649"));
  assert.deepEqual(["5.7.605", "5.7.650"].map(id), Array(2).fill("wording/access-denied"));
});
