// The topics that claims speak of: their headings, which of them exclude each other, and what a log's own lines say about each.
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

/** Claims of one topic together, causes first, in the order of the catalogue. */
export function groupClaims(claims: readonly Claim[], findings: readonly Finding[]): ClaimGroup[] {
  const topics = [...new Set(claims.map((claim) => claim.topic))].sort(
    (a, b) => Number(causes.has(b)) - Number(causes.has(a)),
  );
  return topics.map((topic) => ({
    topic,
    heading: headings[topic] ?? "What it means",
    claims: claims.filter((claim) => claim.topic === topic),
    evidence: evidence(topic, findings),
  }));
}

/** True when the claims name more than one cause. */
export function disputed(claims: readonly Claim[]): boolean {
  return new Set(claims.map((claim) => claim.topic).filter((topic) => causes.has(topic))).size > 1;
}

/** What the lines of one entry say about a topic; undefined when they cannot tell. */
function evidence(topic: string, findings: readonly Finding[]): string | undefined {
  if (findings.length === 0) return undefined;
  if (topic === "temporary" || topic === "permanence") return permanenceEvidence(findings);
  if (topic === "blocklist") return blocklistEvidence(findings);
  return undefined;
}

function permanenceEvidence(findings: readonly Finding[]): string {
  const permanent = findings.filter((finding) => finding.permanent).length;
  const temporary = findings.length - permanent;
  if (permanent === 0) return `In this log all ${counted(temporary, "reply", "replies")} said "try again" (4xx).`;
  if (temporary === 0) return `In this log all ${counted(permanent, "reply", "replies")} refused for good (5xx).`;
  return `In this log ${temporary.toLocaleString("en-US")} said "try again" (4xx) and ${permanent.toLocaleString("en-US")} refused for good (5xx).`;
}

function blocklistEvidence(findings: readonly Finding[]): string | undefined {
  const named = findings.find((finding) => finding.decoded !== undefined);
  if (named?.decoded !== undefined) {
    const lists = named.decoded.lists.map((list) => list.name).join(", ");
    return lists === ""
      ? undefined
      : `In this log the code itself names the list: ${codeLabel(named)} stands for ${lists}.`;
  }
  return "These lines do not name a list. Check the sending IP to learn whether it is on one now.";
}
