// Reads one mail: what it is, and the failures that it reports.
import type { Delivery } from "../../model.ts";
import { separator } from "../mailSigns.ts";
import { separatorDate } from "./date.ts";
import { decodedLines } from "./decode.ts";
import { htmlLines } from "./html.ts";
import { isStatus, kindOfMail, type MailKind } from "./kind.ts";
import { type MailLine, splitLines } from "./lines.ts";
import { type Mail, type Part, readMail } from "./parts.ts";
import { deliveriesOf, headerOf } from "./report.ts";
import { readText } from "./spoken.ts";
import { readStatus } from "./status.ts";

/** A mail that was read; the deliveries' lines count from its first. */
export interface ReadMail {
  readonly kind: MailKind;
  readonly deliveries: readonly Delivery[];
}

/** Of a text with more lines only the first are read. */
const mostTextLines = 10_000;

/** A report may be forwarded in a mail, and that in another. */
const mostForwards = 4;

/** Reads a mail, or a message of a folder with its separator. Nothing in it can make it throw; linear in its length. */
export function readMessage(message: string): ReadMail {
  const lines = splitLines(message);
  return readWithin(lines, { from: 0, to: lines.length }, mostForwards);
}

interface Within {
  readonly from: number;
  readonly to: number;
}

function readWithin(lines: readonly string[], { from, to }: Within, forwards: number): ReadMail {
  let first = from;
  while (first < to && lines[first]?.trim() === "") first++;
  const top = separator.test(lines[first] ?? "") ? lines[first] : undefined;
  const mail = readMail(lines, top === undefined ? first : first + 1, to);
  const text = textOf(mail);
  const words = opening(text).map((line) => line.text.slice(0, 500));
  const kind = kindOfMail(mail, words.join("\n"));
  if (kind === "report") return { kind, deliveries: deliveriesOf(reportOf(mail, text, separatorDate(top))) };
  return kind === "other" ? forwarded(mail, forwards) : { kind, deliveries: [] };
}

function reportOf(mail: Mail, text: readonly MailLine[], time: string | undefined) {
  const all = mail.parts.filter(({ type }) => isStatus(type)).map((part) => readStatus(decodedLines(mail, part)));
  const reports = all.length > 0 ? all : [readStatus(fieldsIn(text))];
  const status = { fields: reports.flatMap(({ fields }) => fields), groups: reports.flatMap(({ groups }) => groups) };
  const returned = mail.parts.find(({ type }) => isReturned(type));
  const original = returned === undefined ? [] : headerOf(decodedLines(mail, returned));
  return { mail, status, said: readText(text), opening: opening(text), original, time };
}

// A report whose fields came as text: a server, or whoever passed it on, knows no MIME.
function fieldsIn(text: readonly MailLine[]): readonly MailLine[] {
  const start = text
    .slice(0, 2000)
    .findIndex((line) => /^(?:Reporting-MTA|Final-Recipient|Original-Recipient): ?[\w-]{1,20};/i.test(line.text));
  return start < 0 ? [] : text.slice(start, start + 500);
}

function opening(text: readonly MailLine[]): readonly MailLine[] {
  return text.slice(0, 60);
}

/** The text for people: plain where there is one, else the page. */
function textOf(mail: Mail): readonly MailLine[] {
  const plain = linesOfType(mail, (type) => /^text\/(?:plain|x-.{1,40})$/.test(type));
  return plain.some(({ text }) => text.trim() !== "")
    ? plain
    : htmlLines(linesOfType(mail, (type) => type === "text/html"));
}

function linesOfType(mail: Mail, fits: (type: string) => boolean): MailLine[] {
  return mail.parts
    .filter((part) => fits(part.type) && !isAttached(part))
    .slice(0, 8)
    .flatMap((part) => decodedLines(mail, part).slice(0, mostTextLines));
}

function isAttached({ fields }: Part): boolean {
  return fields.some(({ name, value }) => name === "content-disposition" && /^\s*attachment/i.test(value));
}

function isReturned(type: string): boolean {
  return /^(?:message\/(?:rfc822|global)|text\/rfc822-headers|message\/(?:rfc822|global)-headers)$/.test(type);
}

// Somebody passed a report on.
function forwarded(mail: Mail, forwards: number): ReadMail {
  const mails = mail.parts.filter(({ type }) => type === "message/rfc822" || type === "message/global");
  for (const { start, end } of forwards > 0 ? mails : []) {
    const inner = readWithin(mail.lines, { from: start, to: end }, forwards - 1);
    if (inner.kind === "report") return inner;
  }
  return { kind: "other", deliveries: [] };
}
