// Finds the few lines of a large text that can carry a failure: the only hot loop.
import type { FormatId } from "../model.ts";

/** A line of a text; offsets count from the text's start, `end` is before the line's break. */
export interface Line {
  readonly number: number;
  readonly start: number;
  readonly end: number;
}

/** A stretch of a text that begins at a line's start; `line` is that line's number. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
  readonly line: number;
}

/** What a scan found: the lines, and how many lines the stretch has in all. */
export interface Scan {
  readonly candidates: readonly Line[];
  readonly lines: number;
}

/** Another way to find what `scan` finds by the baits of a format; undefined for a stretch that it leaves alone. */
export type ScanText = (text: string, stretch: Stretch, format: FormatId) => Scan | undefined;

/** How much of a very long line is read. */
export const longestLine = 32 * 1024;

/** The lines of a stretch on which any of the `baits` (global patterns) bites, in order. Linear in the text's length. */
export function scan(text: string, stretch: Stretch, baits: readonly RegExp[]): Scan {
  const candidates: Line[] = [];
  const rods = baits.map((bait) => castAt(bait, text, stretch.start));
  let { line: number, start } = stretch;
  for (let bite = firstBite(rods); bite < stretch.end; bite = firstBite(rods)) {
    let end = lineEnd(text, start, stretch.end);
    for (; end < bite; end = lineEnd(text, start, stretch.end)) {
      start = end + 1;
      number++;
    }
    if (bite - start < longestLine) candidates.push({ number, start, end: withoutCr(text, start, end) });
    for (const rod of rods) if (rod.bite < end) rod.bite = castAt(rod.bait, text, end).bite;
  }
  return { candidates, lines: number - stretch.line + countLines(text, start, stretch.end) };
}

interface Rod {
  readonly bait: RegExp;
  bite: number;
}

function castAt(bait: RegExp, text: string, from: number): Rod {
  bait.lastIndex = from;
  const match = bait.exec(text);
  return { bait, bite: match === null ? Number.POSITIVE_INFINITY : match.index };
}

function firstBite(rods: readonly Rod[]): number {
  let first = Number.POSITIVE_INFINITY;
  for (const rod of rods) if (rod.bite < first) first = rod.bite;
  return first;
}

/** The whole of a text as one stretch. */
export function wholeOf(text: string): Stretch {
  return { start: 0, end: text.length, line: 0 };
}

function lineEnd(text: string, start: number, end: number): number {
  const at = text.indexOf("\n", start);
  return at < 0 || at > end ? end : at;
}

function withoutCr(text: string, start: number, end: number): number {
  return end > start && text.charCodeAt(end - 1) === 13 ? end - 1 : end;
}

function countLines(text: string, from: number, end: number): number {
  let lines = from < end ? 1 : 0;
  for (let at = text.indexOf("\n", from); at >= 0 && at < end - 1; at = text.indexOf("\n", at + 1)) lines++;
  return lines;
}

/** The text of a line, as much as is read of it. What is found in it keeps the line in memory, but not the whole text. */
export function lineOf(text: string, { start, end }: Line): string {
  // A slice would hold on to the text; a slice of two joined strings holds on to what they were joined to.
  return `\n${text.slice(start, Math.min(end, start + longestLine))}`.slice(1);
}

/** The lines around one, read on demand: 1 is the next, -1 the one before; undefined beyond the text. */
export function neighbours(text: string, line: Line): (distance: number) => string | undefined {
  const above: (Line | undefined)[] = [line];
  const below: (Line | undefined)[] = [line];
  return (distance) => {
    const known = distance < 0 ? above : below;
    const step = distance < 0 ? lineAbove : lineBelow;
    for (let at = known.length; at <= Math.abs(distance); at++) known.push(step(text, known[at - 1]));
    const found = known[Math.abs(distance)];
    return found && lineOf(text, found);
  };
}

function lineAbove(text: string, line: Line | undefined): Line | undefined {
  if (line === undefined || line.start === 0) return undefined;
  const start = line.start < 2 ? 0 : text.lastIndexOf("\n", line.start - 2) + 1;
  return { number: line.number - 1, start, end: withoutCr(text, start, line.start - 1) };
}

function lineBelow(text: string, line: Line | undefined): Line | undefined {
  const start = line === undefined ? 0 : text.indexOf("\n", line.end) + 1;
  if (line === undefined || start === 0 || start >= text.length) return undefined;
  return { number: line.number + 1, start, end: withoutCr(text, start, lineEnd(text, start, text.length)) };
}

/** The text with lone carriage returns as line feeds, so that its lines are those an editor counts; offsets stay. */
export function withEditorBreaks(text: string): string {
  return /\r(?!\n)/.test(text) ? text.replace(/\r(?!\n)/g, "\n") : text;
}
