// Tells a check's report as plain text.
import type { Report, Row, Verdict } from "../model.ts";

/** A word for each verdict, for a person. */
export const verdictWords: Record<Verdict, string> = {
  listed: "LISTED",
  "not-listed": "not listed",
  blocked: "refused to answer",
  unknown: "unknown",
  "not-checked": "not checked",
  pass: "ok",
  fail: "FAILS",
};

/** The verdict sentence and a line for each row. */
export function reportText(report: Report): string {
  return [report.verdict, ...report.rows.map(rowText)].join("\n");
}

/** One row: "Is it on …? LISTED: … (12 ms)". */
export function rowText({ question, verdict, answer, ms, remedy, link }: Row): string {
  const extra = [remedy, link].filter((part) => part !== undefined).map((part) => `\n    ${part}`);
  return `  ${question} ${verdictWords[verdict]}: ${answer} (${Math.round(ms)} ms)${extra.join("")}`;
}
