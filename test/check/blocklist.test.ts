// Spamhaus ZEN and broken lists, served by rbldnsd through unbound: every answer is told for what it is.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { blocklistProbe } from "../../server/src/check/probes/blocklist.ts";
import type { Report } from "../../server/src/model.ts";
import { checkThrough, listAt, rowOf } from "../support/check.ts";
import { startDns, type TestDns } from "../support/dns.ts";
import { startLate, startStub } from "../support/dns-stub.ts";

const zen = "zen.spamhaus.org";
const ip = (last: number) => `81.2.69.${last}`;
const single = [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 30, 99];
const combined = {
  [ip(101)]: ["127.0.0.2", "127.0.0.9"],
  [ip(102)]: ["127.0.0.2", "127.0.0.4", "127.0.0.10"],
  [ip(103)]: ["127.0.0.4", "127.0.0.99"],
  [ip(104)]: ["127.0.0.10", "127.0.0.11"],
  [ip(105)]: ["127.0.1.2"],
  [ip(106)]: ["127.255.255.7"],
  [ip(107)]: ["127.0.0.4", "127.255.255.254"],
  [ip(108)]: ["127.0.0.2", "93.184.216.34"],
  [ip(109)]: ["127.0.0.1"],
};
const errors = [252, 254, 255];
let dns: TestDns;

before(async () => {
  dns = await startDns({
    lists: {
      [zen]: {
        ...Object.fromEntries(single.map((code) => [ip(code), [`127.0.0.${code}`]])),
        ...combined,
        "2a02:6b8::25": ["127.0.0.3"],
      },
      "careless.test": { "127.0.0.1": ["127.0.0.2"] },
      "dead.test": { "127.0.0.2": [] },
      "v4only.test": {},
    },
    acls: {
      ...Object.fromEntries(errors.map((code) => [`error-${code}.test`, `:127.255.255.${code}:Error`])),
      "emptied.test": "=empty",
      "refused.test": "=refuse",
      "ignored.test": "=ignore",
    },
    faults: {
      "world.test": { address: "127.0.0.2" },
      "parked.test": { address: "93.184.216.34" },
      "error.test": { address: "127.255.255.254" },
      "broken.test": "servfail",
      "closed.test": "refuse",
      "silent.test": "drop",
      "nodata.test": "nodata",
    },
  });
});
after(() => dns.stop());

const onlyZen = [blocklistProbe([listAt(zen, { name: "Spamhaus ZEN" })])];
const askZen = (address: string): Promise<Report> => checkThrough(dns.address, address, { probes: onlyZen });

async function askList(zone: string) {
  const report = await checkThrough(dns.address, ip(200), {
    probes: [blocklistProbe([listAt(zone)])],
    limits: { questionMs: 1_000 },
  });
  return { ...rowOf(report, zone), sentence: report.verdict };
}

const names: Readonly<Record<number, RegExp>> = {
  2: /^SBL, .*people at Spamhaus/,
  3: /^CSS, .*automatically/,
  4: /^XBL, .*malware/,
  9: /^DROP: the whole network/,
  10: /^PBL, .*kept by the network's owner.*accuses nobody/,
  11: /^PBL, .*kept by Spamhaus.*assumes.*accuses nobody/,
  30: /^BCL, .*controls infected machines/,
};

for (const [code, means] of Object.entries(names)) {
  test(`ZEN's 127.0.0.${code} is a listing with its own meaning and remedy`, async () => {
    const report = await askZen(ip(Number(code)));
    const row = rowOf(report, zen);
    assert.equal(row.verdict, "listed");
    assert.match(row.answer, means);
    assert.ok(row.remedy !== undefined && row.remedy.length > 40);
    assert.equal(row.answers[0], `127.0.0.${code}`);
    assert.equal(row.link, `https://check.spamhaus.org/query/ip/${ip(Number(code))}`);
    assert.match(
      report.verdict,
      new RegExp(`^Listed on the Spamhaus [A-Z]+ \\(127\\.0\\.0\\.${code}\\) at 2026-11-23T12:00Z: `),
    );
  });
}

for (const code of [5, 6, 7, 8, 99]) {
  test(`ZEN's 127.0.0.${code} is documented nowhere as a listing, so nothing is known`, async () => {
    const row = rowOf(await askZen(ip(code)), zen);
    assert.equal(row.verdict, "unknown");
    assert.match(row.answer, new RegExp(`127\\.0\\.0\\.${code}, a code that its operator does not document`));
  });
}

test("an unlisted address is not listed at the time of the check, and no more is claimed", async () => {
  const report = await askZen(ip(200));
  assert.equal(rowOf(report, zen).verdict, "not-listed");
  assert.equal(
    report.verdict,
    "Not on Spamhaus ZEN at 2026-11-23T12:00Z. That does not rule out another list, the provider's own block, its limits, or an entry at the time of the refusal.",
  );
  assert.doesNotMatch(report.verdict, /clean/i);
});

test("several codes together are all told, each with its own remedy", async () => {
  const report = await askZen(ip(102));
  const row = rowOf(report, zen);
  assert.equal(row.verdict, "listed");
  assert.match(row.answer, /SBL, .*XBL, .*PBL, /);
  assert.match(row.remedy ?? "", /SBL: .*XBL: .*PBL: /);
  assert.match(report.verdict, /SBL \(127\.0\.0\.2\) and XBL \(127\.0\.0\.4\) and PBL \(127\.0\.0\.10\)/);
  assert.match(rowOf(await askZen(ip(101)), zen).answer, /SBL, .*DROP: /);
  assert.match(rowOf(await askZen(ip(104)), zen).answer, /kept by the network's owner.*kept by Spamhaus/);
});

test("a documented code beside an undocumented one is a listing that mentions the other", async () => {
  const row = rowOf(await askZen(ip(103)), zen);
  assert.equal(row.verdict, "listed");
  assert.match(row.answer, /XBL.*also answered 127\.0\.0\.99, which is not documented/);
});

test("the PBL's remedies come in their order: relay, static address with reverse DNS, removal", async () => {
  for (const code of [10, 11]) {
    const { remedy } = rowOf(await askZen(ip(code)), zen);
    assert.match(remedy ?? "", /SMTP AUTH on port 587.*static address.*reverse DNS of your own.*ask for removal/);
  }
});

test("answers that no documentation knows are unknown: another range, 127.0.0.1, an address outside", async () => {
  for (const last of [105, 108, 109]) assert.equal(rowOf(await askZen(ip(last)), zen).verdict, "unknown", ip(last));
  assert.match(rowOf(await askZen(ip(108)), zen).answer, /93\.184\.216\.34, outside 127\.0\.0\.0\/8/);
});

test("any 127.255.255.x is a refusal, alone, undocumented or beside a listing", async () => {
  for (const last of [106, 107]) {
    const report = await askZen(ip(last));
    assert.equal(rowOf(report, zen).verdict, "blocked", ip(last));
    assert.match(report.verdict, /refuses this resolver, so it is not known whether/);
  }
  assert.match(rowOf(await askZen(ip(106)), zen).answer, /not documented.*\(127\.255\.255\.7\)/);
});

for (const [code, means] of [
  [252, /zone's name is wrong/],
  [254, /public, open/],
  [255, /asked too much/],
] as const) {
  test(`an operator that answers everything with 127.255.255.${code} refuses us, and says why`, async () => {
    const row = await askList(`error-${code}.test`);
    assert.equal(row.verdict, "blocked");
    assert.match(row.answer, means);
    assert.match(row.answer, new RegExp(`127\\.255\\.255\\.${code}`));
    assert.ok(row.remedy);
  });
}

test("an IPv6 address is asked in 32 nibbles, with the mapped test entries", async () => {
  const row = rowOf(await askZen("2a02:6b8::25"), zen);
  assert.equal(row.verdict, "listed");
  assert.match(row.answer, /^CSS.*\/64/);
  assert.deepEqual(row.asked, [
    `5.2.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.6.0.2.0.a.2.${zen} A`,
    `2.0.0.0.0.0.f.7.f.f.f.f.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.${zen} A`,
    `1.0.0.0.0.0.f.7.f.f.f.f.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.${zen} A`,
  ]);
  assert.equal(row.link, "https://check.spamhaus.org/query/ip/2a02%3A6b8%3A%3A25");
  assert.equal(rowOf(await askZen("2a02:6b8::26"), zen).verdict, "not-listed");
});

test("a list without IPv6 is not asked about an IPv6 address", async () => {
  const probes = [blocklistProbe([listAt("v4only.test", { families: [4] })])];
  const before = dns.queries().length;
  const row = rowOf(await checkThrough(dns.address, "2a02:6b8::25", { probes }), "v4only.test");
  assert.equal(row.verdict, "not-checked");
  assert.deepEqual(row.asked, []);
  assert.equal(dns.queries().length, before);
});

const broken: Readonly<Record<string, RegExp>> = {
  "world.test": /lists an address that no list may list/,
  "careless.test": /lists an address that no list may list/,
  "parked.test": /outside 127\.0\.0\.0\/8/,
  "dead.test": /does not list its own test entry/,
  "emptied.test": /does not list its own test entry/,
  "broken.test": /SERVFAIL/,
  "refused.test": /SERVFAIL/,
  "closed.test": /REFUSED/,
  "silent.test": /No answer came in time/,
  "ignored.test": /No answer came in time|SERVFAIL/,
  "nodata.test": /NODATA/,
};

describe("broken lists", { concurrency: true }, () => {
  test("lists of every kind in one check each keep their own verdict, in the order of the list", async () => {
    const zones = [
      zen,
      "world.test",
      "error-254.test",
      "silent.test",
      "dead.test",
      "parked.test",
      "broken.test",
      "closed.test",
    ];
    const report = await checkThrough(dns.address, ip(11), {
      probes: [blocklistProbe(zones.map((zone) => listAt(zone)))],
      limits: { questionMs: 1_000 },
    });
    assert.deepEqual(
      report.rows.map((row) => `${row.id} ${row.verdict}`),
      [
        `${zen} listed`,
        "world.test unknown",
        "error-254.test blocked",
        "silent.test unknown",
        "dead.test unknown",
        "parked.test unknown",
        "broken.test unknown",
        "closed.test unknown",
      ],
    );
  });

  for (const [zone, why] of Object.entries(broken)) {
    test(`a list that is ${zone.replace(".test", "")} proves nothing: neither listed nor clean`, async () => {
      const row = await askList(zone);
      assert.equal(row.verdict, "unknown", row.answer);
      assert.match(row.answer, why);
      assert.match(row.sentence, /so it is not known whether the address is listed|^No DNS server answered/);
    });
  }
});

test("a refusal of the whole zone is a refusal", async () => {
  assert.equal((await askList("error.test")).verdict, "blocked");
});

test("an answer that comes too late is no answer", async () => {
  const late = await startLate(dns.address, 400);
  const slow = await checkThrough(late.address, ip(11), { probes: onlyZen, limits: { questionMs: 50 } });
  assert.equal(rowOf(slow, zen).verdict, "unknown");
  const patient = await checkThrough(late.address, ip(11), { probes: onlyZen });
  assert.equal(rowOf(patient, zen).verdict, "listed");
  await late.stop();
});

test("test entries are asked once in 24 hours, and again after that", async () => {
  const memory = new Map();
  const ask = async (time: string) => {
    const report = await checkThrough(dns.address, ip(11), { probes: onlyZen, memory, now: () => new Date(time) });
    return rowOf(report, zen).asked.length;
  };
  assert.equal(await ask("2026-11-23T12:00:00Z"), 3);
  assert.equal(await ask("2026-11-24T11:59:00Z"), 1);
  assert.equal(await ask("2026-11-24T12:01:00Z"), 3);
});

test("what one resolver proved is not believed of another", async () => {
  const memory = new Map();
  await checkThrough(dns.address, ip(200), { probes: onlyZen, memory });
  const stub = await startStub(5);
  const row = rowOf(await checkThrough(stub.address, ip(200), { probes: onlyZen, memory }), zen);
  assert.equal(row.asked.length, 3);
  assert.equal(row.verdict, "unknown");
  await stub.stop();
});
