// Where a reply that was decoded and unfolded stands in the document: a line, and the columns of what that line shows.
import type { Reply, Span } from "../../model.ts";
import { piece } from "../piece.ts";
import { longestText, readReply } from "../reply.ts";
import type { MailLine } from "./lines.ts";

/** A line of the message, from 0, the stretch that tells of the failure, and the reply with its places there. */
export interface Placed {
  readonly line: number;
  readonly span: Span;
  readonly reply: Reply | undefined;
}

/** A line of text may be softly broken over many; only so many are searched. */
const mostSearched = 50;

/** Finds the line among those that hold a failure on which its code stands; the first of them when none shows it. */
export function placed(reply: Reply | undefined, holders: readonly MailLine[], document: readonly string[]): Placed {
  const numbers = holders.flatMap(({ first, last }) => range(first, Math.min(last, first + mostSearched)));
  const needle = reply?.code?.toString() ?? reply?.enhanced ?? reply?.token;
  for (const line of numbers.slice(0, mostSearched)) {
    const text = document[line] ?? "";
    const at = needle === undefined ? -1 : placeOf(needle, text, reply?.text ?? "");
    if (at >= 0) return onLine({ text, line, at }, reply);
  }
  const line = numbers[0] ?? 0;
  const text = document[line] ?? "";
  const whole = piece(text, 0, text.length);
  const span = { start: whole.start, end: Math.max(whole.start, Math.min(whole.end, whole.start + longestText)) };
  return { line, span, reply: reply && { ...reply, ...nowhere, span } };
}

const nowhere = { codeSpan: undefined, enhancedSpan: undefined, tokenSpan: undefined };

function range(first: number, last: number): number[] {
  return Array.from({ length: Math.max(1, last - first + 1) }, (_, index) => first + index);
}

const mostTries = 20;

// The place where the reply's own text goes on counts more than the first place that has the number.
function placeOf(needle: string, line: string, text: string): number {
  const found: number[] = [];
  for (let at = line.indexOf(needle); at >= 0 && found.length < mostTries; at = line.indexOf(needle, at + 1)) {
    if (!/[\w.@+-]$/.test(line.slice(Math.max(0, at - 1), at)) && !/^(?:\w|\.\d)/.test(line.slice(at + needle.length)))
      found.push(at);
  }
  const start = text.slice(0, 12);
  return found.find((at) => line.startsWith(start, at)) ?? found[0] ?? -1;
}

function onLine(found: { text: string; line: number; at: number }, reply: Reply | undefined): Placed {
  const { text, line, at } = found;
  const own = readReply(text, at, text.length);
  const end = own?.span.end ?? piece(text, at, text.length).end;
  const span = { start: at, end };
  if (reply === undefined) return { line, span, reply };
  const token = reply.token === undefined ? -1 : text.indexOf(reply.token, at);
  return {
    line,
    span,
    reply: {
      ...reply,
      span,
      codeSpan: reply.code === undefined ? undefined : { start: at, end: at + 3 },
      enhancedSpan: own?.enhanced === reply.enhanced ? own?.enhancedSpan : undefined,
      tokenSpan: token < 0 ? undefined : { start: token, end: token + (reply.token?.length ?? 0) },
    },
  };
}
