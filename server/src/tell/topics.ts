// The topics that claims speak of: their headings, which of them exclude each other, and what a log's own lines say about each.
import type { Judgement } from "../measurement.ts";
import type { Claim, Finding } from "../model.ts";
import type { ClaimGroup } from "../protocol.ts";
import { type Judged, judge, measurableTopics, strongest } from "./judge.ts";
import { type Case, peakWords } from "./judgeCase.ts";
import { throttleWords } from "./judgeThrottle.ts";
import { codeLabel, counted } from "./words.ts";

const headings: Record<string, string> = {
  "connection-limit": "It is a limit on connections",
  "reputation-throttle": "It is a throttle by reputation",
  blocklist: "It is a blocklist",
  policy: "It is the acceptable use policy",
  authentication: "It is authentication of the sender",
  content: "It is the content of the message",
  permanence: "How long it lasts",
  temporary: "How long it lasts",
  practice: "How to avoid it",
  contact: "Whom to ask",
  filter: "Who filters",
  meaning: "What it means",
};

/** Topics that name a cause: two of them on one page are a disagreement. */
const causes = new Set(["connection-limit", "reputation-throttle", "blocklist", "policy", "authentication", "content"]);

/** The log's findings of the entry, those of every other entry, and what was measured of the entry's refusals. */
export interface Evidence {
  readonly own: readonly Finding[];
  readonly others: readonly Finding[];
  readonly the?: Case | undefined;
  readonly isMeasured?: boolean;
}

/** Claims of one topic together, causes first, in the order of the catalogue, each with what the log says about it. */
export function groupClaims(claims: readonly Claim[], log: Evidence): ClaimGroup[] {
  const topics = [...new Set(claims.map((claim) => claim.topic))].sort(
    (a, b) => Number(causes.has(b)) - Number(causes.has(a)),
  );
  const judged = judgedBy(log);
  return topics.map((topic) => ({
    topic,
    heading: headings[topic] ?? "What it means",
    claims: claims
      .filter((claim) => claim.topic === topic)
      .map((claim) => ({ ...claim, judgement: judge(claim, judged) })),
    evidence: evidence(topic, log),
  }));
}

/** What measuring a log says, when there is room for one thing: the heading of a claim's topic, and the judgement on it. */
export function strongestJudgement(
  claims: readonly Claim[],
  log: Evidence,
): { readonly heading: string; readonly judgement: Judgement } | undefined {
  const judged = judgedBy(log);
  const measured = claims.filter(({ topic, limit }) => limit !== undefined || measurableTopics.has(topic));
  const all = measured.map((claim) => ({ claim, judgement: judge(claim, judged) }));
  const judgement = strongest(all.map(({ judgement }) => judgement));
  const claim = all.find((one) => one.judgement === judgement)?.claim;
  return claim && judgement && { heading: headings[claim.topic] ?? "What it means", judgement };
}

function judgedBy(log: Evidence): Judged {
  const { own, the, isMeasured = false } = log;
  const words = own.length === 0 ? "" : blocklistEvidence(log);
  const lists =
    own.length === 0
      ? undefined
      : { named: own.some(namesLists), words: `${words.charAt(0).toUpperCase()}${words.slice(1)}` };
  return { own, lists, the, isMeasured };
}

/** True when the claims name more than one cause. */
export function disputed(claims: readonly Claim[]): boolean {
  return new Set(claims.map((claim) => claim.topic).filter((topic) => causes.has(topic))).size > 1;
}

/** What a log's lines say about a topic, to stand behind "This log: "; undefined when they cannot tell. */
function evidence(topic: string, log: Evidence): string | undefined {
  if (log.own.length === 0) return undefined;
  if (topic === "temporary" || topic === "permanence") return permanenceEvidence(log.own);
  if (topic === "blocklist") return blocklistEvidence(log);
  if (log.the === undefined) return undefined;
  if (topic === "connection-limit") return sessionEvidence(log.the);
  return topic === "reputation-throttle" ? uncapitalised(throttleWords(log.the)) : undefined;
}

function uncapitalised(sentence: string): string {
  return `${sentence.charAt(0).toLowerCase()}${sentence.slice(1)}`;
}

function sessionEvidence(the: Case): string {
  const { sessions, messages } = the.measurement;
  const mean = sessions.meanMessages === 1 ? "1 message" : `${sessions.meanMessages} messages`;
  const load = `${counted(sessions.count, "session")} in all, ${mean} over each on average`;
  return `${uncapitalised(peakWords(the))}; ${load}; at most ${counted(messages.perMinute.count, "message")} in a minute.`;
}

/** Only replies can tell: a time-out is temporary by our own server's word. */
function permanenceEvidence(findings: readonly Finding[]): string | undefined {
  const codes = findings.map(({ delivery }) => delivery.reply?.code ?? 0);
  const temporary = codes.filter((code) => code >= 400 && code < 500).length;
  const permanent = codes.filter((code) => code >= 500).length;
  if (temporary + permanent === 0) return undefined;
  if (permanent === 0) return `${allOf(temporary)} said "try again" (4xx).`;
  if (temporary === 0) return `${allOf(permanent)} refused for good (5xx).`;
  return `${counted(temporary, "reply", "replies")} said "try again" (4xx), ${permanent.toLocaleString("en-US")} refused for good (5xx).`;
}

function allOf(count: number): string {
  return count === 1 ? "its one reply" : `all ${counted(count, "reply", "replies")}`;
}

function blocklistEvidence({ own, others }: Evidence): string {
  const named = own.find(namesLists);
  if (named !== undefined) return `the code itself names the list: ${listed(named)}.`;
  const other = others.find((finding) => namesLists(finding) && sameSender(finding, own));
  if (other === undefined)
    return "these lines do not name a list. Check the sending IP to learn whether it is on one now.";
  const line = (other.delivery.line + 1).toLocaleString("en-US");
  return `these lines do not name a list, but line ${line} does, for the same provider and sender: ${listed(other)}.`;
}

function namesLists({ decoded }: Finding): boolean {
  return decoded?.subject === "sending-ip" && decoded.lists.length > 0;
}

function listed(finding: Finding): string {
  const lists = finding.decoded?.lists.map((list) => list.name).join(", ");
  return `${codeLabel(finding)} stands for ${lists}`;
}

/** The same provider, and the same sending address as far as the lines name one. */
function sameSender(finding: Finding, own: readonly Finding[]): boolean {
  const { sourceIp } = finding.delivery;
  const matches = (one: Finding): boolean =>
    one.entry.provider === finding.entry.provider &&
    (sourceIp === undefined || one.delivery.sourceIp === undefined || one.delivery.sourceIp === sourceIp);
  return own.some(matches);
}
