// What the lines of one message tell of its mail, in the words of each program.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Mail } from "../../server/src/model.ts";
import { lineOf, mailOf, mailOn, refusedLine, signedLog } from "./mails.ts";

const empty: Mail = {
  helo: undefined,
  sender: undefined,
  headerFrom: undefined,
  signatures: [],
  recipientDomain: "example.com",
};
const ours = (helo: string) => ({ helo, assumed: ["helo"] as const });
const signed = (...pairs: readonly string[]) => ({
  signatures: pairs.map((pair) => {
    const [selector = "", domain = ""] = pair.split(" ");
    return { selector, domain };
  }),
});

const told: readonly (readonly [sentence: string, file: string, line: number, mail: Mail])[] = [
  [
    "OpenDKIM and dkimpy-milter name the selectors, header_checks the From header, a notification our own name",
    "postfix-milters.log",
    8,
    {
      ...{ ...empty, ...ours("mx1.example.org") },
      ...{ sender: "bounce+1@mail.example.org", headerFrom: "shop.example.org" },
      ...signed("mail2026 shop.example.org", "ed1 shop.example.org"),
    },
  ],
  [
    "a short queue id that is used again is another message, with the sender as the queue manager completed it",
    "postfix-milters.log",
    16,
    { ...empty, ...ours("mx1.example.org"), sender: "root@mx1.example.org", headerFrom: "mx1.example.org" },
  ],
  [
    "signatures that did not verify are signatures all the same, and OpenDMARC names the From header of a bounce",
    "postfix-milters.log",
    26,
    {
      ...{ ...empty, sender: "", headerFrom: "news.example.net" },
      ...signed("key3 lists.example.net", "k1 example.net", "k2 example.net"),
    },
  ],
  [
    "where we refused, the HELO, the null sender and the signatures are the client's",
    "postfix-milters.log",
    30,
    {
      ...{ ...empty, helo: "relay.example.net", sender: "", recipientDomain: "example.org" },
      ...signed("spam example.net"),
    },
  ],
  [
    "rspamd names signatures, but no seal of ARC, and a From header unlike the sender",
    "postfix-filters.log",
    5,
    {
      ...{ ...empty, ...ours("mx1.example.org"), sender: "ann@mail.example.org", headerFrom: "example.org" },
      ...signed("mail example.org", "dual mail.example.org"),
    },
  ],
  [
    "amavis names signatures old and new, and the message is followed to its id before the filter",
    "postfix-filters.log",
    17,
    {
      ...{ ...empty, ...ours("mx1.example.org"), sender: "bob@example.org", headerFrom: "staff.example.org" },
      ...signed("s1 partner.example.net", "s2 example.net", "late example.org", "early example.org"),
    },
  ],
  [
    "rspamd alone tells the sender, and that the From header is the same",
    "postfix-filters.log",
    20,
    {
      ...{ ...empty, ...ours("mx1.example.org"), sender: "eve@example.org", headerFrom: "example.org" },
      ...signed("old example.org"),
    },
  ],
  [
    "Exim logs the signatures before the message, the return path that it used, and the name that it said",
    "exim.log",
    4,
    {
      ...{ ...empty, helo: "mail.example.org", sender: "srs0=ab=cd=example.org=ann@fwd.example.org" },
      ...signed("20260101 example.org", "k.one partner.example.net"),
    },
  ],
  [
    "a message id that Exim made itself tells its own name, one in a subject does not",
    "exim.log",
    7,
    { ...empty, ...ours("mx1.example.org"), sender: "bob@example.org" },
  ],
  [
    "so does the message id of Exim's notification",
    "exim.log",
    9,
    { ...empty, ...ours("mx9.example.org"), sender: "eve@example.org" },
  ],
  [
    "Exim's refusal of a notification keeps its null sender",
    "exim.log",
    11,
    { ...empty, helo: "client.example.net", sender: "", recipientDomain: "example.org" },
  ],
  [
    "a message that Exim refused after DATA has the client's signature",
    "exim.log",
    13,
    {
      ...{ ...empty, helo: "client.example.net", sender: "spam@example.net", recipientDomain: undefined },
      ...signed("in example.net"),
    },
  ],
  [
    "Sendmail's from= is the sender, not ctladdr=; the reply quotes a HELO without a domain",
    "sendmail.log",
    4,
    { ...empty, helo: "app", sender: "ann@example.org", ...signed("default example.org") },
  ],
  [
    "the sender of a client whom Sendmail refused stands below",
    "sendmail.log",
    5,
    { ...empty, sender: "in@example.net", recipientDomain: "example.org" },
  ],
  [
    "OpenSMTPD's route names what it says in HELO",
    "others.log",
    3,
    { ...empty, helo: "mx7.example.org", sender: "ann@example.org" },
  ],
  [
    "a client of OpenSMTPD is known by the commands that failed",
    "others.log",
    5,
    { ...empty, helo: "localhost", sender: "in@example.net", recipientDomain: undefined },
  ],
  [
    "of two messages on one connection of Haraka the right one is followed",
    "others.log",
    11,
    { ...empty, sender: "bob@example.org", ...signed("hk1 example.org", "hk2 example.org") },
  ],
  [
    "a bounce tells of its mail by the report and by the returned header",
    "bounce.eml",
    23,
    {
      ...{ ...empty, ...ours("mx1.example.org"), sender: "bounce@mail.example.org", headerFrom: "shop.example.org" },
      ...signed("mail2026 shop.example.org"),
    },
  ],
  [
    "the next bounce of a mailbox knows nothing of the one before",
    "bounce.eml",
    49,
    { ...empty, ...ours("mx2.example.net"), headerFrom: "example.net" },
  ],
  [
    "a transcript shows the HELO and the sender that were sent",
    "transcript.txt",
    8,
    { ...empty, helo: "mail.example.org", sender: "ann@example.org" },
  ],
];

for (const [sentence, file, line, mail] of told)
  test(`${file}: ${sentence}`, () => assert.deepEqual(mailOn(signedLog(file), line), mail));

test("a refusal without its log is known by its own line alone", () => {
  assert.deepEqual(mailOf(refusedLine("A1B2C3D4E5")), empty);
});

test("a log's host name is assumed to be the HELO when other hosts can know it", () => {
  const helo = (host: string) => mailOf(refusedLine("A1B2C3D4E5", "550 refused", host));
  assert.deepEqual(helo("mail.example.org"), { ...empty, ...ours("mail.example.org") });
  for (const host of ["mx1", "mail.localdomain", "mail.lan", "203.0.113.7"]) assert.deepEqual(helo(host), empty, host);
});

test("a HELO that the reply quotes is ours for certain", () => {
  const quoted: readonly (readonly [reply: string, helo: string | undefined])[] = [
    ["504 5.5.2 <mx1>: Helo command rejected: need fully-qualified hostname", "mx1"],
    ["550 5.7.1 <[10.0.0.5]>: Helo command rejected: no literals", "[10.0.0.5]"],
    ["550 SPF fail; client-ip=203.0.113.7; helo=mail.example.org; envelope-from=a@example.org", "mail.example.org"],
    ["550 refused; proto=ESMTP helo=<mail.example.org>", "mail.example.org"],
    ["550 See http://spf.example.net/why?s=helo;id=mail.example.org;ip=203.0.113.7", "mail.example.org"],
    ["550 5.7.1 HELO mail.example.org does not resolve", "mail.example.org"],
    ["550 EHLO name: mail.example.org. is unknown", "mail.example.org"],
    ['550 Your HELO hostname "mail.example.org" is dynamic', "mail.example.org"],
    ["550 Access denied - Invalid HELO name (See RFC2821 4.1.1.1)", undefined],
    ["550 HELO 203.0.113.7 is an address", undefined],
    ["550 EHLO mx.example.com is my name, say your own", undefined],
    ["503 5.5.1 Send HELO/EHLO first", undefined],
  ];
  for (const [reply, helo] of quoted) assert.equal(mailOf(refusedLine("A1B2C3D4E5", reply)).helo, helo, reply);
});

test("a quoted HELO outranks this host's name", () => {
  const mail = mailOf(refusedLine("A1B2C3D4E5", "550 HELO out.example.org is blocked", "mx1.example.org"));
  assert.deepEqual(mail, { ...empty, helo: "out.example.org" });
});

test("a line without a recipient is about the only domain that the message goes to", () => {
  const expired = lineOf("postfix/qmgr", "A1B2C3D4E5: from=<a@example.org>, status=expired, returned to sender");
  const other = refusedLine("A1B2C3D4E5").replace("kim@example.com", "lee@example.net");
  assert.equal(mailOf(refusedLine("A1B2C3D4E5"), expired).recipientDomain, "example.com");
  assert.equal(mailOf(refusedLine("A1B2C3D4E5"), other, expired).recipientDomain, undefined);
});

test("a message that was taken back by a filter is followed to its id in Postfix's own lines", () => {
  const lines = [
    lineOf("postfix/smtpd", "C1C1C1C1C1: client=app.example.org[198.51.100.5]"),
    lineOf("opendkim", "C1C1C1C1C1: DKIM-Signature field added (s=one, d=example.org)"),
    lineOf("postfix/smtpd", "D1D1D1D1D1: client=localhost[127.0.0.1]"),
    lineOf(
      "postfix/smtp",
      "C1C1C1C1C1: to=<kim@example.com>, relay=127.0.0.1[127.0.0.1]:10024, delay=1, dsn=2.0.0, status=sent (250 2.0.0 Ok: queued as D1D1D1D1D1)",
    ),
    lineOf("postfix/qmgr", "C1C1C1C1C1: removed"),
  ];
  assert.deepEqual(mailOf(...lines, refusedLine("D1D1D1D1D1")).signatures, [
    { selector: "one", domain: "example.org" },
  ]);
  const elsewhere = lines.map((line) => line.replace("[127.0.0.1]:10024", "[192.0.2.9]:25"));
  assert.deepEqual(mailOf(...elsewhere, refusedLine("D1D1D1D1D1")).signatures, []);
});

test("names outside ASCII are told as the DNS knows them", () => {
  const line = refusedLine("A1B2C3D4E5").replace("kim@example.com", "kim@bücher.example");
  assert.equal(mailOf(line).recipientDomain, "xn--bcher-kva.example");
});
