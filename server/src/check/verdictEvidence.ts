// The words of the verdict about the rows: what was found, what was not, and how many gave no answer.
import type { Condition, Row, Unseen } from "../model.ts";
import { rowOf } from "./bearing.ts";
import { blocklists } from "./lists.ts";
import type { Blocklist } from "./listTypes.ts";
import { type Findings, isAnswered, isBad } from "./verdictFindings.ts";
import { capital, conditionName, cut, enumerated } from "./verdictWords.ts";

/** The rows with their clauses. */
export interface Told {
  readonly rows: readonly Row[];
  /** A clause for each row by its id; undefined when another row says it. */
  readonly briefs: ReadonlyMap<string, string | undefined>;
  /** The time that clauses repeat; the verdict says it once. */
  readonly time: string;
}

const longestBrief = 300;

/** Clauses of these rows, joined, as one sentence without its full stop; undefined when they say nothing. */
export function clauses(rows: readonly Row[], { briefs, time }: Told, most: number): string | undefined {
  const all = rows.map(({ id }) => briefs.get(id)).filter((brief) => brief !== undefined);
  const told = [...new Set(all)].map((brief) => cut(brief.replace(` at ${time}`, ""), longestBrief));
  const more = told.length - most;
  const said = told.slice(0, most).join("; ");
  return said === "" ? undefined : `${said}${more > 0 ? `; ${more} more ${plural(more, "row")} below` : ""}`;
}

/** The rows that matter for a refusal, the telling ones first. */
export function telling({ conclusion, found, clear, open }: Findings, rows: readonly Row[]): readonly Row[] {
  if (conclusion === "explains") return [...found, ...[...clear, ...open].filter(isList)];
  const named = [...found, ...(open.length > 0 ? falseResolver(rows) : []), ...open, ...clear];
  if (conclusion !== "cannot-be-checked") return named;
  const considered = rows.filter((row) => row.bearing === "considered" && !named.includes(row) && !isBad(row));
  return [...named, ...worstFirst(considered)];
}

/** Of what the rule names and no row asked, what bears on this conclusion: where something explains, the other lists of the code alone. */
export function missing({ conclusion, unasked }: Findings): readonly Condition[] {
  return conclusion === "explains" ? unasked.filter(isListed) : unasked;
}

/** True when what explains the refusal is a part of what its code stands for: a code that names several lists means each of them. */
export function inPart({ clear, open, unasked }: Findings, unseen: readonly Unseen[]): boolean {
  return [...clear, ...open].some(isList) || unasked.some(isListed) || unseen.some(({ link }) => link !== undefined);
}

function isList({ probe }: Row): boolean {
  return probe === "blocklist";
}

function isListed(condition: Condition): boolean {
  return listOf(condition) !== undefined;
}

/** The row about a resolver that invents answers, which spoils all others. */
export function falseResolver(rows: readonly Row[]): readonly Row[] {
  return rows.filter(({ id, verdict }) => id === "resolver" && verdict === "unknown");
}

/** What was found first, then other valid answers, then the rest. */
export function worstFirst(rows: readonly Row[]): readonly Row[] {
  const rank = (row: Row) => (isBad(row) ? 0 : isAnswered(row) ? 1 : 2);
  return [...rows].sort((a, b) => rank(a) - rank(b));
}

/** "Validity blocklist was not asked"; undefined when all that the rule names was. */
export function notAskedClause(unasked: readonly Condition[]): string | undefined {
  const names = [...new Set(unasked.map(conditionName))];
  return names.length === 0 ? undefined : `${enumerated(names)} ${names.length === 1 ? "was" : "were"} not asked`;
}

const mostNames = 3;

/** Lists that hold the address and have no part in the refusal, a sentence; undefined when there is none. */
export function elsewhere(rows: readonly Row[], { found }: Findings, label: string): string | undefined {
  const names = rows
    .filter((row) => row.verdict === "listed" && row.bearing !== "named" && !found.includes(row))
    .map(({ id, lists }) => listName(id, lists));
  if (names.length === 0) return undefined;
  return `Listed beside that on ${enumerated(names.slice(0, mostNames))}, which ${label} does not name.`;
}

function listName(id: string, lists: readonly string[]): string {
  const name = conditionName(id);
  const parts = lists.filter((part) => part !== name);
  return parts.length === 0 ? name : `${name} (${parts.join(", ")})`;
}

/** How many rows gave no answer, a sentence when they are most of all; undefined otherwise. */
export function silent(rows: readonly Row[]): string | undefined {
  const refused = rows.filter(({ verdict }) => verdict === "blocked").length;
  const unknown = rows.filter(({ verdict }) => verdict === "unknown").length;
  if (refused + unknown < 2 || (refused + unknown) * 2 <= rows.length) return undefined;
  const parts = [
    refused === 0 ? [] : [`${refused} ${plural(refused, "list")} refused this resolver`],
    unknown === 0 ? [] : [`${unknown} ${plural(unknown, "row")} got no valid answer`],
  ].flat();
  return `${capital(parts.join(", "))}, of ${rows.length} in all.`;
}

function plural(count: number, noun: string): string {
  return count === 1 ? noun : `${noun}s`;
}

/** The page of a list that was not asked. */
export function listPage(condition: Condition): string | undefined {
  return listOf(condition)?.lookup;
}

function listOf(condition: Condition): Blocklist | undefined {
  return blocklists.find(({ zone }) => zone === rowOf(condition));
}
