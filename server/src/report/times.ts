// Counts over time in steps that grow with the span, so that the number of steps stays bounded.
import type { Place, Timeline } from "../tally.ts";

/** A timeline that is still going on: three lists of the same length. */
export interface Times {
  /** Index of the step's length. */
  step: number;
  /** Numbers of steps since 1970, ascending. */
  readonly at: number[];
  /** How many there were in each, and where the first of them stands. */
  readonly counts: number[];
  readonly firsts: Place[];
}

/** Lengths of a step in minutes: each divides the next. */
const steps = [1, 10, 60, 360, 1440, 10_080, 70_560, 705_600];

/** A timeline has at most so many steps that are not empty. */
const mostSteps = 240;

/** A timeline of nothing. */
export function createTimes(): Times {
  return { step: 0, at: [], counts: [], firsts: [] };
}

/** Counts one at a minute since 1970; what was counted before is in front of it in the log. */
export function countAt(times: Times, minute: number, place: Place): void {
  addAt(times, minute, { count: 1, place });
}

interface More {
  readonly count: number;
  /** Where the first of them stands. */
  readonly place: Place;
}

function addAt(times: Times, minute: number, more: More): void {
  add(times, Math.floor(minute / lengthOf(times)), more);
  while (times.at.length > mostSteps && times.step < steps.length - 1) coarsen(times, times.step + 1);
}

// A log is in order of time, nearly: the step is the last one or a new one.
function add({ at, counts, firsts }: Times, step: number, { count, place }: More): void {
  let index = at.length;
  while (index > 0 && (at[index - 1] ?? 0) > step) index--;
  if (at[index - 1] === step) {
    counts[index - 1] = (counts[index - 1] ?? 0) + count;
    return;
  }
  at.splice(index, 0, step);
  counts.splice(index, 0, count);
  firsts.splice(index, 0, place);
}

function lengthOf({ step }: Times): number {
  return steps[step] ?? 1;
}

function coarsen(times: Times, step: number): void {
  const fine = partsOf(times).sort((a, b) => a.place.file - b.place.file || a.place.line - b.place.line);
  for (const list of [times.at, times.counts, times.firsts]) list.length = 0;
  times.step = step;
  for (const part of fine) add(times, Math.floor(part.minute / lengthOf(times)), part);
}

function partsOf(times: Times): (More & { readonly minute: number })[] {
  const length = lengthOf(times);
  return times.firsts.map((place, index) => ({
    minute: (times.at[index] ?? 0) * length,
    count: times.counts[index] ?? 0,
    place,
  }));
}

/** Adds the counts of a later part of the log; the coarser of both steps is kept. */
export function addTimes(times: Times, later: Times): void {
  if (later.step > times.step) coarsen(times, later.step);
  for (const part of partsOf(later)) addAt(times, part.minute, part);
}

/** The timeline with its places moved. */
export function movedTimes(times: Times, move: (place: Place) => Place): Times {
  return { ...times, firsts: times.firsts.map(move) };
}

/** The timeline as data. */
export function timelineOf(times: Times): Timeline {
  return {
    step: lengthOf(times),
    bars: partsOf(times).map(({ minute, count, place }) => [minute, count, place] as const),
  };
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
