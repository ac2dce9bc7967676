// The sets of letters in a pattern (a letter, an escape, a class), as sets of bytes of UTF-8.

/** The letters of ASCII that belong, and whether no, some or all others do. */
export interface Letters {
  readonly ascii: ReadonlySet<number>;
  readonly others: "none" | "some" | "all";
}

/** A place in a pattern's source. */
export interface Cursor {
  readonly source: string;
  at: number;
}

const classes: Readonly<Record<string, Letters>> = {
  d: { ascii: range(48, 57), others: "none" },
  w: { ascii: new Set([...range(48, 57), ...range(65, 90), ...range(97, 122), 95]), others: "none" },
  s: { ascii: new Set([9, 10, 11, 12, 13, 32]), others: "some" },
};
const controls: Readonly<Record<string, number>> = { t: 9, n: 10, v: 11, f: 12, r: 13 };

function range(first: number, last: number): ReadonlySet<number> {
  return new Set(Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index));
}

/** The letters that do not belong. */
export function otherThan({ ascii, others }: Letters): Letters {
  const rest = [...range(0, 127)].filter((code) => !ascii.has(code));
  return { ascii: new Set(rest), others: others === "some" ? "some" : others === "all" ? "none" : "all" };
}

/** Reads one letter, escape or class, and steps behind it; undefined for what is not known here. */
export function readLetters(cursor: Cursor): Letters | undefined {
  const letter = next(cursor);
  if (letter === ".") return otherThan({ ascii: new Set([10, 13]), others: "some" });
  if (letter === "[") return readClass(cursor);
  cursor.at--;
  return readOne(cursor);
}

function readOne(cursor: Cursor): Letters | undefined {
  const letter = next(cursor);
  return letter === "\\" ? escaped(next(cursor)) : single(letter);
}

function next(cursor: Cursor): string {
  const letter = cursor.source[cursor.at] ?? "";
  cursor.at++;
  return letter;
}

function single(letter: string): Letters | undefined {
  const code = letter.charCodeAt(0);
  return code < 128 ? { ascii: new Set([code]), others: "none" } : undefined;
}

function escaped(letter: string): Letters | undefined {
  const code = controls[letter];
  if (code !== undefined) return { ascii: new Set([code]), others: "none" };
  const named = classes[letter.toLowerCase()];
  if (named !== undefined) return letter === letter.toLowerCase() ? named : otherThan(named);
  return /[A-Za-z0-9]/.test(letter) ? undefined : single(letter);
}

function readClass(cursor: Cursor): Letters | undefined {
  const not = cursor.source[cursor.at] === "^";
  if (not) cursor.at++;
  let all: Letters | undefined = { ascii: new Set(), others: "none" };
  while (cursor.at < cursor.source.length && cursor.source[cursor.at] !== "]") all = both(all, readMember(cursor));
  cursor.at++;
  return not && all !== undefined ? otherThan(all) : all;
}

function both(a: Letters | undefined, b: Letters | undefined): Letters | undefined {
  if (a === undefined || b === undefined) return undefined;
  const others = [a.others, b.others];
  return {
    ascii: new Set([...a.ascii, ...b.ascii]),
    others: others.includes("all") ? "all" : others.includes("some") ? "some" : "none",
  };
}

function readMember(cursor: Cursor): Letters | undefined {
  const first = readOne(cursor);
  const isRange = cursor.source[cursor.at] === "-" && cursor.source[cursor.at + 1] !== "]";
  if (first === undefined || !isRange || first.ascii.size !== 1) return first;
  cursor.at++;
  const last = readOne(cursor);
  return last && { ascii: range(Math.max(...first.ascii), Math.max(...last.ascii)), others: "none" };
}

/** The bytes that such a letter may begin with, or, beyond ASCII, hold. */
export function bytesOf({ ascii, others }: Letters): ReadonlySet<number> {
  return others === "none" ? ascii : new Set([...ascii, ...range(128, 255)]);
}
