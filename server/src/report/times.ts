// Counts over time in steps that grow with the span, so that the number of steps stays bounded.
import type { Place, Timeline } from "../tally.ts";

/** A timeline that is still going on: counts by number of step since 1970. */
export interface Times {
  /** Index of the step's length. */
  step: number;
  readonly bars: Map<number, Bar>;
}

/** What a step holds, and where the first of it stands. */
export interface Bar {
  readonly count: number;
  readonly first: Place;
}

/** Lengths of a step in minutes: each divides the next. */
const steps = [1, 10, 60, 360, 1440, 10_080, 70_560, 705_600];

/** A timeline has at most so many steps that are not empty. */
const mostBars = 600;

/** A timeline of nothing. */
export function createTimes(): Times {
  return { step: 0, bars: new Map() };
}

/** Counts more at a minute since 1970; what was counted before is in front of it in the log. */
export function countAt(times: Times, minute: number, more: Bar): void {
  add(times, Math.floor(minute / lengthOf(times)), more);
  while (times.bars.size > mostBars && times.step < steps.length - 1) coarsen(times, times.step + 1);
}

function add({ bars }: Times, at: number, more: Bar): void {
  const known = bars.get(at);
  bars.set(at, known === undefined ? more : { count: known.count + more.count, first: known.first });
}

function lengthOf({ step }: Times): number {
  return steps[step] ?? 1;
}

function coarsen(times: Times, step: number): void {
  const factor = (steps[step] ?? 1) / lengthOf(times);
  const bars = [...times.bars].sort(([, a], [, b]) => a.first.file - b.first.file || a.first.line - b.first.line);
  times.step = step;
  times.bars.clear();
  for (const [at, bar] of bars) add(times, Math.floor(at / factor), bar);
}

/** Adds another's counts; the coarser of both steps is kept. */
export function addTimes(times: Times, other: Times): void {
  if (other.step > times.step) coarsen(times, other.step);
  for (const [at, bar] of other.bars) countAt(times, at * lengthOf(other), bar);
}

/** The timeline as data. */
export function timelineOf(times: Times): Timeline {
  const step = lengthOf(times);
  const bars = [...times.bars].sort(([a], [b]) => a - b);
  return { step, bars: bars.map(([at, { count, first }]) => [at * step, count, first] as const) };
}

/** A function that gives the minute since 1970 of an ISO time, in the log's own clock; undefined for anything else. */
export function createMinutes(): (time: string) => number | undefined {
  let day = "";
  let midnight = Number.NaN;
  return (time) => {
    if (!time.startsWith(day) || day === "") {
      day = time.slice(0, 10);
      midnight = Date.parse(`${day}T00:00:00Z`) / 60_000;
    }
    const minute = midnight + 60 * Number(time.slice(11, 13)) + Number(time.slice(14, 16));
    return Number.isNaN(minute) ? undefined : minute;
  };
}
