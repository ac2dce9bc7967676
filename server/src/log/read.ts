// Reads a log: picks its format, scans for the lines that matter, reads them and gives them their times.
import type { Clock, Delivery, FormatId, MailCounts, Reading } from "../model.ts";
import { advance, isoTime, startClock } from "./clock.ts";
import { clockBehind, firstYear } from "./firstYear.ts";
import type { Around } from "./format.ts";
import { formats } from "./formats/index.ts";
import { createLineReader, noPassage } from "./lineReader.ts";
import { createFolderReader, type ReadOther } from "./mail/folder.ts";
import { baitsFor, type LogKind, readAs } from "./readAs.ts";
import { carriedReading, readingOf } from "./reading.ts";
import { lineOf, longestLine, neighbours, type ScanText, type Stretch, scan, wholeOf } from "./scan.ts";
import { headLines, sniff, sniffQuoted } from "./sniff.ts";

/** How to read a log. `fileDate` gives the years that syslog leaves out; without it such times stay undefined. */
export interface ReadOptions {
  readonly fileDate: Date | undefined;
  /** The format, when it is known; otherwise it is sniffed. */
  readonly format?: FormatId | undefined;
  /** The first and last lines of a text that comes in pieces: they give its first year. */
  readonly ends?: string | undefined;
  /** A faster way to scan, where there is one. */
  readonly scan?: ScanText | undefined;
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
export interface ReadContext extends LogKind {
  /** The clock before the part's first line. */
  readonly clock: Clock;
  readonly scan?: ScanText | undefined;
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
  const { lines, deliveries } = readPart(text, whole, { format, clock: start, header, scan: options.scan });
  return { format, lines, deliveries, start, header };
}

// What a report says hangs together over many lines, so mails are read whole.
function readFolder(text: string, options: ReadOptions): Log {
  const reader = createFolderReader(quotedIn(options));
  const deliveries = [...reader.push(text), ...reader.finish()];
  const start = clockBehind(undefined, text, options.fileDate);
  return { format: "bounce", lines: reader.lines, deliveries, start, header: undefined, mails: reader.counts };
}

/** Reads the lines of a log that a mail quotes which is no report. */
export function quotedIn({ fileDate }: ReadOptions): ReadOther {
  return (text, line) => {
    const format = sniffQuoted(text) ?? "plain";
    const context = { format, clock: startClock(firstYear(text, fileDate)), header: headerIn(text, format) };
    return readPart(text, { start: 0, end: text.length, line }, context).deliveries;
  };
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
  const { candidates, lines } =
    context.scan?.(text, stretch, context.format) ?? scan(text, stretch, baitsFor(context.format));
  const reader = createLineReader(context, { clock: context.clock, passage: noPassage });
  const deliveries: Delivery[] = [];
  for (const line of candidates) {
    if (!reader.wants(line.number)) continue;
    const delivery = reader.read(line.number, lineOf(text, line), neighbours(text, line));
    if (delivery !== undefined) deliveries.push(delivery);
  }
  return { lines, deliveries, clock: reader.state.clock };
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

function nothing(): undefined {
  return undefined;
}
