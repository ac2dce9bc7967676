// Who takes mail for the recipient's domain today: the provider may have changed since the refusal.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { operatorOf } from "../../server/src/catalogue/provider.ts";
import { recipientProbe } from "../../server/src/check/probes/recipient.ts";
import type { Refusal, Subject } from "../../server/src/model.ts";
import { checkThrough, rowOf, subjectAt } from "../support/check.ts";
import { startDns, type TestDns } from "../support/dns.ts";
import { literalResolver } from "../support/dns-literal.ts";

const ip = "81.2.69.160";
let dns: TestDns;

before(async () => {
  dns = await startDns({
    records: [
      "moved.example.net. MX 1 mx1.mail.am0.yahoodns.net.",
      "moved.example.net. MX 1 mx2.mail.am0.yahoodns.net.",
      "mixed.example.net. MX 20 backup.example.org.",
      "mixed.example.net. MX 10 ALT1.aspmx.l.google.com.",
      "mixed.example.net. MX 5 mta5.am0.yahoodns.net.",
      "own.example.net. MX 10 mx.own.example.net.",
      "null.example.net. MX 0 .",
      "implicit.example.net. A 81.2.69.1",
      "implicit6.example.net. AAAA 2a02:6b8::1",
      "text.example.net. TXT nothing",
      ...Array.from({ length: 15 }, (_, at) => `many.example.net. MX ${at} mx${at}.example.org.`),
    ],
    faults: { "broken.test": "servfail", "silent.test": "drop", "closed.test": "refuse" },
  });
});
after(() => dns.stop());

function refusalOf(provider: string): Refusal {
  const rule = { standsFor: "a test", named: [], considered: [], unseen: [], look: undefined, source: undefined };
  const nothing = { time: undefined, line: undefined, seen: undefined };
  return { entry: "cox/CXCNCT", label: "AUP#CXCNCT", provider, ...nothing, rule };
}

function subject(recipientDomain: string, provider?: string): Subject {
  const refusal = provider === undefined ? undefined : refusalOf(provider);
  return { ...subjectAt(ip, { recipientDomain }), refusal };
}

async function ask(domain: string, provider?: string) {
  const report = await checkThrough(dns.address, ip, {
    subject: subject(domain, provider),
    probes: [recipientProbe],
    operatorOf,
    limits: { questionMs: 900 },
  });
  return { ...rowOf(report, "mx"), sentence: report.verdict };
}

test("without a recipient's domain nothing is planned, nor for what is no public name", () => {
  assert.deepEqual(recipientProbe.plan(subjectAt(ip)), []);
  for (const domain of ["", "localhost", "office.lan", "[81.2.69.1]", "a b.example.net", "\u202eevil"])
    assert.deepEqual(recipientProbe.plan(subject(domain)), [], domain);
});

test("the plan names the domain that leaves", () => {
  assert.deepEqual(
    recipientProbe.plan(subject("Moved.Example.net.")).map(({ id, what }) => [id, what]),
    [["mx", "the recipient's domain moved.example.net"]],
  );
});

test("the operator of the mail servers is named", async () => {
  const row = await ask("moved.example.net");
  assert.equal(row.verdict, "pass");
  assert.equal(row.answer, "Mail for moved.example.net is taken by Yahoo today: its rules decide now.");
  assert.match(row.sentence, /^moved\.example\.net is answered by Yahoo today/);
  assert.deepEqual(row.details, ["1 mx1.mail.am0.yahoodns.net (Yahoo)", "1 mx2.mail.am0.yahoodns.net (Yahoo)"]);
  assert.deepEqual(row.asked, ["moved.example.net MX"]);
  assert.equal(row.remedy, undefined);
});

test("a refusal by another provider than today's is told, with the reasons that can be", async () => {
  const row = await ask("moved.example.net", "Cox");
  assert.equal(row.verdict, "pass");
  assert.match(
    row.answer,
    /reads as one of Cox\. Either the domain has moved since, or .*old route, or Yahoo only filters/,
  );
  assert.match(row.remedy ?? "", /date of the refusal.*fixed route to moved\.example\.net/);
  assert.equal(row.turn, "you");
  const same = await ask("moved.example.net", "Yahoo");
  assert.doesNotMatch(same.answer, /reads as one/);
  assert.equal(same.remedy, undefined);
});

test("mail servers stand in the order of their preference, and the most preferred counts", async () => {
  const row = await ask("mixed.example.net");
  assert.deepEqual(row.details, [
    "5 mta5.am0.yahoodns.net (Yahoo)",
    "10 alt1.aspmx.l.google.com (Gmail)",
    "20 backup.example.org",
  ]);
  assert.match(row.answer, /taken by Yahoo today.*Among its other mail servers are some of Gmail/);
});

test("an operator that the catalogue does not know is not guessed", async () => {
  const row = await ask("own.example.net", "Cox");
  assert.equal(row.verdict, "pass");
  assert.match(row.answer, /goes to mx\.own\.example\.net today\. The catalogue does not know whose server that is/);
  assert.doesNotMatch(row.answer, /reads as one/);
});

test("a null MX takes no mail, which says nothing about the sender", async () => {
  const row = await ask("null.example.net");
  assert.equal(row.verdict, "unknown");
  assert.match(row.answer, /takes no mail \(a null MX, RFC 7505\)\. That says nothing about your address/);
});

test("without MX records the domain's own address takes the mail", async () => {
  for (const domain of ["implicit.example.net", "implicit6.example.net"]) {
    const row = await ask(domain);
    assert.equal(row.verdict, "pass", domain);
    assert.match(row.answer, /has no MX records, so mail goes to the server of that name itself/);
  }
});

test("a domain without MX records and address, or that does not exist, takes no mail", async () => {
  assert.match((await ask("text.example.net")).answer, /neither MX records nor an address/);
  assert.match((await ask("nowhere.example.net")).answer, /does not exist in the DNS now/);
  for (const domain of ["text.example.net", "nowhere.example.net"])
    assert.equal((await ask(domain)).verdict, "unknown");
});

test("SERVFAIL, a refusal and silence leave open who takes the mail", async () => {
  for (const domain of ["x.broken.test", "x.closed.test", "x.silent.test"]) {
    const row = await ask(domain);
    assert.equal(row.verdict, "unknown", domain);
    assert.match(row.answer, /not known who takes mail|takes mail for/);
    assert.doesNotMatch(row.answer, /takes no mail/);
    assert.equal(row.remedy, undefined);
  }
});

test("of a flood of mail servers ten are shown", async () => {
  const { details } = await ask("many.example.net");
  assert.equal(details.length, 11);
  assert.equal(details[10], "… and 5 more");
});

test("a domain without MX records whose address cannot be read stays open", async () => {
  const zone = { "half.example.net MX": "nodata", "half.example.net A": "servfail" } as const;
  const report = await checkThrough(literalResolver(zone), ip, {
    subject: subject("half.example.net"),
    probes: [recipientProbe],
  });
  assert.equal(rowOf(report, "mx").verdict, "unknown");
  assert.match(rowOf(report, "mx").answer, /SERVFAIL.*not known who takes mail/);
});

test("unreadable and hostile MX records are left out or shown as plain text", async () => {
  const check = async (records: readonly string[]) => {
    const resolver = literalResolver({ "odd.example.net MX": records });
    const own = { subject: subject("odd.example.net"), probes: [recipientProbe], operatorOf };
    return rowOf(await checkThrough(resolver, ip, own), "mx");
  };
  assert.equal((await check(["", "mx.example.net", "99999999 x"])).verdict, "unknown");
  const row = await check(["10 \u001b[31m\u202eevil\n.example.org", `20 ${"x".repeat(5_000)}`, "30 mx.example.org"]);
  assert.equal(row.verdict, "pass");
  assert.match(JSON.stringify(row), /^[\x20-\x7e]*$/);
  assert.ok(JSON.stringify(row).length < 4_000);
});
