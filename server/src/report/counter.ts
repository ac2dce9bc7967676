// Counts names in bounded memory: what is pushed out stays in the sum.
import type { Counts } from "../tally.ts";

/** A count by name that is still going on. */
export interface Counter {
  readonly names: Map<string, number>;
  others: number;
}

/** So many names are counted at a time; of more, the rarer half is counted together. */
const mostNames = 1024;
const fewestNames = 128;

/** So many names are counted at a time of all counters together, unless there are very many counters. */
const mostOfAll = 65_536;

/** How many names a counter may hold that is one of so many. */
export function roomOf(counters: number): number {
  return Math.max(fewestNames, Math.min(mostNames, Math.floor(mostOfAll / counters)));
}

/** How names are counted. */
export interface Naming {
  /** Gives a copy of a new name that holds nothing else in memory. */
  readonly keep: (text: string) => string;
  /** How many names the counter may hold. */
  readonly room: number;
}

/** A counter of nothing. */
export function createCounter(): Counter {
  return { names: new Map(), others: 0 };
}

/** Counts a name `times` more. */
export function countName(counter: Counter, name: string, times: number, { keep, room }: Naming): void {
  const known = counter.names.get(name);
  if (known !== undefined) {
    counter.names.set(name, known + times);
    return;
  }
  counter.names.set(keep(name), times);
  if (counter.names.size > room) forget(counter, room / 2);
}

function forget(counter: Counter, kept: number): void {
  const ranked = [...counter.names].sort((a, b) => b[1] - a[1]);
  for (const [name, count] of ranked.slice(kept)) {
    counter.names.delete(name);
    counter.others += count;
  }
}

/** Adds another's counts. */
export function addCounter(counter: Counter, other: Counter, room: number): void {
  counter.others += other.others;
  for (const [name, count] of other.names) countName(counter, name, count, { keep: same, room });
}

function same(text: string): string {
  return text;
}

/** The most frequent names, at most `most`; equally frequent ones by name. */
export function countsOf({ names, others }: Counter, most: number): Counts {
  const ranked = [...names].sort(([a, ofA], [b, ofB]) => ofB - ofA || (a < b ? -1 : 1));
  const rest = ranked.slice(most).reduce((sum, [, count]) => sum + count, 0);
  return { named: ranked.slice(0, most), others: others + rest };
}
