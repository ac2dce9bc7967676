// Reads what Sendmail says of a message: deliveries (stat=, reply=), refusals (ruleset=, reject=) and trouble on the way. Others log in its words too.
import type { Outcome, Reply, Stage } from "../model.ts";
import type { Parts, Status } from "./format.ts";
import { groupPiece, type Piece, piece, pieceOrNothing } from "./piece.ts";
import { type Remote, readRemote } from "./remote.ts";
import { readReply } from "./reply.ts";
import { findSource, isAddress } from "./source.ts";
import { stageOf } from "./stage.ts";

/** What a line says from a column on, behind the queue id; undefined when that is nothing of a message. */
export function readSendmailText(line: string, body: number): Parts | undefined {
  return readDelivery(line, body) ?? readRefusal(line, body) ?? readTrouble(line, body);
}

// "to=<…>, delay=…, relay=host. [ip], dsn=…, reply=550 …, stat=Service unavailable"
function readDelivery(line: string, body: number): Parts | undefined {
  if (line.startsWith("from=", body)) return { sender: readValue(line, body, "from=") };
  const recipient = line.startsWith("to=", body) ? readValue(line, body, "to=") : undefined;
  if (recipient === undefined) return undefined;
  const status = readStat(line, recipient.end);
  const sender = readValue(line.slice(0, status?.replyAt ?? line.length), recipient.end, " ctladdr=");
  const seen = { recipient, sender, ...relayOf(readRelay(line, recipient.end, status?.replyAt ?? line.length)) };
  return status === undefined ? seen : { ...seen, status: status.word, ...settle(line, status) };
}

interface Stat {
  readonly word: Status;
  /** The whole value of stat=. */
  readonly value: Piece;
  /** Where reply= begins, or stat= when there is no reply=. */
  readonly replyAt: number;
  readonly reply: Reply | undefined;
}

// Either value may hold the other's key in the remote's text: reply= comes first and only before stat=.
function readStat(line: string, from: number): Stat | undefined {
  const first = line.indexOf(", stat=", from);
  if (first < 0) return undefined;
  const replyKey = line.indexOf(", reply=", from);
  const hasReply = replyKey >= 0 && replyKey < first;
  const at = hasReply ? line.lastIndexOf(", stat=") : first;
  const value = piece(line, at + 7, line.length);
  const word = statWord(line, value);
  return {
    word,
    value,
    replyAt: hasReply ? replyKey : at,
    reply: hasReply ? readReply(line, replyKey + 8, at) : readDeferred(line, value),
  };
}

function statWord(line: string, value: Piece): Status {
  const length = /^[\w ]{1,40}/.exec(value.text)?.[0].length ?? 0;
  const word = piece(line, value.start, value.start + length);
  if (/^(?:Sent|queued|Ok\b)/i.test(value.text)) return { ...word, class: 2 };
  return { ...word, class: /^Deferred|^Please try again/i.test(value.text) ? 4 : 5 };
}

function readDeferred(line: string, value: Piece): Reply | undefined {
  const start = /^[\w ]{1,40}: (?=[245]\d\d)/.exec(value.text)?.[0].length;
  return readReply(line, value.start + (start ?? 0), value.end);
}

function settle(line: string, stat: Stat): Parts {
  if (stat.word.class === 2) return { reply: stat.reply };
  const reply = stat.reply?.code !== undefined && stat.reply.code < 400 ? undefined : stat.reply;
  const words = reply === undefined ? stat.value : piece(line, reply.span.start, reply.span.end);
  const relay = readRelay(line, 0, stat.replyAt);
  const sourceIp = reply && findSource(line, words, [relay?.ip?.text]);
  const outcome: Outcome = stat.word.class === 4 ? "deferred" : "bounced";
  return { reply, sourceIp, failure: { direction: "they-refused-us", outcome, stage: undefined, words } };
}

function readRelay(line: string, from: number, to: number): Remote | undefined {
  const at = line.indexOf(" relay=", from);
  return at < 0 || at > to ? undefined : readRemote(line, at + 7);
}

function relayOf(relay: Remote | undefined): Parts {
  return { relayHost: relay?.host, relayIp: relay?.ip, relayPort: relay?.port };
}

const checks: Readonly<Record<string, Stage>> = {
  check_relay: "connect",
  check_mail: "mail",
  check_rcpt: "rcpt",
  check_compat: "rcpt",
  check_data: "data",
  check_eoh: "end-of-data",
  check_eom: "end-of-data",
};

// "ruleset=check_rcpt, arg1=<…>, relay=client [ip], reject=550 5.7.1 …", "Milter: data, reject=554 5.7.1 …"
function readRefusal(line: string, body: number): Parts | undefined {
  const at = line.indexOf(" reject=", body);
  const kind = /(?:ruleset=(\w{3,40})|Milter(?: \([^)]{0,60}\))?: (\w{2,20}))/y;
  kind.lastIndex = body;
  const match = kind.exec(line);
  if (at < 0 || match === null) return readUnknown(line, body) ?? readHasty(line, body);
  const relay = readRelay(line, body, at);
  const words = piece(line, at + 8, line.length);
  const stage = checks[match[1] ?? ""] ?? stageOf(milterStage[match[2] ?? ""] ?? match[2]);
  const failure = { direction: "we-refused-them", outcome: "rejected", stage, words } as const;
  return {
    ...client(line, relay),
    ...envelope(line, body, stage),
    reply: readReply(line, words.start, words.end),
    failure,
  };
}

const milterStage: Readonly<Record<string, string>> = {
  to: "RCPT",
  from: "MAIL",
  eom: "end of data",
  body: "end of data",
};

function envelope(line: string, body: number, stage: Stage | undefined): Parts {
  const value =
    readValue(line, body, " arg1=") ?? readValue(line, body, "Milter: to=") ?? readValue(line, body, "Milter: from=");
  if (stage === "rcpt") return { recipient: value };
  return stage === "mail" ? { sender: value } : {};
}

function client(line: string, relay: Remote | undefined): Parts {
  const bare =
    relay?.host !== undefined && isAddress(relay.host.text) ? piece(line, relay.host.start, relay.host.end) : undefined;
  return { relayHost: relay?.host, sourceIp: relay?.ip ?? bare };
}

// "rejecting commands from client [192.0.2.1] due to pre-greeting traffic after 1 seconds"
function readHasty(line: string, body: number): Parts | undefined {
  const shape = "rejecting commands from ";
  if (!line.startsWith(shape, body)) return undefined;
  const words = piece(line, body, line.length);
  const failure = { direction: "we-refused-them", outcome: "rejected", stage: "connect", words } as const;
  return { ...client(line, readRemote(line, body + shape.length)), failure };
}

// "<nobody@example.org>... User unknown": the client's address stands in another line of the session.
function readUnknown(line: string, body: number): Parts | undefined {
  const shape = /<([^>\s]{1,320})>\.\.\. (?=\S)/dy;
  shape.lastIndex = body;
  const match = shape.exec(line);
  if (match === null) return undefined;
  const words = piece(line, body + match[0].length, line.length);
  const reply = readReply(line, words.start, words.end);
  const failure = { direction: "we-refused-them", outcome: "rejected", stage: "rcpt", words } as const;
  return { recipient: groupPiece(match, 1), reply, failure };
}

const trouble =
  /(?:(\S{1,255}): SMTP ([A-Z0-9-]{2,12}) protocol error: |timeout waiting for input from (\S{1,255}) during client (\S{2,12})|[0-9A-Za-z]{12,20}: DSN: (?=Host unknown|Name server|Connection|Deferred|.{0,40}timed out))/dy;

function readTrouble(line: string, body: number): Parts | undefined {
  trouble.lastIndex = body;
  const match = trouble.exec(line);
  if (match === null) return undefined;
  const name = match.indices?.[1] ?? match.indices?.[3];
  const relay = name === undefined ? undefined : readRemote(line, name[0]);
  const reply = match[2] === undefined ? undefined : readReply(line, body + match[0].length, line.length);
  const words =
    match[3] === undefined ? piece(line, body + match[0].length, line.length) : piece(line, body, line.length);
  const sourceIp = reply && findSource(line, words, []);
  const stage = stageOf(match[2] ?? match[4]);
  return {
    ...relayOf(relay),
    reply,
    sourceIp,
    failure: { direction: "they-refused-us", outcome: "attempt", stage, words },
  };
}

function readValue(line: string, from: number, key: string): Piece | undefined {
  const at = line.indexOf(key, from);
  if (at < 0) return undefined;
  const start = at + key.length + (line[at + key.length] === "<" ? 1 : 0);
  const comma = line.indexOf(",", start);
  const end = start > at + key.length ? line.indexOf(">", start) : comma;
  const blank = line.slice(start, end < 0 ? line.length : end).search(/ \(\d+\/\d+\)$/);
  return pieceOrNothing(line, start, blank >= 0 ? start + blank : end < 0 ? line.length : end);
}
