// Reads Postfix: deliveries (smtp, lmtp, error, local, pipe, qmgr …) and refusals (smtpd, cleanup, postscreen).
import type { Outcome, Reply, Stage } from "../../model.ts";
import type { Format, Parts, Status } from "../format.ts";
import { type Piece, piece, pieceOrNothing } from "../piece.ts";
import { type Remote, readRemote } from "../remote.ts";
import { readReply } from "../reply.ts";
import { findSource } from "../source.ts";
import { stageOf } from "../stage.ts";
import { readPrefix } from "../syslog.ts";
import { timing } from "../timing/postfix.ts";

/** Postfix 2.3 to 3.x, under any `syslog_name` and behind any prefix that `syslog.ts` knows. */
export const postfix: Format = {
  id: "postfix",
  baits: [
    /status=[bdeuS]|said: |refused to talk to me|reject|connect to |lost connection with|timed out while|onnect error to|SASL auth|Cannot start TLS|TLS is required|certificate not/g,
  ],
  read: readPostfix,
  timing,
};

const daemons =
  /(?:^|\/)(?:smtps?|lmtp|smtpd|error|bounce|defer|trace|cleanup|postscreen|qmgr|oqmgr|pipe|local|virtual|discard|retry|pickup|verify|anvil|master|scache|tlsproxy|tlsmgr|dnsblog|trivial-rewrite|flush|proxymap|postdrop|submission|showq|policyd-spf)$/;
// Short ids are hexadecimal, long ones have no vowels; an anonymised log keeps neither rule, so any word with a digit will do.
const queueIdShape = /(NOQUEUE|[A-F]{5,15}|(?=[A-Za-z]{0,20}\d)[0-9A-Za-z]{5,20}): /y;
const rejectShape =
  /(reject|reject_warning|milter-reject|proxy-reject|soft_bounce|discard): (header [^:]{1,64}:|body|mime_header|nested_header|[A-Z-]{2,20}|end-of-message)/y;

function readPostfix(line: string): Parts | undefined {
  const prefix = readPrefix(line);
  if (prefix?.process === undefined || !isPostfix(prefix.process.text)) return undefined;
  const queueId = readQueueId(line, prefix.body);
  const body = queueId === undefined ? prefix.body : queueId.end + 2;
  const head = { stamp: prefix.stamp, time: prefix.time, host: prefix.host, process: prefix.process, queueId };
  return { ...head, ...(readRefusal(line, body) ?? readDelivery(line, body) ?? readAttempt(line, body)) };
}

function isPostfix(name: string): boolean {
  return /postfix/i.test(name) || (name.includes("/") && daemons.test(name));
}

function readQueueId(line: string, at: number): Piece | undefined {
  queueIdShape.lastIndex = at;
  const id = queueIdShape.exec(line)?.[1];
  return id === undefined ? undefined : piece(line, at, at + id.length);
}

// "to=<…>, relay=…, dsn=…, status=deferred (…)", and the manager's "from=<…>, status=expired, returned to sender".
function readDelivery(line: string, body: number): Parts | undefined {
  const recipient = readAddress(line, body, "to=<");
  const sender = recipient === undefined ? readAddress(line, body, "from=<") : undefined;
  const from = (recipient ?? sender)?.end ?? body;
  const status = recipient === undefined && sender === undefined ? undefined : readStatus(line, from);
  if (status === undefined) return recipient === undefined && sender === undefined ? undefined : { recipient, sender };
  const relayAt = line.indexOf(" relay=", from);
  const relay = relayAt < 0 || relayAt > status.start ? undefined : readRemote(line, relayAt + 7);
  return { recipient, sender, status, ...settle(line, { status, relay }) };
}

interface Settling {
  readonly status: Status;
  readonly relay: Remote | undefined;
}

function settle(line: string, { status, relay }: Settling): Parts {
  const words = readWords(line, status.end);
  if (status.class === 2) return { ...host(relay), reply: words && readReply(line, words.start, words.end) };
  const said = readSaid(line, words ?? status);
  const outcome: Outcome = outcomes[status.text.toLowerCase()] ?? "attempt";
  return {
    ...host(relay?.host === undefined && relay?.ip === undefined ? said.remote : relay),
    ...failed(line, said, outcome),
  };
}

const outcomes: Readonly<Record<string, Outcome>> = {
  deferred: "deferred",
  softbounce: "deferred",
  bounced: "bounced",
  expired: "bounced",
};

const classes: Readonly<Record<string, Status["class"]>> = {
  sent: 2,
  deliverable: 2,
  deferred: 4,
  softbounce: 4,
  bounced: 5,
  expired: 5,
  undeliverable: 5,
};

function readStatus(line: string, from: number): Status | undefined {
  const shape = /, status=([A-Za-z]{3,20})(?=[ ,]|$)/g;
  shape.lastIndex = Math.max(0, from - 1);
  const match = shape.exec(line);
  const level = classes[(match?.[1] ?? "").toLowerCase()];
  if (match === null || level === undefined) return undefined;
  return { ...piece(line, match.index + 9, match.index + match[0].length), class: level };
}

// The delivery agent's report stands in brackets; the manager's "expired, returned to sender" does not.
function readWords(line: string, from: number): Piece | undefined {
  const end = line.trimEnd().length;
  if (line[from + 1] === "(") return pieceOrNothing(line, from + 2, line[end - 1] === ")" ? end - 1 : end);
  return pieceOrNothing(line, from + 2, end);
}

interface Said {
  readonly words: Piece;
  readonly reply: Reply | undefined;
  readonly stage: Stage | undefined;
  readonly remote: Remote | undefined;
}

const connectTo =
  /(?:^|\b)(?:connect to|lost connection with|conversation with|SSL_connect error to|host|server) (?=[^\s[]{1,255}\[)/;
const inReply = / \(in reply to ([A-Za-z -]{2,40}?)(?: command)?\)$/;

/** What the other side said, in the report of a delivery agent. */
function readSaid(line: string, words: Piece): Said {
  const named = connectTo.exec(words.text.slice(0, 512));
  const remote = named === null ? undefined : readRemote(line, words.start + named.index + named[0].length);
  const from = saidAt(words.text);
  if (from === undefined) return { words, reply: undefined, stage: troubleStage(words.text), remote };
  const answered = inReply.exec(words.text.slice(-64));
  const end = words.end - (answered?.[0].length ?? 0);
  const reply = readReply(line, words.start + from.at, end);
  const stage = from.greeting ? "connect" : stageOf(answered?.[1]);
  return { words: reply === undefined ? words : piece(line, reply.span.start, reply.span.end), reply, stage, remote };
}

// The first "said:" is the server that answered us; any later one is a quotation in its text.
function saidAt(text: string): { readonly at: number; readonly greeting: boolean } | undefined {
  const match =
    /said: |refused to talk to me: |refused to start TLS: |^(?=[45]\d\d[ -])|^(?=[45]\.\d{1,3}\.\d{1,3} )/.exec(text);
  return match === null
    ? undefined
    : { at: match.index + match[0].length, greeting: match[0].startsWith("refused to talk") };
}

function troubleStage(text: string): Stage | undefined {
  const during = /while (?:sending|receiving|performing) (?:the )?([A-Za-z ]{3,40})/.exec(text)?.[1];
  if (text.startsWith("connect to ")) return "connect";
  return /initial server greeting|EHLO handshake|HELO handshake/.test(during ?? "") ? "connect" : stageOf(during);
}

function failed(line: string, said: Said, outcome: Outcome): Parts {
  const relay = said.remote?.ip?.text;
  const sourceIp = said.reply && findSource(line, said.words, [relay]);
  const failing = said.reply?.code === undefined || said.reply.code >= 400;
  return {
    reply: failing ? said.reply : undefined,
    sourceIp,
    failure: { direction: "they-refused-us", outcome, stage: said.stage, words: said.words },
  };
}

function host(relay: Remote | undefined): Parts {
  return { relayHost: relay?.host, relayIp: relay?.ip, relayPort: relay?.port };
}

const trouble =
  /(?:host \S{1,255}\[[^\]\s]{1,64}\](?::\d{1,5})? (?:said: |refused to talk to me: )|SASL authentication failed; server \S{1,255} said: |lost connection with \S{1,300} while |conversation with \S{1,300} timed out while |connect to \S{1,320}: |SSL_connect error to |Cannot start TLS: |TLS is required, but |Server certificate not )/y;

// One host of several failed: the next one is tried, so the line has no status.
function readAttempt(line: string, body: number): Parts | undefined {
  trouble.lastIndex = body;
  if (!trouble.test(line)) return undefined;
  const said = readSaid(line, piece(line, body, line.length));
  if (said.reply?.code !== undefined && said.reply.code < 400) return { ...host(said.remote), reply: said.reply };
  return { ...host(said.remote), ...failed(line, said, "attempt") };
}

const isContent = /^(?:header|body|mime|nested)/;
const clientShape = /(?: from (?:\S{0,255}\[[^\]\s]{1,64}\](?::\d{1,5})?|local))?(?=: )/y;

// "NOQUEUE: reject: RCPT from client[192.0.2.1]: 554 5.7.1 …; from=<…> to=<…> proto=ESMTP helo=<…>"; mail of this host comes "from local", a proxy's reply from no one.
function readRefusal(line: string, body: number): Parts | undefined {
  rejectShape.lastIndex = body;
  const match = rejectShape.exec(line);
  if (match === null || match[1] === "discard") return undefined;
  if (isContent.test(match[2] ?? "")) return readContent(line, body, match);
  const behind = body + match[0].length;
  clientShape.lastIndex = behind;
  const named = clientShape.exec(line);
  const client = named?.[0] === "" ? undefined : readRemote(line, behind + " from ".length);
  const start = named === null ? (client?.end ?? line.length) : behind + named[0].length + 2;
  const envelope = envelopeAt(line, start);
  const words = piece(line, start, envelope < 0 ? line.length : envelope);
  return { ...refused(line, words, match), ...asClient(client), ...readEnvelope(line, envelope) };
}

// "reject: header Subject: … from client[192.0.2.1]; from=<…> to=<…> proto=ESMTP helo=<…>: 5.7.1 text"
function readContent(line: string, body: number, match: RegExpExecArray): Parts | undefined {
  const envelope = line.indexOf("; from=<", body);
  const client = readRemote(line, line.lastIndexOf(" from ", envelope) + 6);
  if (envelope < 0) return undefined;
  const words = contentWords(line, envelope);
  return { ...refused(line, words, match), ...asClient(client), ...readEnvelope(line, envelope) };
}

// Before MAIL there is no sender to name: "…; proto=SMTP helo=<x>".
function envelopeAt(line: string, from: number): number {
  const at = line.indexOf("; from=<", from);
  return at < 0 ? line.indexOf("; proto=", from) : at;
}

function refused(line: string, words: Piece, match: RegExpExecArray): Parts {
  const outcome: Outcome = match[1] === "reject_warning" ? "attempt" : "rejected";
  const stage = isContent.test(match[2] ?? "") ? "end-of-data" : stageOf(match[2]);
  return {
    reply: readReply(line, words.start, words.end),
    failure: { direction: "we-refused-them", outcome, stage, words },
  };
}

// Header and body checks put our answer behind the envelope: "… helo=<x>: 5.7.1 text".
function contentWords(line: string, envelope: number): Piece {
  const helo = line.indexOf(" helo=<", envelope);
  const at = line.indexOf(">: ", helo < 0 ? envelope : helo);
  return at < 0 ? piece(line, envelope, line.length) : piece(line, at + 3, line.length);
}

function asClient(client: Remote | undefined): Parts {
  return { relayHost: client?.host, relayPort: client?.port, sourceIp: client?.ip };
}

function readEnvelope(line: string, from: number): Parts {
  if (from < 0) return {};
  const sender = readAddress(line, from, "from=<");
  const recipient = readAddress(line, sender?.end ?? from, " to=<");
  return { sender, recipient, helo: readAddress(line, recipient?.end ?? from, " helo=<") };
}

function readAddress(line: string, from: number, key: string): Piece | undefined {
  const at = line.indexOf(key, from);
  if (at < 0 || (key.endsWith("o=<") && !key.startsWith(" ") && at !== from)) return undefined;
  const end = line.indexOf(">", at + key.length);
  return end < 0 ? undefined : pieceOrNothing(line, at + key.length, end);
}
