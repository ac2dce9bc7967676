// What the text of a report says, for people, of each recipient: replies of the other side, or the server's own words.
import type { Reply, Stage } from "../../model.ts";
import { passageHere } from "../passage.ts";
import { stageOf } from "../stage.ts";
import { type Answer, answerAt, looseAnswer, replyOf } from "./answer.ts";
import { addressesIn, headingOf } from "./heading.ts";
import { aroundIn, type MailLine } from "./lines.ts";

/** What was said, and of whom; no recipients when the text names none there. */
export interface Said {
  readonly recipients: readonly string[];
  /** The spans are of the text that was joined, not of the document. */
  readonly reply: Reply | undefined;
  readonly words: string;
  readonly stage: Stage | undefined;
  /** Where the other side is named: the line and a few above. */
  readonly near: string;
  /** The lines that hold it, the first first. */
  readonly lines: readonly MailLine[];
}

/** Reports are short; what follows is somebody else's text. */
const mostLines = 10_000;
const mostSaid = 5000;

const returned =
  /^[\s>]{0,8}[-=_*#]{2,80}.{0,40}\b(?:copy of|(?:original|returned|unsent|undelivered|truncated|failed|bounced|your) (?:e-?mail|message|mail)|message (?:follows|headers?\b|text follows)|original headers|headers? follow|body of)\b|^\s{0,8}(?:Original message (?:headers:|follows|is attached)|(?:Below|Above|Enclosed|Attached|Here|Following) (?:this line )?(?:is|are) (?:a |the |your )?(?:copy|original|text|header|first)|The (?:header|body|text) of the (?:original )?message|Message headers? follow|This is a copy of (?:the|your) message|Received: (?:from|by) )/i;
const border = /^\s{0,8}[-=_*]{3,80}/;

interface Section {
  readonly recipients: string[];
  readonly words: string[];
  readonly lines: MailLine[];
  coded: boolean;
}

interface Reader {
  /** The last line that says whom a transcript was made with. */
  talking: string;
  readonly lines: readonly MailLine[];
  readonly said: Said[];
  /** The text before the section, for servers that give the reason first. */
  above: MailLine[];
  section: Section | undefined;
}

/** What a report's text says, in its order. */
export function readText(all: readonly MailLine[]): readonly Said[] {
  const end = all.findIndex(({ text }) => returned.test(text));
  const lines = all.slice(0, Math.min(mostLines, end < 0 ? all.length : end));
  const reader: Reader = { lines, talking: "", said: [], above: [], section: undefined };
  for (let at = 0; at < lines.length && reader.said.length < mostSaid; ) at = step(reader, at);
  leave(reader);
  if (!reader.said.some(({ reply }) => reply?.code !== undefined)) loose(reader);
  return reader.said;
}

// Returns where to go on: a reply may run over several lines.
function step(reader: Reader, at: number): number {
  const line = reader.lines[at];
  if (line === undefined) return at + 1;
  if (/\btalking to /i.test(line.text)) reader.talking = line.text;
  const heading = headingOf(line.text);
  const answer = answerOf(reader, at);
  if (heading !== undefined && (answer === undefined || !/^\s{0,16}(?:<<<|[45]\d\d)/.test(line.text)))
    enter(reader, heading.recipient, answer === undefined ? heading.rest : "", line);
  if (answer !== undefined) {
    say(reader, at, answer);
    return at + answer.length;
  }
  if (heading === undefined) other(reader, line);
  return at + 1;
}

function answerOf({ lines }: Reader, at: number): Answer | undefined {
  const text = lines[at]?.text ?? "";
  const passage = passageHere(text, aroundIn(lines, at));
  return passage === undefined ? undefined : answerAt(lines, at, passage);
}

function enter(reader: Reader, recipient: string, rest: string, line: MailLine): void {
  const { section } = reader;
  const goesOn = section !== undefined && section.words.length === 0 && !section.coded;
  if (goesOn) {
    if (!section.recipients.includes(recipient) && section.recipients.length < 1000) section.recipients.push(recipient);
  } else {
    leave(reader);
    reader.section = { recipients: [recipient], words: [], lines: [], coded: false };
  }
  if (rest !== "") addWords(reader.section, rest, line);
}

function addWords(section: Section | undefined, text: string, line: MailLine): void {
  if (section === undefined || section.words.length >= 12 || /^\s{0,16}\(reason: ?\)/.test(text)) return;
  section.words.push(text.trim());
  section.lines.push(line);
}

function other(reader: Reader, line: MailLine): void {
  const { section } = reader;
  const blank = line.text.trim() === "";
  if (border.test(line.text)) {
    // A border between a recipient and the reason leaves them together, unless the reason stood above.
    if (section === undefined || section.words.length > 0 || section.coded || reader.above.length > 0) leave(reader);
    reader.above = [];
  } else if (section === undefined) reader.above = blank ? reader.above : [...reader.above.slice(-6), line];
  else if (!blank) addWords(section, line.text, line);
  // A label, "because:", is not yet the reason.
  else if (section.words.length > 0 && !section.words.at(-1)?.endsWith(":")) leave(reader);
}

function leave(reader: Reader): void {
  const { section } = reader;
  reader.section = undefined;
  if (section === undefined || section.coded) return;
  const own = section.words.length > 0;
  const lines = own ? section.lines : reader.above;
  const text = (own ? section.words : lines.map((line) => line.text.trim())).join(" ").slice(0, 4096);
  if (text === "") return;
  const reply = /^[45]\d\d(?:[ -]|$)/.test(text) ? replyOf(text) : undefined;
  reader.said.push({
    ...{ recipients: section.recipients, words: text, near: text, lines, stage: stageIn(text) },
    reply,
  });
}

function say(reader: Reader, at: number, { reply, line, before }: Answer): void {
  const { lines, section } = reader;
  if (reply.code !== undefined && reply.code < 400) return;
  const command = commandAbove(lines, at);
  const own = [...addressesIn(before), ...(command === undefined ? [] : addressesIn(command))];
  const recipients = own.length > 0 ? own.slice(-1) : (section?.recipients ?? []);
  const above = [-3, -2, -1].map((distance) => lines[at + distance]?.text ?? "").join("\n");
  const near = `${above}\n${before}\n${reader.talking}`;
  const asked = /^\s{0,8}(?:Sent )?>>>\s{0,4}([A-Za-z]{4,8})/.exec(command ?? "")?.[1];
  const stage = stageIn(reply.text) ?? stageIn(near) ?? stageOf(asked);
  const told = { recipients, stage, near, lines: [line] };
  if (ownWords.test(reply.text))
    reader.said.push({ ...told, reply: undefined, words: reply.text.replace(/^[\d. ]{3,20}/, "") });
  else reader.said.push({ ...told, reply, words: reply.text });
  if (section !== undefined) section.coded = true;
}

// Sendmail gives a number to what nobody answered.
const ownWords =
  /^[45]\d\d [45]\.4\.\d (?:reply: read error|timeout |.{0,300}\b(?:connection (?:refused|timed out|reset)|name server))/i;

// In a transcript the recipient is in the command that was answered.
function commandAbove(lines: readonly MailLine[], at: number): string | undefined {
  for (let above = at - 1; above >= 0 && above >= at - 6; above--) {
    const text = lines[above]?.text ?? "";
    if (/^\s{0,8}>>> ?RCPT TO/i.test(text)) return text;
    if (/^\s{0,8}(?:>>>|Sent >>>)/.test(text)) return /RCPT TO/i.test(text) ? text : undefined;
  }
  return undefined;
}

function stageIn(text: string): Stage | undefined {
  const said = /\(in reply to ([A-Za-z -]{2,40}?)(?: command)?\)|\bafter ([A-Za-z][A-Za-z ]{2,40}?)(?=:| command)/.exec(
    text,
  );
  return said === null ? undefined : stageOf(said[1] ?? said[2]);
}

// A number that looks like a code is one where a report holds no better.
function loose(reader: Reader): void {
  for (const [at, line] of reader.lines.entries()) {
    const answer = looseAnswer(reader.lines, at);
    if (answer === undefined) continue;
    const recipients = headingOf(line.text)?.recipient ?? nearest(reader.said, line);
    reader.section =
      recipients === undefined ? undefined : { recipients: [recipients], words: [], lines: [line], coded: true };
    say(reader, at, answer);
    return;
  }
}

function nearest(said: readonly Said[], { first }: MailLine): string | undefined {
  return said.findLast(({ lines }) => (lines[0]?.first ?? 0) <= first)?.recipients.at(-1);
}
