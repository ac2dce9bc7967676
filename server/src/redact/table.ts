// Remembers which value has which number, so that the same value is always called the same; its memory is bounded.
import type { Digest } from "./known.ts";

/** Which kind of value: numbers count within a kind. */
export type Kind =
  | "user"
  | "host"
  | "domain"
  | "id"
  | "subject"
  | "name"
  | "part"
  | "v4"
  | "v4-10"
  | "v4-172"
  | "v4-192"
  | "v4-100"
  | "v4-169"
  | "v6"
  | "v6-local"
  | "v6-link";

/** The numbers that may be given: from 0, below `size`. */
export interface Room {
  readonly size: number;
  isFree(number: number): boolean;
}

/** The numbers of one run. */
export interface Table {
  /** What tells a value from the others of its kind, behind "user-": a number, digits of the digest, or "other" when the table is full. */
  tag(kind: Kind, value: string): string;
  /** The number of a value; undefined when the room or the table is full. */
  number(kind: Kind, value: string, room: Room): number | undefined;
  has(kind: Kind, value: string): boolean;
  /** True once a value had to share its name with others. */
  readonly full: boolean;
  /** Starts to count the values that are asked for; gives how many there were since. */
  counted(): () => number;
}

/** So many values are told apart, in some 50 MB; the later ones share a name. */
export const mostValues = 250_000;

/** A new table; names come by order of appearance, or from the digest. */
export function createTable(digest: Digest | undefined): Table {
  const known = new Map<string, number>();
  const give = digest === undefined ? inOrder() : byDigest(digest);
  let seen = new Set<string>();
  let full = false;
  const number: Table["number"] = (kind, value, room) => {
    const key = `${kind} ${value}`;
    seen.add(key);
    const before = known.get(key);
    if (before !== undefined) return before;
    const made = known.size < mostValues ? give(kind, value, room) : undefined;
    if (made === undefined) full = true;
    else known.set(key, made);
    return made;
  };
  return {
    number,
    tag: (kind, value) => {
      if (digest === undefined) return tagOf(number(kind, value, unbounded));
      seen.add(`${kind} ${value}`);
      return digest(`${kind} ${value}`).slice(0, 12);
    },
    has: (kind, value) => known.has(`${kind} ${value}`),
    get full() {
      return full;
    },
    counted: () => {
      seen = new Set();
      return () => seen.size;
    },
  };
}

const unbounded: Room = { size: Number.MAX_SAFE_INTEGER, isFree: () => true };

function tagOf(number: number | undefined): string {
  return number === undefined ? "other" : String(number + 1);
}

type Give = (kind: Kind, value: string, room: Room) => number | undefined;

function inOrder(): Give {
  const next = new Map<Kind, number>();
  return (kind, _value, { size, isFree }) => {
    let number = next.get(kind) ?? 0;
    while (number < size && !isFree(number)) number++;
    next.set(kind, number + 1);
    return number < size ? number : undefined;
  };
}

/** Beyond so many taken neighbours a number counts as not to be had. */
const mostSteps = 4_096;

/** Two values that fall on one number: the later takes the next, so it may be another number in another run. */
function byDigest(digest: Digest): Give {
  const taken = new Set<string>();
  return (kind, value, { size, isFree }) => {
    const start = Number.parseInt(digest(`${kind} ${value}`).slice(0, 12), 16) % size;
    for (let step = 0; step < Math.min(size, mostSteps); step++) {
      const number = (start + step) % size;
      if (taken.has(`${kind} ${number}`) || !isFree(number)) continue;
      taken.add(`${kind} ${number}`);
      return number;
    }
    return undefined;
  };
}
