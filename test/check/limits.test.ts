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
const limits = (own: Partial<Limits> = {}): Limits => ({ questionMs: 60_000, totalMs: 60_000, atOnce: 8, ...own });

test("a question takes 2.5 s at most, all take 6 s, and 8 are open at once", () => {
  assert.deepEqual(usualLimits, { questionMs: 2_500, totalMs: 6_000, atOnce: 8 });
});

test("of many questions only so many are open at once, and all are answered", async () => {
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
  const answers = await Promise.all(Array.from({ length: 40 }, (_, at) => limited.ask(`${at}.test`, "A")));
  limited.close();
  assert.equal(most, 3);
  assert.equal(limited.asked(), 40);
  assert.ok(answers.every((answer) => answer.kind === "nxdomain"));
});

test("the same question goes out once", async () => {
  const limited = limit(
    resolver(async () => nothing),
    limits(),
    never(),
  );
  await Promise.all([limited.ask("a.test", "A"), limited.ask("a.test", "A"), limited.ask("a.test", "AAAA")]);
  limited.close();
  assert.equal(limited.asked(), 2);
});

test("a silent server costs one question its deadline and the resolver is told to stop", async () => {
  let stopped: AbortSignal | undefined;
  const limited = limit(
    resolver((_name, signal) => {
      stopped = signal;
      return new Promise(() => {});
    }),
    limits({ questionMs: 5 }),
    never(),
  );
  assert.deepEqual(await limited.ask("a.test", "A"), { kind: "timeout" });
  assert.equal(stopped?.aborted, true);
  assert.equal(limited.ended(), "complete");
  limited.close();
});

test("the total deadline ends open and waiting questions", async () => {
  const limited = limit(silent, limits({ totalMs: 5, atOnce: 1 }), never());
  const answers = await Promise.all([limited.ask("a.test", "A"), limited.ask("b.test", "A")]);
  assert.deepEqual(answers, [{ kind: "timeout" }, { kind: "timeout" }]);
  assert.equal(limited.asked(), 1);
  assert.equal(limited.ended(), "deadline");
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

test("a resolver that breaks its promise and throws does not hang the check", async () => {
  const limited = limit(
    resolver(async () => {
      throw new Error("a fault of the programmer");
    }),
    limits({ atOnce: 1 }),
    never(),
  );
  await assert.rejects(limited.ask("a.test", "A"), /a fault of the programmer/);
  await assert.rejects(limited.ask("b.test", "A"), /a fault of the programmer/);
  limited.close();
});
