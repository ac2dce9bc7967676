// What a bait looks for, as sequences of sets of bytes: wherever the bait bites, one of them stands.
import { bytesOf, type Cursor, type Letters, otherThan, readLetters } from "./byteSet.ts";

/** A sequence of sets of bytes, within one line. */
export interface Sequence {
  readonly sets: readonly ReadonlySet<number>[];
  /** True when the bait bites wherever the sequence stands; otherwise the bait itself must be asked. */
  readonly sure: boolean;
}

/** More sequences than this are not written out of one bait. */
const most = 64;

/** No sequence is longer, in bytes. */
const longest = 24;

/** A part of a pattern: what it begins with. */
interface Part {
  readonly letters: readonly Letters[];
  /** What stands before the bite, from a look behind. */
  readonly before: Letters | undefined;
  /** What follows is not told here. */
  readonly open: boolean;
  readonly sure: boolean;
}

const empty: Part = { letters: [], before: undefined, open: false, sure: true };
const unknown: Part = { ...empty, open: true, sure: false };
/** A condition that takes no room: what follows still stands there, but the bait must be asked. */
const condition: Part = { ...empty, sure: false };

/** The sequences of a bait; undefined when some of its bites begin with nothing that can be told. */
export function sequencesOf(bait: RegExp): readonly Sequence[] | undefined {
  if (/[^g]/.test(bait.flags)) return undefined;
  const parts = readChoice({ source: bait.source, at: 0 });
  if (parts.length > most || parts.some(({ letters }) => letters.length < 2)) return undefined;
  return parts.map(({ letters, before, sure }) => ({
    sets: [...(before === undefined ? [] : [before]), ...letters.slice(0, longest)].map(bytesOf),
    sure: sure && letters.length <= longest,
  }));
}

function readChoice(cursor: Cursor): readonly Part[] {
  const parts = [...readRow(cursor)];
  while (cursor.source[cursor.at] === "|") {
    cursor.at++;
    parts.push(...readRow(cursor));
  }
  return parts;
}

function readRow(cursor: Cursor): readonly Part[] {
  let row: readonly Part[] = [empty];
  while (cursor.at < cursor.source.length && !/[|)]/.test(cursor.source[cursor.at] ?? "")) {
    const next = readRepeated(cursor);
    const fits = row.length * next.length <= most;
    row = row.flatMap((part) => (fits ? next : [unknown]).map((more) => joined(part, more)));
  }
  return row;
}

function joined(part: Part, more: Part): Part {
  if (part.open || (more.before !== undefined && part.letters.length > 0)) return { ...part, open: true, sure: false };
  const letters = [...part.letters, ...more.letters];
  return { letters, before: part.before ?? more.before, open: more.open, sure: part.sure && more.sure };
}

const repetition = /(?:\?|\*|\+|\{(\d+)(,?)\d*\})\??/y;

function readRepeated(cursor: Cursor): readonly Part[] {
  const parts = readAtom(cursor);
  repetition.lastIndex = cursor.at;
  const match = repetition.exec(cursor.source);
  if (match === null) return parts;
  cursor.at += match[0].length;
  if (match[0].startsWith("?")) return [...parts, empty];
  if (match[0].startsWith("+")) return parts.map((part) => ({ ...part, open: true, sure: false }));
  const [part = unknown, ...others] = parts;
  const times = Number(match[1] ?? 0);
  if (others.length > 0 || part.open || times > longest) return [unknown];
  const exactly = match[1] !== undefined && match[2] === "";
  const letters = Array<readonly Letters[]>(times).fill(part.letters).flat();
  return [{ ...part, letters, open: !exactly, sure: part.sure && exactly }];
}

function readAtom(cursor: Cursor): readonly Part[] {
  const { source, at } = cursor;
  if (source[at] === "(") return readGroup(cursor);
  const place = /\^|\$|\\b|\\B/y;
  place.lastIndex = at;
  if (place.test(source)) {
    cursor.at = place.lastIndex;
    return [condition];
  }
  const letters = readLetters(cursor);
  // A letter beyond ASCII is several bytes, so what stands behind it is not known.
  return [letters === undefined ? unknown : partOf(letters)];
}

function partOf(letters: Letters): Part {
  const wide = letters.others !== "none";
  return { ...empty, letters: [letters], open: wide, sure: letters.others !== "some" };
}

function readGroup(cursor: Cursor): readonly Part[] {
  const opening = /\((?:\?(?:<?[=!]|:|<\w+>))?/y;
  opening.lastIndex = cursor.at;
  const open = opening.exec(cursor.source)?.[0] ?? "(";
  cursor.at += open.length;
  const parts = readChoice(cursor);
  cursor.at++;
  if (open === "(?=") return parts.map(ahead);
  if (open === "(?!") return [unknown];
  if (open === "(?<!" || open === "(?<=") return [behind(parts, open === "(?<!")];
  return parts;
}

// What is looked at ahead stands there, but takes no room: nothing can be told of what follows it.
function ahead(part: Part): Part {
  return { ...part, open: true };
}

function behind([part, ...others]: readonly Part[], not: boolean): Part {
  const [letters, ...more] = part?.letters ?? [];
  if (letters === undefined || others.length > 0 || more.length > 0 || part?.sure === false) return condition;
  const before = not ? otherThan(letters) : letters;
  // The start of a text is the end of no line, but no letter either.
  return { ...empty, before, sure: not && before.others !== "some" };
}
