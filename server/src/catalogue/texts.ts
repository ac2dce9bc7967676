// Rows that a reply's words lead to: of those whose words stand in a text, the first that fits.
import type { Entry, Reply, Stage } from "../model.ts";
import { fits } from "./match.ts";
import { escapedBytes, foldedLine } from "./patterns.ts";
import { finderOf } from "./phrases.ts";
import type { Match } from "./rows.ts";

/** A row, and what leads to it. */
export interface Spoken {
  readonly entry: Entry;
  readonly match: Match;
}

/** The entry that a text leads to; `reply` and `stage` for rows that want a code or a command beside their words. */
export type ByText = (text: string, reply: Reply | undefined, stage?: Stage) => Entry | undefined;

interface Phrase {
  readonly words: string;
  readonly row: number;
  /** The row's `and`, not its `words`. */
  readonly beside: boolean;
}

/** Finds among the rows that have words and no token; the order of rows is their rank. */
export function textsOf(all: readonly Spoken[]): ByText {
  const rows = all.filter(({ match }) => match.words !== undefined && match.token === undefined);
  const phrases = rows.flatMap(({ match }, row) => [
    ...phrasesOf(match.words, row, false),
    ...phrasesOf(match.and, row, true),
  ]);
  const find = finderOf(phrases.map(({ words }) => words));
  return (text, reply, stage) => {
    const found = find(readable(unfolded(text)).toLowerCase()).flatMap((index) => phrases[index] ?? []);
    if (found.length === 0) return undefined;
    const said = rowsOf(found, false);
    const beside = rowsOf(found, true);
    return rows.find(
      ({ match }, row) => said.has(row) && (match.and === undefined || beside.has(row)) && fits(match, reply, stage),
    )?.entry;
  };
}

function phrasesOf(all: readonly string[] | undefined, row: number, beside: boolean): Phrase[] {
  return (all ?? []).map((words) => ({ words, row, beside }));
}

function rowsOf(found: readonly Phrase[], beside: boolean): ReadonlySet<number> {
  return new Set(found.filter((phrase) => phrase.beside === beside).map(({ row }) => row));
}

/** A folded reply as one: its codes, repeated at each line, would stand between the words. */
function unfolded(text: string): string {
  const code = text.slice(0, 3);
  return text[3] === "-" ? text.replace(foldedLine, (line, its: string) => (its === code ? " " : line)) : text;
}

/** Exim writes what is not ASCII as bytes in octal: "\303\244" is an "ä". */
function readable(text: string): string {
  return text.includes("\\") ? text.replace(escapedBytes, decoded) : text;
}

function decoded(bytes: string): string {
  const octal = bytes.slice(1).split("\\");
  return new TextDecoder().decode(Uint8Array.from(octal, (digits) => Number.parseInt(digits, 8)));
}
