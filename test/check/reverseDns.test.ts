// Reverse DNS through unbound: missing, broken, confirmed and not confirmed are four different things.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { reverseDnsProbe } from "../../server/src/check/probes/reverseDns.ts";
import { checkThrough, rowOf } from "../support/check.ts";
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
  return { ptr: rowOf(report, "ptr"), fcrdns: rowOf(report, "fcrdns"), verdict: report.verdict };
}

async function verdicts(ip: string): Promise<string> {
  const rows = await ask(ip);
  return `${rows.ptr.verdict} ${rows.fcrdns.verdict}`;
}

test("a name that leads back is confirmed, in IPv4 and in IPv6", async () => {
  assert.equal(await verdicts("81.2.69.160"), "pass pass");
  assert.equal(await verdicts("2a02:6b8::25"), "pass pass");
  const { verdict } = await ask("81.2.69.160");
  assert.equal(verdict, "Reverse DNS is mail.example.net; the name leads back to the address.");
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
    const { ptr, fcrdns, verdict } = await ask(ip);
    assert.equal(`${ptr.verdict} ${fcrdns.verdict}`, "fail not-checked", ip);
    assert.match(ptr.remedy ?? "", /hosting or internet provider/);
    assert.equal(verdict, "Reverse DNS missing.");
  }
});

test("SERVFAIL, silence and a refusal do not mean missing", async () => {
  for (const { ptr, fcrdns, verdict } of await Promise.all(["81.2.69.180", "81.2.69.181", "81.2.69.182"].map(ask))) {
    assert.equal(`${ptr.verdict} ${fcrdns.verdict}`, "unknown not-checked");
    assert.match(ptr.answer, /does not mean that reverse DNS is missing/);
    assert.match(verdict, /^Reverse DNS could not be read\.$|^No DNS server answered/);
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
