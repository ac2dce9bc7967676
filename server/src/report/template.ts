// The wording of a reply without what changes from line to line, told apart by a number before any text is made.
import type { Delivery, Span } from "../model.ts";

/** A longer reply is told apart by its beginning. */
const longest = 400;

const blank = 32;

/** A wording: equal keys are equal wordings. */
export interface Wording {
  readonly key: number;
  /** The text, "451 … greylisted, try again in … seconds". */
  text(): string;
}

/** The wording of a failure: words that hold a digit or an @ become an ellipsis, but for the reply's own codes. */
export function wordingOf({ reply, words, span }: Delivery): Wording {
  const text = words.length > longest ? words.slice(0, longest) : words;
  const fixed = [reply?.codeSpan, reply?.enhancedSpan, reply?.tokenSpan];
  const from = span.start;
  return { key: keyOf(text, fixed, from), text: () => wordsOf(text, fixed, from).join(" ") };
}

type Fixed = readonly (Span | undefined)[];

// Two sums of 32 bits each, as one number that a double holds exactly.
function keyOf(text: string, fixed: Fixed, from: number): number {
  let first = 0x811c9dc5;
  let second = 5381;
  let gap = false;
  for (let start = 0; start < text.length; ) {
    const end = wordEnd(text, start);
    const changes = isChanging(text, start, end) && !isFixed(fixed, from + start, from + end);
    for (let at = changes ? end : start; at < end; at++) {
      const letter = text.charCodeAt(at);
      first = Math.imul(first ^ letter, 0x01000193);
      second = (Math.imul(second, 33) + letter) | 0;
    }
    if (!changes || !gap) first = Math.imul(first ^ (changes ? 7 : blank), 0x01000193);
    gap = changes;
    start = end + 1;
  }
  return (first >>> 0) * 0x20_0000 + (second & 0x1f_ffff);
}

function wordsOf(text: string, fixed: Fixed, from: number): string[] {
  const words: string[] = [];
  for (let start = 0; start < text.length; ) {
    const end = wordEnd(text, start);
    const changes = isChanging(text, start, end) && !isFixed(fixed, from + start, from + end);
    if (!changes) words.push(text.slice(start, end));
    else if (words.at(-1) !== "…") words.push("…");
    start = end + 1;
  }
  return words;
}

function wordEnd(text: string, start: number): number {
  const end = text.indexOf(" ", start);
  return end < 0 ? text.length : end;
}

function isChanging(text: string, start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    const letter = text.charCodeAt(at);
    if ((letter >= 48 && letter <= 57) || letter === 64) return true;
  }
  return false;
}

function isFixed(fixed: Fixed, start: number, end: number): boolean {
  return fixed.some((span) => span !== undefined && span.start < end && span.end > start);
}
