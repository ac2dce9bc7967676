// Counts failures by kind.
import { identify } from "../catalogue/lookup.ts";
import { whoAnswered } from "../catalogue/provider.ts";
import type { Delivery, Finding } from "../model.ts";
import type { Place } from "../tally.ts";
import { aboutOf, commonId, commonOf, heapId } from "./about.ts";
import { countName, type Naming } from "./counter.ts";
import { countWait, waitIn } from "./delays.ts";
import { countSaid, createHeap, type Heap } from "./heap.ts";
import { createRecall, type Recall } from "./recall.ts";
import { added, mostHeaps, namesOf, type Tally } from "./sum.ts";
import { wordingOf } from "./template.ts";
import { countAt, createMinutes } from "./times.ts";

/** Counts one failure, by its line's text and place; gives the heap that it is on. */
export type Collect = (delivery: Delivery, line: string, place: Place) => Heap;

/** A function that counts failures into a tally; `keep` gives a copy of a text that holds nothing else in memory. */
export function createCollect(tally: Tally, keep: (text: string) => string): Collect {
  const minuteOf = createMinutes();
  const counting: Counting = { tally, keep, recall: createRecall(keep) };
  return (delivery, line, place) => {
    const heap = countKind(counting, delivery, place);
    tally.failures++;
    heap.count++;
    heap.last = place;
    countNames(heap, delivery, { keep, room: namesOf(tally) });
    const wait = waitIn(line, delivery.format);
    if (wait !== undefined) countWait(heap.waits, wait);
    const minute = place.time === undefined ? undefined : minuteOf(place.time);
    if (minute !== undefined) countAt(heap.times, minute, place);
    return heap;
  };
}

/** The domain of the recipient, in lower case. */
export function domainOf({ recipient }: Delivery): string | undefined {
  const at = recipient?.lastIndexOf("@") ?? -1;
  return at < 0 ? undefined : recipient?.slice(at + 1).toLowerCase();
}

function countNames(heap: Heap, delivery: Delivery, naming: Naming): void {
  const [domain, { sourceIp }] = [domainOf(delivery), delivery];
  if (domain !== undefined) countName(heap.domains, domain, 1, naming);
  if (sourceIp !== undefined) countName(heap.sources, sourceIp, 1, naming);
}

interface Counting {
  readonly tally: Tally;
  readonly keep: (text: string) => string;
  readonly recall: Recall;
}

/** Finds the failure's heap and counts its wording. */
function countKind(counting: Counting, delivery: Delivery, place: Place): Heap {
  const answerer = whoAnswered(delivery);
  const seen = counting.recall.find(delivery, answerer.provider);
  const said = seen?.heap.said.get(seen.wording);
  if (seen !== undefined && said !== undefined) {
    said.count++;
    return seen.heap;
  }
  const heap = heapFor(counting, { delivery, ...identify(delivery, answerer) }, place);
  const wording = wordingOf(delivery);
  countSaid(heap, wording, place, 1);
  counting.recall.remember(delivery, answerer.provider, { heap, wording: wording.key });
  return heap;
}

function heapFor({ tally, keep }: Counting, finding: Finding, place: Place): Heap {
  const known = tally.heaps.get(heapId(finding));
  if (known !== undefined) return known;
  if (tally.heaps.size < mostHeaps) return added(tally, createHeap(aboutOf(finding, keep), commonOf(finding), place));
  tally.merged = true;
  const common = tally.heaps.get(commonId(finding));
  return common ?? added(tally, createHeap(commonOf(finding), commonOf(finding), place));
}
