// Holds the claims of a page against what its log shows: supported, contradicted, or more than this log can tell.
import type { Judgement, Limit, Measurement, PageRefusals, Stretch } from "../measurement.ts";
import type { Claim, Finding } from "../model.ts";
import { judgeSessions, share } from "./judgementSessions.ts";
import { type LogClock, span } from "./logClock.ts";
import { counted } from "./words.ts";

/** What a log shows of one page's refusals. */
export interface Shown {
  readonly page: string;
  readonly providerName: string;
  /** The log's findings of the page. */
  readonly findings: readonly Finding[];
  /** False when nobody has measured the log. */
  readonly wasMeasured: boolean;
  /** The measurement with most of the page's refusals; undefined when none has any. */
  readonly measurement: Measurement | undefined;
  readonly limits: readonly Limit[];
  readonly clock: LogClock;
}

/** What the log says about a claim; undefined when no log can judge it, or there is nothing of it in this one. */
export function judge(claim: Claim, shown: Shown): Judgement | undefined {
  if (shown.findings.length === 0) return undefined;
  if (claim.topic === "temporary") return judgePermanence(shown.findings);
  const { measurement, page } = shown;
  const refusals = measurement?.refusals[page];
  if (!isMeasured(claim)) return undefined;
  if (measurement === undefined || refusals === undefined || refusals.at.length === 0) {
    return shown.wasMeasured ? untold(claim) : undefined;
  }
  return judgeMeasured(claim, { ...shown, measurement, refusals });
}

/** The judgement that says most: what is supported before what is contradicted. */
export function strongest(judgements: readonly (Judgement | undefined)[]): Judgement | undefined {
  const told = judgements.filter((one) => one !== undefined);
  return told.find(({ verdict }) => verdict === "supported") ?? told.find(({ verdict }) => verdict === "contradicted");
}

/** Topics that sessions, rates and times can judge. */
const measured: ReadonlySet<string> = new Set(["connection-limit", "reputation-throttle", "blocklist", "policy"]);

/** Whether a measurement can judge the claim. */
export function isMeasured({ topic, limit }: Claim): boolean {
  return measured.has(topic) || limit !== undefined;
}

interface Case extends Shown {
  readonly measurement: Measurement;
  readonly refusals: PageRefusals;
}

function judgeMeasured(claim: Claim, shown: Case): Judgement | undefined {
  const { limit, topic } = claim;
  if (limit?.what === "messages-per-connection") return judgeMessages(limit.value, shown);
  if (topic === "connection-limit") return judgeSessions(claim, shown);
  if (topic === "reputation-throttle") return judgeThrottle(shown);
  if (topic === "blocklist") return judgeList(shown);
  return topic === "policy" ? judgePolicy(shown) : undefined;
}

/** What these lines cannot tell, because no session can be made out in them. */
function untold({ topic, limit }: Claim): Judgement | undefined {
  if (topic !== "connection-limit" && limit === undefined) return undefined;
  return cannotTell("These lines do not show when sessions began and ended, so they cannot be counted.");
}

function cannotTell(words: string, line?: number): Judgement {
  return { verdict: "cannot-tell", words, line };
}

function judgeMessages(limit: number, { measurement }: Case): Judgement {
  const { mostMessages, count } = measurement.sessions;
  if (count === 0) return cannotTell("These lines do not show which messages shared a session.");
  const words = `The most over one session were ${counted(mostMessages, "message")}; ${limit} are allowed.`;
  return { verdict: mostMessages > limit ? "supported" : "contradicted", words, line: undefined };
}

/** A throttle goes on for long, or refuses a sender that holds a single session. */
const longStretch = 20 * 60_000;
const shortStretch = 2 * 60_000;

function judgeThrottle(shown: Case): Judgement {
  const { refusals, measurement } = shown;
  const longest = longestStretch(measurement.stretches.filter(holdsOne(refusals)));
  const alone = refusals.at.filter(({ most }) => most <= 1);
  const before = `${counted(refusals.acceptedBefore, "message")} went through before the first refusal`;
  const lasted =
    longest === undefined
      ? ""
      : ` The longest time without an acceptance was ${span(longest.to - longest.from)}, with ${counted(longest.refusals, "refusal")}.`;
  const words = `${before}; ${share(alone.length, refusals)} came with no other session open.${lasted}`;
  if (alone.length * 2 > refusals.at.length && longest !== undefined && longest.to - longest.from >= longStretch)
    return { verdict: "supported", words, line: longest.line };
  if (alone.length === 0 && (longest === undefined || longest.to - longest.from < shortStretch))
    return { verdict: "contradicted", words, line: longest?.line };
  return cannotTell(words, longest?.line);
}

/** The stretches in which a refusal of this page falls: other codes of the same provider have their own pages. */
function holdsOne({ at }: PageRefusals): (stretch: Stretch) => boolean {
  return ({ from, to }) => at.some((refusal) => from <= refusal.at && refusal.at <= to);
}

function longestStretch(stretches: readonly Stretch[]): Stretch | undefined {
  return [...stretches].sort((a, b) => b.to - b.from - (a.to - a.from))[0];
}

/** A list refuses every connection from the address for as long as it lists it. */
const enoughAccepted = 3;

function judgeList(shown: Case): Judgement {
  const named = shown.findings.find(({ decoded }) => decoded?.subject === "sending-ip" && decoded.lists.length > 0);
  if (named !== undefined)
    return { verdict: "supported", words: "The code itself names the list.", line: named.delivery.line };
  const { accepted, line } = acceptedAmid(shown);
  if (accepted < enoughAccepted)
    return cannotTell("These lines name no list; check the sending IP to learn whether it is on one now.");
  return {
    verdict: "contradicted",
    words: `${counted(accepted, "message")} went through from the same address between the first refusal and the last; a listing refuses all, unless it came and went.`,
    line,
  };
}

function judgePolicy(shown: Case): Judgement {
  const { accepted, line } = acceptedAmid(shown);
  const words = "A log does not show complaints, content or what the provider thinks of the sender";
  return cannotTell(
    accepted === 0 ? `${words}.` : `${words}; ${counted(accepted, "message")} went through amid the refusals.`,
    line,
  );
}

/** Accepted in the steps of the series that lie wholly between the page's first refusal and its last. */
function acceptedAmid({ refusals, measurement }: Case): {
  readonly accepted: number;
  readonly line: number | undefined;
} {
  const { start, step, accepted, lines } = measurement.series;
  const times = refusals.at.map(({ at }) => at);
  const [from, to] = [Math.min(...times), Math.max(...times)];
  const amid = accepted.flatMap((count, index) => {
    const begins = start + index * step;
    return begins > from && begins + step <= to && count > 0 ? [{ count, line: lines[index] }] : [];
  });
  return { accepted: amid.reduce((sum, { count }) => sum + count, 0), line: amid[0]?.line };
}

/** Only replies can tell: a time-out is temporary by our own server's word. */
function judgePermanence(findings: readonly Finding[]): Judgement | undefined {
  const codes = findings.map(({ delivery }) => delivery.reply?.code ?? 0);
  const temporary = codes.filter((code) => code >= 400 && code < 500).length;
  const permanent = codes.filter((code) => code >= 500).length;
  if (temporary + permanent === 0) return undefined;
  if (permanent === 0)
    return { verdict: "supported", words: `${allReplies(temporary)} said "try again" (4xx).`, line: undefined };
  if (temporary === 0)
    return { verdict: "contradicted", words: `${allReplies(permanent)} refused for good (5xx).`, line: undefined };
  return cannotTell(
    `${counted(temporary, "reply", "replies")} said "try again" (4xx), ${permanent.toLocaleString("en-US")} refused for good (5xx).`,
  );
}

function allReplies(count: number): string {
  return count === 1 ? "Its one reply" : `All ${counted(count, "reply", "replies")}`;
}
