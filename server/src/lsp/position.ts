// Stretches of a line and the editor's positions: both count UTF-16 columns from 0.
import type { Range } from "vscode-languageserver";
import type { Span } from "../model.ts";

/** True when the cursor stands in the stretch or at one of its ends. */
export function covers(span: Span, character: number): boolean {
  return span.start <= character && character <= span.end;
}

/** A stretch of a line as the editor's range. */
export function rangeOn(line: number, { start, end }: Span): Range {
  return { start: { line, character: start }, end: { line, character: end } };
}
