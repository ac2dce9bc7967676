// Reads a report of failure: its fields (RFC 3464) and what its text says for people, one delivery a recipient.
import type { Delivery, Outcome, Relay, Reply, Stage } from "../../model.ts";
import { longestText } from "../reply.ts";
import { findSource } from "../source.ts";
import { isoDate } from "./date.ts";
import { bareReply, commentOf, diagnosticOf, enhancedReply, type Told } from "./diagnostic.ts";
import { fieldValue, type MailField, readFields } from "./header.ts";
import { anyAddress } from "./heading.ts";
import { addressOf } from "./kind.ts";
import type { MailLine } from "./lines.ts";
import type { Mail } from "./parts.ts";
import { placed } from "./place.ts";
import { relayIn, relayOf, talkedTo } from "./relay.ts";
import type { Said } from "./spoken.ts";
import { bareAddress, type StatusGroup, type StatusReport } from "./status.ts";

/** A report: its fields, what its text says, and the header of the message that it returns. */
export interface Report {
  readonly mail: Mail;
  readonly status: StatusReport;
  readonly said: readonly Said[];
  /** The first lines of its text. */
  readonly opening: readonly MailLine[];
  readonly original: readonly MailField[];
  /** The time of the mail itself. */
  readonly time: string | undefined;
}

/** One failed recipient, on its way to a delivery. */
interface Case extends Told {
  readonly recipient: string | undefined;
  readonly outcome: Outcome;
  readonly time: string | undefined;
  readonly remote: string | undefined;
  readonly near: string;
  readonly stage: Stage | undefined;
}

/** The deliveries of a report; their lines count from the message's first. */
export function deliveriesOf(report: Report): readonly Delivery[] {
  const cases = report.status.groups.length > 0 ? groupCases(report) : textCases(report);
  const shared = sharedOf(report);
  return cases.map((one) => deliveryOf(one, report.mail, shared));
}

interface Shared {
  readonly sender: string | undefined;
  readonly queueId: string | undefined;
  readonly time: string | undefined;
  /** The one host that a transcript was made with. */
  readonly talkedTo: Relay;
}

function sharedOf({ mail, status, said, opening, original, time }: Report): Shared {
  const senders = [
    bareAddress(fieldValue(status.fields, "x-postfix-sender")),
    bareAddress(fieldValue(original, "return-path")),
    addressOf(fieldValue(mail.fields, "to")),
    addressOf(fieldValue(mail.fields, "delivered-to")),
  ];
  return {
    sender: senders.find((sender) => sender?.includes("@")),
    queueId: /^\s*([\w-]{5,30})\s*$/.exec(fieldValue(status.fields, "x-postfix-queue-id") ?? "")?.[1],
    time: isoDate(fieldValue(mail.fields, "date")) ?? isoDate(fieldValue(status.fields, "arrival-date")) ?? time,
    talkedTo: talkedTo([...opening.map(({ text }) => text), ...said.slice(0, 50).map(({ near }) => near)]),
  };
}

function isKnown({ host, ip }: Relay): boolean {
  return host !== undefined || ip !== undefined;
}

function deliveryOf(one: Case, { lines }: Mail, { sender, queueId, time, talkedTo }: Shared): Delivery {
  const { line, span, reply } = placed(one.reply, one.lines, lines);
  const [named, near] = [relayOf(one.remote), relayIn(one.near)];
  const relay = isKnown(named) ? named : isKnown(near) ? near : talkedTo;
  const words = one.words.slice(0, longestText);
  const source = findSource(words, { text: words, start: 0, end: words.length }, [relay.ip]);
  return {
    ...{ line, format: "bounce", time: one.time ?? time, process: undefined, queueId },
    ...{ recipient: one.recipient, sender, relay, sourceIp: source?.text, helo: undefined },
    ...{ stage: one.stage, direction: "they-refused-us", outcome: one.outcome, reply, words, span },
  };
}

function groupCases(report: Report): Case[] {
  const groups = report.status.groups.filter(({ action }) => action !== "done");
  const find = finderOf(report.said, groups.length === 1);
  const cases = groups.map((group) => caseOf(group, find(group.recipient), report));
  return cases.length === 0 ? [] : [...cases, ...putOff(report)];
}

// Sendmail's transcript also shows who will be tried again, and the report has no group for them.
function putOff({ said, status }: Report): Case[] {
  const known = new Set(status.groups.map(({ recipient }) => recipient?.toLowerCase()));
  return said.flatMap((one) => {
    const recipient = one.recipients[0];
    const isPutOff = / Deferred: [45]\d\d/.test(one.lines[0]?.text ?? "") && one.reply?.code !== undefined;
    if (recipient === undefined || !isPutOff || known.has(recipient.toLowerCase())) return [];
    known.add(recipient.toLowerCase());
    const { near, stage } = one;
    return [{ ...spokenTold(one), recipient, outcome: "deferred", time: undefined, remote: undefined, near, stage }];
  });
}

function caseOf(group: StatusGroup, found: readonly Said[], report: Report): Case {
  const said = found[0];
  const outcome = group.action === "delayed" ? "deferred" : "bounced";
  const told = bestOf(group, found);
  return {
    ...told,
    recipient: group.recipient ?? said?.recipients[0] ?? soleRecipient(report),
    ...{ outcome, time: isoDate(group.lastAttempt), remote: group.remote },
    near: [told.near ?? "", ...found.slice(0, 6).map(({ near }) => near)].join("\n"),
    stage: said?.stage,
  };
}

// The fields say it best when they hold the reply; else the text for people may.
function bestOf(group: StatusGroup, found: readonly Said[]): Told {
  const diagnostic = diagnosticOf(group.diagnostic);
  const said = found[0];
  if (diagnostic?.reply?.code !== undefined) return completed(diagnostic, diagnostic.reply, found);
  const spoken = said && { reply: said.reply, words: said.words, lines: said.lines };
  if (spoken?.reply !== undefined) return spoken;
  if (diagnostic?.reply !== undefined) return diagnostic;
  const comment = diagnostic === undefined && spoken === undefined ? commentOf(group.comment) : undefined;
  const line = group.comment?.lines[0] ?? group.line;
  const told = diagnostic ?? spoken ?? comment ?? { words: line.text.trim(), lines: [line] };
  return { ...told, reply: enhancedReply(told.words) ?? statusReply(told.words, group.status) };
}

// Sendmail's field has the first line of a reply only; the transcript has all of it.
function completed(told: Told, reply: Reply, found: readonly Said[]): Told {
  const start = reply.text.slice(0, 40);
  const folded = reply.text[3] === "-";
  const longer = ({ code, text }: Reply) =>
    code === reply.code && text.startsWith(start) && text.length > reply.text.length;
  const whole = folded ? found.flatMap((one) => one.reply ?? []).find(longer) : undefined;
  if (whole === undefined) return told;
  const { enhanced, token, text } = whole;
  const joined = { ...reply, enhanced: reply.enhanced ?? enhanced, token: reply.token ?? token, text };
  return { ...told, words: text, reply: joined };
}

// Of the network and of an unknown cause a report speaks for itself: no reply is behind these codes.
function statusReply(words: string, status: string | undefined) {
  return status === undefined || /^.\.(?:4\.|0\.0$)/.test(status) ? undefined : bareReply(words, status);
}

/** What a text says of a recipient, the most telling first. */
type Find = (recipient: string | undefined) => readonly Said[];

function finderOf(said: readonly Said[], single: boolean): Find {
  const byRecipient = new Map<string, Said[]>();
  for (const one of said) {
    for (const recipient of one.recipients) {
      const own = byRecipient.get(recipient.toLowerCase()) ?? [];
      if (own.push(one) === 1) byRecipient.set(recipient.toLowerCase(), own);
    }
  }
  const ofAll = said.filter(({ recipients }) => recipients.length === 0).slice(0, 20);
  return (recipient) => {
    const own = recipient === undefined ? [] : (byRecipient.get(recipient.toLowerCase()) ?? []);
    const all = [...own, ...ofAll, ...(single ? said.slice(0, 20) : [])];
    return [
      ...all.filter(isPermanent),
      ...all.filter(({ reply }) => reply !== undefined && reply.code !== undefined),
      ...all,
    ];
  };
}

function isPermanent({ reply }: Said): boolean {
  return reply?.code !== undefined && reply.code >= 500;
}

function textCases(report: Report): Case[] {
  const { said, mail } = report;
  const failed = (fieldValue(mail.fields, "x-failed-recipients") ?? "")
    .split(",", 1000)
    .flatMap((one) => bareAddress(one) ?? []);
  const named = said.flatMap(({ recipients }) => recipients);
  const own = addressOf(fieldValue(mail.fields, "to"))?.toLowerCase();
  const all = failed.length > 0 ? failed : named;
  const unique = [...new Map(all.map((one) => [one.toLowerCase(), one])).values()];
  const others = unique.filter((one) => one.toLowerCase() !== own);
  const recipients = others.length > 0 ? others : unique;
  const find = finderOf(said, recipients.length <= 1);
  const outcome = isDelay(report) ? "deferred" : "bounced";
  const found = (recipients.length > 0 ? recipients : [undefined]).map((recipient) => ({
    recipient,
    said: find(recipient)[0],
  }));
  return found.flatMap(({ recipient, said }) => {
    const told = said === undefined ? lastResort(report) : spokenTold(said);
    if (told === undefined) return [];
    const shared = { time: undefined, remote: undefined, near: said?.near ?? "", stage: said?.stage };
    const named = recipient ?? anyAddress(told.words, [own]) ?? soleRecipient(report);
    return [{ ...told, ...shared, outcome, recipient: named }];
  });
}

function spokenTold({ reply, words, lines }: Said): Told {
  return { reply: reply ?? enhancedReply(words), words, lines };
}

const unhappy =
  /undeliver|not (?:be )?deliver|could(?:n't| not)|fail|reject|refus|unknown|returned|exceed|full\b|not exist|no such|denied|unable|not have permission|disabled|blocked|quota|timed out|unreach/i;

// Nothing that is known: the line that says that something went wrong stands for the reason.
function lastResort({ opening }: Report): Told | undefined {
  const start = opening.findIndex(({ text }) => unhappy.test(text));
  const [line, ...more] = opening.slice(Math.max(0, start), start + 4);
  if (start < 0 || line === undefined) return undefined;
  const end = more.findIndex(({ text }) => text.trim() === "");
  const lines = [line, ...(end < 0 ? more : more.slice(0, end))];
  const words = lines.map(({ text }) => text.trim()).join(" ");
  return { reply: enhancedReply(words), words, lines };
}

// The message that came back names its recipients; only one cannot be the wrong one.
function soleRecipient({ mail, opening, original }: Report): string | undefined {
  const failed = fieldValue(mail.fields, "x-failed-recipients");
  const named = opening.map(({ text }) => /^\s{0,16}To:(.{3,400})/.exec(text)?.[1]).find((to) => to !== undefined);
  const to = failed ?? fieldValue(original, "to") ?? named;
  return to === undefined || to.includes(",") ? undefined : addressOf(to);
}

const late =
  /\bdelay|not (?:yet )?been delivered (?:yet|to one)|will (?:continue|keep|be retried|retry)|still (?:being|trying)|(?:do(?:es)? )?not need to (?:re-?send|do)|warning message|temporar(?:y|ily) (?:failure|undeliver)/i;
const over = /permanent|giv(?:en|ing) up|gave up|could not be delivered|failed permanently|undeliverable/i;

function isDelay({ mail, opening }: Report): boolean {
  const text = [fieldValue(mail.fields, "subject") ?? "", ...opening.map(({ text }) => text)].join("\n");
  return late.test(text) && !over.test(text);
}

/** The header of the message that a part returns. */
export function headerOf(lines: readonly MailLine[]): readonly MailField[] {
  const start = lines.findIndex(({ text }) => text.trim() !== "");
  return start < 0 ? [] : readFields(lines.slice(start, start + 500), 0).fields;
}
