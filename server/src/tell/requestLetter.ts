// The letter itself, as plain text: what is asked, which server, what its log shows, what was checked, and marked gaps for a person.
import type { Measurement, Throttle } from "../measurement.ts";
import type { Finding } from "../model.ts";
import { bounded, visible } from "./markdown.ts";
import type { Count, RequestCase, Seen } from "./requestCase.ts";
import { checkedAt, checkLines, foundAgainst, latestCheck, reverseName } from "./requestChecks.ts";
import { isGeneral } from "./requestNames.ts";
import { keptLimit } from "./requestRefusal.ts";
import { clockText, momentOf, shownTime, spanText } from "./requestTimes.ts";
import { counted, entryLabel, shortLabel } from "./words.ts";

/** A rejection is quoted whole; the reader of logs keeps no more of one. */
const longestRejection = 4_096;
/** Syslog leaves out the year, and a pasted line even the day. */
const noTime = "[the log gives no full time: add it]";
const longestDomains = 150;
const width = 76;
/** After so long a refusal may be over. */
const staleMs = 7 * 86_400_000;

/** What the letter is about, in one line. */
export function subjectOf(request: RequestCase): string {
  const server = request.ip ?? "our mail server";
  return asksRemoval(request)
    ? `Request to remove the block of ${server} (${labelOf(request)})`
    : `Mail from ${server} refused with ${labelOf(request)}`;
}

/** The whole letter, its lines ended by "\n". */
export function letterOf(request: RequestCase): string {
  return [
    ...cautions(request),
    "Hello,",
    wrapped(askOf(request)),
    part("Our server", serverLines(request)),
    part("What our log shows", logLines(request)),
    rejections(request.seen.samples),
    ...checks(request),
    wrapped(`What we have changed:\n${changeGap(request.throttle)}`),
    "Thank you,\n\n[Your name, organisation, and where you can be reached]",
  ].join("\n\n");
}

/** The letter for a mail program that takes little: one rejection, cut to `most` UTF-16 units. */
export function shortLetter(request: RequestCase, most: number): string {
  const sample = request.seen.samples.at(-1);
  return [
    "Hello,",
    askOf(request),
    [...serverLines(request).slice(0, 2), ...logLines(request).slice(0, 3)].join("\n"),
    ...(sample === undefined || most === 0
      ? []
      : [`${placeOf(sample)}:\n${visible(bounded(sample.delivery.words, most))}`]),
    "[This is the short form. The full letter, with more rejections in full and what was checked, is in the editor: paste it here.]",
    "[Say what you have changed, your name, and where you can be reached.]",
  ].join("\n\n");
}

/** The code as the replies have it, in one line; a token that nobody knows stands beside the codes of the standard. */
function labelOf({ entry, decoded, seen }: RequestCase): string {
  const [sample] = seen.samples;
  if (sample === undefined) return entryLabel(entry, decoded?.bits);
  const { code, enhanced, token } = sample.delivery.reply ?? {};
  const codes = [code, enhanced].filter((part) => part !== undefined).join(" ");
  if (!isGeneral(entry) || token === undefined || codes === "") return shortLabel(sample);
  return `${codes} (${shortLabel(sample)})`;
}

function asksRemoval({ entry }: RequestCase): boolean {
  return entry.turn === "provider" && (entry.reason === "blocked" || entry.reason === "badreputation");
}

function askOf(request: RequestCase): string {
  const server = request.ip === undefined ? "our server [its sending IP]" : `our server ${request.ip}`;
  const refused = `Your mail hosts refuse ${server} with ${labelOf(request)}.`;
  if (asksRemoval(request))
    return `${refused} Please remove the block of this address, or tell us what still stands against it.`;
  if (request.entry.turn === "unknown" || isGeneral(request.entry))
    return `${refused} Please look into it, and tell us what the refusal means and what we should change.`;
  return `${refused} Please look into why the address is still refused, and tell us what we should change.`;
}

/** Said to the sender, above the letter. */
function cautions({ cautions, reports, seen, now }: RequestCase): string[] {
  const check = latestCheck(reports);
  const against = check === undefined ? [] : foundAgainst(check);
  const last = momentOf(seen.last);
  const age = last === undefined ? 0 : now.getTime() - last;
  const all = [
    ...cautions,
    ...(against.length === 0
      ? []
      : [`The check of the address found: ${against.join("; ")}. Mend that first, or say why it is not the cause.`]),
    ...(age < staleMs
      ? []
      : [`The last refusal in this log is ${spanText(age)} old: make sure that mail is still refused.`]),
  ];
  return all.map((text) => wrapped(`[Before you send, then delete this: ${text}]`));
}

function serverLines(request: RequestCase): string[] {
  const check = latestCheck(request.reports);
  const name = check === undefined ? undefined : reverseName(check);
  const reverse =
    check === undefined || name === undefined
      ? "not checked [check the address, or name it here]"
      : `${name} (checked ${checkedAt(check)})`;
  return [
    `Sending IP:     ${request.ip ?? "[your sending IP]"}`,
    `Reverse DNS:    ${reverse}`,
    `HELO name:      ${heloText(request)}`,
  ];
}

function heloText({ helo }: RequestCase): string {
  if (helo === undefined) return "[the name that your server says in HELO]";
  const name = visible(bounded(helo.name, 255));
  return helo.assumed ? `${name} [the host's name in the log: make sure that it is the one in HELO]` : name;
}

function logLines(request: RequestCase): string[] {
  const { seen, measurement } = request;
  const { first, last, count, messages, recipients, domains } = seen;
  const at = domains.length === 0 ? "" : ` at ${visible(bounded(domains.join(", "), longestDomains))}`;
  return [
    `First refusal:  ${first === undefined ? noTime : shownTime(first)}`,
    `Last refusal:   ${last === undefined ? noTime : shownTime(last)}`,
    `Refusals:       ${count.toLocaleString("en-US")}${about(messages, recipients)}${at}`,
    ...(measurement === undefined ? [] : measuredLines(request, measurement)),
    ...zoneLine(seen),
  ];
}

function about(messages: Count, recipients: Count): string {
  const parts = [countText(messages, "message"), countText(recipients, "recipient")].filter(
    (text) => text !== undefined,
  );
  return parts.length === 0 ? "" : `, of ${parts.join(" to ")}`;
}

function countText({ total, more }: Count, noun: string): string | undefined {
  return total === 0 ? undefined : `${more ? "at least " : ""}${counted(total, noun)}`;
}

function zoneLine({ first, zoned }: Seen): string[] {
  return first === undefined || zoned
    ? []
    : ["The log names no time zone: local times are those of our server, [its zone]."];
}

function measuredLines(request: RequestCase, measurement: Measurement): string[] {
  const accepted = acceptedIn(measurement, request.seen);
  const limit = keptLimit(request);
  const { sessions, least, most } = measurement.peak;
  const range = least === most ? "" : ` (at least ${least}, at most ${most})`;
  return [
    ...(accepted === undefined ? [] : [`Accepted:       ${accepted}`]),
    `Open sessions:  at most ${sessions}${range} at the same moment, by our log`,
    ...(limit === undefined
      ? []
      : [`Your limit:     ${limit.value} at the same moment; every refusal came while we kept it`]),
  ];
}

/** Deliveries that were accepted between the first and the last refusal, to the steps of the series. */
function acceptedIn({ series }: Measurement, { first, last }: Seen): string | undefined {
  const [from, to] = [momentOf(first), momentOf(last)];
  if (from === undefined || to === undefined || series.step <= 0) return undefined;
  const start = Math.max(0, Math.floor((from - series.start) / series.step));
  const end = Math.min(series.accepted.length, Math.floor((to - series.start) / series.step) + 1);
  if (start >= end) return undefined;
  const total = series.accepted.slice(start, end).reduce((sum, count) => sum + count, 0);
  const [begin, stop] = [start, end].map((step) => clockText(series.start + step * series.step));
  return `${counted(total, "delivery", "deliveries")} from ${begin} to ${stop}, the time of the refusals`;
}

function rejections(samples: readonly Finding[]): string {
  const few = samples.length === 1 ? "One rejection" : `${["", "", "Two", "Three"][samples.length]} rejections`;
  const quoted = samples.map(
    (sample, at) => `${at + 1}. ${placeOf(sample)}:\n${visible(bounded(sample.delivery.words, longestRejection))}`,
  );
  return [`${few}, word for word:`, ...quoted].join("\n\n");
}

/** When and by which of their hosts: "2026-11-23 17:16:05 UTC, from cxr.mx.a.cloudfilter.net". */
function placeOf({ delivery: { time, relay } }: Finding): string {
  const host = relay.host ?? relay.ip;
  const when = time === undefined ? "At an unknown time" : shownTime(time);
  return host === undefined ? when : `${when}, from ${visible(bounded(host, 255))}`;
}

function checks({ reports }: RequestCase): string[] {
  const check = latestCheck(reports);
  const lines = check === undefined ? [] : checkLines(check);
  return check === undefined || lines.length === 0 ? [] : [part(`What we checked on ${checkedAt(check)}`, lines)];
}

function changeGap(throttle: Throttle | undefined): string {
  const change = throttle === undefined ? "" : `, for example: ${changeText(throttle)}`;
  return `[Say what you have changed${change === "" ? ": the cause you found, and what stops it." : `${change}.`}]`;
}

function changeText({ connections, messagesPerConnection, pause }: Throttle): string {
  const parts = [
    `our server now opens at most ${counted(connections, "connection")} to your hosts at the same time`,
    ...(messagesPerConnection === undefined
      ? []
      : [`sends at most ${counted(messagesPerConnection, "message")} over each`]),
    ...(pause === undefined ? [] : [`waits ${counted(pause, "second")} between two deliveries`]),
  ];
  return [parts.slice(0, -1).join(", "), parts.at(-1)].filter((text) => text !== "").join(" and ");
}

function part(title: string, lines: readonly string[]): string {
  return [`${title}:`, ...lines.map((line) => `  ${line}`)].join("\n");
}

/** The text in lines of at most 76 characters, where it has blanks. */
function wrapped(text: string): string {
  return text.split("\n").map(wrappedLine).join("\n");
}

function wrappedLine(text: string): string {
  const lines: string[] = [""];
  for (const word of text.split(" ")) {
    const line = lines.at(-1) ?? "";
    if (line === "") lines[lines.length - 1] = word;
    else if (line.length + 1 + word.length <= width) lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return lines.join("\n");
}
