// Finds an IP address that is written into a text: the way providers generate host names from addresses.
import { readBytes } from "./bytes.ts";

/** A part of a text, from `start` until before `end`. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

type Numbers = readonly number[];

/**
 * Where `text` (small letters) holds at least three of the four octets side by side in any order, all four in two pairs,
 * or the address as eight hexadecimal digits; of an IPv6 address three hextets or twelve nibbles in a row. Empty when it does not.
 */
export function mostOfAddress(text: string, bytes: Numbers): readonly Stretch[] {
  if (bytes.length === 16)
    return one(shortFormIn(text, bytes) ?? nibblesIn(text, bytes, 12) ?? hextetsIn(text, bytes, 3));
  const runs = numberRuns(text);
  const found = rowOf(runs, bytes, 4) ?? hexIn(text, bytes) ?? rowOf(runs, bytes, 3);
  return found === undefined ? twoPairs(runs, bytes) : [found];
}

/** Where `text` (small letters) holds two octets of the address, or two hextets or eight nibbles in a row; empty when it does not. */
export function partOfAddress(text: string, bytes: Numbers): readonly Stretch[] {
  if (bytes.length === 16) return one(hextetsIn(text, bytes, 2) ?? nibblesIn(text, bytes, 8));
  const runs = numberRuns(text);
  const pair = rowOf(runs, bytes, 2);
  return pair === undefined ? twoApart(runs, bytes) : [pair];
}

function one(found: Stretch | undefined): readonly Stretch[] {
  return found === undefined ? [] : [found];
}

interface Run extends Stretch {
  readonly value: number;
  /** True when at most one separator stands between it and the one before. */
  readonly joined: boolean;
}

/** The numbers in the text; digits glued in threes, as in 081002069160, are several. */
function numberRuns(text: string): readonly Run[] {
  return [...text.matchAll(/\d+/g)].flatMap(({ 0: digits, index: start }) => {
    const joined = /\d[-._x]$/.test(text.slice(Math.max(0, start - 2), start));
    const glued = digits.length > 3 && digits.length <= 12 && digits.length % 3 === 0;
    if (!glued) {
      return [{ start, end: start + digits.length, value: digits.length > 3 ? Number.NaN : Number(digits), joined }];
    }
    return Array.from({ length: digits.length / 3 }, (_, at) => {
      const from = start + at * 3;
      return { start: from, end: from + 3, value: Number(text.slice(from, from + 3)), joined: at > 0 || joined };
    });
  });
}

/** The first `size` numbers in a row that are octets of the address, each octet used once. */
function rowOf(runs: readonly Run[], octets: Numbers, size: number): Stretch | undefined {
  return rowsOf(runs, octets, size)[0];
}

function rowsOf(runs: readonly Run[], octets: Numbers, size: number): readonly (Stretch & { readonly at: number })[] {
  return runs.flatMap((first, at) => {
    const row = runs.slice(at, at + size);
    const last = row[size - 1];
    const sound = last !== undefined && sideBySide(row) && without(octets, row) !== undefined;
    return sound ? [{ start: first.start, end: last.end, at }] : [];
  });
}

function sideBySide(row: readonly Run[]): boolean {
  return row.every((run, at) => at === 0 || run.joined);
}

/** The octets that the numbers leave over; undefined when one of the numbers is no octet of it. */
function without(octets: Numbers, runs: readonly Run[]): Numbers | undefined {
  const left = [...octets];
  for (const { value } of runs) {
    const at = left.indexOf(value);
    if (at < 0) return undefined;
    left.splice(at, 1);
  }
  return left;
}

/** All four octets, two and two: "1-69-160.w81-2". */
function twoPairs(runs: readonly Run[], octets: Numbers): readonly Stretch[] {
  const pairs = rowsOf(runs, octets, 2);
  for (const first of pairs) {
    const left = without(octets, runs.slice(first.at, first.at + 2)) ?? [];
    const second = rowsOf(runs, left, 2).find(({ at }) => at >= first.at + 2);
    if (second !== undefined) return [first, second];
  }
  return [];
}

// Numbers of one digit are everywhere (mx1, dc2): apart from each other, one of the two must be longer.
function twoApart(runs: readonly Run[], octets: Numbers): readonly Stretch[] {
  for (const [at, first] of runs.entries()) {
    const left = without(octets, [first]);
    const second =
      left && runs.slice(at + 1).find((run) => without(left, [run]) && Math.max(first.value, run.value) > 9);
    if (second !== undefined) return [first, second];
  }
  return [];
}

/** The eight hexadecimal digits of an IPv4 address, in either order of its octets. */
function hexIn(text: string, bytes: Numbers): Stretch | undefined {
  const hex = (octets: Numbers) => octets.map((octet) => octet.toString(16).padStart(2, "0")).join("");
  const starts = [hex(bytes), hex([...bytes].reverse())].map((digits) => text.indexOf(digits));
  const start = starts.find((at) => at >= 0);
  return start === undefined ? undefined : { start, end: start + 8 };
}

const fewestTelling = 4;

/** The longest row of at least `fewest` nibbles of the address, in its order or reversed; zeros alone tell nothing. */
function nibblesIn(text: string, bytes: Numbers, fewest: number): Stretch | undefined {
  const nibbles = bytes.flatMap((byte) => [(byte >> 4).toString(16), (byte & 15).toString(16)]);
  const found = [...text.matchAll(/[0-9a-f](?:[-._]?[0-9a-f])*/g)].flatMap(({ 0: part, index }) => {
    const digits = [...part.matchAll(/[0-9a-f]/g)].map((digit) => ({ digit: digit[0], at: index + digit.index }));
    return [commonRow(digits, nibbles), commonRow(digits, [...nibbles].reverse())];
  });
  const row = found.reduce((best, next) => (next.length > best.length ? next : best), []);
  const [first, last] = [row[0], row.at(-1)];
  const telling = row.filter(({ digit }) => digit !== "0").length >= fewestTelling;
  return first && last && telling && row.length >= fewest ? { start: first.at, end: last.at + 1 } : undefined;
}

interface Digit {
  readonly digit: string;
  readonly at: number;
}

function commonRow(digits: readonly Digit[], nibbles: readonly string[]): readonly Digit[] {
  let best: readonly Digit[] = [];
  let lengths: readonly number[] = [];
  for (const [at, { digit }] of digits.entries()) {
    const before = lengths;
    lengths = nibbles.map((nibble, to) => (nibble === digit ? (before[to - 1] ?? 0) + 1 : 0));
    const length = Math.max(...lengths);
    if (length > best.length) best = digits.slice(at + 1 - length, at + 1);
  }
  return best;
}

/** The address as it is written, with "-" for ":": "2a02-6b8--25". */
function shortFormIn(text: string, bytes: Numbers): Stretch | undefined {
  const wanted = bytes.join();
  for (const { 0: part, index } of text.matchAll(/(?<![^-._])[0-9a-f]+(?:-{1,2}[0-9a-f]+){2,}(?![^-._])/g)) {
    for (let start = 0; start >= 0; start = nextWord(part, start)) {
      const read = readBytes(part.slice(start).replaceAll("-", ":"));
      if (read?.join() === wanted) return { start: index + start, end: index + part.length };
    }
  }
  return undefined;
}

function nextWord(part: string, from: number): number {
  const dash = part.indexOf("-", from);
  return dash < 0 ? -1 : dash + 1;
}

/** At least `fewest` hextets of the address in a row, two of them not zero; zeros in front of each may be left out. */
function hextetsIn(text: string, bytes: Numbers, fewest: number): Stretch | undefined {
  const hextets = Array.from({ length: 8 }, (_, at) => (bytes[at * 2] ?? 0) * 256 + (bytes[at * 2 + 1] ?? 0));
  const words = [...text.matchAll(/[^-._]+/g)].map(({ 0: word, index: start }) => {
    const value = /^[0-9a-f]{1,4}$/.test(word) ? Number.parseInt(word, 16) : Number.NaN;
    return { start, end: start + word.length, value, joined: /[^-._][-._]$/.test(text.slice(0, start)) };
  });
  for (const [at, first] of words.entries()) {
    const row = longestRow(words.slice(at, at + 8), hextets);
    const last = row.at(-1);
    if (last && row.length >= fewest && row.filter(({ value }) => value > 0).length >= 2)
      return { start: first.start, end: last.end };
  }
  return undefined;
}

function longestRow(words: readonly Run[], hextets: Numbers): readonly Run[] {
  const rows = hextets.map((_, from) => {
    const end = words.findIndex((word, at) => word.value !== hextets[from + at] || !sideBySide(words.slice(0, at + 1)));
    return end < 0 ? words : words.slice(0, end);
  });
  return rows.reduce((best, row) => (row.length > best.length ? row : best), []);
}
