// The limits of a check, with resolvers that are literals.
import assert from "node:assert/strict";
import { test } from "node:test";
import { type Limits, limit, usualLimits } from "../../server/src/check/limits.ts";
import type { DnsAnswer, Resolver } from "../../server/src/check/resolver.ts";

const never = () => new AbortController().signal;
const nothing: DnsAnswer = { kind: "nxdomain" };

function resolver(query: (name: string, signal: AbortSignal) => Promise<DnsAnswer>): Resolver {
  return { name: "literal", query: (name, _type, signal) => query(name, signal) };
}

const silent = resolver(() => new Promise(() => {}));

/** Answers one name, after some milliseconds, and is silent about every other. */
function answering(known: string, ms = 0): Resolver {
  return resolver((name) =>
    name === known ? new Promise((resolve) => setTimeout(() => resolve(nothing), ms)) : new Promise(() => {}),
  );
}

const limits = (own: Partial<Limits> = {}): Limits => ({ questionMs: 60_000, totalMs: 60_000, atOnce: 8, ...own });

test("a question takes 2.5 s at most, all take 6 s, and 8 are open at once", () => {
  assert.deepEqual(usualLimits, { questionMs: 2_500, totalMs: 6_000, atOnce: 8 });
});

test("of many questions only so many are open at once, and all are answered", async (t) => {
  let open = 0;
  let most = 0;
  const slow = resolver(async () => {
    open += 1;
    most = Math.max(most, open);
    await new Promise((resolve) => setTimeout(resolve, 1));
    open -= 1;
    return nothing;
  });
  const limited = limit(slow, limits({ atOnce: 3 }), never());
  t.after(() => limited.close());
  const answers = await Promise.all(Array.from({ length: 40 }, (_, at) => limited.ask(`${at}.test`, "A")));
  assert.equal(most, 3);
  assert.equal(limited.asked(), 40);
  assert.ok(answers.every((answer) => answer.kind === "nxdomain"));
});

test("the same question goes out once", async (t) => {
  const limited = limit(
    resolver(async () => nothing),
    limits(),
    never(),
  );
  t.after(() => limited.close());
  await Promise.all([limited.ask("a.test", "A"), limited.ask("a.test", "A"), limited.ask("a.test", "AAAA")]);
  assert.equal(limited.asked(), 2);
});

test("a silent server costs one question its deadline and the resolver is told to stop", async (t) => {
  let stopped: AbortSignal | undefined;
  const limited = limit(
    resolver((_name, signal) => {
      stopped = signal;
      return new Promise(() => {});
    }),
    limits({ questionMs: 5 }),
    never(),
  );
  t.after(() => limited.close());
  assert.deepEqual(await limited.ask("a.test", "A"), { kind: "timeout" });
  assert.equal(stopped?.aborted, true);
});

test("the total deadline ends open and waiting questions", async (t) => {
  const limited = limit(answering("known.test"), limits({ totalMs: 20, atOnce: 1 }), never());
  t.after(() => limited.close());
  await limited.ask("known.test", "A");
  const answers = await Promise.all([limited.ask("a.test", "A"), limited.ask("b.test", "A")]);
  assert.deepEqual(answers, [{ kind: "timeout" }, { kind: "timeout" }]);
  assert.equal(limited.asked(), 2);
  assert.equal(limited.ended(), "deadline");
});

test("when nothing answers for the time of one question, all questions end and the check is offline", async (t) => {
  const limited = limit(silent, limits({ questionMs: 20, atOnce: 2 }), never());
  t.after(() => limited.close());
  const start = performance.now();
  const answers = await Promise.all(["a", "b", "c", "d", "e"].map((name) => limited.ask(`${name}.test`, "A")));
  assert.ok(answers.every((answer) => answer.kind === "timeout"));
  assert.equal(limited.asked(), 2, "what still waits is not sent any more");
  assert.equal(limited.ended(), "offline");
  assert.ok(performance.now() - start < 10_000, "long before the total deadline");
});

test("the patience begins with the first question: what a check loads before is no sign of a dead network", async (t) => {
  const limited = limit(answering("known.test", 10), limits({ questionMs: 60 }), never());
  t.after(() => limited.close());
  await new Promise((resolve) => setTimeout(resolve, 90));
  assert.deepEqual(await limited.ask("known.test", "A"), nothing);
  assert.equal(limited.ended(), "complete");
});

test("when no server can be reached for two names, the check is offline at once", async (t) => {
  const cut = resolver(async (name) => (name === "open.test" ? new Promise<never>(() => {}) : { kind: "unreachable" }));
  const limited = limit(cut, limits(), never());
  t.after(() => limited.close());
  const open = limited.ask("open.test", "A");
  assert.deepEqual(await limited.ask("a.test", "A"), { kind: "unreachable" });
  assert.deepEqual(await limited.ask("a.test", "TXT"), { kind: "unreachable" });
  assert.equal(limited.ended(), "offline", "so far nothing else is known");
  assert.deepEqual(await limited.ask("b.test", "A"), { kind: "unreachable" });
  assert.deepEqual(await open, { kind: "unreachable" }, "the open question is given up");
  const asked = limited.asked();
  assert.deepEqual(await limited.ask("c.test", "A"), { kind: "unreachable" });
  assert.equal(limited.asked(), asked, "and nothing more is asked");
  assert.equal(limited.ended(), "offline");
});

test("one unreachable name gives nothing up: another may be answered", async (t) => {
  const limited = limit(
    resolver(async (name) => (name === "known.test" ? nothing : { kind: "unreachable" })),
    limits(),
    never(),
  );
  t.after(() => limited.close());
  assert.deepEqual(await limited.ask("a.test", "A"), { kind: "unreachable" });
  assert.deepEqual(await limited.ask("known.test", "A"), nothing);
  assert.equal(limited.ended(), "complete");
});

test("a check in which anything was answered never becomes offline", async (t) => {
  for (const kind of ["nxdomain", "nodata", "servfail", "refused"] as const) {
    const mixed = resolver(async (name) => {
      if (name === "known.test") return { kind };
      return name === "slow.test" ? new Promise<never>(() => {}) : { kind: "unreachable" };
    });
    const limited = limit(mixed, limits({ questionMs: 10 }), never());
    t.after(() => limited.close());
    assert.deepEqual(await limited.ask("known.test", "A"), { kind });
    for (const name of ["a.test", "b.test", "c.test"])
      assert.deepEqual(await limited.ask(name, "A"), { kind: "unreachable" });
    assert.deepEqual(await limited.ask("slow.test", "A"), { kind: "timeout" });
    assert.equal(limited.ended(), "complete", kind);
  }
});

test("a malformed name is known without asking: it is no sign of a network, and none against it", async (t) => {
  const cut = resolver(async (name) => (name === "bad" ? { kind: "invalid" } : { kind: "unreachable" }));
  const malformed = limit(cut, limits(), never());
  t.after(() => malformed.close());
  await malformed.ask("bad", "A");
  assert.equal(malformed.ended(), "complete");
  const limited = limit(cut, limits(), never());
  t.after(() => limited.close());
  await Promise.all(["bad", "a.test", "b.test"].map((name) => limited.ask(name, "A")));
  assert.equal(limited.ended(), "offline");
});

test("a cancelled check is cancelled, whatever the network did before", async (t) => {
  const controller = new AbortController();
  const limited = limit(
    resolver(async (name) => (name === "open.test" ? new Promise<never>(() => {}) : { kind: "unreachable" })),
    limits({ questionMs: 15 }),
    controller.signal,
  );
  t.after(() => limited.close());
  await limited.ask("a.test", "A");
  const open = limited.ask("open.test", "A");
  controller.abort();
  assert.deepEqual(await open, { kind: "cancelled" });
  await new Promise((resolve) => setTimeout(resolve, 30));
  assert.equal(limited.ended(), "cancelled");
});

test("cancel ends open, waiting and later questions", async () => {
  const controller = new AbortController();
  const limited = limit(silent, limits({ atOnce: 1 }), controller.signal);
  const open = [limited.ask("a.test", "A"), limited.ask("b.test", "A")];
  controller.abort();
  const answers = await Promise.all([...open, limited.ask("c.test", "A")]);
  assert.ok(answers.every((answer) => answer.kind === "cancelled"));
  assert.equal(limited.ended(), "cancelled");
});

test("a signal that is aborted before lets nothing out", async () => {
  const limited = limit(silent, limits(), AbortSignal.abort());
  assert.deepEqual(await limited.ask("a.test", "A"), { kind: "cancelled" });
  assert.equal(limited.asked(), 0);
});

test("a resolver that breaks its promise and throws does not hang the check", async (t) => {
  const limited = limit(
    resolver(async () => {
      throw new Error("a fault of the programmer");
    }),
    limits({ atOnce: 1 }),
    never(),
  );
  t.after(() => limited.close());
  await assert.rejects(limited.ask("a.test", "A"), /a fault of the programmer/);
  await assert.rejects(limited.ask("b.test", "A"), /a fault of the programmer/);
});
