// Adds up what the parts of logs hold: counts, and places of failures in as few bytes as they need.
import { addTally, createTally, type Shift, type Tally } from "../../report/sum.ts";
import type { Places, Result } from "./task.ts";

/** Failures with their places, in order: file, line, offset of the line in the unpacked text, and number of its kind in `ids`. */
export interface GatheredPlaces {
  readonly count: number;
  readonly files: Uint16Array;
  readonly lines: Uint32Array;
  readonly offsets: Float64Array;
  readonly groups: Uint16Array;
  /** The ids of groups; with too many kinds of failure, an id may be one that was merged into its entry's. */
  readonly ids: readonly string[];
  /** True when there were more failures than were to be listed. */
  readonly cut: boolean;
}

/** What has been read so far. */
export interface Gathered {
  readonly counts: Tally;
  /** How many more places are to be listed. */
  room(): number;
  add(result: Result, shift: Shift): void;
  places(): GatheredPlaces;
}

/** Nothing yet, or an earlier reading's counts. */
export function createGathered({
  into,
  places = 0,
}: {
  into?: Tally | undefined;
  places?: number | undefined;
}): Gathered {
  const counts = into ?? createTally();
  const list = createList();
  let failures = 0;
  return {
    counts,
    room: () => places - list.count(),
    add(result, shift) {
      failures += result.tally.failures;
      addTally(counts, result.tally, shift);
      list.add(result.places, shift, places);
    },
    places: () => ({ ...list.arrays(), cut: list.count() < failures }),
  };
}

function createList() {
  let count = 0;
  let files = new Uint16Array(0);
  let lines = new Uint32Array(0);
  let offsets = new Float64Array(0);
  let groups = new Uint16Array(0);
  const numbers = new Map<string, number>();
  const grow = (size: number): void => {
    if (size <= lines.length) return;
    const room = Math.max(1024, size, Math.min(2 * lines.length, lines.length + 1_000_000));
    files = grown(files, new Uint16Array(room));
    lines = grown(lines, new Uint32Array(room));
    offsets = grown(offsets, new Float64Array(room));
    groups = grown(groups, new Uint16Array(room));
  };
  const numberOf = (id: string): number => {
    const number = numbers.get(id) ?? numbers.size;
    numbers.set(id, number);
    return number;
  };
  return {
    count: () => count,
    add(places: Places, shift: Shift, most: number): void {
      const ids = places.ids.map(numberOf);
      const more = Math.min(places.lines.length, most - count);
      grow(count + more);
      for (let index = 0; index < more; index++, count++) {
        files[count] = shift.file;
        lines[count] = (places.lines[index] ?? 0) + shift.line;
        offsets[count] = places.offsets[index] ?? 0;
        groups[count] = ids[places.heaps[index] ?? 0] ?? 0;
      }
    },
    arrays: () => ({
      count,
      files: files.subarray(0, count),
      lines: lines.subarray(0, count),
      offsets: offsets.subarray(0, count),
      groups: groups.subarray(0, count),
      ids: [...numbers.keys()],
    }),
  };
}

function grown<List extends { set(other: List): void }>(from: List, to: List): List {
  to.set(from);
  return to;
}
