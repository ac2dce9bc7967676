// The grammar of an SMTP reply in running text: reply code, enhanced code, provider token, and where each stands (RFC 5321 4.2, RFC 3463 2).
import type { Reply, Span } from "../model.ts";
import { bounded, type Piece, piece } from "./piece.ts";
import { findToken } from "./token.ts";

/** The longest text of a reply that is kept. */
export const longestText = 4096;

const codeShape = /[2-5]\d\d/y;
// "550:" and "550)" are seen, a hyphen folds; "550.5", "550-12" and "550EUR" are numbers.
const codeEnd = /[\s:;)\]"'\\]|-(?!\d\d)/y;
// The code is the end of each match.
const enhancedShape = /[ \t:-]{0,8}[([]?#?([245]\.\d{1,3}\.\d{1,3})(?!\w|\.\d)/y;
const enhancedAlone = /#?([245]\.\d{1,3}\.\d{1,3})(?!\w|\.\d)/y;
const foldedEnhanced = /(?<![\w.])([2-5]\d\d)[ -]#?([245]\.\d{1,3}\.\d{1,3})(?!\w|\.\d)/dg;
const tailEnhanced = /\(#([245]\.\d{1,3}\.\d{1,3})\)/dg;

/** The reply that begins exactly at `from`, its text running to `to`; undefined when none begins there. */
export function readReply(line: string, from: number, to: number): Reply | undefined {
  codeShape.lastIndex = from;
  const code = codeShape.exec(line);
  if (code === null || !codeEnds(line, from + 3, to)) return enhancedOnly(line, from, to);
  const whole = bounded(piece(line, from, to), longestText);
  const enhanced = leadingEnhanced(line, from + 3, whole.end) ?? laterEnhanced(line, whole);
  return assemble(line, whole, { code: Number(code[0]), enhanced });
}

function codeEnds(line: string, at: number, to: number): boolean {
  codeEnd.lastIndex = at;
  return at === to || (at < to && codeEnd.test(line));
}

/** Every column between `from` and `to` where a reply may begin: a code behind a blank, a colon or a bracket. */
export function findReplies(line: string, from: number, to: number): Reply[] {
  const starts = replyStarts(line, from, to);
  return starts.flatMap((start, index) => readReply(line, start, starts[index + 1] ?? to) ?? []);
}

/** The columns of further codes of a folded reply ("421-4.7.0 … 421 4.7.0 …"), for colouring. */
export function foldedCodes(reply: Reply): { readonly code: Span; readonly enhanced: Span }[] {
  if (reply.code === undefined || reply.text[3] !== "-" || !standsThere(reply)) return [];
  const found = [...reply.text.matchAll(foldedEnhanced)].filter((m) => m.index > 0 && Number(m[1]) === reply.code);
  return found.flatMap((match) => foldedSpans(match, reply.span.start));
}

// In JSON the text may stand there escaped.
function standsThere({ text, span }: Reply): boolean {
  return span.end - span.start === text.length;
}

function foldedSpans(match: RegExpExecArray, shift: number) {
  const code = match.indices?.[1];
  const enhanced = match.indices?.[2];
  if (code === undefined || enhanced === undefined) return [];
  return [{ code: shifted(code, shift), enhanced: shifted(enhanced, shift) }];
}

function shifted(at: readonly [number, number], by: number): Span {
  return { start: at[0] + by, end: at[1] + by };
}

function replyStarts(line: string, from: number, to: number): number[] {
  const shape = /(?<=^|[\s:;>"'(=,])[2-5]\d\d(?=[ -]#?[245]\.\d{1,3}\.\d{1,3}(?!\w|\.\d))/g;
  const starts: number[] = [];
  const text = line.slice(from, Math.min(to, from + longestText));
  for (const match of text.matchAll(shape)) {
    const before = starts.at(-1);
    if (before === undefined || !continues(line, before, from + match.index)) starts.push(from + match.index);
  }
  return starts;
}

// A code that repeats the one before it is the same reply folded; one within a reply's text is a quotation.
function continues(line: string, start: number, next: number): boolean {
  return line.slice(start, start + 3) === line.slice(next, next + 3) || !/[:;("]\s*$/.test(line.slice(start, next));
}

interface Codes {
  readonly code: number | undefined;
  readonly enhanced: Piece | undefined;
}

function assemble(line: string, whole: Piece, codes: Codes): Reply {
  const failing = codes.code === undefined || codes.code >= 400;
  const token = failing ? findToken(line, whole.start, whole.end) : undefined;
  return {
    code: codes.code,
    enhanced: codes.enhanced?.text,
    token: token?.text,
    text: whole.text,
    span: spanOf(whole),
    codeSpan: codes.code === undefined ? undefined : { start: whole.start, end: whole.start + 3 },
    enhancedSpan: codes.enhanced && spanOf(codes.enhanced),
    tokenSpan: token && spanOf(token),
  };
}

function spanOf(of: Span): Span {
  return { start: of.start, end: of.end };
}

// Milters and content filters answer with the enhanced code alone: "5.7.1 Spam message rejected".
function enhancedOnly(line: string, from: number, to: number): Reply | undefined {
  const enhanced = enhancedAt(enhancedAlone, line, from);
  if (enhanced === undefined || enhanced.end > to) return undefined;
  const whole = bounded(piece(line, from, to), longestText);
  return assemble(line, whole, { code: undefined, enhanced });
}

function leadingEnhanced(line: string, from: number, to: number): Piece | undefined {
  const enhanced = enhancedAt(enhancedShape, line, from);
  return enhanced === undefined || enhanced.end > to ? undefined : enhanced;
}

function enhancedAt(shape: RegExp, line: string, from: number): Piece | undefined {
  shape.lastIndex = from;
  const text = shape.exec(line)?.[1];
  return text === undefined ? undefined : { text, start: shape.lastIndex - text.length, end: shape.lastIndex };
}

// The first line of a folded reply may lack the enhanced code; qmail writes it at the end, "(#5.7.1)".
function laterEnhanced(line: string, whole: Piece): Piece | undefined {
  const code = whole.text.slice(0, 3);
  const folded =
    whole.text[3] === "-" ? [...whole.text.matchAll(foldedEnhanced)].find((m) => m[1] === code) : undefined;
  const tail = whole.text.includes("(#")
    ? [...whole.text.matchAll(tailEnhanced)].findLast((m) => m[1]?.[0] === code[0])
    : undefined;
  const at = folded?.indices?.[2] ?? tail?.indices?.[1];
  return at === undefined ? undefined : piece(line, whole.start + at[0], whole.start + at[1]);
}

/** A reply of which the line shows neither code: only the token, as in Exim's own refusals; undefined without one. */
export function tokenReply(line: string, words: Piece): Reply | undefined {
  const reply = assemble(line, bounded(words, longestText), { code: undefined, enhanced: undefined });
  return reply.token === undefined ? undefined : reply;
}

/** What a server says in its own words with an enhanced code at their end, "Sorry, … (#5.1.2)"; undefined without one. */
export function tailReply(line: string, words: Piece): Reply | undefined {
  const whole = bounded(words, longestText);
  const at = [...whole.text.matchAll(tailEnhanced)].at(-1)?.indices?.[1];
  if (at === undefined) return undefined;
  return assemble(line, whole, { code: undefined, enhanced: piece(line, whole.start + at[0], whole.start + at[1]) });
}
