// Reverse DNS through unbound: missing, broken, confirmed and not confirmed are four different things.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { reverseDnsProbe } from "../../server/src/check/probes/reverseDns.ts";
import { checkThrough, rowOf, subjectAt } from "../support/check.ts";
import { startDns, type TestDns } from "../support/dns.ts";

const many = Array.from({ length: 14 }, (_, at) => `n${at}.example.net`);
const v6 = "5.2.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.6.0.2.0.a.2.ip6.arpa.";
const ptr = (last: number, name: string) => `${last}.69.2.81.in-addr.arpa. PTR ${name}.`;
let dns: TestDns;

before(async () => {
  dns = await startDns({
    records: [
      ptr(160, "mail.example.net"),
      "mail.example.net. A 81.2.69.160",
      "mail.example.net. A 81.2.69.165",
      `${v6} PTR mail.example.net.`,
      "mail.example.net. AAAA 2A02:06B8:0:0:0:0:0:0025",
      ptr(161, "elsewhere.example.net"),
      "elsewhere.example.net. A 81.2.69.1",
      ptr(162, "gone.example.net"),
      "163.69.2.81.in-addr.arpa. CNAME 163.customer.69.2.81.in-addr.arpa.",
      "163.customer.69.2.81.in-addr.arpa. PTR mx.example.net.",
      "mx.example.net. CNAME real.example.net.",
      "real.example.net. A 81.2.69.163",
      ...many.map((name) => ptr(164, name)),
      ptr(165, "other.example.net"),
      ptr(165, "mail.example.net"),
      ptr(166, "x.broken.test"),
      "167.69.2.81.in-addr.arpa. TXT nodata",
      ptr(168, "\\027[31m\\226\\128\\174evil.example.net"),
      // RFC 2317: the addresses 128 to 255 are delegated, names and all.
      "190.69.2.81.in-addr.arpa. CNAME 190.128/25.69.2.81.in-addr.arpa.",
      "190.128/25.69.2.81.in-addr.arpa. PTR customer.example.net.",
      "customer.example.net. A 81.2.69.190",
      ptr(191, "ip81-2-69-191.pool.isp.example.net"),
      "ip81-2-69-191.pool.isp.example.net. A 81.2.69.191",
      ptr(192, "static-81-2-69-192.isp.example.net"),
      ptr(193, "mail.example.org"),
      ptr(193, "81-2-69-193.isp.example.net"),
      ptr(194, "localhost"),
      ptr(195, "81.2.69.195"),
      ptr(196, "mail.office.lan"),
      ptr(197, "Mail.Example.NET"),
      ptr(197, "mail.example.net"),
      ptr(198, ""),
      ptr(170, "mapped.example.net"),
      "mapped.example.net. AAAA ::ffff:81.2.69.170",
      ptr(171, "x.broken.test"),
      ptr(171, "good.example.net"),
      "good.example.net. A 81.2.69.171",
    ],
    faults: {
      "broken.test": "servfail",
      "180.69.2.81.in-addr.arpa": "servfail",
      "181.69.2.81.in-addr.arpa": "drop",
      "182.69.2.81.in-addr.arpa": "refuse",
    },
  });
});
after(() => dns.stop());

async function ask(ip: string) {
  const report = await checkThrough(dns.address, ip, { probes: [reverseDnsProbe], limits: { questionMs: 900 } });
  const [ptr, fcrdns, generic] = ["ptr", "fcrdns", "generic"].map((id) => rowOf(report, id));
  assert.ok(ptr && fcrdns && generic);
  return { ptr, fcrdns, generic, verdict: report.verdict };
}

async function verdicts(ip: string): Promise<string> {
  const rows = await ask(ip);
  return `${rows.ptr.verdict} ${rows.fcrdns.verdict}`;
}

test("a name that leads back is confirmed, in IPv4 and in IPv6", async () => {
  assert.equal(await verdicts("81.2.69.160"), "pass pass");
  assert.equal(await verdicts("2a02:6b8::25"), "pass pass");
  const { verdict } = await ask("81.2.69.160");
  assert.match(verdict, /^Reverse DNS is mail\.example\.net; the name leads back to the address\. Checked at /);
});

test("both families of the name are asked, and the reverse name only once", async () => {
  const before = dns.queries().length;
  await ask("81.2.69.160");
  assert.deepEqual([...dns.queries().slice(before)].sort(), [
    "160.69.2.81.in-addr.arpa PTR",
    "mail.example.net A",
    "mail.example.net AAAA",
  ]);
});

test("a name that leads elsewhere or nowhere is not confirmed", async () => {
  assert.equal(await verdicts("81.2.69.161"), "pass fail");
  assert.equal(await verdicts("81.2.69.162"), "pass fail");
  assert.match((await ask("81.2.69.161")).fcrdns.answer, /elsewhere\.example\.net does not lead back/);
});

test("a reverse zone delegated by CNAME and a name that is an alias work", async () => {
  assert.equal(await verdicts("81.2.69.163"), "pass pass");
});

test("a delegation of part of a reverse zone works (RFC 2317)", async () => {
  const { ptr, fcrdns } = await ask("81.2.69.190");
  assert.equal(ptr.answer, "Its name is customer.example.net.");
  assert.equal(fcrdns.verdict, "pass");
});

test("one of several names is enough", async () => {
  assert.equal(await verdicts("81.2.69.165"), "pass pass");
  assert.equal(await verdicts("81.2.69.171"), "pass pass");
});

test("an IPv4-mapped AAAA record leads back to the IPv4 address", async () => {
  assert.equal(await verdicts("81.2.69.170"), "pass pass");
});

test("of a flood of names only ten are looked at, and that is said", async () => {
  const { ptr, fcrdns } = await ask("81.2.69.164");
  assert.match(ptr.answer, /Of 14 names only the first 10 are looked at/);
  assert.equal(fcrdns.asked.filter((question) => question.endsWith(" A")).length, 10);
  assert.equal(fcrdns.verdict, "fail");
});

test("no such name and no such record both mean missing, with the remedy", async () => {
  for (const ip of ["81.2.69.199", "81.2.69.167"]) {
    const { ptr, fcrdns, generic, verdict } = await ask(ip);
    assert.equal(`${ptr.verdict} ${fcrdns.verdict} ${generic.verdict}`, "fail not-checked not-checked", ip);
    assert.equal(ptr.turn, "provider");
    assert.match(ptr.remedy ?? "", /hosting or internet provider/);
    assert.match(verdict, /^Reverse DNS missing\. Checked at /);
  }
});

test("SERVFAIL, silence and a refusal do not mean missing", async () => {
  for (const { ptr, fcrdns, verdict } of await Promise.all(["81.2.69.180", "81.2.69.181", "81.2.69.182"].map(ask))) {
    assert.equal(`${ptr.verdict} ${fcrdns.verdict}`, "unknown not-checked");
    assert.match(ptr.answer, /does not mean that reverse DNS is missing/);
    assert.match(verdict, /^Reverse DNS could not be read\. Checked at |^No DNS server answered/);
  }
});

test("a name whose own zone fails leaves the confirmation open", async () => {
  assert.equal(await verdicts("81.2.69.166"), "pass unknown");
});

test("a hostile name is shown as plain text and never asked about", async () => {
  const { ptr, fcrdns } = await ask("81.2.69.168");
  assert.match(JSON.stringify(ptr), /evil\.example\.net/);
  assert.match(JSON.stringify([ptr, fcrdns]), /^[\x20-\x7e]*$/);
  assert.doesNotMatch(JSON.stringify(ptr), /\\u/);
  assert.equal(fcrdns.asked.length, 1);
  assert.equal(fcrdns.verdict, "fail");
});

test("where a name leads instead is told for those who look closer", async () => {
  const { fcrdns } = await ask("81.2.69.161");
  assert.deepEqual(fcrdns.details, ["elsewhere.example.net: 81.2.69.1"]);
  assert.match(fcrdns.remedy ?? "", /give it an A record with 81\.2\.69\.161/);
  assert.deepEqual((await ask("81.2.69.162")).fcrdns.details, ["gone.example.net: no address"]);
});

test("names of several organizations are noted, those of one are not", async () => {
  const { ptr } = await ask("81.2.69.193");
  assert.equal(ptr.verdict, "pass");
  assert.match(ptr.details.join(), /several organizations: .*example\.(org|net), example\.(org|net)/);
  assert.deepEqual((await ask("81.2.69.165")).ptr.details, []);
});

test("one name in two spellings is one name", async () => {
  const { ptr, fcrdns } = await ask("81.2.69.197");
  assert.equal(ptr.answer, "Its name is mail.example.net.");
  assert.equal(fcrdns.asked.length, 3);
});

test("a name that the public DNS cannot hold is never asked about", async () => {
  for (const ip of ["81.2.69.194", "81.2.69.196"]) {
    const { ptr, fcrdns } = await ask(ip);
    assert.equal(`${ptr.verdict} ${fcrdns.verdict}`, "pass fail", ip);
    assert.equal(fcrdns.asked.length, 1, ip);
  }
});

test("what is no host name counts as no name", async () => {
  for (const ip of ["81.2.69.195", "81.2.69.198"]) {
    const { ptr, fcrdns, generic } = await ask(ip);
    assert.equal(`${ptr.verdict} ${fcrdns.verdict} ${generic.verdict}`, "fail fail not-checked", ip);
    assert.match(ptr.answer, /is no host name: (81\.2\.69\.195|\(the root\))\./);
    assert.equal(fcrdns.asked.length, 1, ip);
  }
});

test("a generated name is a finding of a rule of thumb, with the part that is meant", async () => {
  const { generic, fcrdns, verdict } = await ask("81.2.69.191");
  assert.equal(`${fcrdns.verdict} ${generic.verdict} ${generic.turn}`, "pass fail provider");
  assert.match(
    generic.answer,
    /looks like a generated name.*"81-2-69-191".*rule of thumb.*Yahoo.*Outlook\.com.*Abusix/,
  );
  assert.deepEqual(generic.details, ["ip81-2-69-191.pool.isp.example.net", "  ^^^^^^^^^^^"]);
  assert.match(generic.remedy ?? "", /name in your own domain.*SMTP AUTH on port 587/);
  assert.deepEqual(generic.asked, ["191.69.2.81.in-addr.arpa PTR"]);
  assert.match(verdict, /[Tt]he name looks like a generated one \("81-2-69-191"\)/);
});

test("a generated name that says static passes with a note, a name of one's own without", async () => {
  const { generic } = await ask("81.2.69.192");
  assert.equal(generic.verdict, "pass");
  assert.match(generic.answer, /is generated.*but "static" marks a server or a static line.*rule of thumb/);
  assert.deepEqual(generic.details, ["static-81-2-69-192.isp.example.net", "       ^^^^^^^^^^^"]);
  const own = (await ask("81.2.69.160")).generic;
  assert.equal(own.verdict, "pass");
  assert.match(own.answer, /mail\.example\.net does not look generated.*rule of thumb/);
  assert.deepEqual(own.details, []);
});

test("of several names a generated one is told", async () => {
  const { generic } = await ask("81.2.69.193");
  assert.equal(generic.verdict, "fail");
  assert.match(generic.answer, /^81-2-69-193\.isp\.example\.net looks/);
});

test("the plan names what leaves for each question", () => {
  const planned = reverseDnsProbe.plan(subjectAt("81.2.69.160"));
  assert.deepEqual(
    planned.map(({ id, what }) => `${id}: ${what}`),
    [
      "ptr: the reverse name of 81.2.69.160",
      "fcrdns: the names that reverse DNS gives for 81.2.69.160",
      "generic: the reverse name of 81.2.69.160",
    ],
  );
});
