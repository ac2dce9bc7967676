// The arithmetic of the plot: which part of the time is shown, what a step holds in words.
import assert from "node:assert/strict";
import { test } from "node:test";
import { busiest, clockShift, lineNear, stepAt, stepName, stepText } from "../../client/src/panel/page/plot/steps.ts";
import { fitted, moved, showing, zoomed } from "../../client/src/panel/page/plot/window.ts";
import type { Series } from "../../server/src/measurement.ts";

const bounds = { full: { min: 0, max: 1_000 }, least: 20 };

const series: Series = {
  start: Date.UTC(2026, 10, 20, 10, 2, 0),
  step: 5_000,
  sessions: [0, 14, 3],
  accepted: [0, 5, 1],
  refused: [0, 9, 0],
  lines: [undefined, 811, undefined],
};

test("zooming in halves the time around the step, and never shows less than two steps", () => {
  assert.deepEqual(zoomed(bounds.full, 0.5, 300), { min: 50, max: 550 });
  assert.deepEqual(zoomed({ min: 0, max: 100 }, 0.5, 900), { min: 25, max: 75 });
  assert.deepEqual(fitted({ min: 499, max: 501 }, bounds), { min: 490, max: 510 });
});

test("what is shown stays within the log", () => {
  assert.deepEqual(fitted(moved({ min: 800, max: 1_000 }, 0.5), bounds), { min: 800, max: 1_000 });
  assert.deepEqual(fitted(moved({ min: 0, max: 200 }, -0.5), bounds), { min: 0, max: 200 });
  assert.deepEqual(fitted({ min: -5_000, max: 9_000 }, bounds), bounds.full);
});

test("a step out of sight is moved into sight, and no further", () => {
  assert.deepEqual(showing({ min: 100, max: 200 }, 50), { min: 50, max: 150 });
  assert.deepEqual(showing({ min: 100, max: 200 }, 230), { min: 130, max: 230 });
  assert.deepEqual(showing({ min: 100, max: 200 }, 150), { min: 100, max: 200 });
});

test("a moment is in the step that it falls into, not in the nearest", () => {
  assert.equal(stepAt(series, series.start + 9_999), 1);
  assert.equal(stepAt(series, series.start - 1), undefined);
  assert.equal(stepAt(series, series.start + 15_000), undefined);
});

test("a click beside the only line of a burst still finds it, within its reach", () => {
  assert.equal(lineNear(series, 2, 1), 811);
  assert.equal(lineNear(series, 0, 0), undefined);
});

test("a step is told with its numbers and its line, in the log's own clock", () => {
  assert.equal(busiest(series), 1);
  const text = "10:02:05 to 10:02:10: 14 sessions at once, 5 accepted, 9 refused or put off, line 812";
  assert.equal(stepText(series, 1, 0), text);
  const shift = clockShift("2026-11-20T15:32:05.5+05:30");
  assert.match(stepText(series, 0, shift), /^15:32:00 to 15:32:05: 0 sessions at once, .* put off$/);
  assert.match(stepText({ ...series, step: 86_400_000 }, 1, 0), /^Nov 21 10:02:00/);
});

test("a clock without a zone, or in UTC, is shown as it is", () => {
  for (const time of [undefined, "2026-11-20T10:02:05", "2026-11-20T10:02:05Z", "yesterday"])
    assert.equal(clockShift(time), 0, time);
  assert.equal(clockShift("2026-11-20T03:02:05-0700"), -7 * 3_600_000);
});

test("the length of a step is told in its largest unit", () => {
  assert.deepEqual([5_000, 60_000, 600_000, 3_600_000, 90_000, 86_400_000].map(stepName), [
    "5 seconds",
    "minute",
    "10 minutes",
    "hour",
    "90 seconds",
    "day",
  ]);
});
