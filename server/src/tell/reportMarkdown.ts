// Tells reports as Markdown for a ticket or a mail: what strangers wrote in them is escaped and never becomes markup.
import type { Refusal, Report, Row, Subject } from "../model.ts";
import { escapedUpTo, link, visible } from "./markdown.ts";
import {
  bearingWords,
  conclusionWords,
  longestPart,
  nextWords,
  remedyWords,
  rowTime,
  verdictMarks,
  verdictWords,
} from "./report.ts";
import { counted, readableTime } from "./words.ts";

const mostRaw = 100;

/** Each report: the verdict, what it is about, and its rows with the raw answers. */
export function reportMarkdown(reports: readonly Report[]): string {
  return `${reports.map(one).join("\n\n---\n\n")}\n`;
}

function one(report: Report): string {
  const { subject, rows } = report;
  const parts = [
    `## Check of ${safe(subject.address.text)}`,
    safe(report.verdict),
    ...conclusion(report),
    ...(report.next === undefined ? [] : [`**Next:** ${safe(nextWords(report.next))}`]),
    table(facts(report)),
    ...(rows.length === 0 ? [] : ["### What was asked"]),
    ...rows.map((row) => rowParts(row, subject.refusal)),
  ];
  return parts.join("\n\n");
}

function conclusion({ conclusion }: Report): string[] {
  return conclusion === undefined ? [] : [`**Conclusion:** ${conclusionWords[conclusion]}`];
}

type Fact = readonly [label: string, value: string | undefined];

/** What the check is about; both times side by side, for a listing now is none at the time of the refusal. */
function facts({ subject, started, ended, rows }: Report): readonly Fact[] {
  return [
    ["Address", subject.address.text],
    ...refusalFacts(subject),
    [ended === "not-asked" ? "Written" : "Checked", readableTime(started)],
    ["Ended", ended === "complete" ? undefined : endings[ended]],
    ["Resolver", rows[0]?.resolver],
    ...mailFacts(subject),
  ];
}

const endings: Readonly<Record<Exclude<Report["ended"], "complete">, string>> = {
  cancelled: "cancelled before all answers came",
  deadline: "not all answers came in time",
  offline: "no DNS server answered",
  "not-asked": "nothing was asked",
};

function refusalFacts({ refusal }: Subject): readonly Fact[] {
  if (refusal === undefined) return [];
  const { label, provider, rule, time, line, seen } = refusal;
  const by = provider === undefined ? "" : ` by ${provider}`;
  return [
    ["Refused with", `${label}${by}: ${rule.standsFor}`],
    ["Refused", time === undefined ? "not known" : readableTime(time)],
    ["Line of the log", line === undefined ? undefined : String(line + 1)],
    ["Seen in the log", seen === undefined ? undefined : seenWords(seen)],
  ];
}

function seenWords({ count, first, last }: NonNullable<Refusal["seen"]>): string {
  const times = counted(count, "time");
  if (first === undefined || last === undefined || first === last) return times;
  return `${times}, from ${readableTime(first)} to ${readableTime(last)}`;
}

function mailFacts({ mail }: Subject): readonly Fact[] {
  const keys = mail.signatures.map(({ selector, domain }) => `${selector}._domainkey.${domain}`);
  return [
    ["HELO name", mail.helo && `${mail.helo}${mail.assumed?.includes("helo") ? " (assumed, not in the log)" : ""}`],
    ["Envelope sender", mail.sender === "" ? "none (a notification)" : mail.sender],
    ["Domain of the From header", mail.headerFrom],
    ["DKIM keys", keys.length === 0 ? undefined : keys.join(", ")],
    ["Recipient's domain", mail.recipientDomain],
  ];
}

function table(facts: readonly Fact[]): string {
  const rows = facts.flatMap(([label, value]) => (value === undefined ? [] : [`| ${label} | ${safe(value)} |`]));
  return ["| What | Value |", "| --- | --- |", ...rows].join("\n");
}

function rowParts(row: Row, refusal: Refusal | undefined): string {
  const { verdict, question, answer } = row;
  const remarks = [bearingWords(row, refusal), rowTime(row)].filter((part) => part !== undefined);
  const remedy = remedyWords(row);
  return [
    `#### ${verdictMarks[verdict]} ${verdictWords[verdict]}: ${safe(question)}`,
    `${safe(answer)} (${safe(remarks.join("; "))})`,
    ...(remedy === undefined ? [] : [`**What to do:** ${safe(remedy)}`]),
    ...(row.link === undefined ? [] : [reference(row.link)]),
    ...raw(row),
  ].join("\n\n");
}

/** A link where the address is whole; one with a placeholder in it leads nowhere and stays text. */
function reference(address: string): string {
  const plain = visible(address);
  return /^https:\/\/[\w.-]+(?:\/[\w./?&=%#:+~-]*)?$/.test(plain) ? link(plain, plain) : safe(plain);
}

/** Questions and raw answers in a block of code, which no line of theirs can end. */
function raw({ asked, answers, details }: Row): string[] {
  const lines = [...asked.map((question, at) => `${question} → ${answers[at] ?? ""}`), ...details];
  if (lines.length === 0) return [];
  const shown = lines.slice(0, mostRaw).map(codeLine);
  const more = lines.length > mostRaw ? [`(${lines.length - mostRaw} more lines)`] : [];
  return [["```text", ...shown, ...more, "```"].join("\n")];
}

function codeLine(text: string): string {
  return visible(text.slice(0, longestPart)).replaceAll("`", "'");
}

function safe(text: string): string {
  return escapedUpTo(longestPart, text);
}
