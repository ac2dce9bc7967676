// Scans texts for the lines that may matter as bytes: several times as fast as by one pattern after the other.
import { baitsFor } from "../log/readAs.ts";
import { type Line, type Scan, type Stretch, scan, wholeOf } from "../log/scan.ts";
import type { FormatId } from "../model.ts";
import { bites } from "./tally/readBlock.ts";
import { longestSight } from "./tally/task.ts";
import { toolsFor } from "./tally/tools.ts";

/** Shorter stretches are not worth it. */
const least = 64 * 1024;

/** So many UTF-16 units are scanned at a time: of UTF-8 they are at most three times as many bytes. */
const most = Math.floor(longestSight / 3);

const sampleSize = 64 * 1024;
const [lineFeed, carriageReturn] = [10, 13];

/** What `scan` finds by the baits of a format; undefined for a stretch that is not worth it. */
export function scanText(text: string, stretch: Stretch, format: FormatId): Scan | undefined {
  if (stretch.end - stretch.start < least) return undefined;
  const candidates: Line[] = [];
  let { start, line: number } = stretch;
  while (start < stretch.end) {
    const end = partEnd(text, start, stretch.end);
    const part = text.slice(start, end);
    const seen = part.length > most ? scan(part, wholeOf(part), baitsFor(format)) : scanPart(part, format);
    for (const line of seen.candidates)
      candidates.push({ number: number + line.number, start: start + line.start, end: start + line.end });
    number += seen.lines;
    start = end;
  }
  return { candidates, lines: number - stretch.line };
}

/** Where the lines from `start` on end that are scanned together; a longer line is a part of its own. */
function partEnd(text: string, start: number, end: number): number {
  if (end - start <= most) return end;
  const last = text.lastIndexOf("\n", start + most - 1) + 1;
  if (last > start) return last;
  const next = text.indexOf("\n", start + most) + 1;
  return next === 0 || next > end ? end : next;
}

function scanPart(part: string, format: FormatId): Scan {
  const { scanner, baits } = toolsFor(format, () => Buffer.from(part.slice(0, sampleSize)));
  const { buffer } = scanner;
  const length = buffer.write(part);
  const unitsAt = createUnits(buffer, length === part.length);
  const candidates: Line[] = [];
  const ends = scanner.scan({ from: 0, end: length, line: 0 }, (number, start, end, sure) => {
    if (!sure && !bites(baits, buffer.subarray(0, length), start, end)) return;
    const to = end > start && buffer[end - 1] === carriageReturn ? end - 1 : end;
    candidates.push({ number, start: unitsAt(start), end: unitsAt(to) });
  });
  return { candidates, lines: ends + (buffer[length - 1] === lineFeed ? 0 : 1) };
}

/** Gives the UTF-16 units before a byte; bytes are asked for in rising order. */
function createUnits(buffer: Buffer, ascii: boolean): (byte: number) => number {
  if (ascii) return (byte) => byte;
  let [known, units] = [0, 0];
  return (byte) => {
    units += buffer.toString("utf8", known, byte).length;
    known = byte;
    return units;
  };
}
