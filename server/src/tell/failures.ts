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
}

/** Lines of ours begin so; log lines never do in a mail server's log. */
export const headingMark = "# ";

/** The failing lines in the log's own order, `lines` of `count` in all. */
export function inOrder(name: string, lines: readonly number[], count: number): readonly FailureGroup[] {
  const all = lines.length === count;
  const words = all ? "" : ` The first ${counted(lines.length, "line")} only: the rest would be too much for one text.`;
  return [{ heading: `${nameIn(name)}: ${counted(count, "line")} with a failure.${words}`, lines }];
}

/** The failing lines by kind, the most frequent first; `most` lines in all, fair shares. */
export function byKind(name: string, kinds: readonly FailureKind[], most: number): readonly FailureGroup[] {
  const share = Math.max(1, Math.floor(most / Math.max(1, kinds.length)));
  const frequentFirst = [...kinds].sort((a, b) => b.count - a.count).slice(0, most);
  const groups = frequentFirst.map((kind) => {
    const lines = [...new Set(kind.kept.slice(0, share).map(({ delivery }) => delivery.line))];
    return { heading: kindHeading(kind, lines.length), lines };
  });
  return [{ heading: `${nameIn(name)}: ${counted(kinds.length, "kind")} of failure.`, lines: [] }, ...groups];
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
