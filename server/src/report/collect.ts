// Counts findings by kind of failure, and adds up the counts of a log's parts.
import type { Finding } from "../model.ts";
import type { Place } from "../tally.ts";
import { countName } from "./counter.ts";
import { countWait, waitIn } from "./delays.ts";
import { aboutOf, addHeap, commonId, commonOf, countSaid, createHeap, type Heap, heapId } from "./heap.ts";
import { wordingOf } from "./template.ts";
import { countAt, createMinutes } from "./times.ts";

/** Counts that are still going on; plain data, so that a thread can hand it to another. */
export interface Tally {
  readonly heaps: Map<string, Heap>;
  failures: number;
  /** True when there were too many kinds of failure to keep apart. */
  merged: boolean;
}

/** Kinds of failure beyond so many are counted by their entry alone, whatever code the log itself names. */
const mostHeaps = 512;

/** Counts of nothing. */
export function createTally(): Tally {
  return { heaps: new Map(), failures: 0, merged: false };
}

/** Counts one finding, by its line's text and place; gives the heap that it is on. */
export type Collect = (finding: Finding, line: string, place: Place) => Heap;

/** A function that counts findings into a tally; `keep` gives a copy of a text that holds nothing else in memory. */
export function createCollect(tally: Tally, keep: (text: string) => string): Collect {
  const minuteOf = createMinutes();
  return (finding, line, place) => {
    const heap = heapFor(tally, finding, { place, keep });
    tally.failures++;
    heap.count++;
    heap.last = place;
    countNames(heap, finding, keep);
    const wait = waitIn(line, finding.delivery.format);
    if (wait !== undefined) countWait(heap.waits, wait);
    const minute = place.time === undefined ? undefined : minuteOf(place.time);
    if (minute !== undefined) countAt(heap.times, minute, { count: 1, first: place });
    countSaid(heap, wordingOf(finding), place, 1);
    return heap;
  };
}

function countNames(heap: Heap, { delivery: { recipient, sourceIp } }: Finding, keep: (text: string) => string): void {
  const at = recipient?.lastIndexOf("@") ?? -1;
  if (recipient !== undefined && at >= 0) countName(heap.domains, recipient.slice(at + 1).toLowerCase(), 1, keep);
  if (sourceIp !== undefined) countName(heap.sources, sourceIp, 1, keep);
}

interface Newcomer {
  readonly place: Place;
  readonly keep: (text: string) => string;
}

function heapFor(tally: Tally, finding: Finding, { place, keep }: Newcomer): Heap {
  const known = tally.heaps.get(heapId(finding));
  if (known !== undefined) return known;
  if (tally.heaps.size < mostHeaps) return added(tally, createHeap(aboutOf(finding, keep), commonOf(finding), place));
  tally.merged = true;
  const common = tally.heaps.get(commonId(finding));
  return common ?? added(tally, createHeap(commonOf(finding), commonOf(finding), place));
}

function added(tally: Tally, heap: Heap): Heap {
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
  for (const heap of part.heaps.values()) addHeap(roomFor(tally, heap), shifted(heap, shift));
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
  const bars = [...heap.times.bars].map(([at, bar]) => [at, { ...bar, first: move(bar.first) }] as const);
  const times = { ...heap.times, bars: new Map(bars) };
  return { ...heap, first: move(heap.first), last: move(heap.last), said: new Map(said), times };
}
