// A redacted report: nothing of who sends is left in any text of it, and what is public stays.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Report } from "../../server/src/model.ts";
import { redacted } from "../../server/src/tell/redact.ts";
import { reportText } from "../../server/src/tell/report.ts";
import { reportJson } from "../../server/src/tell/reportJson.ts";
import { reportMarkdown } from "../../server/src/tell/reportMarkdown.ts";
import { noMail, reportWith, rowWith } from "./reports.ts";

const v4 = "81.2.69.160";
const v6 = "2a02:2e0:3fe:1001::25";
const nibbles = "5.2.0.0.0.0.0.0.0.0.0.0.0.0.0.0.1.0.0.1.e.f.3.0.0.e.2.0.2.0.a.2";

const mail = {
  helo: "mx1.shop.example.net",
  sender: "jane.doe@news.example.org",
  headerFrom: "Example.COM",
  signatures: [{ domain: "sign.example.info", selector: "s1" }],
  recipientDomain: "customer.test",
};

/** What must be gone. */
const originals = [
  ...["mx1.shop.example.net", "shop.example.net", "example.net", "jane.doe", "news.example.org", "example.org"],
  ...[
    "example.com",
    "sign.example.info",
    "example.info",
    "customer.test",
    "customer-test",
    "pool.isp.test",
    "isp.test",
  ],
  ...["ip-81-2-69-160", "dyn-160-69-2"],
];

/** A report with the sender in every place, `ip` as its address. */
function telling(ip: string, reversed: string): Report {
  const zone = ip.includes(":") ? "ip6.arpa" : "in-addr.arpa";
  return reportWith({
    subject: {
      ...reportWith().subject,
      address: { text: ip, family: ip.includes(":") ? 6 : 4, class: "public", explanation: undefined },
      mail,
    },
    rows: [
      rowWith({
        asked: [`${reversed}.zen.spamhaus.org A`, `2.0.0.127.zen.spamhaus.org A`],
        answers: ["127.0.0.11, 127.0.0.2", "127.0.0.2"],
        link: `https://check.spamhaus.org/results?query=${encodeURIComponent(ip)}`,
        resolver: "192.168.1.1, 9.9.9.9",
      }),
      rowWith({
        id: "ptr",
        probe: "reverse-dns",
        asked: [`${reversed}.${zone} PTR`],
        answers: ["ip-81-2-69-160.pool.isp.test, MX1.shop.example.net"],
        answer: `Its names are ip-81-2-69-160.pool.isp.test and mx1.shop.example.net; "81-2-69-160" in it looks generic.`,
      }),
      rowWith({
        id: "spf",
        asked: ["news.example.org TXT", "_spf.news.example.org TXT", "s1._domainkey.sign.example.info TXT"],
        answers: [
          `v=spf1 ip4:81.2.69.0/24 ip6:2a02:2e0:3fe:1001::/64 ip4:35.190.247.0/24 include:_spf.mailer.test -all`,
          "v=DMARC1; p=none; rua=mailto:dmarc@example.org",
          "no answer in time",
        ],
        details: [`    exists:${ip}.jane.doe.news.example.org.list.test`, "  a:MAIL.example.com. → 81.2.69.160"],
        answer: `SPF of news.example.org for <jane.doe@news.example.org> passes ${ip} by ip4:${ip}.`,
      }),
      rowWith({
        id: "mx",
        asked: ["customer.test MX", "mail.example.info A"],
        answers: ["10 customer-test.mail.protection.outlook.com", ip],
        answer: `The address ${ip.toUpperCase()} [${ip}] is not called dyn-160-69-2.pool.isp.test.`,
        resolver: "192.168.1.1, 9.9.9.9",
      }),
    ],
    verdict: `Cox refused ${ip} (HELO mx1.shop.example.net) at 2026-11-23 10:02:07.`,
  });
}

const texts = (reports: readonly Report[]) => [
  reportJson(reports),
  reportMarkdown(reports),
  ...reports.map(reportText),
  JSON.stringify(reports),
];

for (const [ip, reversed] of [
  [v4, "160.69.2.81"],
  [v6, nibbles],
] as const) {
  test(`nothing of the sender ${ip} is left in any form of a redacted report`, () => {
    for (const text of texts(redacted([telling(ip, reversed)]))) {
      for (const original of [...originals, ip, reversed, encodeURIComponent(ip), "81.2.69", "2a02:2e0:3fe:1001"])
        assert.equal(text.toLowerCase().includes(original), false, `${original} is left in ${text}`);
    }
  });
}

test("lists, operators, their answers, the resolver and the times stay", () => {
  const [text = ""] = texts(redacted([telling(v4, "160.69.2.81")]));
  for (const kept of ["zen.spamhaus.org", "check.spamhaus.org", "127.0.0.11, 127.0.0.2", "2.0.0.127.zen.spamhaus.org"])
    assert.ok(text.includes(kept), kept);
  for (const kept of ["192.168.1.1, 9.9.9.9", "2026-11-23T12:00:30.000Z", "2026-11-23 10:02:07", "AUP#IPBL0001", "Cox"])
    assert.ok(text.includes(kept), kept);
});

test("the placeholders are stable: one name has the same everywhere, in all reports", () => {
  const [first, second] = redacted([telling(v4, "160.69.2.81"), telling(v6, nibbles)]);
  assert.ok(first !== undefined && second !== undefined);
  assert.deepEqual(first.subject.mail, {
    helo: "[host 1]",
    sender: "[sender]",
    headerFrom: "[domain 2]",
    signatures: [{ domain: "[domain 3]", selector: "s1" }],
    recipientDomain: "[recipient domain]",
  });
  assert.deepEqual(second.subject.mail, first.subject.mail);
  assert.equal(first.subject.address.text, "[sending IP 1]");
  assert.equal(second.subject.address.text, "[sending IP 2]");
  assert.equal(first.rows[0]?.asked[0], "[sending IP 1, reversed].zen.spamhaus.org A");
  assert.equal(second.rows[0]?.asked[0], "[sending IP 2, reversed].zen.spamhaus.org A");
  assert.equal(first.rows[1]?.answers[0], "[host 2], [host 1]");
});

test("a report reads well after it: the sentences keep their words", () => {
  const [report] = redacted([telling(v4, "160.69.2.81")]);
  assert.equal(report?.verdict, "Cox refused [sending IP] (HELO [host 1]) at 2026-11-23 10:02:07.");
  assert.equal(report?.rows[2]?.asked[2], "s1._domainkey.[domain 3] TXT");
  assert.match(
    report?.rows[2]?.answer ?? "",
    /^SPF of \[domain 1\] for <\[sender\]> passes \[sending IP\] by ip4:\[sending IP\]\.$/,
  );
});

test("a name in letters of another script goes in the form of the DNS too", () => {
  const own = { ...noMail, helo: "mx.bücher.test", sender: "post@bücher.test" };
  const report = reportWith({
    subject: { ...reportWith().subject, mail: own },
    verdict: "mx.xn--bcher-kva.test and xn--bcher-kva.test and BÜCHER.test",
  });
  assert.doesNotMatch(JSON.stringify(redacted([report])), /b(?:ü|Ü)?cher/i);
});

test("a HELO name without a dot goes, a word that every sentence needs stays", () => {
  const subject = (helo: string) => ({ ...reportWith().subject, mail: { ...noMail, helo } });
  const verdict = (helo: string) =>
    redacted([reportWith({ subject: subject(helo), verdict: `The mail of ${helo}.` })])[0]?.verdict;
  assert.equal(verdict("WIN-7F3K2"), "The mail of [host 1].");
  assert.equal(verdict("mail"), "The mail of mail.");
});

test("domains that many share are no sender's", () => {
  const own = { ...noMail, helo: "mx.example.co.uk" };
  const report = reportWith({ subject: { ...reportWith().subject, mail: own }, verdict: "list.co.uk, example.co.uk" });
  assert.equal(redacted([report])[0]?.verdict, "list.co.uk, [domain 1]");
});

test("names full of signs of patterns and markup are taken as they are", () => {
  for (const helo of ["a.(b|c).test", "x[1].test", "*.+?^$.test", "a\\b.test", "back`tick.test", "</b>.test"]) {
    const subject = { ...reportWith().subject, mail: { ...noMail, helo } };
    const [report] = redacted([reportWith({ subject, verdict: `It said ${helo}, so.` })]);
    assert.match(report?.verdict ?? "", /^It said .{0,3}\[host \d\].{0,3}, so\.$/, helo);
  }
});

/** Numbers that look thrown, the same in every run. */
function* thrown(): Generator<number, never> {
  for (let state = 20_261_123; ; state = (state * 48_271) % 2_147_483_647) yield state;
}

const dice = thrown();
const upTo = (limit: number) => dice.next().value % limit;
const word = () => Array.from({ length: 3 + upTo(6) }, () => "bcdfghjklmnpqrstvwxz"[upTo(20)]).join("");
const domain = () => `${word()}-${word()}.${["example", "test", "net", "co.uk", "info"][upTo(5)]}`;

/** A public address as text, and reversed. */
function address(): readonly [string, string] {
  const bytes = [20 + upTo(80), upTo(256), upTo(256), 1 + upTo(254)];
  if (upTo(2) === 0) return [bytes.join("."), [...bytes].reverse().join(".")];
  const groups = [0x2a00 + upTo(255), ...Array.from({ length: 7 }, () => 1 + upTo(65_535))].map((n) => n.toString(16));
  const digits = groups.map((group) => group.padStart(4, "0")).join("");
  return [groups.join(":"), [...digits].reverse().join(".")];
}

test("whatever the sender is called, nothing of the names is left in two hundred thrown reports", () => {
  for (let round = 0; round < 200; round++) {
    const [ip, reversed] = address();
    const [helo, from, header, key, to] = [`${word()}.${domain()}`, domain(), domain(), domain(), domain()];
    const name = `${ip.replaceAll(/[.:]/g, "-")}.${word()}.${domain()}`;
    const sender = `${word()}.${word()}@${from}`;
    const parts = [
      helo,
      from,
      header,
      key,
      to,
      name,
      sender,
      ip,
      reversed,
      encodeURIComponent(ip),
      sender.split("@")[0],
    ];
    const joints = [" ", "/", "=", "<", "@", ",", ";", "?q=", "._domainkey.", "_"];
    const text = Array.from({ length: 40 }, () => `${joints[upTo(joints.length)]}${parts[upTo(parts.length)]} `).join(
      "",
    );
    const plain = reportWith();
    const report = reportWith({
      subject: {
        ...plain.subject,
        address: { text: ip, family: ip.includes(":") ? 6 : 4, class: "public", explanation: undefined },
        mail: { helo, sender, headerFrom: header, signatures: [{ domain: key, selector: "k" }], recipientDomain: to },
      },
      rows: [
        rowWith({
          asked: [`${reversed}.in-addr.arpa PTR`],
          answers: [name],
          answer: text,
          details: [text],
          link: text,
        }),
      ],
      verdict: text.toUpperCase(),
    });
    const left = JSON.stringify(redacted([report])).toLowerCase();
    for (const part of parts) assert.equal(left.includes(part ?? ""), false, `${part} is left of ${text} in ${left}`);
  }
});

test("long hostile text is redacted in a moment", () => {
  const long = ["a.".repeat(20_000), "1.".repeat(20_000), "a:".repeat(20_000), "-".repeat(40_000), "x@".repeat(20_000)];
  const started = performance.now();
  redacted([{ ...telling(v4, "160.69.2.81"), rows: long.map((answer) => rowWith({ answer })) }]);
  assert.ok(performance.now() - started < 5_000);
});

test("nothing to redact leaves a report as it is, and no report is no trouble", () => {
  assert.deepEqual(redacted([]), []);
  const plain = reportWith({ subject: { ...reportWith().subject, mail: noMail }, rows: [] });
  const [report] = redacted([plain]);
  assert.equal(report?.verdict, plain.verdict);
});
