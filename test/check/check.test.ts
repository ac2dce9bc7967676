// The check as a whole: consent, addresses that never leave, streaming, cancel, deadline, verdict.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { readAddress } from "../../server/src/check/address.ts";
import { type CheckOptions, check, planCheck } from "../../server/src/check/check.ts";
import { blocklistProbe } from "../../server/src/check/probes/blocklist.ts";
import { probes } from "../../server/src/check/probes/index.ts";
import { reverseDnsProbe } from "../../server/src/check/probes/reverseDns.ts";
import type { Address, Row } from "../../server/src/model.ts";
import { createResolver } from "../../server/src/node/resolver.ts";
import { checkThrough, listAt, noon, rowOf } from "../support/check.ts";
import { startDns, type TestDns } from "../support/dns.ts";
import { freePort } from "../support/dns-ports.ts";
import { startStub } from "../support/dns-stub.ts";

const listed = "81.2.69.160";
let dns: TestDns;
before(async () => {
  dns = await startDns({
    lists: { "zen.spamhaus.org": { [listed]: ["127.0.0.11"] } },
    records: ["160.69.2.81.in-addr.arpa. PTR mail.example.net.", "mail.example.net. A 81.2.69.160"],
    faults: { "silent.test": "drop", "181.69.2.81.in-addr.arpa": "drop" },
  });
});
after(() => dns.stop());

function address(text: string): Address {
  const read = readAddress(text);
  assert.ok(read);
  return read;
}

const inside = [
  ..."10.1.2.3 172.16.9.9 192.168.1.5 100.64.3.4 192.0.2.1 198.51.100.7 203.0.113.7 127.0.0.1 169.254.1.1 198.18.0.1".split(
    " ",
  ),
  ..."224.0.0.1 240.0.0.1 0.0.0.0 255.255.255.255 192.88.99.1 ::ffff:192.168.1.5".split(" "),
  ..."::1 :: fe80::1 fd00::1 ff02::1 2001:db8::1 3fff::1 64:ff9b::808:808 2002:808:808::1 2001::1 100::1 fec0::1".split(
    " ",
  ),
];

test("nothing leaves the machine about an address that is not public: zero packets", async () => {
  const stub = await startStub();
  for (const text of inside) {
    const rows: Row[] = [];
    const report = await checkThrough(stub.address, text, { onRow: (row) => rows.push(row) });
    assert.equal(report.ended, "not-asked", text);
    assert.deepEqual(rows, report.rows);
    assert.ok(report.rows.length > 0);
    assert.ok(report.rows.every((row) => row.verdict === "not-checked" && row.asked.length === 0));
    assert.equal(report.verdict, `Nothing was asked: ${report.address.explanation}`);
    assert.deepEqual(planCheck(report.address, { name: stub.address }).questions, []);
  }
  await stub.settle();
  assert.equal(stub.packets(), 0);
  await checkThrough(stub.address, listed, { limits: { questionMs: 50 } });
  await stub.settle();
  assert.ok(stub.packets() > 0, "the stub does count packets about a public address");
  await stub.stop();
});

test("the plan says what goes to whom through which resolver, and asks nothing", async () => {
  const before = dns.queries().length;
  const plan = planCheck(address(listed), createResolver({ servers: [dns.address] }));
  assert.equal(plan.resolver, dns.address);
  assert.deepEqual(plan.questions, [
    {
      probe: "blocklist",
      what: `the address ${listed}, and two test entries, to the list zen.spamhaus.org`,
      whom: "Spamhaus",
    },
    { probe: "reverse-dns", what: `the reverse name of ${listed}`, whom: "the name servers of the address's network" },
    {
      probe: "reverse-dns",
      what: `the names that reverse DNS gives for ${listed}`,
      whom: "the name servers of those names",
    },
  ]);
  assert.equal(dns.queries().length, before);
});

test("without consent a check refuses to run", async () => {
  const options = { address: address(listed), consent: false } as unknown as CheckOptions;
  await assert.rejects(check(options), /consent/);
});

test("a check asks what the plan said and nothing else", async () => {
  const before = dns.queries().length;
  const report = await checkThrough(dns.address, listed);
  const asked = dns.queries().slice(before);
  assert.deepEqual([...asked].sort(), [
    "1.0.0.127.zen.spamhaus.org A",
    "160.69.2.81.in-addr.arpa PTR",
    "160.69.2.81.zen.spamhaus.org A",
    "2.0.0.127.zen.spamhaus.org A",
    "mail.example.net A",
    "mail.example.net AAAA",
  ]);
  assert.deepEqual([...new Set(report.rows.flatMap((row) => row.asked))].sort(), [...asked].sort());
});

test("a complete report holds its rows in the order of the probes, each told as it was done", async () => {
  const rows: Row[] = [];
  const report = await checkThrough(dns.address, listed, { onRow: (row) => rows.push(row) });
  assert.equal(report.ended, "complete");
  assert.equal(report.started, noon);
  assert.deepEqual(
    report.rows.map((row) => [row.probe, row.id, row.verdict]),
    [
      ["blocklist", "zen.spamhaus.org", "listed"],
      ["reverse-dns", "ptr", "pass"],
      ["reverse-dns", "fcrdns", "pass"],
    ],
  );
  assert.deepEqual(new Set(rows), new Set(report.rows));
  for (const row of rows) {
    assert.equal(row.resolver, dns.address);
    assert.equal(row.asked.length, row.answers.length);
    assert.ok(row.ms >= 0);
  }
});

test("the verdict names the list, the code, the time and the state of reverse DNS", async () => {
  const report = await checkThrough(dns.address, listed, { entry: "cox/CXCNCT" });
  assert.equal(
    report.verdict,
    "Listed on the Spamhaus PBL (127.0.0.11) at 2026-11-23T12:00Z: Spamhaus assumes an end-user range that should not send mail directly, which is no accusation; reverse DNS is mail.example.net; the name leads back to the address. That is the state now; what counted is the state at the time of the refusal (CXCNCT).",
  );
  assert.match(
    (await checkThrough(dns.address, "81.2.69.199")).verdict,
    /^Not on Spamhaus ZEN at .*; reverse DNS missing\. That does not rule out/,
  );
});

test("cancel keeps the rows that are done, and says that the others are not", async () => {
  const controller = new AbortController();
  let done = 0;
  const report = await checkThrough(dns.address, listed, {
    probes: [blocklistProbe([listAt("silent.test"), listAt("zen.spamhaus.org")]), reverseDnsProbe],
    signal: controller.signal,
    onRow: () => {
      done += 1;
      if (done === 3) controller.abort();
    },
  });
  assert.equal(report.ended, "cancelled");
  assert.deepEqual(
    report.rows.map((row) => `${row.id} ${row.verdict}`),
    ["silent.test not-checked", "zen.spamhaus.org listed", "ptr pass", "fcrdns pass"],
  );
  assert.match(rowOf(report, "silent.test").answer, /cancelled before an answer came/);
  assert.match(
    report.verdict,
    /^Cancelled before all answers came\. Silent\.test not checked; listed on the Spamhaus PBL/,
  );
});

test("the total deadline keeps the rows that are done", async () => {
  const report = await checkThrough(dns.address, listed, {
    probes: [blocklistProbe([listAt("silent.test"), listAt("zen.spamhaus.org")])],
    limits: { totalMs: 1_000 },
  });
  assert.equal(report.ended, "deadline");
  assert.equal(rowOf(report, "silent.test").verdict, "unknown");
  assert.equal(rowOf(report, "zen.spamhaus.org").verdict, "listed");
  assert.match(report.verdict, /^Not all answers came in time\. /);
});

test("a check that is cancelled before it begins asks nothing", async () => {
  const stub = await startStub();
  const report = await checkThrough(stub.address, listed, { signal: AbortSignal.abort() });
  await stub.settle();
  assert.equal(stub.packets(), 0);
  assert.equal(report.ended, "cancelled");
  assert.ok(report.rows.every((row) => row.verdict === "not-checked"));
  await stub.stop();
});

test("no DNS server at all is one clear sentence", async () => {
  const report = await checkThrough(`127.0.0.1:${await freePort()}`, listed);
  assert.match(
    report.verdict,
    /^No DNS server answered at 2026-11-23T12:00Z \(asked: 127\.0\.0\.1:\d+\), so nothing is known/,
  );
  assert.ok(report.rows.every((row) => row.verdict === "unknown" || row.verdict === "not-checked"));
});

test("a DNS server that is silent about everything is the same clear sentence", async () => {
  const stub = await startStub();
  const report = await checkThrough(stub.address, listed, { limits: { questionMs: 100 } });
  assert.match(report.verdict, /^No DNS server answered/);
  await stub.stop();
});

test("no verdict ever calls an address clean", async () => {
  for (const ip of [listed, "81.2.69.199", "81.2.69.181", "10.0.0.1"]) {
    const report = await checkThrough(dns.address, ip, { limits: { questionMs: 300 } });
    assert.doesNotMatch(JSON.stringify(report), /\bclean\b/i);
  }
});

test("a report survives being sent as JSON", async () => {
  const report = await checkThrough(dns.address, listed);
  const sent = JSON.parse(JSON.stringify(report));
  assert.equal(sent.verdict, report.verdict);
  assert.equal(sent.rows.length, report.rows.length);
});

test("every probe has its own name", () => {
  assert.deepEqual(
    probes.map((probe) => probe.id),
    ["blocklist", "reverse-dns"],
  );
});
