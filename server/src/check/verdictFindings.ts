// What the rows of a check settle of a refusal's rule: what was found, what was not, what stays open.
import type { Conclusion, Condition, Row, Rule } from "../model.ts";
import { meets, settles } from "./bearing.ts";

/** What is settled. */
export interface Findings {
  readonly conclusion: Conclusion;
  /** Rows that explain the refusal, or go with it where none does. */
  readonly found: readonly Row[];
  /** Rows that the rule names and that were answered otherwise. */
  readonly clear: readonly Row[];
  /** Rows that the rule names and that got no valid answer. */
  readonly open: readonly Row[];
  /** What the rule names and no row asked. */
  readonly unasked: readonly Condition[];
}

/** Settles the rule by the rows; an answer that is no answer settles nothing. */
export function settle(rule: Rule, rows: readonly Row[]): Findings {
  const explaining = meeting(rows, rule.named);
  const found = explaining.length > 0 ? explaining : meeting(rows, rule.considered);
  const named = rows.filter((row) => rule.named.some((condition) => settles(row.id, condition)));
  const clear = named.filter((row) => isAnswered(row) && !found.includes(row));
  const open = named.filter((row) => !isAnswered(row));
  const unasked = rule.named.filter((condition) => !rows.some((row) => settles(row.id, condition)));
  const conclusion = concluded({
    explains: explaining.length > 0,
    goesWith: found.length > 0,
    settled: clear.length > 0,
  });
  const unknown = open.length > 0 || unasked.length > 0 || rule.unseen.length > 0;
  return {
    conclusion: conclusion === "not-explained" && unknown ? "cannot-be-checked" : conclusion,
    ...{ found, clear, open, unasked },
  };
}

interface Settled {
  readonly explains: boolean;
  readonly goesWith: boolean;
  readonly settled: boolean;
}

function concluded({ explains, goesWith, settled }: Settled): Conclusion {
  if (explains) return "explains";
  if (goesWith) return "consistent";
  return settled ? "not-explained" : "cannot-be-checked";
}

function meeting(rows: readonly Row[], conditions: readonly Condition[]): readonly Row[] {
  return rows.filter((row) => conditions.some((condition) => meets(row, condition)));
}

/** True for a valid answer, in either direction. */
export function isAnswered({ verdict }: Row): boolean {
  return verdict === "listed" || verdict === "not-listed" || verdict === "pass" || verdict === "fail";
}

/** True when the row found something against the address. */
export function isBad({ verdict }: Row): boolean {
  return verdict === "listed" || verdict === "fail";
}
