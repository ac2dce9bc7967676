// What a throttle costs: the figures, and the words that say what is assumed.
import assert from "node:assert/strict";
import { test } from "node:test";
import { costOf, drainSeconds, messagesPerHour, readableSpan } from "../../../server/src/tell/settings/cost.ts";
import { cox } from "./throttles.ts";

const pausing = { pauses: true } as const;

test("55 messages over two sessions at 3 seconds each take 82.5 seconds", () => {
  assert.equal(drainSeconds(cox, 55, true), 82.5);
  assert.equal(messagesPerHour(cox, true), 2400);
});

test("a pause after each message counts as part of it, for a server that can pause", () => {
  const slow = { ...cox, connections: 1, pause: 7 };
  assert.equal(drainSeconds(slow, 6, true), 60);
  assert.equal(drainSeconds(slow, 6, false), 18);
  assert.equal(messagesPerHour(slow, true), 360);
});

test("the cost names the busiest minute, the sessions, and the time of a message that the log shows", () => {
  assert.equal(
    costOf(cox, pausing),
    "The busiest minute held 55 messages: over 2 sessions, at 3 seconds a message, as this log shows, they take 83 seconds. The busiest hour held 400 messages, and 2,400 go out in an hour: the queue keeps up.",
  );
});

test("a time that the log does not tell is said to be assumed", () => {
  const untold = { ...cox, measured: { ...cox.measured, secondsPerMessage: undefined } };
  assert.match(
    costOf(untold, pausing),
    /at an assumed 2 seconds a message \(the log does not tell\), they take 55 seconds\./,
  );
});

test("an hour that holds more than goes out says by how much the last messages are late", () => {
  const slow = { ...cox, connections: 1, pause: 27 };
  const words = costOf(slow, pausing);
  assert.match(words, /and 27 seconds of pause, they take 28 minutes\./);
  assert.match(words, /held 400 messages, but only 120 go out in an hour: the last ones come 2\.3 hours later\.$/);
});

test("a server that holds mail for its queue run says how long", () => {
  const words = costOf({ ...cox, pause: 30 }, { pauses: false, queueRun: 120 });
  assert.match(words, /waits up to 2 minutes more, for the next queue run\.$/);
  assert.doesNotMatch(words, /of pause/);
});

test("one message over one session is counted in the singular", () => {
  const one = { ...cox, connections: 1, measured: { ...cox.measured, perMinute: 1, secondsPerMessage: 1 } };
  assert.match(costOf(one, pausing), /held 1 message: over 1 session, at 1 second a message,/);
});

test("spans are told with two figures in the unit that fits", () => {
  const spans = [0.2, 1, 89, 90, 600, 7000, 90_000, 1_000_000].map(readableSpan);
  assert.deepEqual(spans, [
    "less than a second",
    "1 second",
    "89 seconds",
    "1.5 minutes",
    "10 minutes",
    "1.9 hours",
    "25 hours",
    "12 days",
  ]);
});
