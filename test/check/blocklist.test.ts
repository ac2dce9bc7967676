// Spamhaus ZEN, served by rbldnsd through unbound: every answer is told for what it is.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { blocklistProbe } from "../../server/src/check/probes/blocklist.ts";
import type { DnsAnswer } from "../../server/src/check/resolver.ts";
import type { Report } from "../../server/src/model.ts";
import { checkThrough, listAt, noon, rowOf, subjectAt } from "../support/check.ts";
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
let dns: TestDns;

before(async () => {
  dns = await startDns({
    lists: {
      [zen]: {
        ...Object.fromEntries(single.map((code) => [ip(code), [`127.0.0.${code}`]])),
        ...combined,
        "2a02:6b8::25": ["127.0.0.3"],
      },
    },
  });
});
after(() => dns.stop());

const onlyZen = [blocklistProbe([listAt(zen, { name: "Spamhaus ZEN" })])];
const askZen = (address: string): Promise<Report> => checkThrough(dns.address, address, { probes: onlyZen });

const names: Readonly<Record<number, RegExp>> = {
  2: /^SBL, .*people at Spamhaus/,
  3: /^CSS, .*automatically/,
  4: /^XBL, .*malware/,
  9: /^DROP: the whole network/,
  10: /^PBL, .*kept by the network's owner.*accuses nobody/,
  11: /^PBL, .*kept by Spamhaus.*assumes.*accuses nobody/,
  30: /^BCL, .*controls infected machines/,
};

const turns: Readonly<Record<number, readonly [string[], string]>> = {
  2: [["SBL"], "provider"],
  3: [["CSS"], "you"],
  4: [["XBL"], "you"],
  9: [["DROP"], "provider"],
  10: [["PBL"], "you"],
  11: [["PBL"], "you"],
  30: [["BCL"], "provider"],
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
    assert.deepEqual([row.lists, row.turn], turns[Number(code)]);
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
  const row = rowOf(await askZen(ip(200)), zen);
  assert.equal(row.verdict, "not-listed");
  assert.equal(
    row.answer,
    "Spamhaus ZEN had no entry for the address at 2026-11-23T12:00Z. Its test entries answer as they should.",
  );
  assert.deepEqual([row.lists, row.turn, row.remedy], [[], undefined, undefined]);
});

test("several codes together are all told, each with its own remedy", async () => {
  const report = await askZen(ip(102));
  const row = rowOf(report, zen);
  assert.equal(row.verdict, "listed");
  assert.match(row.answer, /SBL, .*XBL, .*PBL, /);
  assert.match(row.remedy ?? "", /SBL: .*XBL: .*PBL: /);
  assert.deepEqual([row.lists, row.turn], [["SBL", "XBL", "PBL"], "you"]);
  assert.match(rowOf(await askZen(ip(101)), zen).answer, /SBL, .*DROP: /);
  const both = rowOf(await askZen(ip(104)), zen);
  assert.match(both.answer, /kept by the network's owner.*kept by Spamhaus/);
  assert.deepEqual(both.lists, ["PBL"]);
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
    assert.match(rowOf(report, zen).answer, /So it is not known whether the address is listed/);
  }
  assert.match(rowOf(await askZen(ip(106)), zen).answer, /not documented.*\(127\.255\.255\.7\)/);
});

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

test("an answer that comes too late is no answer", async (t) => {
  const late = await startLate(dns.address, 400);
  t.after(() => late.stop());
  const slow = await checkThrough(late.address, ip(11), { probes: onlyZen, limits: { questionMs: 50 } });
  assert.equal(rowOf(slow, zen).verdict, "unknown");
  const patient = await checkThrough(late.address, ip(11), { probes: onlyZen });
  assert.equal(rowOf(patient, zen).verdict, "listed");
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

test("what one resolver proved is not believed of another", async (t) => {
  const memory = new Map();
  await checkThrough(dns.address, ip(200), { probes: onlyZen, memory });
  const stub = await startStub(5);
  t.after(() => stub.stop());
  const row = rowOf(await checkThrough(stub.address, ip(200), { probes: onlyZen, memory }), zen);
  assert.equal(row.asked.length, 3);
  assert.equal(row.verdict, "unknown");
});

/** What a list gives to the verdict sentence. */
async function clause(records: readonly string[] | "servfail" | "cancelled") {
  const subject = subjectAt("81.2.69.160");
  const [question] = blocklistProbe([listAt(zen, { name: "Spamhaus ZEN" })]).plan(subject);
  assert.ok(question !== undefined);
  const points: Readonly<Record<string, DnsAnswer>> = { "2.0.0.127": { kind: "answer", records: ["127.0.0.2"] } };
  const own: DnsAnswer =
    typeof records === "string"
      ? { kind: records }
      : records.length === 0
        ? { kind: "nxdomain" }
        : { kind: "answer", records };
  const { brief } = await question.answer({
    ...subject,
    family: subject.address.family,
    ask: async (name) =>
      name.startsWith("160.") ? own : (points[name.replace(`.${zen}`, "")] ?? { kind: "nxdomain" }),
    mailAuth: undefined,
    operatorOf: () => undefined,
    resolver: "literal",
    memory: new Map(),
    now: () => new Date(noon),
    time: "2026-11-23T12:00Z",
  });
  return brief;
}

test("the clause for the verdict names the list, the code and the time, and never more than is known", async () => {
  assert.equal(await clause([]), "not on Spamhaus ZEN at 2026-11-23T12:00Z");
  assert.equal(
    await clause(["127.0.0.11"]),
    "listed on the Spamhaus PBL (127.0.0.11) at 2026-11-23T12:00Z: Spamhaus assumes an end-user range that should not send mail directly, which is no accusation",
  );
  assert.match(
    (await clause(["127.0.0.10", "127.0.0.2"])) ?? "",
    /^listed on the Spamhaus SBL \(127\.0\.0\.2\) and PBL \(127\.0\.0\.10\) at .*: SBL: .*, PBL: /,
  );
  const open = "so it is not known whether the address is listed";
  assert.equal(await clause(["127.255.255.254"]), `Spamhaus ZEN refuses this resolver, ${open}`);
  for (const records of [["127.0.0.99"], ["203.0.113.99"], "servfail"] as const)
    assert.equal(await clause(records), `Spamhaus ZEN gave no valid answer, ${open}`);
  assert.equal(await clause("cancelled"), "Spamhaus ZEN not checked");
});
