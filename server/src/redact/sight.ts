// What a finder sees: one line, what is spoken for on it, and the names to give.
import type { Addresses } from "./addresses.ts";
import type { Claims } from "./claims.ts";
import type { Known } from "./known.ts";
import type { Names } from "./names.ts";

/** One line and everything that is needed to redact it. */
export interface Sight {
  readonly line: string;
  readonly claims: Claims;
  readonly names: Names;
  readonly addresses: Addresses;
  readonly known: Known;
}

/** Claims the personal stretches of one kind. Linear in the line's length. */
export type Finder = (sight: Sight) => void;

/** Where a group of a match stands; undefined when it matched nothing. */
export function groupAt(
  match: RegExpExecArray,
  group: number,
): { start: number; end: number; text: string } | undefined {
  const at = match.indices?.[group];
  const text = match[group];
  return at === undefined || text === undefined ? undefined : { start: at[0], end: at[1], text };
}
