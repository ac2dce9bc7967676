// What a log says about each claim of a page: supported, contradicted, or that it cannot tell, with the numbers.
import type { Judgement } from "../measurement.ts";
import type { Claim, Finding } from "../model.ts";
import { type Case, judgementOf, partOf, peakWords } from "./judgeCase.ts";
import { judgeLimit, tallyOf } from "./judgeConnections.ts";
import { judgeThrottle } from "./judgeThrottle.ts";
import { counted } from "./words.ts";

/** The log's findings of the page, and what was measured of them; `the` is undefined when nothing was. */
export interface Judged {
  readonly own: readonly Finding[];
  /** What the log says of blocklists, and whether a code of the page itself names one; undefined without a log. */
  readonly lists: { readonly named: boolean; readonly words: string } | undefined;
  readonly the: Case | undefined;
  /** True when the log was measured, whatever came of it. */
  readonly isMeasured: boolean;
}

/** The judgement on a claim; undefined when no log can judge it, or this one holds no finding of the page. */
export function judge(claim: Claim, judged: Judged): Judgement | undefined {
  const { own, the, isMeasured } = judged;
  const [first] = own;
  if (first === undefined) return undefined;
  const isMeasurable = claim.limit !== undefined || measurableTopics.has(claim.topic);
  if (isMeasurable) return the === undefined ? unmeasured(isMeasured) : measuredJudgement(claim, the);
  if (claim.topic === "temporary") return judgeTemporary(own);
  if (claim.topic === "blocklist") return judgeList(judged);
  return claim.topic === "policy" ? judgementOf("cannot-tell", unseen, undefined) : undefined;
}

/** Topics that what was measured of a log can judge. */
export const measurableTopics: ReadonlySet<string> = new Set(["connection-limit", "reputation-throttle"]);

const unseen = "A log shows neither complaints nor what the mail said.";

function unmeasured(isMeasured: boolean): Judgement | undefined {
  const words = "No delivery in this log shows how many sessions were open when it refused.";
  return isMeasured ? judgementOf("cannot-tell", words, undefined) : undefined;
}

function measuredJudgement(claim: Claim, the: Case): Judgement | undefined {
  if (claim.limit !== undefined) return judgeLimit(claim, claim.limit, the);
  return claim.topic === "reputation-throttle" ? judgeThrottle(the) : judgeNumberless(the);
}

/** A limit whose number nobody states: only refusals of a single session speak against it. */
function judgeNumberless(the: Case): Judgement {
  const { alone, of } = tallyOf(the, 1);
  const { line } = the.measurement.peak;
  if (alone * 2 < of) return judgementOf("cannot-tell", `${peakWords(the)}; this source names no number.`, line);
  const words = `${peakWords(the)}, but ${partOf(alone, the)} came with a single session open.`;
  return judgementOf("contradicted", words, the.refusals.at[0]?.line);
}

/** Only replies can tell: a time-out is temporary by our own server's word. */
function judgeTemporary(own: readonly Finding[]): Judgement | undefined {
  const answered = own.filter(({ delivery }) => (delivery.reply?.code ?? 0) >= 400);
  const permanent = answered.filter(({ delivery }) => (delivery.reply?.code ?? 0) >= 500);
  const [one] = answered;
  if (one === undefined) return undefined;
  const temporary = answered.length - permanent.length;
  if (permanent.length === 0) {
    return judgementOf("supported", `${allOf(temporary)} said "try again" (4xx).`, one.delivery.line);
  }
  const line = permanent[0]?.delivery.line;
  if (temporary === 0) return judgementOf("contradicted", `${allOf(permanent.length)} refused for good (5xx).`, line);
  const words = `${counted(temporary, "reply", "replies")} said "try again" (4xx), ${permanent.length.toLocaleString("en-US")} refused for good (5xx).`;
  return judgementOf("cannot-tell", words, line);
}

function allOf(count: number): string {
  return count === 1 ? "The one reply" : `All ${counted(count, "reply", "replies")}`;
}

function judgeList({ own, lists }: Judged): Judgement | undefined {
  if (lists === undefined) return undefined;
  return judgementOf(
    lists.named ? "supported" : "cannot-tell",
    lists.words,
    lists.named ? own[0]?.delivery.line : undefined,
  );
}

/** The judgement to show when there is room for one: of the best claim that the log speaks for, else against. */
export function strongest(judgements: readonly (Judgement | undefined)[]): Judgement | undefined {
  const known = judgements.filter((judgement) => judgement !== undefined);
  return (
    known.find(({ verdict }) => verdict === "supported") ?? known.find(({ verdict }) => verdict === "contradicted")
  );
}
