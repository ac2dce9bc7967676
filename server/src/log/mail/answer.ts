// A reply in the text of a report: from its code to its end, over as many lines as it was wrapped to.
import type { Reply } from "../../model.ts";
import { leadingCode } from "../lead.ts";
import { joined, type Passage } from "../passage.ts";
import { longestText, readReply } from "../reply.ts";
import { headingOf } from "./heading.ts";
import type { MailLine } from "./lines.ts";

/** A reply, the line it begins on, how many lines it takes, and what stands before it on its line. */
export interface Answer {
  readonly reply: Reply;
  readonly line: MailLine;
  readonly length: number;
  readonly before: string;
}

/** Reports wrap their lines; no reply is followed further. */
const longest = 24;

/** The reply of a passage that begins on line `at`. */
export function answerAt(lines: readonly MailLine[], at: number, passage: Passage): Answer | undefined {
  const { lead } = passage;
  const own = ownLines(passage.lines);
  const behind = at + own.length;
  const more = lead.kind === "dialogue" ? [] : wrapped(lines, behind, behind - at);
  const head = passage.lines[0] ?? "";
  const before = lead.at < 0 ? head : head.slice(0, lead.at);
  const text = [joined({ ...passage, lines: own }), ...more].join(" ").replace(/ (?:<<<|SMTP<<) (?=[45]\d\d)/g, " ");
  const line = lines[lead.at < 0 ? at + 1 : at];
  const reply = replyOf(ended(text, before));
  return reply && line && { reply, line, length: own.length + more.length, before };
}

// Exim and others indent a reply below its recipient: a recipient that stands further out is the next one.
function ownLines(lines: readonly string[]): readonly string[] {
  const depth = indent(lines[0] ?? "");
  const next = lines.findIndex((line, index) => index > 0 && indent(line) < depth && headingOf(line) !== undefined);
  return next < 0 ? lines : lines.slice(0, next);
}

function indent(line: string): number {
  return line.length - line.trimStart().length;
}

// Lines behind a reply belong to it until a blank line, a border, a command, another recipient or another reply.
function wrapped(lines: readonly MailLine[], from: number, taken: number): string[] {
  const more: string[] = [];
  for (let at = from; at < lines.length && taken + more.length < longest; at++) {
    const text = lines[at]?.text ?? "";
    if (text.trim() === "" || /^\s{0,16}(?:>>>|<<<|[-=_*]{3}|\.\.\. )/.test(text)) break;
    if (leadingCode(text) !== undefined || headingOf(text) !== undefined) break;
    more.push(text.trim());
  }
  return more;
}

function ended(text: string, before: string): string {
  const opening = /(['"])\s?$/.exec(before)?.[1];
  const closing = opening === undefined ? -1 : text.indexOf(opening);
  if (closing > 0) return text.slice(0, closing);
  if (/\(reason: ?$/.test(before)) return text.replace(/\)\s{0,8}$/, "");
  const command = text.search(/ \(in reply to [A-Za-z -]{2,40}\)/);
  return command < 0 ? text : text.slice(0, text.indexOf(")", command) + 1);
}

/** The reply that a text begins with; a code that is said twice is said once. */
export function replyOf(text: string): Reply | undefined {
  const once = text.replace(/^([45]\d\d)[ -]\1(?=[ -])/, "$1").slice(0, longestText);
  const reply = readReply(once, 0, once.length);
  return reply && reply.enhanced === undefined ? { ...reply, enhanced: tailCode(reply) } : reply;
}

// "(#5.1.1 - chkusr)": qmail's patches say more in the brackets.
function tailCode({ code, text }: Reply): string | undefined {
  const enhanced = /\(#([245]\.\d{1,3}\.\d{1,3})(?![\w.])/.exec(text)?.[1];
  return enhanced?.[0] === String(code)[0] ? enhanced : undefined;
}

const anyCode =
  /(?:^|[\s:;,>"'(=#<[-])(4(?:2[1-4]|3[0-2]|4[1-9]|5\d|7\d)|5(?:0[0-4]|1[0-7]|2[0-9]|3\d|4\d|5\d|6\d|7\d))(?=[ \t]*[:;,)\]"']|[ \t]+[#A-Za-z<"'(45]|-[A-Za-z45]|$)/;
const noReply = /\b(?:bytes?|[KMG]B|lines?|seconds?|hours?|minutes?|days?|messages?|recipients)\b/;

/** A reply by its code alone, for reports that announce it in no known way. */
export function looseAnswer(lines: readonly MailLine[], at: number): Answer | undefined {
  const line = lines[at];
  const match = line === undefined ? null : anyCode.exec(line.text.slice(0, longestText));
  if (line === undefined || match?.[1] === undefined) return undefined;
  const from = match.index + match[0].length - 3;
  if (noReply.test(line.text.slice(from + 3, from + 14))) return undefined;
  const more = wrapped(lines, at + 1, 1);
  const text = [line.text.slice(from), ...more].join(" ");
  const reply = replyOf(text) ?? replyOf(`${match[1]} ${text.slice(3).replace(/^[\s:;,)\]"']{1,8}/, "")}`);
  return reply && { reply, line, length: 1 + more.length, before: line.text.slice(0, from) };
}
