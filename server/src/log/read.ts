// Reads a log: picks its format, scans for the lines that matter, reads them and gives them their times.
import type { Clock, Delivery, FormatId, Reading } from "../model.ts";
import { advance, clockAt, isoTime, type Stamp, startClock, startYear } from "./clock.ts";
import type { Around, Format, Parts } from "./format.ts";
import { formats } from "./formats/index.ts";
import { deliveryOf, readingOf } from "./reading.ts";
import { type Line, longestLine, neighbours, type Stretch, scan, wholeOf } from "./scan.ts";
import { headLines, sniff } from "./sniff.ts";
import { readPrefix, readTime, skipContainer } from "./syslog.ts";

/** How to read a log. `fileDate` gives the years that syslog leaves out; without it such times stay undefined. */
export interface ReadOptions {
  readonly fileDate: Date | undefined;
  /** The format, when it is known; otherwise it is sniffed. */
  readonly format?: FormatId | undefined;
  /** The first and last lines of a text that comes in pieces: they give its first year. */
  readonly ends?: string | undefined;
}

/** A log that has been read; `format` is undefined, and nothing found, in a text that is no mail log. */
export interface Log {
  readonly format: FormatId | undefined;
  readonly lines: number;
  /** Sorted by line. */
  readonly deliveries: readonly Delivery[];
  /** The clock before the first line. */
  readonly start: Clock;
  /** The line that names the columns, in a log that has one. */
  readonly header: string | undefined;
}

/** What must be known of a text to read a part of it. */
export interface ReadContext {
  readonly format: FormatId;
  /** The clock before the part's first line. */
  readonly clock: Clock;
  /** The line that names the columns, in a log that has one. */
  readonly header?: string | undefined;
}

/** A part of a log that has been read. */
export interface LogPart {
  readonly lines: number;
  readonly deliveries: readonly Delivery[];
  /** The clock behind the last delivery. */
  readonly clock: Clock;
}

/** Reads a whole log. Lines count from 0; nothing in the text can make it throw. */
export function readLog(text: string, options: ReadOptions): Log {
  const format = options.format ?? sniff(text);
  const whole = wholeOf(text);
  const start = clockBehind(undefined, text, options.fileDate);
  const header = headerIn(text, format);
  if (format === undefined) return { format, lines: scan(text, whole, []).lines, deliveries: [], start, header };
  const { lines, deliveries } = readPart(text, whole, { format, clock: start, header });
  return { format, lines, deliveries, start, header };
}

/** The line among a text's first that names the columns, for a format that has such lines. */
export function headerIn(text: string, format: FormatId | undefined): string | undefined {
  const isHeader = formats.find(({ id }) => id === format)?.isHeader;
  if (isHeader === undefined) return undefined;
  return text
    .slice(0, longestLine)
    .split(/\r?\n/, headLines)
    .find((line) => isHeader(line));
}

/** Reads the lines of a stretch, after an edit or as one chunk of a stream. */
export function readPart(text: string, stretch: Stretch, context: ReadContext): LogPart {
  const { candidates, lines } = scan(text, stretch, baitsFor(context.format));
  const reader = createLineReader(context, { clock: context.clock, passage: noPassage });
  const deliveries: Delivery[] = [];
  for (const line of candidates) {
    if (!reader.wants(line.number)) continue;
    const delivery = reader.read(line.number, clip(text, line), neighbours(text, line));
    if (delivery !== undefined) deliveries.push(delivery);
  }
  return { lines, deliveries, clock: reader.state.clock };
}

/** The lines of a reply that was read: the one where it is reported, and its last; -1 for none. */
export interface PassageLines {
  readonly owner: number;
  readonly last: number;
}

/** What the lines before one leave behind that it must know. */
export interface ReadState {
  readonly clock: Clock;
  readonly passage: PassageLines;
}

/** The state before any line. */
export const noPassage: PassageLines = { owner: -1, last: -1 };

/** Reads candidate lines one after the other. */
export interface LineReader {
  /** False for a line whose reply has been read already. */
  wants(line: number): boolean;
  /** The failure on a line, if there is one; `text` is the line's, cut to what is read of a line. */
  read(line: number, text: string, around: Around): Delivery | undefined;
  readonly state: ReadState;
  /** The first time on a line with a failure. */
  readonly firstStamp: Stamp | undefined;
}

/** A reader that goes on from a state. */
export function createLineReader(log: Pick<ReadContext, "format" | "header">, state: ReadState): LineReader {
  let { clock, passage } = state;
  let firstStamp: Stamp | undefined;
  return {
    wants: (line) => line > passage.last || line === passage.owner,
    read(line, text, around) {
      const found = readAs(text, around, log);
      if (found === undefined) return undefined;
      passage = extentOf(found.parts, line) ?? passage;
      if (found.parts.failure === undefined) return undefined;
      firstStamp ??= found.parts.stamp;
      clock = advance(clock, found.parts.stamp);
      return deliveryOf(found.parts, { line, format: found.format, time: isoTime(found.parts.stamp, clock) });
    },
    get state() {
      return { clock, passage };
    },
    get firstStamp() {
      return firstStamp;
    },
  };
}

// A reply over several lines is read once, on the first of them that bites, and reported on its owner.
function extentOf(parts: Parts, line: number): PassageLines | undefined {
  return parts.passage && { owner: line + parts.passage.owner, last: line + parts.passage.last };
}

/** The clock to go on with behind a delivery, or at the start of a text. */
export function clockBehind(delivery: Delivery | undefined, text: string, fileDate: Date | undefined): Clock {
  return delivery?.time === undefined ? startClock(firstYear(text, fileDate)) : clockAt(delivery.time);
}

/** Where a single line stands: its number, the log's format, and the lines around it if there are any. */
export interface LineContext extends ReadContext {
  readonly line: number;
  readonly around?: Around | undefined;
}

/** Reads one line, for colours and hover; a line that shows nothing has no fields. */
export function readLine(line: string, context: LineContext): Reading {
  const found = readAs(line.slice(0, longestLine), context.around ?? nothing, context);
  if (found === undefined) return { fields: [], delivery: undefined };
  const clock = advance(context.clock, found.parts.stamp);
  return readingOf(found.parts, { line: context.line, format: found.format, time: isoTime(found.parts.stamp, clock) });
}

/** Reads a log piece by piece. */
export interface Reader {
  /** Reads the next chunk, which must end behind a line break (or be the last); its deliveries. */
  push(chunk: string): readonly Delivery[];
  /** The format; undefined before the first chunk and for a text that is no mail log. */
  readonly format: FormatId | undefined;
  /** Lines so far. */
  readonly lines: number;
}

/** A reader for a text that does not fit into one string; the format is decided on the first chunk. */
export function createReader(options: ReadOptions): Reader {
  let context: ReadContext | undefined;
  let lines = 0;
  return {
    push(chunk) {
      const format = context?.format ?? options.format ?? sniff(chunk);
      const stretch = { start: 0, end: chunk.length, line: lines };
      const clock = context?.clock ?? startClock(firstYear(options.ends || chunk, options.fileDate));
      const header = context === undefined ? headerIn(chunk, format) : context.header;
      const part = format && readPart(chunk, stretch, { format, clock, header });
      lines += part?.lines ?? scan(chunk, stretch, []).lines;
      context = format && part && { format, clock: part.clock, header };
      return part?.deliveries ?? [];
    },
    get format() {
      return context?.format;
    },
    get lines() {
      return lines;
    },
  };
}

interface Found {
  readonly format: FormatId;
  readonly parts: Parts;
}

function readAs(line: string, around: Around, log: Pick<ReadContext, "format" | "header">): Found | undefined {
  for (const format of ranked(log.format)) {
    const parts = format.read(line, around, format.id === log.format ? log.header : undefined);
    if (parts !== undefined) return { format: format.id, parts };
  }
  return undefined;
}

const rankings = new Map<FormatId, readonly Format[]>();

function ranked(first: FormatId): readonly Format[] {
  const known = rankings.get(first);
  if (known !== undefined) return known;
  // Plain text never goes first: a log line pasted into a mail is still that server's line.
  const rank = (format: Format) => (format.id === "plain" ? 2 : format.id === first ? 0 : 1);
  const order = [...formats].sort((a, b) => rank(a) - rank(b));
  rankings.set(first, order);
  return order;
}

/** What bites on the lines of a log. Lines of other servers are rare: their first bait alone is out for them. */
export function baitsFor(first: FormatId): readonly RegExp[] {
  return formats.flatMap((format) =>
    format.id === first || format.id === "plain" ? format.baits : format.baits.slice(0, 1),
  );
}

function clip(text: string, line: Line): string {
  return text.slice(line.start, Math.min(line.end, line.start + longestLine));
}

function nothing(): undefined {
  return undefined;
}

/** The year of a text's first line; undefined when nothing tells it. */
export function firstYear(text: string, fileDate: Date | undefined): number | undefined {
  const first = stampNear(text.slice(0, longestLine).split("\n").slice(0, 50));
  const last = stampNear(text.slice(-longestLine).split("\n").slice(-50).reverse());
  return first === undefined || last === undefined || fileDate === undefined
    ? undefined
    : startYear(first, last, fileDate);
}

/** The first time on any of these lines. */
export function stampNear(lines: readonly string[]): Stamp | undefined {
  for (const line of lines) {
    const stamp = readPrefix(line)?.stamp ?? readTime(line, skipContainer(line, 0))?.stamp;
    if (stamp !== undefined) return stamp;
  }
  return undefined;
}
