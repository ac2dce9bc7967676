// Counts failures by kind.
import { identify } from "../catalogue/lookup.ts";
import { whoAnswered } from "../catalogue/provider.ts";
import type { Delivery, Finding } from "../model.ts";
import type { Place } from "../tally.ts";
import { aboutOf, commonId, commonOf, heapId } from "./about.ts";
import { countName } from "./counter.ts";
import { countWait, waitIn } from "./delays.ts";
import { countSaid, createHeap, type Heap } from "./heap.ts";
import { added, mostHeaps, type Tally } from "./sum.ts";
import { wordingOf } from "./template.ts";
import { countAt, createMinutes } from "./times.ts";

/** Counts one failure, by its line's text and place; gives the heap that it is on. */
export type Collect = (delivery: Delivery, line: string, place: Place) => Heap;

/** A function that counts failures into a tally; `keep` gives a copy of a text that holds nothing else in memory. */
export function createCollect(tally: Tally, keep: (text: string) => string): Collect {
  const minuteOf = createMinutes();
  return (delivery, line, place) => {
    const heap = heapFor(tally, { delivery, ...identify(delivery, whoAnswered(delivery)) }, { place, keep });
    countSaid(heap, wordingOf(delivery), place, 1);
    tally.failures++;
    heap.count++;
    heap.last = place;
    countNames(heap, delivery, keep);
    const wait = waitIn(line, delivery.format);
    if (wait !== undefined) countWait(heap.waits, wait);
    const minute = place.time === undefined ? undefined : minuteOf(place.time);
    if (minute !== undefined) countAt(heap.times, minute, place);
    return heap;
  };
}

function countNames(heap: Heap, { recipient, sourceIp }: Delivery, keep: (text: string) => string): void {
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
