// The user's own rows: the one thing that this room learns while the program runs. They come before the catalogue.
import type { Delivery, Entry, EntryBy } from "../model.ts";
import { groupPairs } from "./group.ts";
import { enhancedCodes, fits, isToken, tokensOf } from "./match.ts";
import { finderOf } from "./phrases.ts";
import type { Match } from "./rows.ts";
import { type ByText, textsOf } from "./texts.ts";

/** The id that stands for a provider in the ids of such rows: "yours/no-mailbox". */
export const own = "yours";

/** A row of the user's. */
export interface OwnRule {
  readonly entry: Entry;
  readonly match: Match;
  /** Whose replies it is for; undefined: anybody's, our own server's too. */
  readonly provider: string | undefined;
}

/** What leads to a row, and the row. */
export interface OwnFound {
  readonly entry: Entry;
  readonly entryBy: EntryBy;
}

/** Of the rules for one provider, by their rank, what leads to each. */
interface Matcher {
  readonly rules: readonly OwnRule[];
  readonly ranks: ReadonlyMap<Entry, number>;
  readonly byText: ByText;
  readonly byToken: ReadonlyMap<string, readonly number[]>;
  readonly starred: readonly (readonly [string, number])[];
  readonly byEnhanced: ReadonlyMap<string, readonly number[]>;
  /** Tokens are looked for in the whole text: a reader knows only the forms that the catalogue's have. */
  readonly tokensIn: (text: string) => readonly string[];
}

let rules: readonly OwnRule[] = [];
let byId: ReadonlyMap<string, OwnRule> = new Map();
/** By provider; "" for a reply by nobody known. */
const matchers = new Map<string, Matcher>();
const mostMatchers = 256;

/** Takes these rows in place of those before; of two that fit, the first wins. */
export function useOwnRules(all: readonly OwnRule[]): void {
  rules = all;
  byId = new Map(all.map((rule) => [rule.entry.id.toLowerCase(), rule]));
  matchers.clear();
}

/** The rows in use: another thread must be told of them. */
export function ownRules(): readonly OwnRule[] {
  return rules;
}

/** The entries of the user's rows, in their order. */
export function ownEntries(): readonly Entry[] {
  return rules.map(({ entry }) => entry);
}

/** The entry of an id in any case. */
export function ownEntry(id: string): Entry | undefined {
  return byId.get(id.toLowerCase())?.entry;
}

/** The user's row that fits a delivery, answered by `provider`. */
export function ofOwn({ reply, words, stage }: Delivery, provider: string | undefined): OwnFound | undefined {
  if (rules.length === 0) return undefined;
  const matcher = matcherOf(provider ?? "");
  const text = reply?.text ?? words;
  const spoken = matcher.byText(text, reply, stage);
  const ranks = [...tokenRanks(matcher, text, reply?.token), ...(matcher.byEnhanced.get(reply?.enhanced ?? "") ?? [])];
  const fitting = ranks.filter((rank) => fits(matcher.rules[rank]?.match ?? {}, reply));
  const first = Math.min(...fitting, (spoken && matcher.ranks.get(spoken)) ?? Number.POSITIVE_INFINITY);
  const rule = matcher.rules[first];
  return rule && { entry: rule.entry, entryBy: entryByOf(rule.match) };
}

function entryByOf({ token, words }: Match): EntryBy {
  if (token !== undefined) return "token";
  return words === undefined ? "enhanced" : "text";
}

function tokenRanks({ byToken, starred, tokensIn }: Matcher, text: string, read: string | undefined): number[] {
  const upper = read?.toUpperCase() ?? "";
  const there = [...tokensIn(text.toUpperCase()), upper].flatMap((token) => byToken.get(token) ?? []);
  return [...there, ...starred.filter(([form]) => isToken(form, upper)).map(([, rank]) => rank)];
}

/** Rows that the user gave the token `upper`, "X17", or that have it behind "AUP#". */
export function ownByToken(names: readonly string[]): readonly Entry[] {
  const named = rules.filter(({ match }) =>
    tokensOf(match).some((token) => names.some((name) => isToken(token, name))),
  );
  return named.map(({ entry }) => entry);
}

/** Whether one of a row's tokens stands in a text, in upper case, as a word of its own. */
export function holdsToken(text: string, token: string): boolean {
  for (let at = text.indexOf(token); at >= 0; at = text.indexOf(token, at + 1)) {
    if (!isWord(text[at - 1]) && !isWord(text[at + token.length])) return true;
  }
  return false;
}

function isWord(letter: string | undefined): boolean {
  return letter !== undefined && ((letter >= "A" && letter <= "Z") || (letter >= "0" && letter <= "9"));
}

function matcherOf(provider: string): Matcher {
  const known = matchers.get(provider);
  if (known !== undefined) return known;
  if (matchers.size >= mostMatchers) matchers.clear();
  const matcher = matcherFor(rules.filter((rule) => rule.provider === undefined || rule.provider === provider));
  matchers.set(provider, matcher);
  return matcher;
}

function matcherFor(its: readonly OwnRule[]): Matcher {
  const tokens = its.flatMap(({ match }, rank) => tokensOf(match).map((token) => [token, rank] as const));
  const byToken = groupPairs(tokens);
  const plain = [...byToken.keys()].filter((token) => !token.includes("*"));
  const find = finderOf(plain);
  return {
    rules: its,
    ranks: new Map(its.map(({ entry }, rank) => [entry, rank])),
    byText: textsOf(its),
    byToken,
    starred: tokens.filter(([token]) => token.includes("*")),
    byEnhanced: groupPairs(its.flatMap(({ match }, rank) => ownCodes(match).map((code) => [code, rank] as const))),
    tokensIn: (text) =>
      find(text)
        .flatMap((index) => plain[index] ?? [])
        .filter((token) => holdsToken(text, token)),
  };
}

/** The codes that lead to a row by themselves. */
function ownCodes(match: Match): readonly string[] {
  return match.token === undefined && match.words === undefined ? enhancedCodes(match) : [];
}
