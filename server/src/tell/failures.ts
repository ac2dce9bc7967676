// The text of the failing lines of a log, as they stand in it or by kind, with what stands between them in our own words.
import type { Finding } from "../model.ts";
import { bounded, visible } from "./markdown.ts";
import { codeLabel, counted, permanenceLabel } from "./words.ts";

/** A kind of failure, as far as it is told here. */
export interface FailureKind {
  readonly kept: readonly Finding[];
  readonly count: number;
}

/** A stretch of the text: what stands above, in our words, and the lines of the log below. */
export interface FailureGroup {
  readonly heading: string | undefined;
  /** From 0, rising. */
  readonly lines: readonly number[];
  /** The index of their log, where there are several. */
  readonly file?: number;
}

/** The lines of one log that were looked for. */
export interface FoundLines {
  /** The log's. */
  readonly name: string;
  /** The first ones, as many as are shown. */
  readonly lines: readonly number[];
  readonly count: number;
  /** Why the log was not read, or not to its end. */
  readonly fault: string | undefined;
}

/** Lines of ours begin so; log lines never do in a mail server's log. */
export const headingMark = "# ";

/** The failing lines in the log's own order, `lines` of `count` in all. */
export function inOrder(name: string, lines: readonly number[], count: number): readonly FailureGroup[] {
  if (count === 0) return [{ heading: `${nameIn(name)}: no line with a failure.`, lines }];
  const all = lines.length === count;
  const words = all ? "" : ` The first ${counted(lines.length, "line")} only: the rest would be too much for one text.`;
  return [{ heading: `${nameIn(name)}: ${counted(count, "line")} with a failure.${words}`, lines }];
}

/** The failing lines by kind, the most frequent first; `most` lines in all: what rare kinds leave of their shares is for the others. */
export function byKind(name: string, kinds: readonly FailureKind[], most: number): readonly FailureGroup[] {
  const share = shareOf(
    kinds.map(({ kept }) => kept.length),
    most,
  );
  const frequentFirst = [...kinds].sort((a, b) => b.count - a.count).slice(0, most);
  const groups = frequentFirst.map((kind) => {
    const lines = [...new Set(kind.kept.slice(0, share).map(({ delivery }) => delivery.line))];
    return { heading: kindHeading(kind, lines.length), lines };
  });
  return [{ heading: `${nameIn(name)}: ${counted(kinds.length, "kind")} of failure.`, lines: [] }, ...groups];
}

/** The most that each may have, so that all of them together have no more than `most`; at least 1. */
function shareOf(wanted: readonly number[], most: number): number {
  const ascending = [...wanted].sort((a, b) => a - b);
  let room = most;
  for (const [index, count] of ascending.entries()) {
    const share = Math.floor(room / (ascending.length - index));
    if (count > share) return Math.max(1, share);
    room -= count;
  }
  return most;
}

/** The lines that a number of a report stands for, by log; `name` says what they are. */
export function chosenLines(name: string, logs: readonly FoundLines[]): readonly FailureGroup[] {
  const sum = (of: (log: FoundLines) => number) => logs.reduce((all, log) => all + of(log), 0);
  const [count, shown] = [sum((log) => log.count), sum(({ lines }) => lines.length)];
  const [only] = logs;
  const where = logs.length === 1 && only !== undefined ? nameIn(only.name) : counted(logs.length, "log");
  const rest =
    shown < count ? ` The first ${shown.toLocaleString("en-US")} only: the rest would be too much for one text.` : "";
  const heading = `${bounded(visible(name), 200)}: ${counted(count, "line")} of ${where}.${rest}`;
  const groups = logs.map((log, file) => ({ heading: logHeading(log, logs.length), lines: log.lines, file }));
  return [{ heading, lines: [] }, ...groups.filter(({ heading, lines }) => heading !== undefined || lines.length > 0)];
}

function logHeading({ name, count, fault }: FoundLines, logs: number): string | undefined {
  if (fault !== undefined) return `${nameIn(name)} was not read, or not to its end: ${fault}`;
  return logs > 1 && count > 0 ? `${nameIn(name)}: ${counted(count, "line")}` : undefined;
}

function kindHeading({ kept: [first], count }: FailureKind, shown: number): string {
  const words =
    first && `${first.entry.providerName}: ${codeLabel(first)}, ${first.entry.title} (${permanenceLabel(first)})`;
  const rest = shown < count ? `, the first ${shown.toLocaleString("en-US")} below` : "";
  return `${bounded(visible(words ?? ""), 200)}: ${counted(count, "time")}${rest}`;
}

function nameIn(name: string): string {
  return bounded(visible(name), 100);
}
