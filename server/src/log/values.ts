// Values that stand behind a key, as many servers log them: `to=<…>`, `relay="…"`, `delay=1s`.
import { groupPiece, type Piece, piece, pieceOrNothing } from "./piece.ts";

/** The value behind the first place of a key (`" evpid="`) from a column on: to the closing quote, or to the next blank or comma. */
export function valueBehind(line: string, from: number, key: string): Piece | undefined {
  const at = line.indexOf(key, from);
  if (at < 0) return undefined;
  const start = at + key.length;
  if (line[start] === '"') return pieceOrNothing(line, start + 1, endOf(line, '"', start + 1));
  const length = line.slice(start).search(/[ ,]|$/);
  return pieceOrNothing(line, start, start + length);
}

/** The address in the angle brackets that a key (`" to=<"`) opens. */
export function addressBehind(line: string, from: number, key: string): Piece | undefined {
  const at = line.indexOf(key, from);
  const end = at < 0 ? -1 : line.indexOf(">", at + key.length);
  return end < 0 ? undefined : pieceOrNothing(line, at + key.length, end);
}

/** The rest of a line from a column on, without the quotes around it. */
export function restOf(line: string, at: number): Piece {
  const end = line.trimEnd().length;
  const quoted = line[at] === '"';
  return piece(line, quoted ? at + 1 : at, quoted && end > at + 1 && line[end - 1] === '"' ? end - 1 : end);
}

/** The match of a sticky pattern at a column. */
export function matchAt(shape: RegExp, line: string, at: number): RegExpExecArray | undefined {
  shape.lastIndex = at;
  return shape.exec(line) ?? undefined;
}

function endOf(line: string, mark: string, from: number): number {
  const end = line.indexOf(mark, from);
  return end < 0 ? line.length : end;
}

/** The text behind a key of a JSON object on one line, its escapes as they stand; undefined for other values. */
export function jsonValue(line: string, key: string): Piece | undefined {
  const at = line.indexOf(`"${key}":`);
  if (at < 0) return undefined;
  const start = at + key.length + (line[at + key.length + 3] === " " ? 4 : 3);
  const match = matchAt(/"((?:[^"\\]|\\.)*)"/dy, line, start);
  return match && groupPiece(match, 1);
}
