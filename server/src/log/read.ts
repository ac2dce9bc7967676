// Reads a log: picks its format, scans for the lines that matter, reads them and gives them their times.
import type { Clock, Delivery, FormatId, MailCounts, Reading } from "../model.ts";
import { lastLines } from "./above.ts";
import { advance, clockAt, isoTime, type Stamp, startClock, startYear } from "./clock.ts";
import type { Plain } from "./columns.ts";
import { carried, carriedText } from "./container.ts";
import type { Around, Format, Parts } from "./format.ts";
import { formats } from "./formats/index.ts";
import { createFolderReader, type ReadOther } from "./mail/folder.ts";
import { carriedDelivery, carriedReading, deliveryOf, readingOf } from "./reading.ts";
import { type Line, longestLine, neighbours, type Stretch, scan, wholeOf } from "./scan.ts";
import { headLines, sniff, sniffQuoted } from "./sniff.ts";
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
  /** The mails, in a `bounce`. */
  readonly mails?: MailCounts | undefined;
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
  if (format === "bounce") return readFolder(text, options);
  const whole = wholeOf(text);
  const start = clockBehind(undefined, text, options.fileDate);
  const header = headerIn(text, format);
  if (format === undefined) return { format, lines: scan(text, whole, []).lines, deliveries: [], start, header };
  const { lines, deliveries } = readPart(text, whole, { format, clock: start, header });
  return { format, lines, deliveries, start, header };
}

// What a report says hangs together over many lines, so mails are read whole.
function readFolder(text: string, options: ReadOptions): Log {
  const reader = createFolderReader(quotedIn(options));
  const deliveries = [...reader.push(text), ...reader.finish()];
  const start = clockBehind(undefined, text, options.fileDate);
  return { format: "bounce", lines: reader.lines, deliveries, start, header: undefined, mails: reader.counts };
}

// A mail that is no report may quote the lines of a log.
function quotedIn({ fileDate }: ReadOptions): ReadOther {
  return (text, line) => {
    const format = sniffQuoted(text) ?? "plain";
    const context = { format, clock: startClock(firstYear(text, fileDate)), header: headerIn(text, format) };
    return readPart(text, { start: 0, end: text.length, line }, context).deliveries;
  };
}

/** The line among a text's first that names the columns, for a format that has such lines. */
function headerIn(text: string, format: FormatId | undefined): string | undefined {
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
  const deliveries: Delivery[] = [];
  let clock = context.clock;
  let passage = { owner: -1, last: -1 };
  for (const line of candidates) {
    if (line.number <= passage.last && line.number !== passage.owner) continue;
    const found = readAs(clip(text, line), neighbours(text, line), context);
    if (found === undefined) continue;
    passage = extentOf(found.parts, line.number) ?? passage;
    if (found.parts.failure === undefined) continue;
    clock = advance(clock, found.parts.stamp);
    const time = isoTime(found.parts.stamp, clock);
    const delivery = deliveryOf(found.parts, { line: line.number, format: found.format, time });
    if (delivery !== undefined) deliveries.push(found.carrier ? carriedDelivery(delivery, found.carrier) : delivery);
  }
  return { lines, deliveries, clock };
}

// A reply over several lines is read once, on the first of them that bites, and reported on its owner.
function extentOf(parts: Parts, line: number): { owner: number; last: number } | undefined {
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
  const place = { line: context.line, format: found.format, time: isoTime(found.parts.stamp, clock) };
  const reading = readingOf(found.parts, place);
  return found.carrier ? carriedReading(reading, found.carrier) : reading;
}

/** Reads a log piece by piece. */
export interface Reader {
  /** Reads the next chunk, which must end behind a line break (or be the last); its deliveries. */
  push(chunk: string): readonly Delivery[];
  /** The deliveries of a last mail, which ends with the text; call once, behind the last chunk. */
  finish(): readonly Delivery[];
  /** The mails so far, in a `bounce`. */
  readonly mails: MailCounts | undefined;
  /** The format; undefined before the first chunk and for a text that is no mail log. */
  readonly format: FormatId | undefined;
  /** Lines so far. */
  readonly lines: number;
}

/** A reader for a text that does not fit into one string; the format is decided on the first chunk. */
export function createReader(options: ReadOptions): Reader {
  let context: ReadContext | undefined;
  let folder: ReturnType<typeof createFolderReader> | undefined;
  let lines = 0;
  let before = "";
  return {
    push(chunk) {
      const format = context?.format ?? options.format ?? sniff(chunk);
      if (format === "bounce") {
        context ??= { format, clock: startClock(undefined) };
        folder ??= createFolderReader(quotedIn(options));
        return folder.push(chunk);
      }
      const text = before + chunk;
      const stretch = { start: before.length, end: text.length, line: lines };
      const clock = context?.clock ?? startClock(firstYear(options.ends || chunk, options.fileDate));
      const header = context === undefined ? headerIn(chunk, format) : context.header;
      const part = format && readPart(text, stretch, { format, clock, header });
      lines += part?.lines ?? scan(text, stretch, []).lines;
      before = lastLines(text);
      context = format && part && { format, clock: part.clock, header };
      return part?.deliveries ?? [];
    },
    finish: () => folder?.finish() ?? [],
    get mails() {
      return folder?.counts;
    },
    get format() {
      return context?.format;
    },
    get lines() {
      return folder?.lines ?? lines;
    },
  };
}

interface Found {
  readonly format: FormatId;
  readonly parts: Parts;
  /** Where a line that another one carries stands on it; undefined for an ordinary line. */
  readonly carrier: Plain | undefined;
}

function readAs(line: string, around: Around, log: Pick<ReadContext, "format" | "header">): Found | undefined {
  const carrier = carried(line);
  const found = readOne(carrier?.text ?? line, carriedAround(around), log);
  return found && { ...found, carrier };
}

function carriedAround(around: Around): Around {
  return (distance) => {
    const line = around(distance);
    return line && carriedText(line);
  };
}

function readOne(line: string, around: Around, log: Pick<ReadContext, "format" | "header">) {
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
  const order = formats.filter(({ id, alone }) => !alone || id === first).sort((a, b) => rank(a) - rank(b));
  rankings.set(first, order);
  return order;
}

// Lines of other servers are rare: their first bait alone is out for them.
function baitsFor(first: FormatId): readonly RegExp[] {
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

function stampNear(lines: readonly string[]): Stamp | undefined {
  for (const line of lines.map(carriedText)) {
    const stamp = readPrefix(line)?.stamp ?? readTime(line, skipContainer(line, 0))?.stamp;
    if (stamp !== undefined) return stamp;
  }
  return undefined;
}
