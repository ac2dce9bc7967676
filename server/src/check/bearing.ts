// How a row bears on the refusal: what its provider names stands before what it minds, and both before context.
import type { Bearing, Condition, Row, Rule } from "../model.ts";

const order: readonly Bearing[] = ["named", "considered", "context"];

/** The bearing of the row with this id. */
export function bearingOf(id: string, rule: Rule | undefined): Bearing {
  if (rule?.named.some((condition) => settles(id, condition))) return "named";
  return rule?.considered.some((condition) => settles(id, condition)) ? "considered" : "context";
}

/** In the order of their bearing, otherwise as they were. */
export function byBearing<T extends { readonly bearing: Bearing }>(items: readonly T[]): T[] {
  return [...items].sort((a, b) => order.indexOf(a.bearing) - order.indexOf(b.bearing));
}

/** The id of the row that settles a condition. */
export function rowOf(condition: Condition): string {
  return condition.split("#")[0] ?? condition;
}

/** True when the row with this id settles the condition; a condition can have several rows: "dkim", "dkim-2". */
export function settles(id: string, condition: Condition): boolean {
  const row = rowOf(condition);
  return id.startsWith(row) && furtherRow.test(id.slice(row.length));
}

const furtherRow = /^(?:-\d{1,3})?$/;

/** True when the row shows what the condition says: a listing, by the list behind `#` where one is named, or a fault. */
export function meets(row: Row, condition: Condition): boolean {
  const list = condition.split("#")[1];
  if (!settles(row.id, condition)) return false;
  if (row.verdict === "fail") return true;
  return row.verdict === "listed" && (list === undefined || row.lists.includes(list));
}
