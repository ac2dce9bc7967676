// What goes wrong between us and a name server: dnsdist fails, refuses, drops, delays and truncates in front of real servers.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type Limits, limit, usualLimits } from "../../server/src/check/limits.ts";
import type { DnsType } from "../../server/src/check/resolver.ts";
import { createResolver } from "../../server/src/node/resolver.ts";
import { startDns, type TestDns } from "../support/dns.ts";
import { type FaultyDns, startFaults } from "../support/dns-faults.ts";
import { freePort } from "../support/dns-ports.ts";
import { startStub } from "../support/dns-stub.ts";

// As large as the SPF and DKIM records that outgrow UDP: 2.7 kB.
const long = Array.from({ length: 13 }, (_, at) => `${at}`.padEnd(205, "x"));
const zones = ["known", "broken", "closed", "gone", "slow", "large"].map((name) => `${name}.test`);
let dns: TestDns;
let faulty: FaultyDns;
before(async () => {
  const authority = zones.map((zone) => [
    zone,
    [
      `mail.${zone}. A 81.2.69.160`,
      `mail.${zone}. MX 10 mail.${zone}.`,
      `alias.${zone}. CNAME mail.known.test.`,
      `long.${zone}. TXT ${long.map((part) => `"${part}"`).join(" ")}`,
    ],
  ]);
  dns = await startDns({
    authority: {
      ...Object.fromEntries(authority),
      "69.2.81.in-addr.arpa": ["160.69.2.81.in-addr.arpa. PTR mail.known.test."],
    },
  });
  faulty = await startFaults(dns.address, {
    "broken.test": "servfail",
    "closed.test": "refuse",
    "gone.test": "drop",
    "slow.test": { delayMs: 1_200 },
    "large.test": "truncate",
  });
});
after(async () => {
  await faulty?.stop();
  await dns?.stop();
});

const never = new AbortController().signal;
const ask = (name: string, type: DnsType, servers = [faulty.address], timeoutMs = 5_000) =>
  createResolver({ servers, timeoutMs }).query(name, type, never);

test("nothing is lost on the way when nothing is wrong", async () => {
  const { records } = { records: ["81.2.69.160"] };
  assert.deepEqual(await ask("mail.known.test", "A"), { kind: "answer", records, ttl: 0 });
  assert.deepEqual(await ask("alias.known.test", "A"), { kind: "answer", records, ttl: 0 });
  const ptr = await ask("160.69.2.81.in-addr.arpa", "PTR");
  assert.deepEqual(ptr, { kind: "answer", records: ["mail.known.test"], ttl: undefined });
  assert.deepEqual(await ask("mail.known.test", "A", [dns.authority ?? ""]), { kind: "answer", records, ttl: 60 });
});

test("SERVFAIL, REFUSED, NODATA, NXDOMAIN, a lost packet and a late answer are told apart", async () => {
  assert.deepEqual(await ask("mail.broken.test", "A"), { kind: "servfail" });
  assert.deepEqual(await ask("mail.closed.test", "A"), { kind: "refused" });
  assert.deepEqual(await ask("mail.known.test", "AAAA"), { kind: "nodata" });
  assert.deepEqual(await ask("nobody.known.test", "A"), { kind: "nxdomain" });
  assert.deepEqual(await ask("mail.gone.test", "A", [faulty.address], 300), { kind: "timeout" });
  assert.deepEqual(await ask("mail.slow.test", "A", [faulty.address], 300), { kind: "timeout" });
});

test("an answer that is late but within the time is an answer", async () => {
  const answer = await ask("mail.slow.test", "A", [faulty.address], 30_000);
  assert.deepEqual(answer, { kind: "answer", records: ["81.2.69.160"], ttl: 0 });
});

test("a record of 2.7 kB that does not fit UDP comes by TCP, whole", async () => {
  for (const server of [faulty.address, dns.address, dns.authority ?? ""]) {
    assert.deepEqual(await ask("long.large.test", "TXT", [server]), {
      kind: "answer",
      records: [long.join("")],
      ttl: undefined,
    });
  }
  assert.equal(long.join("").length, 2_665);
});

test("when the first server fails, refuses or is silent the second one is asked", async () => {
  for (const zone of ["broken.test", "closed.test", "gone.test"]) {
    const answer = await ask(`mail.${zone}`, "MX", [faulty.address, dns.address], 1_500);
    assert.deepEqual(answer, { kind: "answer", records: [`10 mail.${zone}`], ttl: undefined }, zone);
  }
  const nobody = `127.0.0.1:${await freePort()}`;
  const answer = await ask("mail.known.test", "A", [nobody, dns.address]);
  assert.equal(answer.kind, "answer", "a server that is not there");
});

test("when no server knows, what the one that spoke said is told", async () => {
  const nobody = `127.0.0.1:${await freePort()}`;
  assert.deepEqual(await ask("mail.broken.test", "A", [faulty.address, nobody]), { kind: "servfail" });
  assert.deepEqual(await ask("mail.closed.test", "A", [nobody, faulty.address]), { kind: "refused" });
});

const within = (limits: Partial<Limits>, server: string, signal = never) =>
  limit(createResolver({ servers: [server] }), { ...usualLimits, ...limits }, signal);

test("a silent zone among others costs its own question only", async (t) => {
  const limited = within({ questionMs: 400 }, faulty.address);
  t.after(() => limited.close());
  const names = ["mail.gone.test", "mail.known.test", "mail.broken.test", "alias.known.test"];
  const answers = await Promise.all(names.map((name) => limited.ask(name, "A")));
  assert.deepEqual(
    answers.map(({ kind }) => kind),
    ["timeout", "answer", "servfail", "answer"],
  );
  assert.equal(limited.ended(), "complete");
});

test("cancel ends just what is open, at once", async (t) => {
  const controller = new AbortController();
  t.after(() => controller.abort());
  const limited = within({ questionMs: 60_000, totalMs: 60_000 }, faulty.address, controller.signal);
  const open = ["gone", "slow"].map((zone) => limited.ask(`mail.${zone}.test`, "A"));
  assert.equal((await limited.ask("mail.known.test", "A")).kind, "answer");
  const start = performance.now();
  controller.abort();
  assert.deepEqual(await Promise.all(open), [{ kind: "cancelled" }, { kind: "cancelled" }]);
  assert.ok(performance.now() - start < 1_000);
  assert.equal(limited.ended(), "cancelled");
  assert.equal((await ask("mail.known.test", "A")).kind, "answer", "other checks do not notice");
});

test("with no DNS server at all a check knows at once that it is offline", async (t) => {
  const start = performance.now();
  const limited = within({}, `127.0.0.1:${await freePort()}`);
  t.after(() => limited.close());
  const answers = await Promise.all(zones.map((zone) => limited.ask(`mail.${zone}`, "A")));
  assert.ok(performance.now() - start < 2_000);
  assert.ok(answers.every(({ kind }) => kind === "unreachable"));
  assert.equal(limited.ended(), "offline");
});

test("with a DNS server that swallows everything a check is offline after the time of one question", async (t) => {
  const stub = await startStub();
  t.after(() => stub.stop());
  const start = performance.now();
  const limited = within({}, stub.address);
  t.after(() => limited.close());
  const answers = await Promise.all(Array.from({ length: 20 }, (_, at) => limited.ask(`${at}.test`, "A")));
  const ms = performance.now() - start;
  assert.ok(ms > 2_000 && ms < 4_500, `${ms} ms`);
  assert.ok(answers.every(({ kind }) => kind === "timeout"));
  assert.equal(limited.ended(), "offline");
});
