// Lines of UTF-8 bytes as text, cut to what is read of a line.
import type { Around } from "../../log/format.ts";
import { longestLine } from "../../log/scan.ts";

/** A UTF-16 unit is at most three bytes. */
const longestBytes = 3 * longestLine;
const lineFeed = 10;
const carriageReturn = 13;

/** The text of the line between two places, without its line end; invalid bytes become U+FFFD. */
export function lineText(bytes: Buffer, start: number, end: number): string {
  const to = end > start && bytes[end - 1] === carriageReturn ? end - 1 : end;
  const text = bytes.toString("latin1", start, Math.min(to, start + longestBytes));
  const whole = isAscii(text) ? text : bytes.toString("utf8", start, Math.min(to, start + longestBytes));
  return whole.length > longestLine ? whole.slice(0, longestLine) : whole;
}

const beyondAscii = /[\x80-\xff]/;

function isAscii(text: string): boolean {
  return !beyondAscii.test(text);
}

/** The text of a line with its line end, if it has one, for patterns that look at it. */
export function lineWithEnd(bytes: Buffer, start: number, end: number): string {
  return bytes.toString("utf8", start, Math.min(end + 1, bytes.length, start + longestBytes));
}

/** The lines around the one between two places, as far as the bytes go; `first` is where the first whole line begins. */
export function linesAround(bytes: Buffer, start: number, end: number): Around {
  return (distance) => {
    let [from, to] = [start, end];
    for (let step = 0; step < Math.abs(distance); step++) {
      const next = distance < 0 ? lineAbove(bytes, from) : lineBelow(bytes, to);
      if (next === undefined) return undefined;
      [from, to] = next;
    }
    return lineText(bytes, from, to);
  };
}

function lineAbove(bytes: Buffer, start: number): [number, number] | undefined {
  if (start <= 0) return undefined;
  return [start < 2 ? 0 : bytes.lastIndexOf(lineFeed, start - 2) + 1, start - 1];
}

function lineBelow(bytes: Buffer, end: number): [number, number] | undefined {
  const start = end + 1;
  if (start >= bytes.length) return undefined;
  const at = bytes.indexOf(lineFeed, start);
  return [start, at < 0 ? bytes.length : at];
}
