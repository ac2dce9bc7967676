// What to do first after a check, and whose turn it is.
import type { Condition, Refusal, Report, Row, Rule, Subject } from "../model.ts";
import { falseResolver, listPage, worstFirst } from "./verdictEvidence.ts";
import { type Findings, isAnswered, isBad } from "./verdictFindings.ts";
import { conditionName, enumerated, pageFor } from "./verdictWords.ts";

type Next = NonNullable<Report["next"]>;

/** What was checked, and what came out. */
interface Checked {
  readonly subject: Subject;
  readonly rows: readonly Row[];
}

/** The first step after a check that began at a refusal; undefined when neither rows nor rule know one. */
export function nextAfter({ rule }: Refusal, findings: Findings, checked: Checked): Next | undefined {
  const { conclusion, found } = findings;
  if (conclusion === "explains") return remedyOf(found) ?? lookOf(rule);
  if (conclusion === "not-explained") return lookOf(rule);
  if (conclusion === "consistent") return firstSuspect(rule, found);
  return stepToAnswers(findings, checked) ?? lookOf(rule);
}

/** How to get the answers that are missing. */
function stepToAnswers({ open, unasked }: Findings, { subject, rows }: Checked): Next | undefined {
  const silent = open.length > 0 ? [...falseResolver(rows), ...open] : [];
  return remedyOf(silent) ?? pageOf(unasked, subject.address.text) ?? factsFor(unasked);
}

/** The first step when the address alone was checked. */
export function nextAlone(rows: readonly Row[]): Next | undefined {
  const bad = remedyOf(worstFirst(rows).filter(isBad));
  return bad ?? (rows.some(isAnswered) ? undefined : remedyOf(rows));
}

/** A cause that the code itself names comes before what only goes with it; a number of the standard, or a common wording, names none. */
function firstSuspect(rule: Rule, found: readonly Row[]): Next | undefined {
  return rule.unseen.length > 0 && rule.grade !== "standard" && rule.grade !== "sample"
    ? (lookOf(rule) ?? remedyOf(found))
    : (remedyOf(found) ?? lookOf(rule));
}

function remedyOf(rows: readonly Row[]): Next | undefined {
  const row = rows.find(({ remedy }) => remedy !== undefined);
  return row?.remedy === undefined ? undefined : { text: row.remedy, turn: row.turn };
}

function lookOf({ look }: Rule): Next | undefined {
  return look === undefined ? undefined : { text: look, turn: "you" };
}

function pageOf(unasked: readonly Condition[], ip: string): Next | undefined {
  const [list] = unasked.flatMap((condition) => {
    const page = listPage(condition);
    return page === undefined ? [] : [{ name: conditionName(condition), page }];
  });
  return list && { text: `Look the address up at ${list.name} itself: ${pageFor(list.page, ip)}`, turn: "you" };
}

/** Rows about the mail need what a log seldom tells. */
function factsFor(unasked: readonly Condition[]): Next | undefined {
  const facts = [...new Set(unasked.map((condition) => needed[condition]).filter((fact) => fact !== undefined))];
  return facts.length === 0
    ? undefined
    : { text: `Check again and type what the log does not tell: ${enumerated(facts)}.`, turn: "you" };
}

const needed: Readonly<Record<Condition, string>> = {
  spf: "the envelope sender",
  "sender-domain": "the envelope sender",
  dkim: "the selector and domain of the DKIM signature",
  dmarc: "the domain of the From header",
  helo: "the HELO name",
};
