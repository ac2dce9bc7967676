// Lists failures with their places, as numbers, up to a bound.
import type { Places } from "./task.ts";

/** A list that is still growing. */
export interface Notes {
  /** Takes a failure's line, its offset in the text, and the id of its kind. */
  readonly note: (line: number, offset: number, id: string) => void;
  readonly places: Places;
}

/** A list of at most `most` failures. */
export function createNotes(most: number): Notes {
  const places = { lines: [] as number[], offsets: [] as number[], heaps: [] as number[], ids: [] as string[] };
  const numbers = new Map<string, number>();
  const note = (line: number, offset: number, id: string): void => {
    if (places.lines.length >= most) return;
    let number = numbers.get(id);
    if (number === undefined) {
      number = places.ids.push(id) - 1;
      numbers.set(id, number);
    }
    places.lines.push(line);
    places.offsets.push(offset);
    places.heaps.push(number);
  };
  return { note, places };
}
