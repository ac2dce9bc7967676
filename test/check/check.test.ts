// The check as a whole: consent, addresses that never leave, streaming, cancel, deadline, verdict.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type CheckOptions, check, planCheck } from "../../server/src/check/check.ts";
import { blocklistProbe } from "../../server/src/check/probes/blocklist.ts";
import { probesOf } from "../../server/src/check/probes/index.ts";
import { resolverHealthProbe } from "../../server/src/check/probes/resolverHealth.ts";
import { reverseDnsProbe } from "../../server/src/check/probes/reverseDns.ts";
import type { Row } from "../../server/src/model.ts";
import { createResolver } from "../../server/src/node/resolver.ts";
import { checkThrough, listAt, noon, rowOf, subjectAt, usualProbes } from "../support/check.ts";
import { startDns, type TestDns } from "../support/dns.ts";
import { freePort } from "../support/dns-ports.ts";
import { startStub } from "../support/dns-stub.ts";

const listed = "81.2.69.160";
const usualLists = "zen.spamhaus.org bl.spamcop.net psbl.surriel.com bl.mailspike.net list.dnswl.org".split(" ");
let dns: TestDns;
before(async () => {
  dns = await startDns({
    lists: {
      ...Object.fromEntries(usualLists.map((zone) => [zone, {}])),
      "zen.spamhaus.org": { [listed]: ["127.0.0.11"] },
    },
    records: ["160.69.2.81.in-addr.arpa. PTR mail.example.net.", "mail.example.net. A 81.2.69.160"],
    faults: { "silent.test": "drop", "181.69.2.81.in-addr.arpa": "drop" },
  });
});
after(() => dns.stop());

const inside = [
  ..."10.1.2.3 172.16.9.9 192.168.1.5 100.64.3.4 192.0.2.1 198.51.100.7 203.0.113.7 127.0.0.1 169.254.1.1 198.18.0.1".split(
    " ",
  ),
  ..."224.0.0.1 240.0.0.1 0.0.0.0 255.255.255.255 192.88.99.1 ::ffff:192.168.1.5".split(" "),
  ..."::1 :: fe80::1 fd00::1 ff02::1 2001:db8::1 3fff::1 64:ff9b::808:808 2002:808:808::1 2001::1 100::1 fec0::1".split(
    " ",
  ),
];

test("nothing leaves the machine about an address that is not public: zero packets", async (t) => {
  const stub = await startStub();
  t.after(() => stub.stop());
  for (const text of inside) {
    const rows: Row[] = [];
    const report = await checkThrough(stub.address, text, { onRow: (row) => rows.push(row) });
    assert.equal(report.ended, "not-asked", text);
    assert.deepEqual([rows, report.rows, report.conclusion, report.next], [[], [], undefined, undefined]);
    assert.match(report.verdict, /^Nothing was asked/);
    assert.ok(report.verdict.includes(report.subject.address.explanation ?? "?"), text);
    const plan = planCheck(subjectAt(text), { resolver: { name: stub.address }, probes: usualProbes });
    assert.deepEqual(plan.questions, []);
  }
  await stub.settle();
  assert.equal(stub.packets(), 0);
  await checkThrough(stub.address, listed, { limits: { questionMs: 50 } });
  await stub.settle();
  assert.ok(stub.packets() > 0, "the stub does count packets about a public address");
});

test("the plan says what goes to whom through which resolver, and asks nothing", async () => {
  const before = dns.queries().length;
  const resolver = createResolver({ servers: [dns.address] });
  const plan = planCheck(subjectAt(listed), { resolver, probes: usualProbes });
  assert.equal(plan.resolver, dns.address);
  assert.deepEqual(plan.questions.slice(0, 2), [
    {
      id: "resolver",
      probe: "resolver",
      bearing: "context",
      what: "a made-up name that ends in .invalid and exists nowhere",
      whom: "the resolver",
    },
    {
      id: "zen.spamhaus.org",
      probe: "blocklist",
      bearing: "context",
      what: `the address ${listed}, and two test entries, to the list zen.spamhaus.org`,
      whom: "Spamhaus",
    },
  ]);
  assert.deepEqual(
    plan.questions.slice(1, 6).map(({ id, whom }) => `${id}: ${whom}`),
    [
      "zen.spamhaus.org: Spamhaus",
      "bl.spamcop.net: Cisco Talos",
      "psbl.surriel.com: Passive Spam Block List",
      "bl.mailspike.net: Mailspike",
      "list.dnswl.org: dnswl.org",
    ],
  );
  assert.ok(plan.questions.every(({ what, whom }) => what !== "" && whom !== ""));
  assert.equal(dns.queries().length, before);
});

test("a list that takes no IPv6 addresses is planned with nothing, and asked nothing", async () => {
  const address = "2a02:6b8::25";
  const plan = planCheck(subjectAt(address), { resolver: { name: "x" }, probes: usualProbes });
  const spamcop = plan.questions.find(({ id }) => id === "bl.spamcop.net");
  assert.equal(spamcop?.what, "nothing, as SpamCop takes no IPv6 addresses");
  const report = await checkThrough(dns.address, address);
  assert.deepEqual(rowOf(report, "bl.spamcop.net").asked, []);
  assert.equal(rowOf(report, "zen.spamhaus.org").verdict, "not-listed");
});

test("without consent a check refuses to run", async () => {
  const options = { subject: subjectAt(listed), consent: false } as unknown as CheckOptions;
  await assert.rejects(check(options), /consent/);
});

test("a check asks what its rows tell and nothing else: each list three questions, the made-up name one", async () => {
  const before = dns.queries().length;
  const report = await checkThrough(dns.address, listed);
  const asked = dns.queries().slice(before);
  assert.deepEqual([...new Set(report.rows.flatMap((row) => row.asked))].sort(), [...asked].sort());
  for (const zone of usualLists)
    assert.deepEqual(rowOf(report, zone).asked, [
      `160.69.2.81.${zone} A`,
      `2.0.0.127.${zone} A`,
      `1.0.0.127.${zone} A`,
    ]);
  assert.equal(asked.filter((question) => question.endsWith(".invalid A")).length, 1);
});

test("a complete report holds its rows in the order of the plan, each told as it was done", async () => {
  const rows: Row[] = [];
  const report = await checkThrough(dns.address, listed, { onRow: (row) => rows.push(row) });
  const plan = planCheck(subjectAt(listed), { resolver: { name: "x" }, probes: usualProbes });
  assert.equal(report.ended, "complete");
  assert.equal(report.started, noon);
  assert.deepEqual(
    report.rows.map(({ id, probe, bearing }) => ({ id, probe, bearing })),
    plan.questions.map(({ id, probe, bearing }) => ({ id, probe, bearing })),
  );
  assert.deepEqual(
    ["resolver", ...usualLists, "ptr", "fcrdns"].map((id) => rowOf(report, id).verdict),
    ["pass", "listed", ...Array(4).fill("not-listed"), "pass", "pass"],
  );
  assert.deepEqual(new Set(rows), new Set(report.rows));
  for (const row of rows) {
    assert.equal(row.resolver, dns.address);
    assert.equal(row.asked.length, row.answers.length);
    assert.ok(row.ms >= 0);
  }
});

test("a list's row holds its lists, its turn and its details beside the words", async () => {
  const row = rowOf(await checkThrough(dns.address, listed), "zen.spamhaus.org");
  assert.deepEqual([row.lists, row.turn, row.answers], [["PBL"], "you", ["127.0.0.11", "127.0.0.2", "NXDOMAIN"]]);
  assert.equal(row.link, `https://check.spamhaus.org/query/ip/${listed}`);
  assert.match(row.details.join("\n"), /Use: Free for non-commercial use/);
});

const silentFirst = [blocklistProbe([listAt("silent.test"), listAt("zen.spamhaus.org")]), reverseDnsProbe];

test("cancel keeps the rows that are done, and says that the others are not", async () => {
  const controller = new AbortController();
  const done = new Set<string>();
  const report = await checkThrough(dns.address, listed, {
    probes: silentFirst,
    signal: controller.signal,
    onRow: ({ id }) => {
      done.add(id);
      if (["zen.spamhaus.org", "ptr", "fcrdns"].every((one) => done.has(one))) controller.abort();
    },
  });
  assert.equal(report.ended, "cancelled");
  assert.deepEqual(
    ["silent.test", "zen.spamhaus.org", "ptr", "fcrdns"].map((id) => rowOf(report, id).verdict),
    ["not-checked", "listed", "pass", "pass"],
  );
  assert.match(rowOf(report, "silent.test").answer, /cancelled before an answer came/);
});

test("the total deadline keeps the rows that are done", async () => {
  const report = await checkThrough(dns.address, listed, { probes: silentFirst, limits: { totalMs: 1_000 } });
  assert.equal(report.ended, "deadline");
  assert.equal(rowOf(report, "silent.test").verdict, "unknown");
  assert.equal(rowOf(report, "zen.spamhaus.org").verdict, "listed");
});

test("a check that is cancelled before it begins asks nothing", async (t) => {
  const stub = await startStub();
  t.after(() => stub.stop());
  const report = await checkThrough(stub.address, listed, { signal: AbortSignal.abort() });
  await stub.settle();
  assert.equal(stub.packets(), 0);
  assert.equal(report.ended, "cancelled");
  assert.ok(report.rows.every((row) => row.verdict === "not-checked"));
});

test("no DNS server at all is one clear sentence, and no row claims anything", async () => {
  const report = await checkThrough(`127.0.0.1:${await freePort()}`, listed);
  assert.equal(report.ended, "offline");
  assert.match(report.verdict, /^No DNS server answered at 2026-11-23T12:00Z/);
  assert.ok(report.rows.every((row) => row.verdict === "unknown" || row.verdict === "not-checked"));
});

test("a DNS server that is silent about everything is the same", async (t) => {
  const stub = await startStub();
  t.after(() => stub.stop());
  const report = await checkThrough(stub.address, listed, { limits: { questionMs: 100 } });
  assert.equal(report.ended, "offline");
  assert.match(report.verdict, /^No DNS server answered/);
});

test("no report ever calls an address clean", async () => {
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

test("every probe has its own name, and every row its own id", async () => {
  const ids = probesOf({ lists: [], extras: true }).map(({ id }) => id);
  assert.equal(new Set(ids).size, ids.length);
  assert.deepEqual(ids.slice(0, 2), [resolverHealthProbe.id, "blocklist"]);
  const rows = (await checkThrough(dns.address, listed)).rows.map(({ id }) => id);
  assert.equal(new Set(rows).size, rows.length);
});
