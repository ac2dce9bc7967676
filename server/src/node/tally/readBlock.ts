// Reads the lines of a stretch of bytes: scans, reads what may be a failure, explains and counts it.
import type { LineReader } from "../../log/lineReader.ts";
import { longestLine } from "../../log/scan.ts";
import type { Delivery } from "../../model.ts";
import { linesAround, lineText, lineWithEnd } from "./lineText.ts";
import type { Sight } from "./task.ts";
import type { Tools } from "./tools.ts";

/** What is at hand to read one log. */
export interface Desk extends Tools {
  readonly reader: LineReader;
  /** Takes each failure with its line's text, and where in the whole text that line begins. */
  readonly found: (delivery: Delivery, text: string, offset: number) => void;
}

/** What was seen of a sight. */
export interface Seen {
  readonly lines: number;
  /** How many of them have a line end in sight, and where the last of those ends in the text. */
  readonly whole: { readonly lines: number; readonly offset: number };
  /** The first line that was read. */
  readonly firstLine: number | undefined;
}

const lineFeed = 10;
const byteOrderMark = Buffer.from([0xef, 0xbb, 0xbf]);

/** Reads the lines that begin within what is in sight of the scanner's buffer; the first has the number `line`. */
export function readBlock(desk: Desk, sight: Sight, line: number): Seen {
  const bytes = desk.scanner.buffer.subarray(0, sight.length);
  const from = firstLineIn(bytes, sight);
  const nothing = { lines: 0, whole: { lines: 0, offset: 0 }, firstLine: undefined };
  if (from >= sight.end) return nothing;
  const at = bytes.indexOf(lineFeed, sight.end - 1);
  const end = at < 0 ? bytes.length : at + 1;
  let firstLine: number | undefined;
  const ends = desk.scanner.scan({ from, end, line }, (number, start, lineEnd, sure) => {
    if (!sure && !bites(desk.baits, bytes, start, lineEnd)) return;
    firstLine ??= number;
    if (desk.reader.wants(number)) readOne(desk, { bytes, offset: sight.offset }, { number, start, end: lineEnd });
  });
  const open = bytes[end - 1] !== lineFeed;
  const lastEnd = open ? bytes.lastIndexOf(lineFeed, end - 1) + 1 : end;
  return { lines: ends + (open ? 1 : 0), whole: { lines: ends, offset: sight.offset + lastEnd }, firstLine };
}

/** Where the first line begins that begins within it; behind a byte order mark in the text's first line. */
function firstLineIn(bytes: Buffer, { start, offset }: Sight): number {
  if (start > 0) {
    const at = bytes.indexOf(lineFeed, start - 1);
    return at < 0 ? bytes.length : at + 1;
  }
  return offset === 0 && bytes.subarray(0, 3).equals(byteOrderMark) ? 3 : 0;
}

/** Whether a bait bites on the line between two places, in the part of it that is read. */
export function bites(baits: readonly RegExp[], bytes: Buffer, start: number, end: number): boolean {
  const text = lineWithEnd(bytes, start, end);
  return baits.some((bait) => {
    bait.lastIndex = 0;
    const match = bait.exec(text);
    return match !== null && match.index < longestLine;
  });
}

interface View {
  readonly bytes: Buffer;
  /** Where the bytes begin in the whole text. */
  readonly offset: number;
}

interface At {
  readonly number: number;
  readonly start: number;
  readonly end: number;
}

function readOne(desk: Desk, { bytes, offset }: View, { number, start, end }: At): void {
  const text = lineText(bytes, start, end);
  const delivery = desk.reader.read(number, text, linesAround(bytes, start, end));
  if (delivery !== undefined) desk.found(delivery, text, offset + start);
}
