// Reads Exchange's message tracking and SMTP protocol logs: CSV behind a "#Fields:" line (learn.microsoft.com: "Message tracking", "Protocol logging").
import { placeless } from "../above.ts";
import type { Value } from "../columns.ts";
import { namedFields, readCsv } from "../csv.ts";
import { readFailure } from "../diagnostic.ts";
import type { Around, Format, Parts, Status } from "../format.ts";
import type { Piece } from "../piece.ts";
import { commandAnswered, goesOn, type Turn, wholeReply } from "../protocolLog.ts";
import { hostNamed } from "../remote.ts";
import { readReply } from "../reply.ts";
import { isAddress } from "../source.ts";
import { stageOf } from "../stage.ts";
import { timeOf } from "../when.ts";

/** Exchange Server's and Edge Transport's logs; both kinds, whatever their order of columns. */
export const exchange: Format = {
  id: "exchange",
  baits: [/,(?:FAIL|DEFER|BADMAIL),/g, /,[<>],"?[45]\d\d/g],
  isHeader,
  read: readExchange,
};

function isHeader(line: string): boolean {
  return /^\ufeff?#Fields: ?(?=.{0,4000}\b(?:event-id|sequence-number)\b)[\w-]{2,40},/.test(line);
}

const tracking =
  "date-time,client-ip,client-hostname,server-ip,server-hostname,source-context,connector-id,source,event-id,internal-message-id,message-id,network-message-id,recipient-address,recipient-status,total-bytes,recipient-count,related-recipient-address,reference,message-subject,sender-address,return-path";
const protocol = "date-time,connector-id,session-id,sequence-number,local-endpoint,remote-endpoint,event,data,context";

type Fields = ReadonlyMap<string, Value>;

const stamped = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z?,/;
const turn = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z?,[^,]{0,200},[0-9A-F]{16},\d{1,9},[^,]{0,64},[^,]{0,64},[-+<>*],/;

function readExchange(line: string, around: Around, header: string | undefined): Parts | undefined {
  if (!stamped.test(line)) return undefined;
  const names = header?.replace(/^\ufeff?#Fields: ?/, "") ?? (turn.test(line) ? protocol : tracking);
  const fields = namedFields(names.split(","), readCsv(line, 0));
  if (fields.has("event-id")) return readTracking(fields);
  return fields.has("session-id") && fields.has("event") ? readProtocol(fields, around) : undefined;
}

const events: Readonly<Record<string, Status["class"]>> = {
  FAIL: 5,
  BADMAIL: 5,
  DEFER: 4,
  DELIVER: 2,
  SEND: 2,
  SENDEXTERNAL: 2,
  RECEIVE: 2,
};

function readTracking(fields: Fields): Parts {
  const event = fields.get("event-id");
  const level = events[event?.text ?? ""];
  const seen: Parts = {
    ...timeOf(fields.get("date-time")),
    host: hostNamed(fields.get("client-hostname")),
    queueId: fields.get("internal-message-id"),
    sender: fields.get("sender-address"),
    recipient: firstOf(fields.get("recipient-address")),
    relayHost: hostNamed(fields.get("server-hostname")),
    relayIp: addressIn(fields.get("server-ip")),
  };
  if (event === undefined || level === undefined) return seen;
  const status = { ...event, class: level };
  return level === 2 ? { ...seen, status } : { ...seen, status, ...failed(fields, level) };
}

// Recipients of one event are separated by semicolons.
function firstOf(value: Value | undefined): Piece | undefined {
  const length = value?.text.search(/;|$/) ?? 0;
  return value && { text: value.text.slice(0, length), ...value.spanOf({ start: 0, end: length }) };
}

function addressIn(value: Value | undefined): Value | undefined {
  return value !== undefined && isAddress(value.text) ? value : undefined;
}

// The status holds the answer: "[{LED=550 5.1.1 …};{MSG=};{FQDN=mx.example.net};{IP=192.0.2.25};{LRT=…}]", or bare.
function failed(fields: Fields, level: 4 | 5): Parts {
  const status = fields.get("recipient-status");
  const answer = answerIn(status) ?? answerIn(fields.get("source-context"));
  const told = readFailure(answer, status ?? fields.get("source-context") ?? fields.get("event-id"), {
    outcome: level === 4 ? "deferred" : "bounced",
    relayIp: innerOf(status, /\{IP=([0-9A-Fa-f.:]{2,45})\}/d),
  });
  const ip = innerOf(status, /\{IP=([0-9A-Fa-f.:]{2,45})\}/d);
  const name = hostNamed(innerOf(status, /\{FQDN=([\w.-]{1,255})\}/d));
  return { ...(ip && { relayIp: ip }), ...(name && { relayHost: name }), ...told };
}

const answer = /(?<![\w.-])[45]\d\d[ -]#?[45]\.\d{1,3}\.\d{1,3}(?![\w.])|(?<=LED=|^'?|[:"] ?)[45]\d\d[ -](?=\D)/;

function answerIn(value: Value | undefined): Value | undefined {
  const start = value?.text.search(answer) ?? -1;
  if (value === undefined || start < 0) return undefined;
  const end = start + value.text.slice(start).search(/\}(?:;|\]|$)|["']?$|(?<=[^;]); ?\[?\{/);
  return part(value, start, end);
}

function part(value: Value, start: number, end: number): Value {
  const spanOf: Value["spanOf"] = (span) => value.spanOf({ start: span.start + start, end: span.end + start });
  return { text: value.text.slice(start, end), ...value.spanOf({ start, end }), spanOf };
}

function innerOf(value: Value | undefined, shape: RegExp): Piece | undefined {
  const at = value === undefined ? undefined : shape.exec(value.text)?.indices?.[1];
  return value && at && { text: value.text.slice(at[0], at[1]), ...value.spanOf({ start: at[0], end: at[1] }) };
}

// What was received ("<") by us as a client is their answer, what we sent (">") as a server is ours.
function readProtocol(fields: Fields, around: Around): Parts {
  const [event, data] = [fields.get("event"), fields.get("data")];
  const theirs = event?.text === "<";
  const remote = endpoint(fields.get("remote-endpoint"));
  const seen: Parts = { ...timeOf(fields.get("date-time")), queueId: fields.get("session-id") };
  const local = endpoint(fields.get("local-endpoint"))?.ip;
  const sides: Parts = theirs ? { relayIp: remote?.ip, sourceIp: local } : { sourceIp: remote?.ip };
  const known = { ...seen, ...sides, relayPort: remote?.port };
  if (data === undefined || !(theirs || event?.text === ">") || !/^[45]\d\d(?:[ -]|$)/.test(data.text)) return known;
  const turn = { session: fields.get("session-id")?.text ?? "", event: event?.text ?? "", data: data.text };
  return { ...known, ...answered(data, turn, around) };
}

function answered(data: Value, turn: Turn, around: Around): Parts {
  if (goesOn(around, turn)) return { reply: readFailure(data, undefined, { outcome: "attempt" })?.reply };
  const command = commandAnswered(around, turn);
  const recipient = /^RCPT TO: ?<([^<>\s]{3,320})>/i.exec(command ?? "")?.[1];
  const theirs = turn.event === "<";
  const told = readFailure(data, undefined, {
    outcome: theirs ? "attempt" : "rejected",
    direction: theirs ? "they-refused-us" : "we-refused-them",
    stage: command === undefined ? "connect" : stageOf(command),
  });
  return { ...(recipient && { recipient: placeless(recipient) }), ...completed(told, wholeReply(around, turn)) };
}

// The codes may stand on a further line of the reply, where they have no place on this one.
function completed(told: Parts | undefined, whole: string): Parts {
  const reply = readReply(whole, 0, whole.length);
  if (told?.reply === undefined || reply === undefined) return told ?? {};
  const { enhanced = reply.enhanced, token = reply.token } = told.reply;
  return { ...told, reply: { ...told.reply, enhanced, token } };
}

// "192.0.2.25:25", "[2001:db8::25]:25"
function endpoint(value: Value | undefined): { readonly ip: Piece; readonly port: number } | undefined {
  const match = /^\[?([0-9A-Fa-f.:]{2,45}?)\]?:(\d{1,5})$/d.exec(value?.text ?? "");
  const at = match?.indices?.[1];
  if (value === undefined || at === undefined || !isAddress(match?.[1] ?? "")) return undefined;
  return { ip: { text: match?.[1] ?? "", ...value.spanOf({ start: at[0], end: at[1] }) }, port: Number(match?.[2]) };
}
