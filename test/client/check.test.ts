// The check as a panel drives it: only what was shown and agreed to is asked, what was answered is kept.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { CheckState, Wish } from "../../client/src/panel/page/checkState.ts";
import { type Asked, ask, world, yes } from "./checkWorld.ts";
import { reportOf } from "./values.ts";

const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

function wish(ips: readonly string[]): Wish {
  return { ips, typed: {}, extras: false };
}

const origin = { page: "cox/IPBL0001", log: "file:///mail.log", line: 11 };

/** The plan on the screen. */
async function shown(ips: readonly string[], begin = false) {
  const made = world(ips);
  made.check.plan(wish(ips), origin, begin);
  await settled();
  return made;
}

const now = { type: "ask", plan: "plan 1", how: "now", many: false } as const;

function runsOf(state: CheckState) {
  return state.state === "running" || state.state === "ended" ? state.runs : [];
}

test("a plan is asked for with the refusal and the keys, and nothing else happens", async () => {
  const { check, planned, asked } = await shown(["81.2.69.160"]);
  assert.deepEqual(planned, [
    { ips: ["81.2.69.160"], origin, typed: {}, extras: false, keys: { dqs: "AbCdEf0123456789" } },
  ]);
  assert.equal(check.state.state, "planned");
  assert.ok(!JSON.stringify(check.state).includes("AbCdEf0123456789"), "the page never sees a key");
  assert.deepEqual(asked, []);
});

test("only the plan on the screen is carried out, by its id", async () => {
  const { check, asked } = await shown(["81.2.69.160"]);
  await check.answer({ ...now, plan: "plan 0" });
  assert.deepEqual(asked, []);
  await check.answer(now);
  assert.deepEqual(
    asked.map(({ params: { plan, index, consent, fresh } }) => ({ plan, index, consent, fresh })),
    [{ plan: "plan 1", index: 0, consent: true, fresh: false }],
  );
  await check.answer(now);
  assert.equal(asked.length, 1, "an agreed plan is no longer on the screen");
});

test("rows come in as they are answered, then the report stands", async () => {
  const { check, asked, row } = await shown(["81.2.69.160"]);
  await check.answer(now);
  row(asked[0], "zen");
  row({ params: { ...now, id: "another run" } } as unknown as Asked, "ptr");
  assert.deepEqual(
    runsOf(check.state)[0]?.rows.map(({ id }) => id),
    ["zen"],
  );
  asked[0]?.end(reportOf());
  await settled();
  assert.equal(check.state.state, "ended");
  assert.equal(runsOf(check.state)[0]?.report?.verdict, "Explained.");
});

test("cancel keeps what was answered, and the report that still comes", async () => {
  const { check, asked, row, cancelled } = await shown(["81.2.69.160"]);
  await check.answer(now);
  row(asked[0], "zen");
  check.cancel();
  assert.equal(cancelled.length, 1);
  assert.deepEqual(
    runsOf(check.state).map(({ state, rows }) => [state, rows.length]),
    [["stopped", 1]],
  );
  asked[0]?.end(reportOf({ ended: "cancelled" }));
  await settled();
  assert.deepEqual(
    runsOf(check.state).map(({ state, report }) => [state, report?.ended]),
    [["stopped", "cancelled"]],
  );
});

test("refresh asks the agreed plan again, and not from memory", async () => {
  const { check, asked } = await shown(["81.2.69.160"]);
  await check.answer(now);
  asked[0]?.end(reportOf());
  await settled();
  check.refresh();
  assert.deepEqual(
    asked.map(({ params: { plan, fresh } }) => [plan, fresh]),
    [
      ["plan 1", false],
      ["plan 1", true],
    ],
  );
});

test("refresh asks nobody once the consent was taken back", async () => {
  const made = await shown(["81.2.69.160"]);
  await made.check.answer({ ...now, how: "always" });
  made.asked[0]?.end(reportOf());
  await settled();
  made.set.consent = ask;
  made.check.reconsider();
  made.check.refresh();
  assert.equal(made.asked.length, 1);
  assert.equal(made.check.state.state, "planned");
});

test("always is remembered and asked at once, never is remembered and not asked", async () => {
  const made = await shown(["81.2.69.160"]);
  await made.check.answer({ ...now, how: "always" });
  assert.deepEqual([made.remembered, made.asked.length], [["always"], 1]);
  const other = await shown(["81.2.69.160"]);
  await other.check.answer({ ...now, how: "never" });
  assert.deepEqual([other.remembered, other.asked.length], [["never"], 0]);
  assert.equal(other.check.state.state, "planned");
});

test("a no that came meanwhile wins over the click", async () => {
  const made = await shown(["81.2.69.160"]);
  made.set.consent = { go: "no", by: "untrusted" };
  await made.check.answer(now);
  await made.check.answer({ ...now, how: "always" });
  assert.deepEqual([made.asked.length, made.remembered], [0, []]);
});

test("with a standing yes a check begins at once when it was opened for that, else it waits", async () => {
  for (const [begin, count] of [
    [true, 1],
    [false, 0],
  ] as const) {
    const made = world(["81.2.69.160"]);
    made.set.consent = yes;
    made.check.plan(wish(["81.2.69.160"]), origin, begin);
    await settled();
    assert.equal(made.asked.length, count);
  }
});

test("without a yes nothing begins at once", async () => {
  const { asked, check } = await shown(["81.2.69.160"], true);
  assert.deepEqual([asked.length, check.state.state], [0, "planned"]);
});

test("more than five addresses wait for a confirmation of their own, whatever was agreed to", async () => {
  const ips = Array.from({ length: 6 }, (_, index) => `81.2.69.${index}`);
  const made = world(ips);
  made.set.consent = yes;
  made.check.plan(wish(ips), origin, true);
  await settled();
  await made.check.answer(now);
  assert.equal(made.asked.length, 0);
  await made.check.answer({ ...now, many: true });
  assert.ok(made.asked.length > 0);
});

test("several addresses are checked two at once, one that is not public never", async () => {
  const { check, asked } = await shown(["81.2.69.1", "203.0.113.7", "81.2.69.2", "81.2.69.3"]);
  await check.answer(now);
  assert.deepEqual(
    asked.map(({ params }) => params.index),
    [0, 2],
  );
  assert.deepEqual(
    runsOf(check.state).map(({ state }) => state),
    ["running", "skipped", "running", "waiting"],
  );
  asked[1]?.end({ refused: "The plan is gone." });
  await settled();
  assert.deepEqual(
    asked.map(({ params }) => params.index),
    [0, 2, 3],
  );
  asked[0]?.end(reportOf());
  asked[2]?.end(reportOf());
  await settled();
  assert.deepEqual(
    runsOf(check.state).map(({ state }) => state),
    ["done", "skipped", "failed", "done"],
  );
  assert.equal(check.state.state, "ended");
});

test("after a cancel no further address is begun", async () => {
  const { check, asked } = await shown(["81.2.69.1", "81.2.69.2", "81.2.69.3"]);
  await check.answer(now);
  check.cancel();
  for (const one of asked) one.end(reportOf({ ended: "cancelled" }));
  await settled();
  assert.equal(asked.length, 2);
  assert.deepEqual(
    runsOf(check.state).map(({ state }) => state),
    ["stopped", "stopped", "stopped"],
  );
});

test("an address that is not public is explained and cannot be agreed to", async () => {
  const { check, asked } = await shown(["203.0.113.7"], true);
  await check.answer(now);
  assert.equal(asked.length, 0);
});

test("a plan that the server refuses says why", async () => {
  const made = world(["81.2.69.160"]);
  made.set.refusal = "“x” is no DNS server.";
  made.check.plan(wish(["81.2.69.160"]), undefined, false);
  await settled();
  assert.deepEqual(made.check.state, { state: "refused", reason: "“x” is no DNS server." });
});

test("what belongs to an earlier check is dropped", async () => {
  const { check, asked, row } = await shown(["81.2.69.160"]);
  await check.answer(now);
  check.plan(wish(["81.2.69.160"]), origin, false);
  row(asked[0], "zen");
  asked[0]?.end(reportOf());
  await settled();
  assert.equal(check.state.state, "planned");
});
