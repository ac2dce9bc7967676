// One kind of failure while it is still being counted.
import type { Group, Place } from "../tally.ts";
import { addCounter, type Counter, createCounter } from "./counter.ts";
import { addWaits, createWaits, type Waits } from "./delays.ts";
import { addTimes, createTimes, type Times } from "./times.ts";

/** What a group is about, whatever is counted of it. */
export type About = Pick<
  Group,
  "id" | "provider" | "providerName" | "page" | "label" | "title" | "reason" | "permanence" | "kind" | "permanent"
>;

/** One wording, still being counted. */
export interface Said {
  readonly text: string;
  readonly first: Place;
  count: number;
}

/** The counts of one kind of failure; plain data, so that a thread can hand it to another. */
export interface Heap {
  readonly about: About;
  /** What it is counted as when there are too many kinds. */
  readonly common: About;
  count: number;
  first: Place;
  last: Place;
  readonly domains: Counter;
  readonly sources: Counter;
  readonly said: Map<number, Said>;
  readonly waits: Waits;
  readonly times: Times;
}

/** Beyond so many wordings of a group no new one is remembered. */
const mostSaid = 32;

/** A heap of nothing. */
export function createHeap(about: About, common: About, place: Place): Heap {
  return {
    ...{ about, common, count: 0, first: place, last: place },
    ...{ domains: createCounter(), sources: createCounter(), said: new Map() },
    ...{ waits: createWaits(), times: createTimes() },
  };
}

/** Adds the counts of a later part of the log; `room` is how many names each of its counters may hold. */
export function addHeap(heap: Heap, later: Heap, room: number): void {
  if (heap.count === 0) heap.first = later.first;
  heap.count += later.count;
  heap.last = later.last;
  addCounter(heap.domains, later.domains, room);
  addCounter(heap.sources, later.sources, room);
  addWaits(heap.waits, later.waits);
  addTimes(heap.times, later.times);
  for (const [key, { text, first, count }] of later.said) countSaid(heap, { key, text: () => text }, first, count);
}

/** Counts a wording `times` more. */
export function countSaid(
  { said }: Heap,
  wording: { readonly key: number; text(): string },
  first: Place,
  times: number,
): void {
  const known = said.get(wording.key);
  if (known !== undefined) known.count += times;
  else if (said.size < mostSaid) said.set(wording.key, { text: wording.text(), first, count: times });
}
