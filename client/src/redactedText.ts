// What is copied redacted, and what is said about it.
import type { RedactedLines } from "../../server/src/protocol.ts";

/** A selection of an editor, as far as it matters here; lines from 0. */
export interface Selected {
  readonly isEmpty: boolean;
  readonly start: { readonly line: number };
  readonly end: { readonly line: number; readonly character: number };
}

/** Lines, both included, from 0. */
export interface Lines {
  readonly first: number;
  readonly last: number;
}

/** The lines that a selection touches; all lines when nothing is selected. */
export function linesOf({ isEmpty, start, end }: Selected, lineCount: number): Lines {
  if (isEmpty) return { first: 0, last: Math.max(0, lineCount - 1) };
  const touches = end.character > 0 || end.line === start.line;
  return { first: start.line, last: touches ? end.line : end.line - 1 };
}

/** What to tell the user after copying; `wanted` is how many lines the copy was to have. */
export function copiedWords({ lines, values, full }: RedactedLines, wanted: number): string {
  const cut =
    lines < wanted
      ? ` The clipboard holds the first ${lines} lines only; "smtp-log-lens redact" takes files of any size.`
      : "";
  const shared = full ? " There were too many values to tell all apart, so some share a pseudonym." : "";
  return `Copied ${counted(lines, "line")}, ${counted(values, "value")} replaced.${cut}${shared} Read the text before you pass it on.`;
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}
