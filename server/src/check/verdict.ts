// The verdict: what the provider's rule and the answers of a check come to, when each was so, and never more than that.
import type { Address, Conclusion, Refusal, Report, Row, Subject } from "../model.ts";
import type { Ending } from "./limits.ts";
import {
  clauses,
  elsewhere,
  inPart,
  missing,
  notAskedClause,
  silent,
  type Told,
  telling,
  worstFirst,
} from "./verdictEvidence.ts";
import { type Findings, isAnswered, isBad, settle } from "./verdictFindings.ts";
import { nextAfter, nextAlone } from "./verdictNext.ts";
import { bothTimes, capital, cut, minute, pagesClause, seenSentence, stands, unseenClause } from "./verdictWords.ts";

/** What the judgement is made of. */
export interface Outcome {
  readonly subject: Subject;
  readonly rows: readonly Row[];
  /** A clause for each row by its id, without capital and full stop; undefined when another row says it. */
  readonly briefs: ReadonlyMap<string, string | undefined>;
  readonly ended: Ending;
  /** When the check began, ISO. */
  readonly started: string;
  readonly resolver: string;
}

type Judged = Pick<Report, "verdict" | "conclusion" | "next">;

const longestVerdict = 2_000;

/** The sentence for an address that nothing is asked about. */
export function notAsked(address: Address): string {
  return `Nothing was asked: ${address.explanation ?? "the address is not public."}`;
}

/** What the answers come to: the conclusion first, then the evidence, then both times. */
export function judge(outcome: Outcome): Judged {
  if (outcome.ended === "offline") return offline(outcome);
  const { refusal } = outcome.subject;
  const judged = refusal === undefined ? alone(outcome) : about(refusal, outcome);
  return { ...judged, verdict: cut(`${endings[outcome.ended]}${judged.verdict}`, longestVerdict) };
}

const endings: Readonly<Record<Ending, string>> = {
  complete: "",
  cancelled: "Cancelled before all answers came. ",
  deadline: "Not all answers came in time. ",
  offline: "",
};

function offline({ started, resolver, subject, rows }: Outcome): Judged {
  const remembered = rows.some(({ age }) => age !== undefined);
  const known = remembered ? "nothing newer is known than what was remembered" : "nothing is known";
  const log = subject.refusal === undefined ? "" : "; what the log itself says of the refusal stays true";
  // A certificate that is not trusted looks like a server that is not there.
  const look = resolver.startsWith("https:")
    ? "at this machine's network and at the server's certificate"
    : "at this machine's network";
  return {
    verdict: `No DNS server answered at ${minute(started)} (asked: ${resolver}), so ${known} about the address${log}. Look ${look}, or set another resolver.`,
    conclusion: subject.refusal === undefined ? undefined : "cannot-be-checked",
    next: undefined,
  };
}

function toldOf({ rows, briefs, started }: Outcome): Told {
  return { rows, briefs, time: minute(started) };
}

const mostAlone = 6;

/** Without a refusal there is no rule: the answers speak for themselves. */
function alone(outcome: Outcome): Judged {
  const { rows } = outcome;
  const told = clauses(worstFirst(rows), toldOf(outcome), mostAlone);
  const limits = rows.some(isBad)
    ? undefined
    : "That does not rule out another list, a provider's own block, its limits, or an entry at another time.";
  const parts = [
    told === undefined ? "Nothing is known about the address." : `${capital(told)}.`,
    silent(rows),
    `Checked at ${minute(outcome.started)}.`,
    limits,
  ];
  return { verdict: joined(parts), conclusion: undefined, next: nextAlone(rows) };
}

function about(refusal: Refusal, outcome: Outcome): Judged {
  const { rows, subject } = outcome;
  const findings = settle(refusal.rule, rows);
  const { conclusion } = findings;
  const parts = [
    lead(refusal, findings, subject),
    evidence(findings, outcome),
    conclusion === "explains" ? undefined : (elsewhere(rows, findings, refusal.label) ?? silent(rows)),
    movedSince(outcome),
    conclusion === "not-explained" ? otherCauses(refusal) : seenSentence(refusal),
    bothTimes(refusal, minute(outcome.started), caveats[conclusion]),
  ];
  return { verdict: joined(parts), conclusion, next: nextAfter(refusal, findings, outcome) };
}

function lead(refusal: Refusal, findings: Findings, subject: Subject): string {
  const { named, considered, unseen } = refusal.rule;
  const rule = stands(refusal);
  const hidden = unseenClause(unseen, subject);
  const partly = findings.clear.length > 0 && findings.open.length + findings.unasked.length > 0;
  const nothing = named.length + considered.length + unseen.length === 0;
  const leads: Readonly<Record<Conclusion, string>> = {
    explains: `Explained: ${rule}, and the answers agree${inPart(findings, unseen) ? " in part" : ""}.`,
    consistent: `Consistent with the refusal, but no proof: ${rule}${hidden}.`,
    "not-explained": `Not explained: ${rule}, and the answers do not show it.`,
    "cannot-be-checked": `Cannot be ${partly ? "fully " : ""}checked: ${rule}${nothing ? ", and no look-up bears on that" : hidden}.`,
  };
  return leads[findings.conclusion];
}

const mostTold = 4;

function evidence(findings: Findings, outcome: Outcome): string | undefined {
  const { conclusion, open, unasked } = findings;
  const rows = telling(findings, outcome.rows);
  const told = clauses(rows, toldOf(outcome), mostTold);
  const { subject } = outcome;
  const unseen = subject.refusal?.rule.unseen ?? [];
  // Elsewhere the pages stand in the lead.
  const pages = conclusion === "explains" ? pagesClause(unseen, subject) : undefined;
  const all = [told, notAskedClause(missing(findings)), pages].filter((part) => part !== undefined).join("; ");
  if (all === "") return undefined;
  const unrefuted = conclusion === "cannot-be-checked" && open.length + unasked.length === 0 && rows.some(isAnswered);
  return unrefuted ? `The answers do not refute it: ${all}.` : `${capital(all)}.`;
}

/** Another provider may answer for the recipient's domain by now: then its rules count for new mail. */
function movedSince({ rows, briefs }: Outcome): string | undefined {
  const row = rows.find(({ id, remedy }) => id === "mx" && remedy !== undefined);
  const brief = row && briefs.get(row.id);
  return brief === undefined ? undefined : `Besides, ${brief}, and that counts for new mail.`;
}

function otherCauses({ provider }: Refusal): string {
  return `It may have been put right since, ${provider ?? "the receiver"} may have had an older answer, or the cause is another one.`;
}

const caveats: Readonly<Record<Conclusion, string>> = {
  explains: "what is so now need not have been so then",
  consistent: "what is so now need not have been so then",
  "not-explained": "what is not so now may have been so then",
  "cannot-be-checked": "the state now need not be the state then",
};

function joined(parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined).join(" ");
}
