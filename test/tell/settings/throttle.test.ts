// How to send to a provider from now on: what is chosen out of a log and the provider's limits, and when nothing is.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Measurement } from "../../../server/src/measurement.ts";
import type { Reason, Turn } from "../../../server/src/model.ts";
import { throttleOf } from "../../../server/src/tell/settings/throttle.ts";
import { burst, known, limit, rate, refusals } from "./measurements.ts";

const ten = [limit("connections", 10)];

function refusedWith(sessions: readonly number[]): Measurement {
  return { ...burst, refusals: { "cox/CXCNCT": refusals(sessions) } };
}

test("refusals above the published limit lead to half of it", () => {
  const throttle = throttleOf(burst, known(ten));
  assert.equal(throttle?.connections, 5);
  assert.equal(throttle?.pause, undefined);
  assert.match(throttle?.because.join(" ") ?? "", /^Cox publishes 10 sessions; half of it leaves room/);
});

test("half of a published limit of one is one", () => {
  assert.equal(throttleOf(burst, known([limit("connections", 1)]))?.connections, 1);
});

test("of several current limits the lowest counts, and a replaced one does not", () => {
  assert.equal(throttleOf(burst, known([...ten, limit("connections", 8)]))?.connections, 4);
  assert.equal(throttleOf(burst, known([...ten, limit("connections", 4, false)]))?.connections, 5);
});

test("refusals with fewer sessions than half of the limit lead below them", () => {
  const throttle = throttleOf(refusedWith([3, 4, 3]), known(ten));
  assert.equal(throttle?.connections, 2);
  assert.match(throttle?.because.join(" ") ?? "", /yet refusals came with as few as 3 sessions open/);
});

test("one refusal of many with a single session open does not decide", () => {
  assert.equal(throttleOf(refusedWith([1, 12, 12, 13, 11, 12]), known(ten))?.connections, 5);
});

test("refusals with one session open lead to one session and a pause that halves the pace", () => {
  const throttle = throttleOf(refusedWith([1, 1, 1]), known(ten));
  assert.equal(throttle?.connections, 1);
  assert.equal(throttle?.pause, 4);
  assert.match(throttle?.because.join(" ") ?? "", /even with one session open/);
});

test("without a known limit half of the sessions that were refused is a start", () => {
  const throttle = throttleOf(burst, known([]));
  assert.equal(throttle?.connections, 5);
  assert.match(throttle?.because.join(" ") ?? "", /^No limit of Cox on sessions is known/);
});

test("a rate limit that the log goes beyond leads to a pause that keeps to it", () => {
  const fast = { ...burst, messages: { perMinute: rate(30), perHour: rate(900) } };
  const throttle = throttleOf(fast, known([...ten, limit("messages-per-hour", 180)], "speeding"));
  assert.equal(throttle?.connections, 1);
  assert.equal(throttle?.pause, 20);
  assert.match(throttle?.because.join(" ") ?? "", /^Cox allows 180 messages an hour/);
});

test("a rate limit that the log keeps leaves the pace to the sessions", () => {
  assert.equal(throttleOf(burst, known([...ten, limit("messages-per-hour", 180)], "speeding"))?.pause, undefined);
});

test("what one session may carry comes from the limits, an older figure where there is no current one", () => {
  const sizes = [limit("messages-per-connection", 100, false), limit("recipients-per-message", 30)];
  const throttle = throttleOf(burst, known([...ten, ...sizes]));
  assert.equal(throttle?.messagesPerConnection, 100);
  assert.equal(throttle?.recipientsPerMessage, 30);
});

test("refusals for the size of a session alone leave the number of sessions", () => {
  const throttle = throttleOf(burst, known([limit("messages-per-connection", 100)], "exceedlimit"));
  assert.equal(throttle?.connections, 14);
  assert.equal(throttle?.messagesPerConnection, 100);
  assert.equal(throttleOf(burst, known(ten, "exceedlimit")), undefined);
});

test("the time of a message comes from the sessions of the busiest minute", () => {
  // 14 + 14 + 8 + 4 seconds of sessions for 30 messages.
  assert.equal(throttleOf(burst, known(ten))?.measured.secondsPerMessage, 1.3);
  const coarse = { ...burst, series: { ...burst.series, step: 3_600_000 } };
  assert.equal(throttleOf(coarse, known(ten))?.measured.secondsPerMessage, undefined);
});

const others: readonly (readonly [Reason, Turn])[] = [
  ["blocked", "list-operator"],
  ["badreputation", "you"],
  ["requireptr", "you"],
  ["mailboxfull", "recipient"],
  ["speeding", "recipient"],
  ["toomanyconn", "provider"],
];

for (const [reason, turn] of others) {
  test(`no setting cures ${reason} when it is the turn of: ${turn}`, () => {
    assert.equal(throttleOf(burst, known(ten, reason, turn)), undefined);
  });
}

test("nothing has to change without refusals, without a known provider, or without a domain that can be written", () => {
  assert.equal(throttleOf({ ...burst, refusals: {} }, known(ten)), undefined);
  assert.equal(throttleOf({ ...burst, provider: undefined }, known(ten)), undefined);
  const nameless = { ...burst, recipientDomains: [{ domain: "$(id).example\n", attempts: 1, refused: 1 }] };
  assert.equal(throttleOf(nameless, known(ten)), undefined);
  assert.equal(throttleOf(burst, { ...known(ten), entry: () => undefined }), undefined);
});
