// The topics that claims speak of: their headings, which of them exclude each other, and what a log's own lines say about each.
import type { Judgement } from "../measurement.ts";
import type { Claim, Finding } from "../model.ts";
import type { ClaimGroup } from "../protocol.ts";
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

/** The log's findings of the entry, and those of every other entry. */
export interface Evidence {
  readonly own: readonly Finding[];
  readonly others: readonly Finding[];
}

/** Claims of one topic together, causes first, in the order of the catalogue; `judge` holds each against the log. */
export function groupClaims(
  claims: readonly Claim[],
  log: Evidence,
  judge: (claim: Claim) => Judgement | undefined = () => undefined,
): ClaimGroup[] {
  const topics = [...new Set(claims.map((claim) => claim.topic))].sort(
    (a, b) => Number(causes.has(b)) - Number(causes.has(a)),
  );
  return topics.map((topic) => ({
    topic,
    heading: headings[topic] ?? "What it means",
    claims: claims.filter((claim) => claim.topic === topic).map((claim) => ({ ...claim, judgement: judge(claim) })),
    evidence: evidence(topic, log),
  }));
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
  return undefined;
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
