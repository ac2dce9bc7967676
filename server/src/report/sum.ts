// Adds up the counts of a log's parts.
import type { Place } from "../tally.ts";
import { roomOf } from "./counter.ts";
import { addHeap, createHeap, type Heap } from "./heap.ts";
import { movedTimes } from "./times.ts";

/** Counts that are still going on; plain data, so that a thread can hand it to another. */
export interface Tally {
  readonly heaps: Map<string, Heap>;
  failures: number;
  /** True when there were too many kinds of failure to keep apart. */
  merged: boolean;
}

/** Kinds of failure beyond so many are counted by their entry alone, whatever code the log itself names. */
export const mostHeaps = 512;

/** Counts of nothing. */
export function createTally(): Tally {
  return { heaps: new Map(), failures: 0, merged: false };
}

/** Puts a new heap into a tally. */
export function added(tally: Tally, heap: Heap): Heap {
  tally.heaps.set(heap.about.id, heap);
  return heap;
}

/** Where the lines of a part lie in the whole: its file, and the number of its first line. */
export interface Shift {
  readonly file: number;
  readonly line: number;
}

/** Adds the counts of the next part of the log, whose lines count from its own first. */
export function addTally(tally: Tally, part: Tally, shift: Shift): void {
  tally.failures += part.failures;
  tally.merged ||= part.merged;
  for (const heap of part.heaps.values()) addHeap(roomFor(tally, heap), shifted(heap, shift), namesOf(tally));
}

/** How many names each counter of a heap of this tally may hold. */
export function namesOf({ heaps }: Tally): number {
  return roomOf(2 * heaps.size);
}

function roomFor(tally: Tally, heap: Heap): Heap {
  const known = tally.heaps.get(heap.about.id);
  if (known !== undefined) return known;
  if (tally.heaps.size < mostHeaps) return added(tally, createHeap(heap.about, heap.common, heap.first));
  tally.merged = true;
  return tally.heaps.get(heap.common.id) ?? added(tally, createHeap(heap.common, heap.common, heap.first));
}

function shifted(heap: Heap, shift: Shift): Heap {
  const move = (place: Place): Place => ({ ...place, file: shift.file, line: place.line + shift.line });
  const said = [...heap.said].map(([key, one]) => [key, { ...one, first: move(one.first) }] as const);
  const times = movedTimes(heap.times, move);
  return { ...heap, first: move(heap.first), last: move(heap.last), said: new Map(said), times };
}
