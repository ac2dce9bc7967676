// A piece of a line: what it says and where it stands, the currency in which the formats pay.
import type { Span } from "../model.ts";

/** Text of a line with its columns. */
export interface Piece extends Span {
  readonly text: string;
}

/** The piece between two columns of a line, without white space around it. */
export function piece(line: string, start: number, end: number): Piece {
  let from = start;
  let to = end;
  while (from < to && isBlank(line.charCodeAt(from))) from++;
  while (to > from && isBlank(line.charCodeAt(to - 1))) to--;
  return { text: line.slice(from, to), start: from, end: to };
}

/** The piece, or undefined when nothing but white space is there. */
export function pieceOrNothing(line: string, start: number, end: number): Piece | undefined {
  const found = piece(line, start, end);
  return found.text === "" ? undefined : found;
}

/** The piece that a group of a match covers, if it matched any text; the pattern needs the flag `d`. */
export function groupPiece(match: RegExpExecArray, group: number): Piece | undefined {
  const at = match.indices?.[group];
  const text = match[group];
  return at === undefined || text === undefined || text === "" ? undefined : { text, start: at[0], end: at[1] };
}

/** The same of a match within a piece: its columns are those of the line. */
export function groupWithin(whole: Piece, match: RegExpExecArray, group: number): Piece | undefined {
  const at = groupPiece(match, group);
  return at && { text: at.text, start: at.start + whole.start, end: at.end + whole.start };
}

/** The same piece, cut to at most `length` characters. */
export function bounded(whole: Piece, length: number): Piece {
  if (whole.text.length <= length) return whole;
  return { text: whole.text.slice(0, length), start: whole.start, end: whole.start + length };
}

function isBlank(code: number): boolean {
  return code === 32 || code === 9 || code === 13;
}
