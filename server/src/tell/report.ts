// Tells a check's report as plain text; what strangers wrote in it cannot move a cursor, hide or break a line.
import type { Conclusion, Refusal, Report, Row, Subject, Verdict } from "../model.ts";
import { bounded, visible } from "./markdown.ts";
import { turnLabels } from "./words.ts";

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

/** The mark before each verdict: found against it, nothing found, open. */
export const verdictMarks: Record<Verdict, string> = {
  listed: "✗",
  "not-listed": "✓",
  blocked: "?",
  unknown: "?",
  "not-checked": "–",
  pass: "✓",
  fail: "✗",
};

/** What the answers are to the refusal, for a person. */
export const conclusionWords: Record<Conclusion, string> = {
  explains: "explains the refusal",
  consistent: "consistent with the refusal, but no proof",
  "not-explained": "the refusal is not explained",
  "cannot-be-checked": "cannot be checked",
};

/** The longest text of one part of a row that is shown, in UTF-16 units. */
export const longestPart = 4_000;

/** The verdict, a few lines for each row, and what to do first. */
export function reportText(report: Report): string {
  const { subject, verdict } = report;
  // Without any DNS the rows have nothing to say, but for what was remembered.
  const rows = report.ended === "offline" ? report.rows.filter(({ age }) => age !== undefined) : report.rows;
  return [plain(verdict), ...rows.map((row) => rowText(row, subject.refusal)), ...afterwards(report)].join("\n");
}

/** What stands before the rows: "Check of 192.0.2.1 · refused with AUP#CXCNCT by Cox". */
export function headText({ address, refusal }: Subject): string {
  if (refusal === undefined) return `Check of ${plain(address.text)}`;
  const by = refusal.provider === undefined ? "" : ` by ${refusal.provider}`;
  return plain(`Check of ${address.text} · refused with ${refusal.label}${by}`);
}

/** One row: a line with its mark, its verdict and what it asked, then what that means and what to do. */
export function rowText(row: Row, refusal: Refusal | undefined): string {
  const remarks = [bearingWords(row, refusal), rowTime(row)].filter((part) => part !== undefined);
  const head = `${verdictMarks[row.verdict]} ${verdictWords[row.verdict]}: ${row.question} (${remarks.join("; ")})`;
  const fine = row.verdict === "not-listed" || row.verdict === "pass";
  const below = [row.answer, remedyWords(row), fine ? undefined : row.link].filter(
    (part) => part !== undefined && part !== "",
  );
  return [`  ${plain(head)}`, ...below.map((part) => `      ${plain(part ?? "")}`)].join("\n");
}

/** What stands behind the rows: the verdict with its times, what to do first, and who was asked. */
export function endText(report: Report): string {
  return [plain(report.verdict), ...afterwards(report)].join("\n");
}

function afterwards({ next, rows }: Report): string[] {
  const resolver = rows[0]?.resolver;
  return [
    ...(next === undefined ? [] : [plain(`Next: ${nextWords(next)}`)]),
    ...(resolver === undefined ? [] : [plain(`Asked through ${resolver}.`)]),
  ];
}

/** What to do first, and who has to. */
export function nextWords({ text, turn }: NonNullable<Report["next"]>): string {
  return turn === undefined || turn === "unknown" ? text : `${text} (${turnLabels[turn]}.)`;
}

/** What to do about a row; who has to is said where it is not the reader. */
export function remedyWords({ remedy, turn }: Row): string | undefined {
  if (remedy === undefined || turn === undefined || turn === "you" || turn === "unknown") return remedy;
  return `${remedy} (${turnLabels[turn]}.)`;
}

/** How a row bears on the refusal: "AUP#IPBL0001 names this"; undefined for mere context. */
export function bearingWords({ bearing }: Row, refusal: Refusal | undefined): string | undefined {
  if (bearing === "context" || refusal === undefined) return undefined;
  return bearing === "named"
    ? `${refusal.label} names this`
    : refusal.provider === undefined
      ? "many receivers look at this"
      : `${refusal.provider} looks at this`;
}

/** How long a row took, and how old its answer is: "12 ms", "0 ms, an answer from 40 s ago". */
export function rowTime({ ms, age }: Row): string {
  const old = age === undefined ? "" : `, an answer from ${Math.round(age)} s ago`;
  return `${Math.round(ms)} ms${old}`;
}

function plain(text: string): string {
  return visible(bounded(text, longestPart));
}
