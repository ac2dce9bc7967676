// Text that a line holds in another form, escaped or in pieces, and where each of its characters stands on that line.
import type { Reply, Span } from "../model.ts";
import type { Piece } from "./piece.ts";

/** A text in plain, and the way from its columns to those of the line. */
export interface Plain {
  readonly text: string;
  /** Where a stretch of the text stands on the line. A stretch that does not stand there in one go ends where it begins. */
  spanOf(span: Span): Span;
}

/** A value of a line in plain: where it stands, and where its parts do. */
export interface Value extends Piece, Plain {}

/** Puts a text together. */
export interface Weaver {
  /** Adds text as it stands at a column of the line. */
  run(text: string, column: number): void;
  /** Adds text that stands on the line as something else: an escape, a number of seconds. Parts of it have no place of their own. */
  unit(text: string, at: Span): void;
  /** Adds a value, as it is. */
  value(value: Value): void;
  /** Adds text that does not stand on the line. */
  glue(text: string): void;
  finish(): Plain;
}

/** A stretch of the text, and what it is on the line: the same characters, or one unit. */
interface Thread {
  readonly at: number;
  readonly length: number;
  /** Maps a stretch of this thread, from 0 to its length. */
  readonly spanOf: (span: Span) => Span;
}

/** A weaver without text. */
export function createWeaver(): Weaver {
  const threads: Thread[] = [];
  let text = "";
  const add = (more: string, spanOf: Thread["spanOf"]): void => {
    if (more === "") return;
    threads.push({ at: text.length, length: more.length, spanOf });
    text += more;
  };
  const weaver: Weaver = {
    run: (more, column) => add(more, ({ start, end }) => ({ start: start + column, end: end + column })),
    unit: (more, at) => add(more, () => ({ start: at.start, end: at.end })),
    value: (value) => add(value.text, value.spanOf),
    glue: (more) => add(more, () => ({ start: -1, end: -1 })),
    finish: () => ({ text, spanOf: (span) => spanAlong(threads, span) }),
  };
  return weaver;
}

function spanAlong(threads: readonly Thread[], { start, end }: Span): Span {
  if (start < 0 || end <= start) return { start: -1, end: -1 };
  const [first, last] = [threadAt(threads, start), threadAt(threads, end - 1)];
  const from = first?.spanOf({ start: start - first.at, end: start - first.at + 1 }).start ?? -1;
  const to = last?.spanOf({ start: end - 1 - last.at, end: end - last.at }).end ?? -1;
  return to < from || from < 0 ? { start: from, end: from } : { start: from, end: to };
}

function threadAt(threads: readonly Thread[], at: number): Thread | undefined {
  let low = 0;
  let high = threads.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((threads[middle]?.at ?? 0) <= at) low = middle;
    else high = middle - 1;
  }
  return threads[low];
}

/** A stretch of a line as a value: it stands there as it is. */
export function plainValue(line: string, start: number, end: number): Value {
  return {
    text: line.slice(start, end),
    start,
    end,
    spanOf: (span) => ({ start: span.start + start, end: span.end + start }),
  };
}

/** A value of a value's text, with its columns on the line. */
export function valueWithin(outer: Plain, inner: Value): Value {
  return { text: inner.text, ...outer.spanOf(inner), spanOf: (span) => outer.spanOf(inner.spanOf(span)) };
}

/** A piece of a text in plain, with its columns on the line. */
export function placed(outer: Plain, piece: Piece): Piece {
  return { text: piece.text, ...(piece.start < 0 ? { start: -1, end: -1 } : outer.spanOf(piece)) };
}

/** A reply in a text in plain, with its columns on the line. */
export function placedReply(outer: Plain, reply: Reply): Reply {
  const spanOf = (span: Span | undefined) => span && outer.spanOf(span);
  return {
    ...reply,
    span: outer.spanOf(reply.span),
    codeSpan: spanOf(reply.codeSpan),
    enhancedSpan: spanOf(reply.enhancedSpan),
    tokenSpan: spanOf(reply.tokenSpan),
  };
}
