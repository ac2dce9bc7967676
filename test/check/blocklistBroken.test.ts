// Lists that are broken, refuse or list the world, served by rbldnsd and unbound: none of them proves anything.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { blocklistProbe } from "../../server/src/check/probes/blocklist.ts";
import { checkThrough, listAt, rowOf } from "../support/check.ts";
import { startDns, type TestDns } from "../support/dns.ts";

const zen = "zen.spamhaus.org";
const ip = (last: number) => `81.2.69.${last}`;
const errors = [252, 254, 255];
let dns: TestDns;

before(async () => {
  dns = await startDns({
    lists: {
      [zen]: {
        [ip(11)]: ["127.0.0.11"],
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
      "parked.test": { address: "203.0.113.99" },
      "error.test": { address: "127.255.255.254" },
      "broken.test": "servfail",
      "closed.test": "refuse",
      "silent.test": "drop",
      "nodata.test": "nodata",
    },
  });
});
after(() => dns.stop());

async function askList(zone: string) {
  const report = await checkThrough(dns.address, ip(200), {
    probes: [blocklistProbe([listAt(zone)])],
    limits: { questionMs: 1_000 },
  });
  return rowOf(report, zone);
}

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
      assert.match(row.answer, /not known whether the address is listed/);
    });
  }
});

test("a zone of the Data Query Service under the wrong ending gives its error, not a listing", async () => {
  const row = await askList("error-252.test");
  assert.match(row.remedy ?? "", /lists with a key end in dq\.spamhaus\.net/);
  assert.deepEqual(row.lists, []);
});

test("a refusal of the whole zone is a refusal", async () => {
  assert.equal((await askList("error.test")).verdict, "blocked");
});
