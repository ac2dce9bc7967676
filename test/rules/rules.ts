// Files of rules, as a user would write them.
import { type AllRules, type RulesText, readRules } from "../../server/src/rules/read.ts";

/** The least that a rule has. */
export const least = {
  id: "no-mailbox",
  match: { words: ["there is no such mailbox at this site"] },
  title: "Our partner has no such mailbox",
  meaning: "The partner's server knows no such recipient.",
};

/** A file with these rules and whatever else it holds. */
export function rulesText(entries: readonly object[], more: object = {}): string {
  return JSON.stringify({ kind: "rules", entries, ...more }, undefined, 2);
}

/** A file of this text. */
export function fileOf(text: string): RulesText {
  return { name: ".smtp-log-lens.json", text, changed: new Date("2026-11-20T12:00:00Z") };
}

/** What a file with these rules gives. */
export function readOf(entries: readonly object[], more: object = {}): AllRules {
  return readRules([fileOf(rulesText(entries, more))]);
}
