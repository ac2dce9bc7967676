// Sessions, accepted and refused over time, in equal steps for a plot.
import type { Attempt, Series } from "../measurement.ts";
import type { Session } from "./session.ts";
import { sweep } from "./sweep.ts";

const mostSteps = 400;
const second = 1000;
const roundSteps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 21_600, 43_200, 86_400];

/** The series over all attempts; the sessions must have been placed. */
export function seriesOf(attempts: readonly Attempt[], sessions: readonly Session[]): Series {
  const [first, last] = extent(attempts, sessions);
  const step = stepOf(last - first);
  const start = Math.floor(first / step) * step;
  const count = Math.min(mostSteps, Math.floor((last - start) / step) + 1);
  const place = (at: number): number => Math.min(count - 1, Math.max(0, Math.floor((at - start) / step)));
  const series = {
    start,
    step,
    sessions: sessionsIn(sessions, count, place),
    accepted: new Array<number>(count).fill(0),
    refused: new Array<number>(count).fill(0),
    lines: new Array<number | undefined>(count).fill(undefined),
  };
  for (const { at, line, outcome } of attempts) {
    const index = place(at);
    const counted = outcome === "accepted" ? series.accepted : series.refused;
    counted[index] = (counted[index] ?? 0) + 1;
    series.lines[index] ??= line;
  }
  return series;
}

function extent(attempts: readonly Attempt[], sessions: readonly Session[]): [number, number] {
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { at } of attempts) [first, last] = [Math.min(first, at), Math.max(last, at)];
  for (const { start } of sessions) first = Math.min(first, start);
  return [first, last];
}

/** A round step, two fewer of them than allowed because both ends are rounded. */
function stepOf(span: number): number {
  const least = span / (mostSteps - 2);
  const round = roundSteps.find((seconds) => seconds * second >= least);
  return round === undefined ? Math.ceil(least / 86_400_000) * 86_400_000 : round * second;
}

function sessionsIn(sessions: readonly Session[], count: number, place: (at: number) => number): number[] {
  const most = new Array<number>(count).fill(0);
  let reached = 0;
  let open = 0;
  const note = (at: number, now: number): void => {
    const index = place(at);
    for (; reached < index; reached++) most[reached + 1] = open;
    most[reached] = Math.max(most[reached] ?? 0, now);
  };
  sweep(
    sessions.map(({ start, end }) => ({ from: start, to: end, owner: undefined })),
    {
      begin: (at, _, now) => {
        note(at, now);
        open = now;
      },
      end: (at, _, now) => {
        note(at, now);
        open = now - 1;
      },
    },
  );
  return most;
}
