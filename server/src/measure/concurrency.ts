// How many sessions were open at the same time: what the log proves, what it leaves possible, and the likeliest count between.
import type { Peak } from "../measurement.ts";
import { narrow } from "./narrow.ts";
import { boundsOf, type Session } from "./session.ts";
import { sweep } from "./sweep.ts";

/** The sessions that were open when one of them ended, itself included. */
export interface Count {
  readonly sessions: number;
  readonly least: number;
  readonly most: number;
}

/** The peak, and the count at the end of each session. */
export interface Concurrency {
  readonly peak: Peak;
  readonly atEnd: ReadonlyMap<Session, Count>;
}

/** How long a server may keep an idle connection: Postfix's smtp_connection_cache_time_limit. */
const idle = 2000;

/** How long Postfix may take to close a session behind its line. */
const closing = 20;

/** From this step on a clock shows whole seconds. */
const coarse = 1000;

/** Counts the sessions of one sender and provider, which it narrows and places first. `caches`: idle connections are kept. */
export function concurrency(sessions: readonly Session[], caches: boolean): Concurrency {
  narrow(sessions);
  const likely = likelyCounts(sessions);
  const proven = provenCounts(sessions);
  const possible = possibleCounts(sessions, caches);
  const most = Math.max(possible.peak, proven.peak);
  const atEnd = new Map<Session, Count>();
  sessions.forEach((session, index) => {
    const least = proven.at[index] ?? 1;
    const highest = Math.max(least, Math.min(most, possible.at[index] ?? most));
    atEnd.set(session, { sessions: clamp(likely.at[index] ?? 1, least, highest), least, most: highest });
  });
  const seen = likely.peak >= proven.peak ? likely : { ...proven, peak: proven.peak };
  const moment = { at: seen.moment, line: seen.line };
  return { peak: { sessions: clamp(seen.peak, proven.peak, most), least: proven.peak, most, ...moment }, atEnd };
}

function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(most, value));
}

interface Counts {
  readonly peak: number;
  readonly moment: number;
  readonly line: number;
  /** By index of the session. */
  readonly at: readonly number[];
}

function likelyCounts(sessions: readonly Session[]): Counts {
  const at: number[] = new Array(sessions.length).fill(1);
  let [peak, moment, line, sought] = [0, 0, 0, false];
  sweep(
    sessions.map(({ start, end }) => ({ from: start, to: end, owner: undefined })),
    {
      begin: (time, _, count) => {
        if (count > peak) [peak, moment, sought] = [count, time, true];
      },
      // The first line behind the moment at which the peak was reached was written in it.
      end: (_, index, count) => {
        at[index] = count;
        if (sought) [line, sought] = [sessions[index]?.last.line ?? 0, false];
      },
    },
  );
  return { peak, moment, line, at };
}

interface Use {
  /** Open for sure from here on. */
  readonly sure: number;
  readonly end: number;
  readonly line: number;
}

/** At the end of each message those sessions are open that end on later lines and were opened for sure. */
function provenCounts(sessions: readonly Session[]): Counts {
  const uses = sessions.flatMap(usesOf);
  const order = [...uses.keys()];
  const byEnd = [...order].sort((a, b) => endOf(uses[a]) - endOf(uses[b]) || lineOf(uses[a]) - lineOf(uses[b]));
  const byStart = order.sort((a, b) => sureOf(uses[a]) - sureOf(uses[b]));
  const counts: number[] = new Array(uses.length).fill(1);
  const ended = new Set<number>();
  let [peak, moment, line, next, open] = [0, 0, 0, 0, 0];
  for (const index of byEnd) {
    const now = endOf(uses[index]);
    for (; next < byStart.length && sureOf(uses[byStart[next] ?? 0]) <= now; next++) {
      if (!ended.has(byStart[next] ?? 0)) open++;
    }
    const isOpen = sureOf(uses[index]) <= now;
    const count = isOpen ? open : open + 1;
    counts[index] = count;
    if (count > peak) [peak, moment, line] = [count, now, lineOf(uses[index])];
    if (isOpen) open--;
    ended.add(index);
  }
  let behind = 0;
  const at = sessions.map(({ later }) => {
    behind += 1 + (later?.length ?? 0);
    return counts[behind - 1] ?? 1;
  });
  return { peak, moment, line, at };
}

/** A kept connection may have been another one, so only the time of each message counts for sure. */
function usesOf({ first, last, later, openBy, endFrom }: Session): readonly Use[] {
  if (later === undefined) return [{ sure: openBy + first.setup, end: endFrom, line: last.line }];
  return [first, ...later].map((attempt) => {
    const bounds = boundsOf(attempt);
    return { sure: bounds.openBy + attempt.setup, end: bounds.endFrom, line: attempt.line };
  });
}

function sureOf(use: Use | undefined): number {
  return use?.sure ?? 0;
}

function endOf(use: Use | undefined): number {
  return use?.end ?? 0;
}

function lineOf(use: Use | undefined): number {
  return use?.line ?? 0;
}

/** All that can have been open at a moment; a process holds one session, whatever the rounding says. */
function possibleCounts(sessions: readonly Session[], caches: boolean): Pick<Counts, "peak" | "at"> {
  const ends = sessions.map(({ endBy, alive, last }) => {
    return endBy + (caches && alive ? idle : last.format === "postfix" ? closing : 0);
  });
  let peak = 0;
  sweep(
    sessions.map(({ openFrom, process }, index) => ({ from: openFrom, to: ends[index] ?? openFrom, owner: process })),
    {
      begin: (_, __, count) => {
        peak = Math.max(peak, count);
      },
      end: () => {},
    },
  );
  const opened = sessions.map(({ openFrom }) => openFrom).sort(ascending);
  const closed = [...ends].sort(ascending);
  const lines = sessions.map(({ last }) => last.line).sort(ascending);
  const at = sessions.map(({ endFrom, endBy, last }) => {
    // Where the clock is coarse the order of lines tells more: what ended above this line was closed.
    const above = caches || last.grain < coarse ? 0 : below(lines, last.line - 1);
    return below(opened, endBy) - Math.max(above, below(closed, endFrom));
  });
  return { peak, at };
}

function ascending(a: number, b: number): number {
  return a - b;
}

/** How many of sorted numbers are smaller than, or equal to, a limit. */
function below(sorted: readonly number[], limit: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
