// Bursts whose sessions are known: the peak is counted right by every server's lines, and never put outside its bounds.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Measurement } from "../../server/src/measurement.ts";
import {
  type BurstPlan,
  burst,
  clocks,
  dawn,
  eximLines,
  logOf,
  type MadeSession,
  openAt,
  postfixLines,
  sendmailLines,
  truePeak,
} from "./made.ts";
import { onlyMeasured, page } from "./measured.ts";

type Written = (sessions: readonly MadeSession[]) => Measurement;

/** Lines that tell how long a session lasted. */
const timed: Readonly<Record<string, Written>> = {
  "Postfix with whole seconds": (made) => onlyMeasured("postfix", logOf(postfixLines(made, clocks.traditional))),
  "Postfix with microseconds": (made) => onlyMeasured("postfix", logOf(postfixLines(made, clocks.rfc3339))),
  "Exim with milliseconds": (made) => onlyMeasured("exim", logOf(eximLines(made, clocks.eximMs, "ms"))),
  "Exim with whole seconds": (made) => onlyMeasured("exim", logOf(eximLines(made, clocks.exim, "s"))),
  "Sendmail with whole seconds": (made) => onlyMeasured("sendmail", logOf(sendmailLines(made, clocks.traditional))),
  "Sendmail with microseconds": (made) => onlyMeasured("sendmail", logOf(sendmailLines(made, clocks.rfc3339))),
};
const untimed: Written = (made) => onlyMeasured("exim", logOf(eximLines(made, clocks.exim, "none")));
const all = { ...timed, "Exim without times of delivery": untimed };

const seeds = Array.from({ length: 25 }, (_, index) => index + 1);

/** The same plan at 25 places within a second, with other lengths. */
function bursts(plan: Omit<BurstPlan, "seed">): MadeSession[][] {
  return seeds.map((seed) => burst({ ...plan, seed, begin: dawn + seed * 41 }));
}

for (const [name, written] of Object.entries(timed)) {
  test(`${name}: for 30 messages that a server sent over 14 sessions at a time, it says 14`, () => {
    for (const made of bursts({ messages: 30, processes: 14, hold: [2100, 3000] })) {
      assert.equal(truePeak(made), 14);
      const { peak, sessions } = written(made);
      assert.equal(peak.sessions, 14);
      assert.equal(sessions.count, 30);
    }
  });
}

for (const [name, written] of Object.entries(all)) {
  test(`${name}: fourteen sessions that all begin at once are fourteen, wherever the second turns`, () => {
    for (const made of bursts({ messages: 14, processes: 14, hold: [1100, 2500] })) {
      assert.equal(written(made).peak.sessions, 14);
    }
  });

  test(`${name}: the truth never lies outside of least and most`, () => {
    const plans = [
      { messages: 40, processes: 7, hold: [900, 1400], within: 3000 },
      { messages: 30, processes: 20, hold: [2000, 2050], limit: 10 },
      { messages: 60, processes: 20, hold: [1500, 9000], within: 20_000 },
    ] as const;
    for (const made of plans.flatMap((plan) => bursts(plan))) {
      const { peak } = written(made);
      const truth = truePeak(made);
      assert.ok(peak.least <= truth && truth <= peak.most, `${peak.least} <= ${truth} <= ${peak.most}`);
      assert.ok(peak.least <= peak.sessions && peak.sessions <= peak.most);
    }
  });

  test(`${name}: the peak has its moment, and a line that was written in it`, () => {
    for (const made of bursts({ messages: 14, processes: 14, hold: [1500, 2500] })) {
      const { peak, first, last } = written(made);
      const [opened, ended] = [Math.max(...made.map(({ start }) => start)), Math.min(...made.map(({ end }) => end))];
      assert.ok(peak.at >= Math.floor(opened / 1000) * 1000 - 1000 && peak.at <= ended + 1000);
      assert.ok(peak.line > 0 && peak.line < 28);
      assert.ok(peak.at <= last && first <= last);
    }
  });
}

test("sessions of a moment, one after the other, are never many at once", () => {
  for (const made of bursts({ messages: 40, processes: 1, hold: [30, 60] })) {
    for (const name of ["Postfix with whole seconds", "Postfix with microseconds"]) {
      const { peak } = timed[name]?.(made) ?? assert.fail();
      assert.deepEqual([peak.sessions, peak.least, peak.most], [1, 1, 1], name);
    }
  }
});

for (const name of ["Postfix with microseconds", "Exim with milliseconds"]) {
  test(`${name}: each refusal is told with the sessions that were open when it came`, () => {
    for (const made of bursts({ messages: 30, processes: 20, hold: [2000, 2050], limit: 10 })) {
      const { refusals } = timed[name]?.(made) ?? assert.fail();
      const turnedAway = made.filter(({ accepted }) => !accepted).sort((a, b) => a.end - b.end);
      const { count, at } = refusals[page] ?? assert.fail();
      assert.equal(count, turnedAway.length);
      at.forEach((refused, index) => {
        const truth = openAt(made, (turnedAway[index]?.end ?? 0) - 0.01);
        assert.ok(refused.least <= truth && truth <= refused.most, `${refused.least} <= ${truth} <= ${refused.most}`);
        assert.ok(refused.sessions > 10, "it came because ten were open");
      });
    }
  });
}

test("the series shows the sessions of each second, and counts every attempt once", () => {
  const made = burst({ seed: 3, messages: 30, processes: 14, hold: [2100, 3000] });
  for (const written of Object.values(all)) {
    const { series, peak, attempts } = written(made);
    assert.equal(Math.max(...series.sessions), peak.sessions);
    assert.ok(series.sessions.length <= 400 && series.step >= 1000);
    for (const counts of [series.accepted, series.refused, series.lines])
      assert.equal(counts.length, series.sessions.length);
    const sum = (counts: readonly number[]) => counts.reduce((a, b) => a + b, 0);
    assert.equal(sum(series.accepted) + sum(series.refused), attempts);
  }
});
