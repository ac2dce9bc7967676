// Forty lists of every kind in one check, through rbldnsd and unbound: within the usual deadline, with every row right.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { usualLimits } from "../../server/src/check/limits.ts";
import { listOfZone } from "../../server/src/check/lists.ts";
import type { Blocklist } from "../../server/src/check/listTypes.ts";
import { blocklistProbe } from "../../server/src/check/probes/blocklist.ts";
import { resolverHealthProbe } from "../../server/src/check/probes/resolverHealth.ts";
import type { Row, Verdict } from "../../server/src/model.ts";
import { checkThrough, listAt, subjectAt } from "../support/check.ts";
import { startDns, type TestDns } from "../support/dns.ts";

const v4 = "81.2.69.160";
const v6 = "2a02:6b8::25";
const domain = "example.net";

/** What a zone serves, the list that asks it, and the verdicts that must come of it for IPv4 and for IPv6. */
interface Zone {
  readonly name: string;
  readonly list: Blocklist;
  readonly entries?: readonly string[];
  readonly four: Verdict;
  readonly six: Verdict;
}

function real(name: string, entries: readonly string[], [four, six]: readonly [Verdict, Verdict]): Zone {
  const list = listOfZone(name);
  assert.ok(list !== undefined && "codes" in list, name);
  return { name, list, entries, four, six };
}

function like(name: string, verdict: Verdict, entries?: readonly string[]): Zone {
  return { name, list: listAt(name), ...(entries && { entries }), four: verdict, six: verdict };
}

const fourOnly = (four: Verdict) => [four, "not-checked"] as const;
const both = (verdict: Verdict) => [verdict, verdict] as const;

const served: readonly Zone[] = [
  real("zen.spamhaus.org", ["127.0.0.2", "127.0.0.4", "127.0.0.11"], both("listed")),
  real("bl.spamcop.net", ["127.0.0.2"], fourOnly("listed")),
  real("psbl.surriel.com", [], fourOnly("not-listed")),
  real("bl.mailspike.net", ["127.0.0.18"], fourOnly("not-listed")),
  real("list.dnswl.org", ["127.0.5.2"], both("pass")),
  real("b.barracudacentral.org", ["127.0.0.3"], fourOnly("unknown")),
  real("bl.score.senderscore.com", ["127.0.0.20"], fourOnly("listed")),
  real("score.senderscore.com", ["127.0.4.87"], fourOnly("not-listed")),
  real("dnsbl-1.uceprotect.net", ["127.0.0.2"], fourOnly("listed")),
  real("all.spamrats.com", ["127.0.0.36", "127.0.0.99"], fourOnly("listed")),
  real("hostkarma.junkemailfilter.com", ["127.0.0.1", "127.0.2.3"], both("not-listed")),
  real("truncate.gbudb.net", [], fourOnly("not-listed")),
  real("dnsbl.dronebl.org", ["127.0.0.9", "127.0.0.2"], both("listed")),
  real("bl.blocklist.de", ["127.0.0.9"], both("listed")),
  real("bip.virusfree.cz", ["127.255.255.254", "127.0.0.2"], fourOnly("blocked")),
  ...[2, 3, 4, 9, 10, 11, 30].map((code) => like(`code-${code}.test`, "listed", [`127.0.0.${code}`])),
  ...[5, 8, 99].map((code) => like(`code-${code}.test`, "unknown", [`127.0.0.${code}`])),
  like("outside.test", "unknown", ["93.184.216.34"]),
  like("empty.test", "not-listed", []),
];

const failing: readonly Zone[] = [
  like("error-252.test", "blocked"),
  like("error-254.test", "blocked"),
  like("error-255.test", "blocked"),
  like("emptied.test", "unknown"),
  like("refused.test", "unknown"),
  like("ignored.test", "unknown"),
  like("world.test", "unknown"),
  like("parked.test", "unknown"),
  like("broken.test", "unknown"),
  like("closed.test", "unknown"),
  like("silent.test", "unknown"),
  like("nodata.test", "unknown"),
];

const names: Zone = real("dbl.spamhaus.org", [], both("listed"));
// The slow ones first: nobody may suffer for them.
const zones: readonly Zone[] = [...failing, ...served, names];

function entriesOf({ name, entries = [] }: Zone): Record<string, readonly string[]> {
  const karma = name === "hostkarma.junkemailfilter.com" ? { "127.0.0.1": ["127.0.0.1"] } : {};
  return entries.length === 0 ? karma : { [v4]: entries, [v6]: entries, ...karma };
}

let dns: TestDns;
before(async () => {
  dns = await startDns({
    lists: Object.fromEntries(served.map((zone) => [zone.name, entriesOf(zone)])),
    acls: {
      ...Object.fromEntries([252, 254, 255].map((code) => [`error-${code}.test`, `:127.255.255.${code}:Error`])),
      "emptied.test": "=empty",
      "refused.test": "=refuse",
      "ignored.test": "=ignore",
    },
    records: [`${domain}.dbl.spamhaus.org. A 127.0.1.4`, "dbltest.com.dbl.spamhaus.org. A 127.0.1.2"],
    faults: {
      "world.test": { address: "127.0.0.2" },
      "parked.test": { address: "203.0.113.99" },
      "broken.test": "servfail",
      "closed.test": "refuse",
      "silent.test": "drop",
      "nodata.test": "nodata",
    },
  });
});
after(() => dns.stop());

for (const [ip, family] of [
  [v4, "four"],
  [v6, "six"],
] as const) {
  test(`forty lists, every kind of verdict among them: each row of ${ip} is right within six seconds`, async () => {
    assert.equal(zones.length, 40);
    const rows: Row[] = [];
    const report = await checkThrough(dns.address, ip, {
      subject: subjectAt(ip, { sender: `news@${domain}` }),
      probes: [resolverHealthProbe, blocklistProbe(zones.map(({ list }) => list))],
      limits: usualLimits,
      onRow: (row) => rows.push(row),
    });
    assert.equal(report.ended, "complete");
    assert.deepEqual(
      report.rows.map(({ id, verdict }) => `${id} ${verdict}`),
      ["resolver pass", ...zones.map((zone) => `${zone.name} ${zone[family]}`)],
    );
    const kinds = ["listed", "not-listed", "blocked", "unknown", "pass", ...(family === "six" ? ["not-checked"] : [])];
    assert.deepEqual([...new Set(report.rows.map(({ verdict }) => verdict))].sort(), kinds.sort());
    assert.equal(rows.length, 41);
    const slow = rows.findIndex(({ id }) => id === "silent.test");
    assert.ok(
      rows.findIndex(({ id }) => id === "zen.spamhaus.org") < slow,
      "a quick list does not wait for a silent one",
    );
  });
}
