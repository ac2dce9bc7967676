// Reads any text that holds SMTP replies: transcripts, pasted bounces, other servers' logs.
import type { Outcome, Reply } from "../../model.ts";
import type { Around, Failure, Format, Parts } from "../format.ts";
import { findPassage, joined, type Passage } from "../passage.ts";
import { groupPiece, type Piece, piece } from "../piece.ts";
import { readRemote } from "../remote.ts";
import { readReply, tokenReply } from "../reply.ts";
import { findSource } from "../source.ts";
import { stageOf } from "../stage.ts";
import { readPrefix, readTime } from "../syslog.ts";
import { findToken } from "../token.ts";

/** The format of last resort; it claims a line only when a reply stands there. */
export const plain: Format = {
  id: "plain",
  baits: [/AUP#[A-Z]/g, /(?<![\w.-])[45]\d\d(?=[ -])/g, /Diagnostic-Code:|said:[ \t]{0,8}(?=\r?\n)/g],
  read: readPlain,
};

function readPlain(line: string, around: Around): Parts | undefined {
  const passage = findPassage(line, around);
  if (passage === undefined) return readAup(line);
  if (passage.lead.code < 400 || isEcho(passage, around)) return { ...stamped(line), reply: ownReply(line, passage) };
  const owner = ownerOf(passage);
  const extent = { owner, last: passage.first + passage.lines.length - 1 };
  if (owner !== 0) return { ...stamped(line), reply: ownReply(line, passage), passage: extent };
  const reply = gather(line, passage);
  return reply && { ...stamped(line), ...refusal(line, around, { passage, reply }), passage: extent };
}

// Sendmail repeats the remote's "<<< 550 …" on the next line in its own words, with an enhanced code of its own.
function isEcho({ lead, first }: Passage, around: Around): boolean {
  return lead.kind === "bare" && /^\s{0,8}<<< [45]\d\d/.test(around(first - 1) ?? "");
}

function refusal(line: string, around: Around, { passage, reply }: { passage: Passage; reply: Reply }): Parts {
  const words = piece(line, reply.span.start, reply.span.end);
  const context = surroundings(line, around);
  const relay = context.relayIp?.text;
  const sourceIp = findSource(line, words, [relay]) ?? elsewhere(joined(passage), relay);
  const stage = stageNear(passage, around);
  const failure: Failure = { direction: "they-refused-us", outcome: outcomeOf(passage), stage, words };
  return { ...context, reply, sourceIp, failure };
}

// An address on another line of the reply has no place on this one.
function elsewhere(text: string, relay: string | undefined): Piece | undefined {
  const found = findSource(text, { text, start: 0, end: text.length }, [relay]);
  return found && { text: found.text, start: -1, end: -1 };
}

// A code of the AUP# family is a finding wherever it stands.
function readAup(line: string): Parts | undefined {
  const at = line.indexOf("AUP#");
  if (at < 0 || findToken(line, at, line.length) === undefined || /\b2\d\d[ -]2\.\d\.\d/.test(line.slice(0, at)))
    return undefined;
  const words = piece(line, Math.max(0, startOfSentence(line, at)), line.length);
  const reply = tokenReply(line, words);
  return {
    ...stamped(line),
    reply,
    failure: { direction: "they-refused-us", outcome: "attempt", stage: undefined, words },
  };
}

function startOfSentence(line: string, at: number): number {
  const code = /(?<![\w.-])[45]\d\d[ -].{0,1000}$/s.exec(line.slice(Math.max(0, at - 1100), at));
  return code === null ? 0 : Math.max(0, at - 1100) + code.index;
}

/** The line, relative to the one asked about, on which the finding belongs: the token's, else the first. */
function ownerOf(passage: Passage): number {
  if (passage.lines.length === 1) return passage.first;
  const telling = passage.lines.findIndex((line) => findToken(line, 0, line.length) !== undefined);
  const text = passage.lines[telling];
  const start = passage.lead.at < 0 ? 1 : 0;
  if (text === undefined || !(/AUP#/.test(text) || /(?<![\w.-])[45]\d\d[ -]/.test(text))) return passage.first + start;
  return passage.first + telling;
}

// The reply as this line shows it, completed by what the passage's other lines hold.
function gather(line: string, passage: Passage): Reply | undefined {
  const own = ownReply(line, passage);
  const text = joined(passage);
  const whole = readReply(text, 0, text.length);
  if (own === undefined) return undefined;
  return {
    ...own,
    code: own.code ?? whole?.code,
    enhanced: own.enhanced ?? whole?.enhanced,
    token: own.token ?? whole?.token,
  };
}

function ownReply(line: string, passage: Passage): Reply | undefined {
  if (passage.first === 0 && passage.lead.at >= 0)
    return readReply(line, passage.lead.at, endOfReply(line, passage.lead.at));
  const start = line.search(/\S/);
  const code = line.search(/(?<![\w.-])[2-5]\d\d[ -]/);
  return readReply(line, code >= 0 && code < 20 ? code : start, line.length) ?? textOnly(line, start);
}

function textOnly(line: string, start: number): Reply | undefined {
  if (start < 0) return undefined;
  const words = piece(line, start, line.length);
  const token = findToken(line, words.start, words.end);
  const span = { start: words.start, end: words.end };
  return {
    code: undefined,
    enhanced: undefined,
    token: token?.text,
    text: words.text,
    span,
    codeSpan: undefined,
    enhancedSpan: undefined,
    tokenSpan: token && { start: token.start, end: token.end },
  };
}

// A quoted value ends with its quote, a reason with its bracket.
function endOfReply(line: string, at: number): number {
  const opening = line[at - 1];
  if (opening === '"' || opening === "'")
    return line.indexOf(opening, at) < 0 ? line.length : line.indexOf(opening, at);
  const closing = line.trimEnd().length;
  return /\(reason: ?$/.test(line.slice(0, at)) && line[closing - 1] === ")" ? closing - 1 : closing;
}

function outcomeOf(passage: Passage): Outcome {
  if (passage.lead.kind === "dialogue" || passage.lead.kind === "bare") return "attempt";
  return passage.lead.code >= 500 ? "bounced" : "deferred";
}

function stamped(line: string): Parts {
  const prefix = readPrefix(line);
  const time = prefix?.time === undefined ? readTime(line, 0) : undefined;
  if (time !== undefined) return { stamp: time.stamp, time: time.piece };
  return prefix?.time === undefined
    ? {}
    : { stamp: prefix.stamp, time: prefix.time, host: prefix.host, process: prefix.process };
}

function stageNear(passage: Passage, around: Around) {
  const replied = /\(in reply to ([A-Za-z -]{2,40}?)(?: command)?\)/.exec(joined(passage))?.[1];
  const command = /^\s{0,8}(?:>>>|SMTP>>|[-~]>|C:|>)?\s{0,4}([A-Za-z]{4,8})/.exec(around(passage.first - 1) ?? "")?.[1];
  return (
    stageOf(replied) ??
    (command !== undefined && /^(?:ehlo|helo|lhlo|mail|rcpt|data|auth|starttls)$/i.test(command)
      ? stageOf(command)
      : undefined)
  );
}

const named = /^<([^>\s]{3,320})>: |\b(?:rcpt|to|recipient)[= ]<([^>\s]{3,320})>/d;
const hostNamed = /\bhost (?=[^\s[]{1,255}\[)/;

/** Recipient and relay, as far as this very line tells, in the words of servers that have no reader of their own. */
function surroundings(line: string, around: Around): Parts {
  const text = line.slice(0, 2048);
  const said = hostNamed.exec(text);
  const remote = said === null ? undefined : readRemote(line, said.index + said[0].length);
  const address = named.exec(text);
  return {
    recipient: address === null ? headerAround(around) : (groupPiece(address, 1) ?? groupPiece(address, 2)),
    relayHost: remote?.host,
    relayIp: remote?.ip,
    relayPort: remote?.port,
  };
}

// The reader of a bounce finds the recipient a few lines above; it has no place on this line.
function headerAround(around: Around): Piece | undefined {
  for (let distance = -1; distance >= -8; distance--) {
    const match =
      /^(?:Final-Recipient: ?rfc822; ?|Original-Recipient: ?rfc822; ?|[\s>-]{0,8}RCPT TO: ?<?|<)([^<>\s,@]{1,64}@[^<>\s,:]{1,255})/i.exec(
        around(distance) ?? "",
      );
    if (match?.[1] !== undefined) return { text: match[1], start: -1, end: -1 };
  }
  return undefined;
}
