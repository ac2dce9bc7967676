// The beginning of a row: everything that schema.json asks for is there, and what a person has to write says TODO.
import { basicCode, enhancedCode, notInId, rowToken } from "./patterns.ts";
import type { EntryRow, Match } from "./rows.ts";

/** What is known of a row before anybody has written it. */
export interface StubOf {
  readonly code: string;
  readonly match: Match;
  /** A literal reply. */
  readonly example: string;
  /** The id of the source that shows it. */
  readonly source: string;
}

/** What stands where a person has to write; a test finds it in the catalogue. */
export const mark = "TODO";

/** Stands for words that are not known yet. */
export const noWords = `${mark.toLowerCase()}: words of the reply`;

const longestCode = 60;
const longestId = 40;
const longestExample = 500;
const longestWords = 120;

/** A row that is as the schema says, and that nobody should publish. */
export function stubOf({ code, match, example, source }: StubOf): EntryRow {
  return {
    id: idOf(code, match),
    code: code.slice(0, longestCode),
    match,
    title: `${mark}: what it is, in a few words`,
    permanence: "by-reply",
    reason: "unknown",
    turn: "unknown",
    retry: `${mark}: whether and when to try again.`,
    meaning: `${mark}: what it means, in your own words.`,
    remedies: [{ text: `Write what to do first (${mark}).` }],
    claims: [{ says: `${mark}: what this source says of it.`, grade: "sample", source, topic: "meaning" }],
    sources: [source],
    examples: [example.slice(0, longestExample)],
  };
}

/** What leads to a row, by the form of what a person calls its code: "AUP#CXBL", "5.7.27", "421", or words of a reply. */
export function matchOfCode(code: string): Match {
  const upper = code.toUpperCase();
  if (enhancedCode.test(upper)) return { enhanced: [upper] };
  if (basicCode.test(code) && Number.isInteger(Number(code))) return { words: [noWords], code: [Number(code)] };
  return rowToken.test(upper) && !code.includes(" ") ? { token: upper } : { words: [code.toLowerCase()] };
}

/** The words of a reply as a row wants them: in lower case, without blanks at the ends; undefined when they are too few. */
export function wordsOfRow(text: string): string | undefined {
  const words = text.slice(0, longestWords).toLowerCase().trim();
  return words.length < 6 || words !== words.toLowerCase() ? undefined : words;
}

function idOf(code: string, { words }: Match): string {
  const whole = words === undefined ? code.replace("AUP#", "") : `text-${code.toLowerCase()}`;
  const name = whole.replace(notInId, "-");
  const id = name.slice(0, longestId);
  const [start, end] = [[...id].findIndex(isPlain), [...id].findLastIndex(isPlain)];
  return start < 0 ? "reply" : id.slice(start, end + 1);
}

function isPlain(letter: string): boolean {
  return letter !== "-" && letter !== ".";
}
