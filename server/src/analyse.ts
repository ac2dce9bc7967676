// The joint of log and catalogue: a log's text in, its findings out, renewed by changed lines only.
import { lookup } from "./catalogue/lookup.ts";
import { clockAt } from "./log/clock.ts";
import type { Around } from "./log/format.ts";
import { type ReadContext, readLine, readLog, readPart } from "./log/read.ts";
import type { ScanText } from "./log/scan.ts";
import { sniff } from "./log/sniff.ts";
import type { Analysis, Clock, Delivery, Finding, FormatId, Reading } from "./model.ts";

/** How a text is to be taken. */
export interface AnalyseOptions {
  /** When the file was last changed: it gives the years that syslog leaves out. */
  readonly fileDate: Date | undefined;
  /** True when the user says that it is a mail log, whatever its first lines look like. */
  readonly certain: boolean;
  /** A faster way to scan, where there is one. */
  readonly scan?: ScanText | undefined;
}

/** An edit in lines: `removed` lines from `first` on became `inserted` lines. */
export interface Change {
  readonly first: number;
  readonly removed: number;
  readonly inserted: number;
}

/** Gives the text of the lines from `first` to behind `last`. */
export type LinesOf = (first: number, last: number) => string;

/** A reply may run over this many lines (a pasted bounce), so an edit can matter this far away. */
const reach = 24;

/** A delivery with its explanation. */
export function explained(delivery: Delivery): Finding {
  return { delivery, ...lookup(delivery) };
}

/** The format by a text's first lines; a certain mail log is at least plain. */
export function formatOf(text: string, certain: boolean): FormatId | undefined {
  return sniff(text) ?? (certain ? "plain" : undefined);
}

/** The analysis of a text; undefined when it is no mail log. */
export function analyse(text: string, options: AnalyseOptions): Analysis | undefined {
  const format = formatOf(text, options.certain);
  if (format === undefined) return undefined;
  const { lines, deliveries, start, header, mails } = readLog(text, { ...options, format });
  const counted = mails === undefined ? {} : { mails };
  return { format, lines, findings: deliveries.map(explained), start, header, ...counted };
}

/** Whether what a line says depends on all lines: such a text is analysed whole after each edit. */
export function hangsTogether({ format }: Analysis): boolean {
  return format === "bounce";
}

/** The analysis after an edit of a text that does not hang together; `linesOf` gives the new text. Only lines near the edit are read again. */
export function renewed(analysis: Analysis, change: Change, linesOf: LinesOf): Analysis {
  const { findings } = analysis;
  const shift = change.inserted - change.removed;
  const first = Math.max(0, change.first - reach);
  const behindOld = change.first + change.removed + reach;
  const from = lineIndex(findings, first);
  const to = lineIndex(findings, behindOld);
  const read = readAround(
    analysis,
    { first, behind: behindOld + shift, clock: clockNear(analysis, from, to) },
    linesOf,
  );
  const after = findings.slice(to);
  return {
    ...analysis,
    lines: analysis.lines + shift,
    findings: [
      ...findings.slice(0, from),
      ...read,
      ...(shift === 0 ? after : after.map((finding) => moved(finding, shift))),
    ],
  };
}

interface Window {
  readonly first: number;
  readonly behind: number;
  readonly clock: Clock;
}

/** The clock for a window: of the last time before it, else of the first behind it, for the log's start may be gone. */
function clockNear({ findings, start }: Analysis, from: number, to: number): Clock {
  const timed = ({ delivery }: Finding): boolean => delivery.time !== undefined;
  const near = findings.slice(0, from).findLast(timed) ?? findings.slice(to).find(timed);
  return near?.delivery.time === undefined ? start : clockAt(near.delivery.time);
}

/** Reads a window with its neighbours in sight, and keeps what lies in it. */
function readAround(analysis: Analysis, { first, behind, clock }: Window, linesOf: LinesOf): Finding[] {
  const start = Math.max(0, first - reach);
  const text = linesOf(start, behind + reach);
  const context: ReadContext = { format: analysis.format, clock, header: analysis.header };
  const { deliveries } = readPart(text, { start: 0, end: text.length, line: start }, context);
  return deliveries.filter(({ line }) => line >= first && line < behind).map(explained);
}

/** The findings on one line. */
export function findingsOn({ findings }: Analysis, line: number): readonly Finding[] {
  return findings.slice(lineIndex(findings, line), lineIndex(findings, line + 1));
}

/** What one line holds, for colours and hovers. */
export function readingOf({ format, start, header }: Analysis, text: string, around: Around): Reading {
  return readLine(text, { format, clock: start, header, line: 0, around });
}

/** The index of the first finding on `line` or behind it; findings are sorted. */
function lineIndex(findings: readonly Finding[], line: number): number {
  let low = 0;
  let high = findings.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((findings[middle]?.delivery.line ?? 0) < line) low = middle + 1;
    else high = middle;
  }
  return low;
}

function moved(finding: Finding, by: number): Finding {
  return { ...finding, delivery: { ...finding.delivery, line: finding.delivery.line + by } };
}
