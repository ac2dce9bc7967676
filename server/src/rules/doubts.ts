// What is wrong with a rule that has the right form: names that lead nowhere, and examples that it does not fit.
import { enhancedCodes, tokensOf } from "../catalogue/match.ts";
import { holdsToken } from "../catalogue/own.ts";
import { isProvider } from "../catalogue/provider.ts";
import type { Match } from "../catalogue/rows.ts";
import { type Fault, memberOf, type Node, plainOf } from "./json.ts";

/** What the rule's file and the files before it have. */
export interface Beside {
  /** Ids that are taken, in lower case. */
  readonly ids: ReadonlySet<string>;
  readonly contacts: ReadonlySet<string>;
  isSource(id: string): boolean;
}

/** A rule may stand for so many tokens: a range is written out. */
const mostTokens = 500;

/** Characters that hide or reorder what stands around them; a line's end is none. */
const invisible = /(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{DI}]/u;

const rangeEnds = /(\d{1,9})\.\.(\d{1,9})/;

/** Why a rule of the right form cannot be used. */
export function faultsOfRule(rule: Node, beside: Beside): readonly Fault[] {
  return [
    ...on(memberOf(rule, "id"), (id) => beside.ids.has(id.toLowerCase()) && `Another rule has the id "${id}" already.`),
    ...on(memberOf(rule, "provider"), unknownProvider),
    ...textsOf(rule).flatMap((node) => on(node, hidden)),
    ...named(rule, "source").flatMap((node) => on(node, (id) => unknownSource(id, beside))),
    ...itemsOf(memberOf(rule, "contacts")).flatMap((node) =>
      on(node, (id) => !beside.contacts.has(id) && `This file has no contact "${id}" among its "contacts".`),
    ),
    ...tokenNodes(rule).flatMap((node) => on(node, wrongRange)),
  ];
}

/** Examples that the rule, whose form is right, does not fit. */
export function unfitExamples(rule: Node): readonly Fault[] {
  const match = plainOf(memberOf(rule, "match") ?? rule) as Match;
  return itemsOf(memberOf(rule, "examples")).flatMap((node) =>
    on(node, (example) => !isFit(match, example) && "This rule does not fit its own example."),
  );
}

function on(node: Node | undefined, judge: (text: string) => string | false): Fault[] {
  if (node?.kind !== "plain" || typeof node.value !== "string") return [];
  const message = judge(node.value);
  return message === false ? [] : [{ start: node.start, end: node.end, message }];
}

function unknownProvider(id: string): string | false {
  return !isProvider(id) && `The catalogue has no provider "${id}". Leave "provider" out for replies of anybody.`;
}

function unknownSource(id: string, { isSource }: Beside): string | false {
  return !isSource(id) && `Neither this file's "sources" nor the catalogue have "${id}".`;
}

function hidden(text: string): string | false {
  return invisible.test(text) && "This text holds an invisible character. Write it anew.";
}

function wrongRange(token: string): string | false {
  if (!token.includes("..")) return false;
  const [, first = "", last = ""] = rangeEnds.exec(token) ?? [];
  const size = first === "" ? 0 : Number(last) - Number(first) + 1;
  if (size < 1) return "A range goes from a number to a greater one of as many digits: AUP#IN-1100..1150.";
  return size > mostTokens && `A rule may stand for at most ${mostTokens} tokens.`;
}

function tokenNodes(rule: Node): readonly Node[] {
  const token = memberOf(memberOf(rule, "match"), "token");
  if (token === undefined) return [];
  return token.kind === "array" ? token.items : [token];
}

function itemsOf(node: Node | undefined): readonly Node[] {
  return node?.kind === "array" ? node.items : [];
}

/** Every text below a value. */
function textsOf(node: Node): Node[] {
  if (node.kind === "array") return node.items.flatMap(textsOf);
  return node.kind === "object" ? node.members.flatMap(({ value }) => textsOf(value)) : [node];
}

/** The values of every member with this name, and the items of those with its plural. */
function named(node: Node, name: string): Node[] {
  if (node.kind === "array") return node.items.flatMap((item) => named(item, name));
  if (node.kind !== "object") return [];
  return node.members.flatMap((member) => {
    if (member.name === name) return [member.value];
    return member.name === `${name}s` ? itemsOf(member.value) : named(member.value, name);
  });
}

function isFit(match: Match, example: string): boolean {
  const [upper, lower] = [example.toUpperCase(), example.toLowerCase()];
  const holds = (words: readonly string[] | undefined): boolean => words?.some((word) => lower.includes(word)) ?? true;
  const isCoded = match.code?.some((code) => example.startsWith(String(code))) ?? true;
  const isEnhanced = match.enhanced === undefined || enhancedCodes(match).some((code) => example.includes(code));
  const isNamed = tokensOf(match).some((token) => token.includes("*") || holdsToken(upper, token));
  return holds(match.words) && holds(match.and) && isCoded && isEnhanced && (match.token === undefined || isNamed);
}
