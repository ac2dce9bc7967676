// The timelines of all kinds of failure as one, in equal steps without gaps, for a plot.
import type { ReportPlace, ReportTimes } from "../../logProtocol.ts";
import type { Group, Place } from "../../tally.ts";

const minuteMs = 60_000;

/** A plot has no use for more. */
const mostSteps = 1_000;

/** Minutes of a step that a reader can name. */
const lengths = [1, 10, 60, 360, 1440, 10_080, 70_560, 705_600];

interface Step {
  readonly counts: { permanent: number; temporary: number; ours: number };
  first: Place;
}

/** All timelines together; undefined when no failure has a time. */
export function timesOf(groups: readonly Group[]): ReportTimes | undefined {
  const minutes = groups.flatMap(({ times }) => [times.bars[0]?.[0], times.bars.at(-1)?.[0]]).filter(isKnown);
  const [first, last] = [Math.min(...minutes), Math.max(...minutes)];
  if (minutes.length === 0) return undefined;
  const least = Math.max(...groups.map(({ times }) => times.step));
  const step = lengths.find((length) => length >= least && (last - first) / length < mostSteps) ?? least;
  const start = Math.floor(first / step);
  const steps = stepsOf(groups, step);
  const length = Math.min(mostSteps, Math.floor(last / step) - start + 1);
  const all = Array.from({ length }, (_, index) => steps.get(start + index));
  const countsOf = (kind: keyof Step["counts"]): number[] => all.map((one) => one?.counts[kind] ?? 0);
  return {
    ...{ start: start * step * minuteMs, step: step * minuteMs },
    counts: { permanent: countsOf("permanent"), temporary: countsOf("temporary"), ours: countsOf("ours") },
    places: all.map((one) => one && placeOf(one.first)),
  };
}

function stepsOf(groups: readonly Group[], length: number): ReadonlyMap<number, Step> {
  const steps = new Map<number, Step>();
  for (const { kind, times } of groups) {
    for (const [minute, count, first] of times.bars) {
      const at = Math.floor(minute / length);
      const step = steps.get(at) ?? { counts: { permanent: 0, temporary: 0, ours: 0 }, first };
      step.counts[kind] += count;
      if (isBefore(first, step.first)) step.first = first;
      steps.set(at, step);
    }
  }
  return steps;
}

function isBefore(a: Place, b: Place): boolean {
  return a.file < b.file || (a.file === b.file && a.line < b.line);
}

function isKnown(minute: number | undefined): minute is number {
  return minute !== undefined;
}

/** A place without what only a reader of bytes needs. */
export function placeOf({ file, line, time }: Place): ReportPlace {
  return { file, line, time };
}
