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
import { readText, type Said } from "./spoken.ts";
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
  const reports = all.length > 0 ? all : [readStatus(fieldsIn(linesOfType(mail, isText, true)))];
  const status = { fields: reports.flatMap(({ fields }) => fields), groups: reports.flatMap(({ groups }) => groups) };
  const returned = mail.parts.find(({ type }) => isReturned(type));
  const original = returned === undefined ? [] : headerOf(decodedLines(mail, returned));
  return { mail, status, said: saidIn(mail, text), opening: opening(text), original, time };
}

// The page may say more than a plain text that was made from it badly.
function saidIn(mail: Mail, text: readonly MailLine[]): readonly Said[] {
  const said = readText(text);
  if (said.some(isCoded) || !mail.parts.some(({ type }) => type === "text/html")) return said;
  return [...said, ...readText(pageOf(mail)).filter(isCoded)];
}

function isCoded({ reply }: Said): boolean {
  return reply?.code !== undefined;
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
  const plain = linesOfType(mail, isText, false);
  return plain.some(({ text }) => text.trim() !== "") ? plain : pageOf(mail);
}

function pageOf(mail: Mail): readonly MailLine[] {
  return htmlLines(linesOfType(mail, (type) => type === "text/html", false));
}

function isText(type: string): boolean {
  return /^text\/(?:plain|x-.{1,40})$/.test(type);
}

function linesOfType(mail: Mail, fits: (type: string) => boolean, attached: boolean): MailLine[] {
  return mail.parts
    .filter((part) => fits(part.type) && (attached || !isAttached(part)))
    .slice(0, 8)
    .flatMap((part) => decodedLines(mail, part).slice(0, mostTextLines));
}

function isAttached({ fields }: Part): boolean {
  return fields.some(({ name, value }) => name === "content-disposition" && /^\s*attachment/i.test(value));
}

function isReturned(type: string): boolean {
  return /^(?:message\/(?:rfc822|global)|text\/rfc822-headers|message\/(?:rfc822|global)-headers)$/.test(type);
}

// Somebody passed reports on.
function forwarded(mail: Mail, forwards: number): ReadMail {
  const mails = mail.parts.filter(({ type }) => type === "message/rfc822" || type === "message/global");
  const inner = (forwards > 0 ? mails : []).map(({ start, end }) =>
    readWithin(mail.lines, { from: start, to: end }, forwards - 1),
  );
  const reports = inner.filter(({ kind }) => kind === "report");
  if (reports.length === 0) return { kind: "other", deliveries: [] };
  return { kind: "report", deliveries: reports.flatMap(({ deliveries }) => deliveries) };
}
