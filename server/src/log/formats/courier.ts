// Reads Courier: deliveries (courieresmtp, courierlocal …) and clients it refused (courieresmtpd). Forms: its own logs, and libs/comctlfile.c.
import type { Outcome, Reply } from "../../model.ts";
import { fromAbove, placeless } from "../above.ts";
import { refusedThem, refusedUs } from "../failure.ts";
import type { Around, Format, Parts, Status } from "../format.ts";
import { groupPiece, type Piece, piece } from "../piece.ts";
import { readReply } from "../reply.ts";
import { findSource } from "../source.ts";
import { stageOf } from "../stage.ts";
import { readPrefix } from "../syslog.ts";
import { matchAt } from "../values.ts";

/** Courier 0.6x to 1.x, through syslog; it cuts texts off at 128 characters, and a failure's line names no host. */
export const courier: Format = {
  id: "courier",
  baits: [/,addr=<[^>]{0,320}>: |courieresmtpd: error,/g],
  read: readCourier,
};

const programs = /^courier(?:d|esmtpd?|local|uucp|dsn|fax)$/;
const envelope =
  /id=([0-9A-F.]{10,64}),from=<([^>]{0,320})>,(?:module=\w{1,20},host=[^,]{0,512},)?addr=<([^>]{0,320})>/dy;

function readCourier(line: string, around: Around): Parts | undefined {
  const prefix = readPrefix(line);
  if (prefix?.process === undefined || !programs.test(prefix.process.text)) return undefined;
  const { stamp, time, host, process, body } = prefix;
  const head = { stamp, time, host, process };
  if (process.text === "courieresmtpd") return { ...head, ...readRefusal(line, body) };
  const match = matchAt(envelope, line, body);
  if (match === undefined) return head;
  const known = { queueId: groupPiece(match, 1), sender: groupPiece(match, 2), recipient: groupPiece(match, 3) };
  return { ...head, ...known, ...readDelivery(line, { key: match[0], from: body + match[0].length, around }) };
}

interface Place {
  /** What all lines of a delivery begin with. */
  readonly key: string;
  /** The column behind it. */
  readonly from: number;
  readonly around: Around;
}

const success = /(?:,size=\d{1,12})?,success: delivered: (\S{1,255}) \[([0-9A-Fa-f.:]{2,45})\]/dy;
const statusShape = /(?:,size=\d{1,12})?,status: (success|deferred|failure)$/dy;

function readDelivery(line: string, place: Place): Parts {
  const delivered = matchAt(success, line, place.from);
  if (delivered !== undefined) return { relayHost: hostIn(delivered), relayIp: groupPiece(delivered, 2) };
  const word = matchAt(statusShape, line, place.from);
  const status = word && groupPiece(word, 1);
  if (status !== undefined) return { status: { ...status, class: classes[status.text] ?? 5 } };
  return line.startsWith(": ", place.from) ? readText(line, place) : {};
}

const classes: Readonly<Record<string, Status["class"]>> = { success: 2, deferred: 4, failure: 5 };

function hostIn(delivered: RegExpExecArray): Piece | undefined {
  return delivered[1]?.startsWith("[") ? undefined : groupPiece(delivered, 1);
}

// Each line of a reply is a line of the log, the last one without a hyphen: "…: 450-4.7.1 later", "…: 450 4.7.1 please", "…,status: deferred".
function readText(line: string, { key, from, around }: Place): Parts {
  const words = piece(line, from + 2, line.length);
  const reply = readReply(line, words.start, words.end);
  if (reply?.code !== undefined && (reply.code < 400 || words.text[3] === "-")) return { reply };
  const above = textsAbove(key, around);
  if (reply?.code === undefined && above.length > 0) return { reply };
  const sourceIp = reply && (findSource(line, words, []) ?? sourceAbove(above));
  const failure = refusedUs(reply, words, { outcome: outcomeOf(words.text, reply?.code) });
  return { reply: reply && whole(reply, above), sourceIp, failure };
}

/** The texts of this delivery that were logged before this one, in their order. */
function textsAbove(key: string, around: Around): readonly string[] {
  const texts: string[] = [];
  fromAbove(around, (line) => {
    const at = line.indexOf(key);
    if (at < 0) return undefined;
    const text = line.slice(at + key.length);
    if (text.startsWith(": ")) texts.unshift(text.slice(2));
    return text.startsWith(": ") ? undefined : true;
  });
  return texts;
}

// The last line of a reply seldom tells most: what the others told has no place on it.
function whole(reply: Reply, above: readonly string[]): Reply {
  const others = above.map((text) => readReply(text, 0, text.length)).filter((other) => other?.code === reply.code);
  const first = (read: (other: Reply | undefined) => string | undefined) =>
    others.map(read).find((text) => text !== undefined);
  return {
    ...reply,
    enhanced: reply.enhanced ?? first((other) => other?.enhanced),
    token: reply.token ?? first((other) => other?.token),
  };
}

function sourceAbove(above: readonly string[]): Piece | undefined {
  const text = above.join(" ");
  return placeless(findSource(text, piece(text, 0, text.length), [])?.text);
}

// What became of the message is said on a later line; Courier tries again what the network spoilt.
function outcomeOf(text: string, code: number | undefined): Outcome {
  if (code !== undefined) return code >= 500 ? "bounced" : "deferred";
  if (/^No such domain/.test(text)) return "bounced";
  return /^(?:Connection|Network|DNS lookup|No route|Operation|Host is)\b/.test(text) ? "deferred" : "attempt";
}

const client = /error,relay=(?:::ffff:)?([0-9A-Fa-f.:]{2,45})(?:,port=(\d{1,5}))?/dy;
const told =
  /(?:,from=<([^>]{0,320})>)?(?:,to=<([^>]{0,320})>)?: (?=\S)|,msg="((?:[^"\\]|\\.){1,1000})",cmd: (.{0,1000})$/dy;

// `error,relay=::ffff:192.0.2.1,port=4711,from=<…>,to=<…>: 550 User unknown.`, `…,msg="502 ESMTP command error",cmd: RCPT TO:<…>`
function readRefusal(line: string, body: number): Parts {
  const match = matchAt(client, line, body);
  const from = body + (match?.[0].length ?? 0);
  const said = match && matchAt(told, line, from);
  if (match === undefined || said === undefined) return {};
  const quoted = groupPiece(said, 3);
  const words = quoted ?? piece(line, from + said[0].length, line.length);
  const recipient = groupPiece(said, 2);
  const stage = stageOf(said[4]) ?? (recipient !== undefined ? "rcpt" : said[1] === undefined ? undefined : "mail");
  const reply = readReply(line, words.start, words.end);
  return {
    ...{ sourceIp: groupPiece(match, 1), relayPort: match[2] === undefined ? undefined : Number(match[2]) },
    ...{ sender: groupPiece(said, 1), recipient, reply },
    failure: refusedThem(reply, words, stage),
  };
}
