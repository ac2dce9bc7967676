// Reads Exim's main, reject and panic logs, as files and through syslog, with any of its log selectors.
import type { Outcome, Reply, Stage } from "../../model.ts";
import type { Failure, Format, Parts, Status } from "../format.ts";
import { groupPiece, type Piece, piece, pieceOrNothing } from "../piece.ts";
import { type Remote, readClient, readRemote } from "../remote.ts";
import { readReply, tokenReply } from "../reply.ts";
import { findSource } from "../source.ts";
import { stageOf } from "../stage.ts";
import { readPrefix, readTime, skipContainer } from "../syslog.ts";
import { timing } from "../timing/exim.ts";

/** Exim 4 (message ids of both lengths). */
export const exim: Format = {
  id: "exim",
  baits: [
    / \*\* | == |eject/g,
    /SMTP error|onnection refused|onnection timed out|closed connection|authenticator failed|SMTP timeout/g,
    /onnection reset|No route to host|Network is unreachable|TLS session is required|TLS error on|(?:refused|dropped): /g,
  ],
  read: readExim,
  timing,
};

const idShape = /(?:\[\d{1,10}\] )?(?:([0-9A-Za-z]{5,7}-[0-9A-Za-z]{4,12}-[0-9A-Za-z]{1,4})(?: |$))?/dy;
const knownStart =
  /(?:\[\d{1,10}\] )?(?:[0-9A-Za-z]{5,7}-[0-9A-Za-z]{4,12}-[0-9A-Za-z]{1,4} |H=|U=|SMTP |TLS |rejected |temporarily rejected |refused |Connection from |no host name found|cwd=|exim |(?:Start|End) queue run|daemon |[\w-]{1,40} authenticator failed)/y;

interface Head {
  readonly parts: Parts;
  readonly body: number;
}

function readExim(line: string): Parts | undefined {
  const head = readHead(line);
  if (head === undefined) return undefined;
  idShape.lastIndex = head.body;
  const match = idShape.exec(line);
  const queueId = match === null ? undefined : groupPiece(match, 1);
  const body = head.body + (match?.[0].length ?? 0);
  const rest = readFlagged(line, body) ?? readRejection(line, body) ?? readLogin(line, body) ?? readTrouble(line, body);
  return { ...head.parts, queueId, ...rest };
}

// Exim stamps its own files; through syslog the stamp is syslog's, often with Exim's own behind it.
function readHead(line: string): Head | undefined {
  const start = skipContainer(line, 0);
  const time = readTime(line, start);
  const body = time === undefined ? start : time.end + 1;
  if (time !== undefined && line[start + 10] === " " && startsWith(knownStart, line, body)) {
    return { parts: { stamp: time.stamp, time: time.piece }, body };
  }
  const prefix = readPrefix(line);
  if (prefix?.process === undefined || !/^exim/i.test(prefix.process.text)) return undefined;
  const inner = readTime(line, prefix.body);
  const { stamp, time: shown, process, host } = prefix;
  return { parts: { stamp, time: shown, process, host }, body: inner === undefined ? prefix.body : inner.end + 1 };
}

function startsWith(shape: RegExp, line: string, at: number): boolean {
  shape.lastIndex = at;
  return shape.test(line);
}

const flags = /(\*\*|==|=>|->|\*>|>>|<=) /y;
const flagClass: Readonly<Record<string, Status["class"]>> = { "**": 5, "==": 4 };

// "** address … H=host [ip]: reason" and "== address … defer (-44) H=host [ip]: reason"
function readFlagged(line: string, body: number): Parts | undefined {
  flags.lastIndex = body;
  const flag = flags.exec(line)?.[1];
  if (flag === undefined) return undefined;
  const address = readRecipient(line, body + 3);
  const from = address?.end ?? body + 3;
  if (flag === "<=") return { sender: address, ...clientOf(line, from) };
  const level = flagClass[flag] ?? 2;
  const status: Status = { ...piece(line, body, body + 2), class: level };
  const seen = { recipient: address, sender: readKey(line, from, " F=<"), status };
  if (level === 2) return { ...seen, ...accepted(line, from) };
  return { ...seen, ...outward(line, readReason(line, from), level === 4 ? "deferred" : "bounced") };
}

function outward(line: string, reason: Reason, outcome: Outcome): Parts {
  const { remote, reply, words } = reason;
  const quoted = reply && findSource(line, words, [remote?.ip?.text]);
  const failure: Failure = { direction: "they-refused-us", outcome, stage: reason.stage, words };
  return { ...relayOf(remote), reply, sourceIp: quoted ?? readKey(line.slice(0, words.start), 0, " I=["), failure };
}

function relayOf(remote: Remote | undefined): Parts {
  return { relayHost: remote?.host, relayIp: remote?.ip, relayPort: remote?.port };
}

function accepted(line: string, from: number): Parts {
  const at = line.indexOf(' C="', from);
  const end = line.indexOf('"', at + 4);
  const reply = at < 0 ? undefined : readReply(line, at + 4, end < 0 ? line.length : end);
  return { ...relayOf(hostWithin(line, from, at < 0 ? line.length : at)), reply };
}

const addressShape = /(?:"[^"]{0,128}"[^\s:]{0,255}|[^\s]{1,320}?)(?=:? |:?$)(?: <([^>\s]{1,320})>)?/dy;

// An alias or a pipe stands first, the address it came from behind it: "|/usr/bin/filter <user@example.org>".
function readRecipient(line: string, at: number): Piece | undefined {
  addressShape.lastIndex = at;
  const match = addressShape.exec(line);
  if (match === null) return undefined;
  const end = at + match[0].length;
  const parent = groupPiece(match, 1);
  const first = pieceOrNothing(line, at, parent === undefined ? end : parent.start - 2);
  const address = first?.text.includes("@") === true || parent === undefined ? first : parent;
  return address?.text.startsWith("<") === true && address.text.endsWith(">")
    ? pieceOrNothing(line, address.start + 1, address.end - 1)
    : address;
}

interface Reason {
  readonly words: Piece;
  readonly reply: Reply | undefined;
  readonly stage: Stage | undefined;
  readonly remote: Remote | undefined;
}

const remoteError = /(?:SMTP|LMTP) error (?:from remote mail(?:er| server) )?after /;

function readReason(line: string, from: number): Reason {
  const end = from + line.slice(from).replace(/(?: (?:DT|QT)=[\d.]{1,12}[smhd]?){1,2}\s*$/, "").length;
  const error = remoteError.exec(line.slice(from));
  const said = error === null ? undefined : readSaid(line, from + error.index + error[0].length, end);
  const colon = colonOutsideQuotes(line, from);
  const words = said?.words ?? piece(line, colon < 0 ? from : colon + 1, end);
  const remote = hostWithin(line, from, said === undefined ? end : words.start) ?? said?.remote;
  const during = /\bSMTP timeout after ([A-Za-z ]{3,30})|in response to ([A-Za-z ]{3,30})/.exec(words.text);
  return { words, remote, reply: said?.reply, stage: said?.stage ?? stageOf(during?.[1] ?? during?.[2]) };
}

// "RCPT TO:<…>: 550 …", from older versions "RCPT TO:<…>: host mx.example.net [192.0.2.1]: 550 …"
function readSaid(line: string, from: number, end: number) {
  let colon = line.indexOf(": ", from);
  for (let tries = 0; colon >= 0 && colon < end && tries < 8; tries++) {
    const reply = readReply(line, colon + 2, end);
    const host = /: host $/.exec(line.slice(from, colon)) ?? line.indexOf(": host ", from);
    if (reply !== undefined && (reply.code ?? 500) >= 400) {
      const remote = typeof host === "number" && host >= 0 && host < colon ? readRemote(line, host + 7) : undefined;
      return {
        reply,
        words: piece(line, reply.span.start, reply.span.end),
        remote,
        stage: stageOf(line.slice(from, colon)),
      };
    }
    colon = line.indexOf(": ", colon + 2);
  }
  return undefined;
}

// Certificate names are quoted and may hold anything.
function colonOutsideQuotes(line: string, from: number): number {
  let quoted = false;
  for (let at = from; at < line.length; at++) {
    const code = line.charCodeAt(at);
    if (code === 34) quoted = !quoted;
    else if (code === 58 && !quoted && line.charCodeAt(at + 1) === 32) return at;
  }
  return -1;
}

function hostWithin(line: string, from: number, to: number): Remote | undefined {
  const at = line.indexOf(" H=", from - 1);
  return at < 0 || at >= to ? undefined : readRemote(line, at + 3);
}

function clientOf(line: string, from: number): Parts {
  const client = readClient(line, from);
  return { relayHost: client?.host, helo: client?.helo, sourceIp: client?.ip, relayPort: client?.port };
}

const rejection =
  /(?:^|(?<= ))(?:temporarily )?(?:rejected|refused|dropped)(?:(?=: )| ([A-Za-z]{2,10}(?: DATA| or HELO)?))/g;
const ours = /(?:H=|U=|rejected |temporarily |refused |SMTP protocol |SMTP call |SMTP connection |Connection from )/y;

// "H=client [ip] F=<…> rejected RCPT <…>: reason": Exim does not log the code that it sent.
function readRejection(line: string, body: number): Parts | undefined {
  if (!startsWith(ours, line, body)) return undefined;
  rejection.lastIndex = body;
  const match = rejection.exec(line);
  if (match === null) return undefined;
  const from = match.index + match[0].length;
  const colon = colonOutsideQuotes(line, from);
  const words =
    pieceOrNothing(line, colon < 0 ? match.index : colon + 1, line.length) ?? piece(line, match.index, line.length);
  const stage = stageOf((match[1] ?? "connect").replace("after DATA", "end of data"));
  return { ...clientOf(line, body), ...envelope(line, body, from), ...turnedAway(line, words, stage) };
}

function turnedAway(line: string, words: Piece, stage: Stage | undefined): Parts {
  const reply = readReply(line, words.start, words.end) ?? tokenReply(line, words);
  return { reply, failure: { direction: "we-refused-them", outcome: "rejected", stage, words } };
}

function envelope(line: string, body: number, from: number): Parts {
  const sender = readKey(line, body, " F=<");
  const address = line[from] === " " && line[from + 1] === "<" ? readKey(line, from, " <") : undefined;
  const isMail = line.endsWith("MAIL", from) || line.slice(from - 4, from) === "MAIL";
  const helo = line.slice(from - 4, from) === "HELO" ? piece(line, from, line.indexOf(":", from)) : undefined;
  const said = { sender: sender ?? (isMail ? address : undefined), recipient: isMail ? undefined : address };
  return helo === undefined ? said : { ...said, helo };
}

// "login authenticator failed for (helo) [192.0.2.1]: 535 Incorrect …" is a client's, "… failed H=host [ip] 535 …" ours.
function readLogin(line: string, body: number): Parts | undefined {
  const failed = /[\w-]{1,40} authenticator failed (?=for |H=)/y;
  failed.lastIndex = body;
  const match = failed.exec(line);
  if (match === null) return undefined;
  const ours = line.startsWith("H=", body + match[0].length) ? readRemote(line, body + match[0].length + 2) : undefined;
  if (ours !== undefined) return ownLogin(line, ours);
  const colon = line.indexOf("]: ", body) >= 0 ? line.indexOf("]: ", body) + 1 : colonOutsideQuotes(line, body);
  const words = pieceOrNothing(line, colon + 1, line.length) ?? piece(line, body, line.length);
  return { ...clientOf(line, body), ...turnedAway(line, words, "auth") };
}

function ownLogin(line: string, remote: Remote): Parts {
  const words = piece(line, line[remote.end] === ":" ? remote.end + 1 : remote.end, line.length);
  return outward(line, { words, reply: readReply(line, words.start, words.end), stage: "auth", remote }, "attempt");
}

const trouble =
  /SMTP error|LMTP error|SMTP timeout|closed connection|Connection (?:refused|timed out|reset)|No route to host|Network is unreachable|TLS session is required|TLS error on/;

// One host of several failed: "H=host [ip]: SMTP error …", "H=host [ip] Connection refused".
function readTrouble(line: string, body: number): Parts | undefined {
  const remote = line.startsWith("H=", body) ? readRemote(line, body + 2) : undefined;
  if (remote === undefined && !startsWith(/[SL]MTP error /y, line, body)) return undefined;
  const end = remote?.end ?? body;
  if (!trouble.test(line.slice(end, end + 200))) return undefined;
  const reason = readReason(line, end - (remote === undefined ? 1 : 0));
  const words = reason.reply === undefined ? piece(line, line[end] === ":" ? end + 1 : end, line.length) : reason.words;
  const named = / after (?:pipelined )?(?:RCPT TO|MAIL FROM):</.exec(line.slice(end, words.start));
  const address = named === null ? undefined : readKey(line, end + named.index, ":<");
  const whose = named?.[0].includes("RCPT") ? { recipient: address } : { sender: address };
  return { ...whose, ...outward(line, { ...reason, words, remote: remote ?? reason.remote }, "attempt") };
}

function readKey(line: string, from: number, key: string): Piece | undefined {
  const at = line.indexOf(key, from);
  const end = at < 0 ? -1 : line.indexOf(key.endsWith("[") ? "]" : ">", at + key.length);
  return end < 0 ? undefined : pieceOrNothing(line, at + key.length, end);
}
