// DMARC through unbound: the tree walk of RFC 9989, alignment, and an honest word where the log knows too little.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { dmarcProbe } from "../../server/src/check/probes/dmarc.ts";
import type { Mail, Report, Row } from "../../server/src/model.ts";
import { loadMailAuth } from "../../server/src/node/mailAuth.ts";
import { checkThrough, rowOf, subjectAt } from "../support/check.ts";
import { startDns, type TestDns } from "../support/dns.ts";

const ip = "81.2.69.160";
const dmarc = (name: string, tags: string) => `_dmarc.${name}. TXT "v=DMARC1\\; ${tags.replaceAll(";", "\\;")}"`;
const spf = (name: string) => `${name}. TXT "v=spf1 ip4:81.2.69.160 -all"`;
let dns: TestDns;

before(async () => {
  dns = await startDns({
    records: [
      dmarc("example.net", "p=reject; sp=quarantine; np=none; rua=mailto:d@example.net"),
      spf("example.net"),
      spf("bounce.example.net"),
      spf("mail.example.net"),
      "real.example.net. A 81.2.69.1",
      'bad.example.net. TXT "v=spf1 -all"',
      dmarc("strict.example.org", "p=quarantine; adkim=s; aspf=s"),
      spf("m.strict.example.org"),
      dmarc("observe.example.org", "p=none; pct=0; rf=afrf"),
      dmarc("testing.example.org", "p=reject; t=y"),
      dmarc("reporting.example.org", "p=nonsense; rua=mailto:d@example.org"),
      dmarc("silly.example.org", "p=nonsense"),
      dmarc("tagtwice.example.org", "p=none; p=reject"),
      dmarc("two.example.org", "p=none"),
      dmarc("two.example.org", "p=reject"),
      '_dmarc.late.example.org. TXT "p=none\\; v=DMARC1"',
      '_dmarc.small.example.org. TXT "v=dmarc1\\; p=none"',
      '_dmarc.evil.example.org. TXT "v=DMARC1\\; p=\\027[31m\\226\\128\\174"',
      dmarc("g.f.e.d.c.b.deep.test", "p=reject"),
      dmarc("deep.test", "p=quarantine"),
      dmarc("suffix.test", "p=reject; psd=y"),
      dmarc("own.name.suffix.test", "p=none; psd=n"),
      spf("name.suffix.test"),
      spf("x.name.suffix.test"),
      spf("own.name.suffix.test"),
      dmarc("gov", "p=quarantine; psd=y"),
      'lame.example.net. TXT "v=spf1 include:x.broken.test -all"',
    ],
    faults: { "broken.test": "servfail" },
  });
});
after(() => dns.stop());

function report(mail: Partial<Mail>): Promise<Report> {
  const subject = subjectAt(ip, mail);
  return checkThrough(dns.address, ip, {
    subject,
    probes: [dmarcProbe],
    mailAuth: loadMailAuth,
    limits: { questionMs: 900 },
  });
}

async function say(headerFrom: string | undefined, mail: Partial<Mail> = {}): Promise<Row> {
  return rowOf(await report({ headerFrom, ...mail }), "dmarc");
}

const by = (...domains: readonly string[]) => domains.map((domain) => ({ selector: "s1", domain }));

test("a sender that SPF passes and that is aligned passes DMARC", async () => {
  const row = await say("example.net", { sender: "b@bounce.example.net" });
  assert.equal(row.verdict, "pass");
  assert.match(
    row.answer,
    /^DMARC of example\.net \(policy reject\) passes: SPF passes for bounce\.example\.net, which is aligned/,
  );
  assert.deepEqual(row.details, [
    "_dmarc.example.net: v=DMARC1; p=reject; sp=quarantine; np=none; rua=mailto:d@example.net",
    "organizational domain: example.net",
    "SPF: pass for bounce.example.net",
  ]);
});

test("an aligned signature would pass it too, and the row says what it cannot know", async () => {
  const row = await say("example.net", {
    sender: "b@elsewhere.test",
    signatures: by("elsewhere.test", "mail.example.net"),
  });
  assert.equal(row.verdict, "pass");
  assert.match(row.answer, /signature of mail\.example\.net is aligned with it, if that signature verifies/);
});

test("when SPF passes for another domain and no known signature is aligned, DMARC fails", async () => {
  const row = await say("observe.example.org", { sender: "b@example.net", signatures: by("elsewhere.test") });
  assert.equal(row.verdict, "fail");
  assert.match(row.answer, /^The policy for observe\.example\.org is none: it asks receivers to do nothing/);
  assert.match(
    row.answer,
    /SPF passes for example\.net, which is not aligned.*signatures are of elsewhere\.test, not aligned/,
  );
  assert.match(row.remedy ?? "", /^Sign with DKIM as observe\.example\.org or its organizational domain/);
});

test("an aligned sender that SPF does not pass is no alignment", async () => {
  const row = await say("example.net", { sender: "b@bad.example.net", signatures: by("elsewhere.test") });
  assert.equal(row.verdict, "fail");
  assert.match(row.answer, /SPF does not pass \(fail for bad\.example\.net\)/);
});

test("where the log names no signature, a fail is not claimed", async () => {
  const row = await say("example.net", { sender: "b@bad.example.net" });
  assert.equal(row.verdict, "unknown");
  assert.match(
    row.answer,
    /policy for example\.net is reject.*not known: no DKIM signature of it is known\. SPF does not pass/,
  );
  assert.match(row.remedy ?? "", /^Check again with/);
  assert.match((await say("example.net")).answer, /no DKIM signature of it is known\.$/);
  const unsent = await say("example.net", { signatures: by("elsewhere.test") });
  assert.match(unsent.answer, /not known: the envelope sender is not known/);
});

test("strict alignment takes the very domain only", async () => {
  const near = await say("strict.example.org", {
    sender: "b@m.strict.example.org",
    signatures: by("m.strict.example.org"),
  });
  assert.equal(near.verdict, "fail");
  assert.match(near.answer, /must be matched exactly/);
  assert.match(near.remedy ?? "", /^Sign with DKIM as strict\.example\.org, or/);
  assert.equal((await say("strict.example.org", { signatures: by("strict.example.org") })).verdict, "pass");
});

test("the policy of a subdomain is sp= when it exists and np= when it does not", async () => {
  const policyOf = async (domain: string) => /is (\w+):/.exec((await say(domain)).answer)?.[1];
  assert.equal(await policyOf("example.net"), "reject");
  assert.equal(await policyOf("real.example.net"), "quarantine");
  assert.equal(await policyOf("madeup.example.net"), "none");
});

test("t=y lowers the policy by one step", async () => {
  assert.match(
    (await say("testing.example.org")).answer,
    /is quarantine \(one level below the published one, as t=y wishes\)/,
  );
});

test("an invalid policy counts as none when reports are asked for, else the record does not count", async () => {
  assert.match((await say("reporting.example.org")).answer, /is none:/);
  const silly = await say("silly.example.org");
  assert.equal(silly.verdict, "fail");
  assert.match(
    silly.answer,
    /_dmarc\.silly\.example\.org does not count: its policy \(p=, sp=, np=\) is none of none, quar/,
  );
});

test("several records, a tag twice and a wrong beginning make a record that does not count", async () => {
  assert.match((await say("two.example.org")).answer, /2 DMARC records stand at one name/);
  assert.match((await say("tagtwice.example.org")).answer, /the tag p occurs twice/);
  assert.match((await say("small.example.org")).answer, /does not begin with "v=DMARC1;"/);
});

test("no record at all is said as that, with a record to begin with", async () => {
  const row = await say("nothing.example.com");
  assert.equal(row.verdict, "fail");
  assert.match(row.answer, /^Neither nothing\.example\.com nor a domain above it publishes a DMARC record\./);
  assert.match(row.remedy ?? "", /^Publish a TXT record at _dmarc\.nothing\.example\.com/);
  assert.match((await say("late.example.org")).answer, /^Neither late/);
});

test("the walk goes up to the top-level domain, name by name", async () => {
  const { asked } = await say("a.b.nothing.example.com");
  assert.deepEqual(
    asked,
    ["a.b.nothing", "b.nothing", "nothing"]
      .map((name) => `_dmarc.${name}.example.com TXT`)
      .concat("_dmarc.example.com TXT", "_dmarc.com TXT"),
  );
  const row = await say("agency.gov", { signatures: by("agency.gov") });
  assert.equal(row.verdict, "pass");
  assert.ok(row.details.includes("organizational domain: agency.gov"));
});

test("from eight labels on the walk jumps to seven, and asks eight questions at most", async () => {
  const { asked } = await say("l.k.j.i.h.g.f.e.d.c.b.deep.test");
  assert.deepEqual(asked.slice(0, 3), [
    "_dmarc.l.k.j.i.h.g.f.e.d.c.b.deep.test TXT",
    "_dmarc.f.e.d.c.b.deep.test TXT",
    "_dmarc.e.d.c.b.deep.test TXT",
  ]);
  assert.equal(asked.length, 8);
  const passedOver = await say("h.g.f.e.d.c.b.deep.test");
  assert.match(passedOver.answer, /^The policy for h\.g\.f\.e\.d\.c\.b\.deep\.test is quarantine:/);
  assert.match((await say("g.f.e.d.c.b.deep.test")).answer, /is reject:/);
});

test("psd=y makes the name below it the organization, psd=n ends the walk", async () => {
  const under = await say("x.name.suffix.test", { sender: "b@name.suffix.test" });
  assert.equal(under.verdict, "pass");
  assert.ok(under.details.includes("organizational domain: name.suffix.test"));
  assert.deepEqual(
    under.asked.filter((question) => question === "_dmarc.test TXT"),
    [],
  );
  const apart = await say("own.name.suffix.test", { sender: "b@name.suffix.test", signatures: by("name.suffix.test") });
  assert.equal(apart.verdict, "fail");
  assert.ok(apart.details.includes("organizational domain: own.name.suffix.test"));
});

test("a question without an answer is unknown and named", async () => {
  const row = await say("x.broken.test");
  assert.equal(row.verdict, "unknown");
  assert.match(row.answer, /SERVFAIL.*the question _dmarc\.x\.broken\.test TXT/);
  const half = await say("example.net", { sender: "b@lame.example.net", signatures: by("elsewhere.test") });
  assert.equal(half.verdict, "unknown");
  assert.match(half.answer, /not known: SPF could not be read/);
  assert.equal(half.remedy, undefined);
});

test("without a From domain that of the envelope stands for it, and the row says so", async () => {
  const row = rowOf(await report({ sender: "b@example.net" }), "dmarc");
  assert.equal(row.verdict, "pass");
  assert.match(row.answer, /The From header is not known; this holds if its domain is example\.net/);
  assert.match(row.question, /taken from the envelope sender for the From header/);
});

test("a bounce is judged by its HELO name", async () => {
  assert.equal((await say("example.net", { sender: "", helo: "mail.example.net" })).verdict, "pass");
});

test("what strangers write into a record is shown as plain text", async () => {
  const row = await say("evil.example.org");
  for (const text of [row.answer, row.remedy ?? "", ...row.details, ...row.answers])
    assert.match(text, /^[\x20-\x7e]*$/);
});

test("nothing is planned, so nothing leaves, when no domain is known or can be asked about", async () => {
  const before = dns.queries().length;
  const unusable: readonly Partial<Mail>[] = [
    {},
    { sender: "" },
    { helo: "mail.example.net", signatures: by("example.net") },
    { sender: "b@localhost" },
    { headerFrom: "not a domain", sender: "b@example.net" },
  ];
  for (const mail of unusable) assert.deepEqual((await report(mail)).rows, []);
  assert.equal(dns.queries().length, before);
});

test("the plan names every domain that is asked about, and how far up", () => {
  const mail = { headerFrom: "example.net", sender: "b@bounce.example.org", signatures: by("esp.test", "example.net") };
  const [planned] = dmarcProbe.plan(subjectAt(ip, mail));
  assert.equal(
    planned?.what,
    "the DMARC records of example.net and of the domains above it, the same for bounce.example.org and esp.test, and the SPF record of bounce.example.org with the names that it refers to",
  );
  assert.match(planned?.whom ?? "", /up to those of the top-level domain$/);
});

test("where the evaluation cannot run the row says so", async () => {
  const subject = subjectAt(ip, { headerFrom: "example.net" });
  const row = rowOf(await checkThrough(dns.address, ip, { subject, probes: [dmarcProbe] }), "dmarc");
  assert.equal(row.verdict, "not-checked");
  assert.match(row.answer, /^DMARC is not checked here: /);
});
