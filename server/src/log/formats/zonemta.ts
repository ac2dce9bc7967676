// Reads ZoneMTA: what its senders log as text, and WildDuck's records of the same as JSON (GELF). Forms: zone-mta's lib/sender.js 1.0 to 3.11 and WildDuck's plugin for it.
import { refusedUs } from "../failure.ts";
import type { Format, Parts, Status } from "../format.ts";
import { groupPiece, type Piece, piece, pieceOrNothing } from "../piece.ts";
import { readRemote } from "../remote.ts";
import { readReply } from "../reply.ts";
import { findSource, isAddress } from "../source.ts";
import { readPrefix, readTime, skipContainer } from "../syslog.ts";
import { jsonValue, matchAt } from "../values.ts";

/** ZoneMTA on its standard error, through syslog or the journal; not what it answers its own clients. */
export const zonemta: Format = {
  id: "zonemta",
  baits: [/(?:DEFERRED|REJECTED)\[|"_mail_action": ?"(?:deferred|bounced)"/g, / CONNFAIL domain=/g],
  read: readZonemta,
};

const sender =
  /(?:(?:info|ERR!|error|verb|verbose|WARN|warn) {1,2})?Sender\/[^\s/]{1,64}\/\d{1,10}(?:\[\d{1,10}\])? /dy;
const event = /(?:id=\S{1,64} )?([0-9a-f]{12,32}\.[0-9a-f]{3,8}) ([A-Z]{5,16})(?:\[([\w-]{0,40})\])?/dy;

function readZonemta(line: string): Parts | undefined {
  const head = readHead(line);
  if (head !== undefined) return { ...head.parts, ...readEvent(line, head.body) };
  return line.includes('"_mail_action":') ? readRecord(line) : undefined;
}

// npmlog writes no time of its own: it is syslog's or the journal's.
function readHead(line: string): { readonly parts: Parts; readonly body: number } | undefined {
  if (!line.slice(0, 512).includes("Sender/")) return undefined;
  const start = skipContainer(line, 0);
  const time = readTime(line, start);
  const at = time === undefined ? start : time.end + 1;
  const bare = matchAt(sender, line, at);
  if (bare !== undefined) return { parts: { stamp: time?.stamp, time: time?.piece }, body: at + bare[0].length };
  const prefix = readPrefix(line);
  const match = prefix && matchAt(sender, line, prefix.body);
  if (prefix === undefined || match === undefined) return undefined;
  const { stamp, time: shown, host, process } = prefix;
  return { parts: { stamp, time: shown, host, process }, body: prefix.body + match[0].length };
}

// "id=… 18a2….001 DEFERRED[greylist] from=… to=… src=… mx=host[ip] message-id=<…> (450 4.7.1 later)"
function readEvent(line: string, body: number): Parts {
  const match = matchAt(event, line, body);
  if (match === undefined) return {};
  const queueId = groupPiece(match, 1);
  const from = body + match[0].length;
  if (match[2] === "CONNFAIL") return { queueId, ...readFailure(line, from) };
  const level = levels[match[2] ?? ""];
  const word = groupPiece(match, 2);
  if (level === undefined || word === undefined) return { queueId };
  const said = behind(line, Math.max(line.indexOf(" mx=", from), from));
  const head = line.slice(0, said?.start ?? line.length);
  const envelope = envelopeOf(head, from);
  return {
    queueId,
    ...envelope,
    ...settle(line, said, { status: { ...word, class: level }, relayIp: envelope.relayIp }),
  };
}

const levels: Readonly<Record<string, Status["class"]>> = { ACCEPTED: 2, DEFERRED: 4, REJECTED: 5 };

function behind(line: string, from: number): Piece | undefined {
  const at = line.indexOf(" (", from);
  const end = line.trimEnd().length;
  return at < 0 ? undefined : pieceOrNothing(line, at + 2, line[end - 1] === ")" ? end - 1 : end);
}

// The sender's other address, of the envelope, stands in brackets behind it.
function envelopeOf(head: string, from: number): Parts {
  const mx = head.indexOf(" mx=", from);
  const relay = mx < 0 ? undefined : readRemote(head, mx + 4);
  return {
    sender: matched(head, from, / from=([^\s[]{3,320})/dg),
    recipient: matched(head, from, / to=([^\s[]{3,320})/dg),
    sourceIp: matched(head, from, / src=([^\s[]{2,45})/dg),
    relayHost: relay?.ip === undefined ? undefined : relay.host,
    relayIp: relay?.ip,
  };
}

function matched(head: string, from: number, shape: RegExp): Piece | undefined {
  const match = matchAt(shape, head, from);
  return match && groupPiece(match, 1);
}

interface Settling {
  readonly status: Status;
  readonly relayIp: Piece | undefined;
}

function settle(line: string, said: Piece | undefined, { status, relayIp }: Settling): Parts {
  const reply = said && readReply(line, said.start, said.end);
  if (status.class === 2) return { status, reply };
  const failing = reply?.code !== undefined && reply.code < 400 ? undefined : reply;
  const sourceIp = failing && said && findSource(line, said, [relayIp?.text]);
  const failure = refusedUs(failing, said ?? status, { outcome: status.class === 4 ? "deferred" : "bounced" });
  return { status, reply: failing, ...(sourceIp && { sourceIp }), failure };
}

const connection = / local=\S{0,255}\[([0-9A-Fa-f.:]{2,45})\] remote=(\S{1,255}):(\d{1,5}) error=/dg;

// One host of several could not be reached: "CONNFAIL domain=… local=host[ip] remote=192.0.2.1:25 error=…"
function readFailure(line: string, from: number): Parts {
  const match = matchAt(connection, line, from);
  if (match === undefined) return {};
  const words = piece(line, match.index + match[0].length, line.length);
  return {
    ...remoteOf(groupPiece(match, 2)),
    relayPort: Number(match[3]),
    sourceIp: groupPiece(match, 1),
    failure: refusedUs(undefined, words, { outcome: "attempt", stage: "connect" }),
  };
}

function remoteOf(host: Piece | undefined): Parts {
  return host !== undefined && isAddress(host.text) ? { relayIp: host } : { relayHost: host };
}

const actions: Readonly<Record<string, Status["class"]>> = { accepted: 2, deferred: 4, bounced: 5 };

// {"short_message":"MTA [DEFERRED] 18a2….001","_mail_action":"deferred","_to":"…","_mx":"…","_mx_host":"192.0.2.1","_response":"450 …"}
function readRecord(line: string): Parts | undefined {
  const action = jsonValue(line, "_mail_action");
  const level = actions[action?.text ?? ""];
  if (action === undefined || level === undefined) return undefined;
  const status: Status = { ...action, class: level };
  const record = recordOf(line);
  return {
    ...stampOf(line),
    ...record,
    ...settle(line, jsonValue(line, "_response"), { status, relayIp: record.relayIp }),
  };
}

function recordOf(line: string): Parts {
  const host = jsonValue(line, "_mx");
  const ip = jsonValue(line, "_mx_host");
  return {
    queueId: jsonValue(line, "_queue_id"),
    sender: jsonValue(line, "_from"),
    recipient: jsonValue(line, "_to"),
    sourceIp: jsonValue(line, "_local_ip"),
    // Without a connection the domain stands for the host.
    relayHost: ip === undefined ? undefined : host,
    relayIp: ip,
  };
}

function stampOf(line: string): Parts {
  const match = /"timestamp": ?(\d{9,11}(?:\.\d{1,6})?)(?=[,}])/d.exec(line);
  const time = match === null ? undefined : groupPiece(match, 1);
  const iso = time && new Date(Math.round(Number(time.text) * 1000)).toISOString();
  return iso === undefined ? {} : { stamp: { kind: "iso", iso }, time };
}
