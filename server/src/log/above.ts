// What lines near a line say of its session: a server that names the host once does not repeat it on the line of the refusal.
import type { Around } from "./format.ts";
import type { Piece } from "./piece.ts";

/** How far is looked: an edit is known to matter within so many lines. */
const reach = 24;

/** What `read` makes of the nearest line above that it can read; undefined when none is near. */
export function fromAbove<T>(around: Around, read: (line: string) => T | undefined): T | undefined {
  return nearest((distance) => around(-distance), read);
}

/** What `read` makes of the nearest line below that it can read; undefined when none is near. */
export function fromBelow<T>(around: Around, read: (line: string) => T | undefined): T | undefined {
  return nearest(around, read);
}

function nearest<T>(lineAt: Around, read: (line: string) => T | undefined): T | undefined {
  for (let distance = 1; distance <= reach; distance++) {
    const line = lineAt(distance);
    if (line === undefined) return undefined;
    const found = read(line.slice(0, 2048));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** As much of the end of a text as a line behind it may look at. */
export function lastLines(text: string): string {
  let start = text.length;
  for (let line = 0; line <= reach && start > 0; line++) start = text.lastIndexOf("\n", start - 1);
  return text.slice(start + 1);
}

/** Text of another line: it has no place on this one. */
export function placeless(text: string | undefined): Piece | undefined {
  return text === undefined || text === "" ? undefined : { text, start: -1, end: -1 };
}
