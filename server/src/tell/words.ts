// The words for verdicts: what a finding is called, whether it is temporary, whose turn it is.

import type { Delivery, Entry, Finding, MailCounts, Span, Turn } from "../model.ts";
import { bounded, visible } from "./markdown.ts";

/** The code as people write it: the token, else "421 4.7.0", else the entry's own name. */
export function codeLabel(finding: Finding): string {
  const reply = finding.delivery.reply;
  if (reply?.token !== undefined) return reply.token;
  const codes = [reply?.code, reply?.enhanced].filter((part) => part !== undefined);
  return codes.length > 0 ? codes.join(" ") : finding.entry.code;
}

/** The code, short and without anything that hides, fit for a title. */
export function shortLabel(finding: Finding): string {
  return bounded(visible(codeLabel(finding)), 60);
}

/** The stretch that tells most: the provider's token, else the codes, else the failure's own words. */
export function tellingSpan({ reply, span }: Delivery): Span {
  if (reply?.tokenSpan !== undefined) return reply.tokenSpan;
  const [code, enhanced] = [reply?.codeSpan, reply?.enhancedSpan];
  if (code === undefined || enhanced === undefined) return code ?? enhanced ?? span;
  const near = enhanced.start - code.end <= 2 && enhanced.start >= code.end;
  return near ? { start: code.start, end: enhanced.end } : code;
}

/** Who refused whom, and for how long: `ours` is a refusal by our own server. */
export type Kind = "permanent" | "temporary" | "ours";

/** The kind of a finding, by which it is counted and shown. */
export function kindOf({ delivery, permanent }: Finding): Kind {
  if (delivery.direction === "we-refused-them") return "ours";
  return permanent ? "permanent" : "temporary";
}

/** Said of a mask that only the pattern of the published ones explains. */
export const unpublished = "No source prints this very code; it is read by the pattern of the others.";

/** "Temporary" or "Permanent", for a finding. */
export function permanenceLabel(finding: Finding): string {
  return finding.permanent ? "Permanent" : "Temporary";
}

/** Permanence of an entry by itself. */
export function entryPermanence({ permanence, provider, code }: Entry): string {
  if (permanence !== "by-reply") return permanence === "permanent" ? "Permanent" : "Temporary";
  if (provider === "server") return "What became of the message decides";
  if (provider === "standard" && code.startsWith("2")) return "Success";
  return provider === "standard" && code.startsWith("3")
    ? "No failure: the server waits for more"
    : "The reply code decides";
}

/** Whose turn it is, for a person. */
export const turnLabels: Record<Turn, string> = {
  you: "Your turn: change something, then send again",
  wait: "Nobody's turn: waiting cures it",
  provider: "The provider has to act",
  "list-operator": "The list's operator has to act",
  recipient: "The recipient has to act",
  "account-owner": "The owner of the sending account has to act",
  unknown: "Not known who has to act",
};

/** The first sentence of a text, at most `limit` UTF-16 units. */
export function firstSentence(text: string, limit = 160): string {
  const end = text.search(/[.!?](?:\s|$)/);
  const sentence = end < 0 ? text : text.slice(0, end + 1);
  return sentence.length <= limit ? sentence : `${sentence.slice(0, limit - 1)}…`;
}

/** "1 line", "12,345 lines", "2 replies". */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${count.toLocaleString("en-US")} ${count === 1 ? noun : plural}`;
}

/** "2024-06-03 10:02:07" out of an ISO time; the zone stays when there is one. */
export function readableTime(iso: string): string {
  return iso.replace("T", " ").replace(/\.\d+/, "").replace(/Z$/, " UTC");
}

/** The name of a decoded or plain entry: "AUP#IPBL0011" or the entry's code. */
export function entryLabel(entry: Entry, bits: string | undefined): string {
  return bits === undefined ? entry.code : `${entry.code.replace(/[^A-Za-z]*$/, "")}${bits}`;
}

/** The text with a full stop at its end, if it has no other mark there. */
export function ended(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

/** The mails of a folder that report no failure: "2 complaints", "1 automatic answer". */
export function mailWords({ complaints, answers }: MailCounts): string[] {
  return [
    ...(complaints > 0 ? [counted(complaints, "complaint")] : []),
    ...(answers > 0 ? [counted(answers, "automatic answer")] : []),
  ];
}
