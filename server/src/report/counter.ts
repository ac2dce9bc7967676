// Counts names in bounded memory: what is pushed out stays in the sum.
import type { Counts } from "../tally.ts";

/** A count by name that is still going on. */
export interface Counter {
  readonly names: Map<string, number>;
  others: number;
}

/** So many names are counted at a time; of more, the rarer half is counted together. */
const mostNames = 1024;

/** A counter of nothing. */
export function createCounter(): Counter {
  return { names: new Map(), others: 0 };
}

/** Counts a name `times` more; `keep` gives a copy of a new name that holds nothing else in memory. */
export function countName(counter: Counter, name: string, times: number, keep: (text: string) => string): void {
  const known = counter.names.get(name);
  if (known !== undefined) {
    counter.names.set(name, known + times);
    return;
  }
  counter.names.set(keep(name), times);
  if (counter.names.size > mostNames) forget(counter);
}

function forget(counter: Counter): void {
  const ranked = [...counter.names].sort((a, b) => b[1] - a[1]);
  for (const [name, count] of ranked.slice(mostNames / 2)) {
    counter.names.delete(name);
    counter.others += count;
  }
}

/** Adds another's counts. */
export function addCounter(counter: Counter, other: Counter): void {
  counter.others += other.others;
  for (const [name, count] of other.names) countName(counter, name, count, same);
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
