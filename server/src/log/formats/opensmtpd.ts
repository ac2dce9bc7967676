// Reads OpenSMTPD: deliveries (mta, mda, relay) and commands that it refused (smtp). Forms: smtpd's mta.c, smtp_session.c and envelope.c, 5.7 to 7.5.
import type { Reply } from "../../model.ts";
import { fromAbove, placeless } from "../above.ts";
import { refusedThem, refusedUs } from "../failure.ts";
import type { Around, Format, Parts, Status } from "../format.ts";
import { groupPiece, type Piece, piece, pieceOrNothing } from "../piece.ts";
import { readReply } from "../reply.ts";
import { findSource } from "../source.ts";
import { stageOf } from "../stage.ts";
import { readPrefix } from "../syslog.ts";
import { timing } from "../timing/opensmtpd.ts";
import { addressBehind, matchAt, restOf, valueBehind } from "../values.ts";

/** OpenSMTPD 5.7 and later, through syslog. */
export const opensmtpd: Format = {
  id: "opensmtpd",
  baits: [
    / result="[TPL45]/g,
    /rejected: [45]|Failed to resolve/g,
    /\b(?:TempFail|PermFail|Expire) for | result=[TPL]/g,
  ],
  read: readOpensmtpd,
  timing,
};

const eventShape = /(?:([0-9a-f]{16}) )?(mta|mda|smtp) (?:event=)?([a-z-]{5,20})(?= |$)/dy;
const oldShape = /(relay|delivery): (Ok|TempFail|PermFail|Loop|Expire) for ([0-9a-f]{16}): /dy;
const unresolved = /smtp-out: Failed to resolve MX for \[relay:([^\s,\]]{1,255})[^\]]{0,300}\]: /dy;
const known = /smtp-(?:in|out): |info: OpenSMTPD |relay: |delivery: |scheduler: |queue: /y;

function readOpensmtpd(line: string, around: Around): Parts | undefined {
  const prefix = readPrefix(line);
  if (prefix?.process?.text !== "smtpd") return undefined;
  const { stamp, time, host, process, body } = prefix;
  const told = readEvent(line, body, around) ?? readOld(line, body) ?? readUnresolved(line, body);
  if (told === undefined && matchAt(known, line, body) === undefined) return undefined;
  return { stamp, time, host, process, ...told };
}

function readEvent(line: string, body: number, around: Around): Parts | undefined {
  const match = matchAt(eventShape, line, body);
  if (match === undefined) return undefined;
  const session = groupPiece(match, 1);
  const from = body + match[0].length;
  const event = `${match[2]} ${match[3]}`;
  if (event === "mta delivery" || event === "mda delivery") return readDelivery(line, from);
  if (event === "mta error") return { queueId: session, ...readError(line, from, relayAbove(session, around)) };
  if (event === "mta connecting") return { queueId: session, ...destination(line, from) };
  if (event === "smtp failed-command" || event === "smtp bad-input")
    return { queueId: session, ...readCommand(line, from, clientAbove(session, around)) };
  return { queueId: session };
}

// `evpid=… from=<…> to=<…> rcpt=<-> source="…" relay="ip (host)" delay=1s result="TempFail" stat="451 …"`
function readDelivery(line: string, from: number): Parts {
  const result = readResult(line, from);
  const told = envelopeOf(line, from, result?.start ?? line.length);
  const queueId = valueBehind(line, from, " evpid=");
  return { ...told, queueId, ...(result && settle(line, result, told.relayIp)) };
}

interface Result extends Status {
  readonly stat: Piece;
}

const results: Readonly<Record<string, Status["class"]>> = { Ok: 2, TempFail: 4, PermFail: 5, Loop: 5, Expire: 5 };

function readResult(line: string, from: number): Result | undefined {
  const shape = / result="?([A-Za-z]{2,12})"? stat=/g;
  shape.lastIndex = from;
  const match = shape.exec(line) ?? undefined;
  const word = match?.[1] ?? "";
  const level = results[word];
  if (match === undefined || level === undefined) return undefined;
  const start = match.index + match[0].indexOf(word);
  return {
    ...piece(line, start, start + word.length),
    class: level,
    stat: restOf(line, match.index + match[0].length),
  };
}

function envelopeOf(line: string, from: number, to: number): Parts {
  const head = line.slice(0, to);
  return {
    sender: addressBehind(head, from, " from=<"),
    recipient: addressBehind(head, from, " to=<"),
    sourceIp: valueBehind(head, from, " source="),
    ...relayOf(head, from),
  };
}

const relayShape = / relay="?([0-9A-Fa-f.:]{2,45}) \(([^\s)]{1,255})\)/dg;

// "192.0.2.1 (mx.example.net)"; the domain alone stands there when no host could be tried.
function relayOf(head: string, from: number): Parts {
  const match = matchAt(relayShape, head, from);
  return match === undefined ? {} : { relayIp: groupPiece(match, 1), relayHost: nameOf(groupPiece(match, 2)) };
}

// Where the address has no name it stands twice.
function nameOf(host: Piece | undefined): Piece | undefined {
  return host === undefined || /^[\d.]+$|:/.test(host.text) ? undefined : host;
}

function settle(line: string, { stat, ...status }: Result, relayIp: Piece | undefined): Parts {
  const reply = readReply(line, stat.start, stat.end);
  if (status.class === 2) return { status, reply };
  const failing = reply?.code !== undefined && reply.code < 400 ? undefined : reply;
  const source = failing && findSource(line, stat, [relayIp?.text]);
  const failure = refusedUs(failing, stat, { outcome: status.class === 4 ? "deferred" : "bounced" });
  return { status, reply: failing, ...(source && { sourceIp: source }), failure };
}

// "reason=BANNER rejected: 421 …": the session ended before a message, the messages themselves are told of later.
function readError(line: string, from: number, relay: () => Parts): Parts | undefined {
  const match = matchAt(/ reason=([A-Z-]{3,12}) rejected: (?=[45]\d\d)/y, line, from);
  if (match === undefined) return undefined;
  const words = piece(line, from + match[0].length, line.length);
  const reply = readReply(line, words.start, words.end);
  const near = relay();
  const sourceIp = reply && findSource(line, words, [near.relayIp?.text]);
  return {
    ...near,
    reply,
    sourceIp,
    failure: refusedUs(reply, words, { outcome: "attempt", stage: stageOf(match[1]) }),
  };
}

const target = / address=(?:[a-z+]{3,12}:\/\/)?\[?([0-9A-Fa-f.:]{2,45}?)\]?(?::(\d{1,5}))? host=(\S{1,255})/dy;

// "mta connecting address=smtp://192.0.2.1:25 host=mx.example.net"
function destination(line: string, from: number): Parts {
  const match = matchAt(target, line, from);
  if (match === undefined) return {};
  const port = match[2] === undefined ? undefined : Number(match[2]);
  return { relayIp: groupPiece(match, 1), relayPort: port, relayHost: nameOf(groupPiece(match, 3)) };
}

function relayAbove(session: Piece | undefined, around: Around): () => Parts {
  return () =>
    fromAbove(around, (line) => {
      const at = session === undefined ? -1 : line.indexOf(`${session.text} mta `);
      const match = at < 0 ? undefined : matchAt(eventShape, line, at);
      if (match?.[3] !== "connecting") return undefined;
      const { relayHost, relayIp, relayPort } = destination(line, at + match[0].length);
      return { relayHost: placeless(relayHost?.text), relayIp: placeless(relayIp?.text), relayPort };
    }) ?? {};
}

// `command="RCPT TO:<…>" result="550 …"`, in older versions with ` address=… host=…` before it.
function readCommand(line: string, from: number, client: () => Parts): Parts | undefined {
  const at = line.indexOf(' result="', from);
  const stat = at < 0 ? undefined : restOf(line, at + 8);
  const reply = stat && readReply(line, stat.start, stat.end);
  if (stat === undefined || reply === undefined) return undefined;
  const here = clientIn(line.slice(0, at), from);
  return { ...(here ?? client()), ...commandOf(line.slice(0, at), from, { reply, stat }) };
}

function commandOf(head: string, from: number, { reply, stat }: { reply: Reply | undefined; stat: Piece }): Parts {
  const command = valueBehind(head, from, "command=");
  const stage = stageOf(command?.text);
  const helo =
    stage === "helo" && command !== undefined ? pieceOrNothing(head, command.start + 5, command.end) : undefined;
  return {
    sender: stage === "mail" ? addressBehind(head, from, ":<") : undefined,
    recipient: stage === "rcpt" ? addressBehind(head, from, ":<") : undefined,
    helo,
    reply,
    failure: refusedThem(reply, stat, stage),
  };
}

const clientShape =
  / (?:event=)?(?:connected |failed-command |bad-input )?address=(?:IPv6:)?\[?([0-9A-Fa-f.:]{2,45})\]? host=(\S{1,255})/d;

// "smtp connected address=192.0.2.1 host=<unknown>"
function clientIn(text: string, from: number): Parts | undefined {
  const match = clientShape.exec(text) ?? undefined;
  if (match === undefined || match.index < from - 30) return undefined;
  const host = groupPiece(match, 2);
  return { sourceIp: groupPiece(match, 1), relayHost: host?.text.startsWith("<") ? undefined : nameOf(host) };
}

function clientAbove(session: Piece | undefined, around: Around): () => Parts {
  return () =>
    fromAbove(around, (line) => {
      const at = session === undefined ? -1 : line.indexOf(`${session.text} smtp `);
      const client = at < 0 ? undefined : clientIn(line, at);
      return client && { sourceIp: placeless(client.sourceIp?.text), relayHost: placeless(client.relayHost?.text) };
    }) ?? {};
}

// Before 6.0: "relay: PermFail for …: session=…, from=<…>, to=<…>, … relay=192.0.2.1 (mx.example.net), delay=1s, stat=550 …"; Expire to this day.
function readOld(line: string, body: number): Parts | undefined {
  const match = matchAt(oldShape, line, body);
  if (match === undefined) return undefined;
  const from = body + match[0].length - 1;
  const word = groupPiece(match, 2);
  const level = results[word?.text ?? ""];
  const at = line.indexOf(" stat=", from);
  const told = {
    queueId: groupPiece(match, 3),
    ...envelopeOf(line.replaceAll(", ", "  "), from, at < 0 ? line.length : at),
  };
  if (word === undefined || level === undefined || at < 0) return told;
  return { ...told, ...settle(line, { ...word, class: level, stat: restOf(line, at + 6) }, told.relayIp) };
}

function readUnresolved(line: string, body: number): Parts | undefined {
  const match = matchAt(unresolved, line, body);
  if (match === undefined) return undefined;
  const words = piece(line, body + match[0].length, line.length);
  return { failure: refusedUs(undefined, words, { outcome: "attempt" }) };
}
