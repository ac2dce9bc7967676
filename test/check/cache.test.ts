// The memory of answers: how long each kind is believed, and what is never remembered.
import assert from "node:assert/strict";
import { test } from "node:test";
import { type DnsMemory, remembering } from "../../server/src/check/cache.ts";
import { limit } from "../../server/src/check/limits.ts";
import type { DnsAnswer, Resolver } from "../../server/src/check/resolver.ts";

const never = new AbortController().signal;
const start = Date.parse("2026-11-23T12:00:00Z");
const minute = 60;
const hour = 60 * minute;

/** A resolver with a memory, a clock in seconds and a count of what went out. */
function remembered(answer: DnsAnswer | ((name: string) => DnsAnswer), memory: DnsMemory = new Map()) {
  const clock = { seconds: 0 };
  const asked: string[] = [];
  const resolver: Resolver = {
    name: "192.0.2.53",
    query: async (name, type) => {
      asked.push(`${name} ${type}`);
      return typeof answer === "function" ? answer(name) : answer;
    },
  };
  const now = () => new Date(start + clock.seconds * 1_000);
  return {
    clock,
    asked,
    memory,
    ask: (name = "a.test") => remembering(resolver, memory, now).query(name, "A", never),
    refresh: (name = "a.test") => remembering(resolver, memory, now, { fresh: true }).query(name, "A", never),
  };
}

function listed(ttl: number | undefined, record = "127.0.0.2"): DnsAnswer {
  return { kind: "answer", records: [record], ttl };
}

test("an answer is remembered for its TTL, for an hour at most, and says how old it is", async () => {
  for (const [ttl, life] of [
    [90, 90],
    [hour, hour],
    [86_400, hour],
    [undefined, 5 * minute],
  ] as const) {
    const { ask, asked, clock } = remembered(listed(ttl));
    assert.deepEqual(await ask(), listed(ttl), "the first time it is asked, and has no age");
    clock.seconds = life - 0.5;
    assert.deepEqual(await ask(), { ...listed(ttl), age: life - 1 });
    assert.equal(asked.length, 1);
    clock.seconds = life;
    assert.deepEqual(await ask(), listed(ttl), "and then asked again");
    assert.equal(asked.length, 2, `TTL ${ttl}`);
  }
});

test("an answer with a TTL of 0 is not remembered", async () => {
  const { ask, asked, memory } = remembered(listed(0));
  await ask();
  assert.deepEqual(await ask(), listed(0));
  assert.equal(asked.length, 2);
  assert.equal(memory.size, 0);
});

test("that there is nothing is remembered for five minutes", async () => {
  for (const kind of ["nxdomain", "nodata"] as const) {
    const { ask, asked, clock } = remembered({ kind });
    await ask();
    clock.seconds = 5 * minute - 1;
    assert.deepEqual(await ask(), { kind, age: 5 * minute - 1 });
    clock.seconds = 5 * minute;
    assert.deepEqual(await ask(), { kind });
    assert.equal(asked.length, 2);
  }
});

test("a list that refuses this resolver is left alone for an hour, whatever the TTL", async () => {
  for (const record of ["127.255.255.254", "127.255.255.255", "127.255.255.252", "127.255.255.0", "127.0.0.255"]) {
    const { ask, asked, clock } = remembered(listed(10, record));
    await ask();
    clock.seconds = hour - 1;
    assert.deepEqual(await ask(), { ...listed(10, record), age: hour - 1 });
    clock.seconds = hour;
    await ask();
    assert.equal(asked.length, 2, record);
  }
  const { ask, asked, clock } = remembered(listed(10, "127.255.254.1"));
  await ask();
  clock.seconds = 11;
  await ask();
  assert.equal(asked.length, 2, "only those addresses say so");
});

test("failures are never remembered", async () => {
  for (const kind of ["servfail", "refused", "timeout", "unreachable", "cancelled", "invalid"] as const) {
    const { ask, asked, memory } = remembered({ kind });
    await ask();
    assert.deepEqual(await ask(), { kind });
    assert.equal(asked.length, 2, kind);
    assert.equal(memory.size, 0);
  }
});

test("a refresh asks again what is older than a minute, and what it learns is remembered", async () => {
  const { ask, refresh, asked, clock } = remembered(listed(hour));
  await ask();
  clock.seconds = 60;
  assert.deepEqual(await refresh(), { ...listed(hour), age: 60 });
  assert.equal(asked.length, 1);
  clock.seconds = 61;
  assert.deepEqual(await refresh(), listed(hour));
  assert.equal(asked.length, 2);
  clock.seconds = 71;
  assert.deepEqual(await ask(), { ...listed(hour), age: 10 });
});

test("a refresh that fails does not forget what is known", async () => {
  const answers: DnsAnswer[] = [listed(hour), { kind: "timeout" }];
  const { ask, refresh, clock } = remembered(() => answers.shift() ?? { kind: "servfail" });
  await ask();
  clock.seconds = 120;
  assert.deepEqual(await refresh(), { kind: "timeout" });
  assert.deepEqual(await ask(), { ...listed(hour), age: 120 });
});

test("names are the same in any case and with or without the root dot; types and resolvers are not", async () => {
  const memory: DnsMemory = new Map();
  const { ask, asked } = remembered(listed(hour), memory);
  await ask("Mail.Example.net");
  assert.equal((await ask("mail.example.NET.")).age, 0);
  assert.equal(asked.length, 1);
  const other: Resolver = { name: "192.0.2.54", query: async () => ({ kind: "nxdomain" }) };
  const now = () => new Date(start);
  assert.deepEqual(await remembering(other, memory, now).query("mail.example.net", "A", never), { kind: "nxdomain" });
  const same: Resolver = { name: "192.0.2.53", query: async () => ({ kind: "nodata" }) };
  assert.deepEqual(await remembering(same, memory, now).query("mail.example.net", "TXT", never), { kind: "nodata" });
});

test("the memory is bounded, and the oldest answers go first", async () => {
  const { ask, asked, memory } = remembered(listed(hour));
  for (let at = 0; at < 2_001; at++) await ask(`${at}.test`);
  assert.equal(memory.size, 2_000);
  assert.equal((await ask("2000.test")).age, 0);
  assert.equal((await ask("1.test")).age, 0);
  assert.equal((await ask("0.test")).age, undefined);
  assert.equal(asked.length, 2_002);
});

test("an enormous answer of a stranger is used once and not kept", async () => {
  const { ask, memory } = remembered({ kind: "answer", records: ["x".repeat(20_000)] });
  assert.equal((await ask()).kind, "answer");
  assert.equal(memory.size, 0);
});

test("a clock that was set back makes an answer unknown, not eternal", async () => {
  const { ask, clock } = remembered(listed(hour));
  await ask();
  clock.seconds = -10;
  assert.deepEqual(await ask(), listed(hour));
});

test("under the limits of a check, a remembered answer does not hide that the network is gone", async (t) => {
  const { ask, memory } = remembered(listed(hour));
  await ask("known.test");
  const cut: Resolver = { name: "192.0.2.53", query: async () => ({ kind: "unreachable" }) };
  const own = remembering(cut, memory, () => new Date(start));
  const limited = limit(own, { questionMs: 10_000, totalMs: 10_000, atOnce: 8 }, never);
  t.after(() => limited.close());
  assert.deepEqual(await limited.ask("known.test", "A"), { ...listed(hour), age: 0 });
  await Promise.all(["a.test", "b.test"].map((name) => limited.ask(name, "A")));
  assert.equal(limited.ended(), "offline");
  const alone = limit(own, { questionMs: 10_000, totalMs: 10_000, atOnce: 8 }, never);
  t.after(() => alone.close());
  await alone.ask("known.test", "A");
  assert.equal(alone.ended(), "complete", "a check that needs nothing but its memory is complete without a network");
});
