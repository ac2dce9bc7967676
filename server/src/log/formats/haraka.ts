// Reads Haraka: outbound deliveries and what its plugins refused, in its formats default, logfmt and JSON. Forms: logger.js, connection.js and outbound/hmail.js, 2.8 to 3.3.
import type { Stage } from "../../model.ts";
import { fromAbove, placeless } from "../above.ts";
import type { Stamp } from "../clock.ts";
import { refusedThem, refusedUs } from "../failure.ts";
import type { Around, Format, Parts, Status } from "../format.ts";
import { groupPiece, groupWithin, type Piece, piece, pieceOrNothing } from "../piece.ts";
import { readReply, tokenReply } from "../reply.ts";
import { findSource } from "../source.ts";
import { readPrefix, readTime, skipContainer } from "../syslog.ts";
import { matchAt } from "../values.ts";

/** Haraka's own log, with or without times; it shows no sessions. */
export const haraka: Format = {
  id: "haraka",
  baits: [
    /\[outbound\] (?:rec|bou|Tem)/g,
    /recipient <[^>]{0,320}> (?:rej|def)|bouncing mail: |Temp failing /g,
    /Failed to get socket: |Remote end |Ongoing connection failed|MX Lookup for |code"?[=:]"?DENY|retval"?[=:]"?DENY/g,
  ],
  read: readHaraka,
};

const id = String.raw`(-|[0-9A-F]{8}-[0-9A-F-]{27}(?:\.\d{1,6}){0,3})`;
const levels = "(?:DATA|PROTOCOL|DEBUG|INFO|NOTICE|WARN|ERROR|CRIT|ALERT|EMERG)";
const bracketed = new RegExp(`\\[${levels}\\] \\[${id}\\] \\[([\\w./-]{1,64})\\] {1,4}`, "dy");
const logfmt = new RegExp(`level=${levels} uuid=${id} origin=([\\w./-]{1,64}) message=`, "dy");
const json = new RegExp(`\\{"level":"${levels}","uuid":"${id}","origin":"([\\w./-]{1,64})","message":`, "dy");

interface Head {
  readonly stamp: Stamp | undefined;
  readonly time: Piece | undefined;
  readonly host?: Piece | undefined;
  readonly queueId: Piece | undefined;
  readonly origin: string;
  readonly body: number;
}

function readHaraka(line: string, around: Around): Parts | undefined {
  const head = readHead(line);
  if (head === undefined) return undefined;
  const { stamp, time, host, queueId, origin, body } = head;
  const words = messageOf(line, body);
  const told =
    origin === "outbound"
      ? readOutbound(line, words, () => above(queueId, around))
      : readInbound(line, words, () => clientAbove(queueId, around));
  return { stamp, time, host, queueId, ...told };
}

function readHead(line: string): Head | undefined {
  const start = skipContainer(line, 0);
  const time = readTime(line, start);
  const at = time === undefined ? start : time.end + 1;
  const own = headAt(line, at);
  if (own !== undefined) return { stamp: time?.stamp, time: time?.piece, ...own };
  if (!line.includes("uuid") && !line.includes("] [")) return undefined;
  const prefix = readPrefix(line);
  const inner = prefix && (readTime(line, prefix.body)?.end ?? prefix.body - 1) + 1;
  const found = inner === undefined ? undefined : headAt(line, inner);
  return prefix && found && { stamp: prefix.stamp, time: prefix.time, host: prefix.host, ...found };
}

function headAt(line: string, at: number): Pick<Head, "queueId" | "origin" | "body"> | undefined {
  const first = line[at];
  const shape = first === "[" ? bracketed : first === "l" ? logfmt : first === "{" ? json : undefined;
  const match = shape && matchAt(shape, line, at);
  if (match === undefined) return undefined;
  return {
    queueId: match[1] === "-" ? undefined : groupPiece(match, 1),
    origin: match[2] ?? "",
    body: at + match[0].length,
  };
}

// In logfmt a message of one word has no quotes; a quote within one is escaped.
function messageOf(line: string, at: number): Piece {
  if (line[at] !== '"') return piece(line, at, line.length);
  const quoted = matchAt(/"(?:[^"\\]|\\.)*/y, line, at);
  return piece(line, at + 1, at + (quoted?.[0].length ?? 1));
}

const perRecipient = /^recipient <([^>]{1,320})> (rejected|deferred)(?: with)?: /d;
const whole = /^(bouncing mail|Temp failing \S{1,255} for \d{1,9}(?:\.\d{1,9})? seconds): /d;
const repeating = /^Some recipients (?:temp )?failed: /;
const wrapped = /^(?:Too many failures \()?(?:Upstream error: |Unrecognized response from upstream server: )?/;
const trouble =
  /^(?:Failed to get socket: connect \w{3,20} |Remote end |Ongoing connection failed to |MX Lookup for )(?:((?:\d{1,3}\.){3}\d{1,3})(?::(\d{1,5}))?(?= |$))?/d;

function readOutbound(line: string, words: Piece, around: () => Parts): Parts {
  const one = perRecipient.exec(words.text);
  if (one !== null)
    return settle(
      line,
      { words: behind(line, words, one), mark: groupWithin(words, one, 2), recipient: groupWithin(words, one, 1) },
      around,
    );
  const all = whole.exec(words.text);
  if (all === null) return readTrouble(words, around) ?? readDelivered(line, words);
  const reason = behind(line, words, all);
  if (repeating.test(reason.text)) return {};
  return settle(
    line,
    { words: unwrapped(line, reason), mark: groupWithin(words, all, 1), recipient: named(reason) },
    around,
  );
}

interface Settling {
  readonly words: Piece;
  readonly mark: Piece | undefined;
  readonly recipient: Piece | undefined;
}

function settle(line: string, { words, mark, recipient }: Settling, around: () => Parts): Parts {
  const reply = readReply(line, words.start, words.end);
  const final = mark !== undefined && /^(?:rejected|bouncing)/.test(mark.text);
  const status: Status | undefined = mark && {
    ...piece(line, mark.start, mark.start + (/^\w+(?: failing)?/.exec(mark.text)?.[0].length ?? 0)),
    class: final ? 5 : 4,
  };
  const near = around();
  return {
    ...near,
    recipient: recipient ?? near.recipient,
    status,
    reply,
    sourceIp: reply && findSource(line, words, [near.relayIp?.text]),
    failure: refusedUs(reply, words, { outcome: final ? "bounced" : "deferred" }),
  };
}

function behind(line: string, words: Piece, match: RegExpExecArray): Piece {
  return piece(line, words.start + match[0].length, words.end);
}

// "Too many failures (Upstream error: 421 …)", "Unrecognized response from upstream server: 550"
function unwrapped(line: string, reason: Piece): Piece {
  const start = reason.start + (wrapped.exec(reason.text)?.[0].length ?? 0);
  const closed = reason.text.startsWith("Too many failures (") && reason.text.endsWith(")");
  const inner = piece(line, start, closed ? reason.end - 1 : reason.end);
  return readReply(line, inner.start, inner.end) === undefined ? reason : inner;
}

// "Too many failures (Some recipients temp failed: <a@example.net>)"
function named(reason: Piece): Piece | undefined {
  const match = /Some recipients temp failed: <([^>]{1,320})>\)$/d.exec(reason.text);
  return match === null ? undefined : groupWithin(reason, match, 1);
}

// One host of several failed, or none was found: the next try has a line of its own. An IPv6 address cannot be told from its port.
function readTrouble(words: Piece, around: () => Parts): Parts | undefined {
  const match = trouble.exec(words.text);
  if (match === null) return undefined;
  const relayIp = groupWithin(words, match, 1);
  const { relayHost, recipient } = around();
  const port = match[2] === undefined ? undefined : Number(match[2]);
  return {
    relayIp,
    relayPort: port,
    relayHost,
    recipient,
    failure: refusedUs(undefined, words, { outcome: "attempt" }),
  };
}

const deliveredShape = /\bdelivered file=\S{1,255} domain=\S{1,255} host=(\S{1,255}) ip=(\S{2,45}) port=(\d{1,5}) /d;

function readDelivered(line: string, { start }: Piece): Parts {
  const match = deliveredShape.exec(line.slice(0, start + 1200));
  if (match === null) return {};
  const status: Status = { ...piece(line, match.index, match.index + "delivered".length), class: 2 };
  return { status, relayHost: groupPiece(match, 1), relayIp: groupPiece(match, 2), relayPort: Number(match[3]) };
}

const soleRecipient = /\bmid=.{0,400} rcpts=1\/0\/0 /;
const acceptedRecipient = /recipient <([^>]{1,320})>"?,?"? ?"?code"?[=:]"?OK/;

// The line of a whole delivery names neither host nor recipient; the transaction's own lines do, while it is young.
function above(queueId: Piece | undefined, around: Around): Parts {
  const [, delivery = "", transaction = ""] = /^((\S{36}\.\d{1,6})\.\d{1,6})$/.exec(queueId?.text ?? "") ?? [];
  if (delivery === "") return {};
  let sole = false;
  let host: string | undefined;
  const recipient = fromAbove(around, (line) => {
    if (!line.includes(transaction)) return undefined;
    sole ||= soleRecipient.test(line);
    if (line.includes(delivery)) host ??= exchangeIn(line);
    return sole ? acceptedRecipient.exec(line)?.[1] : undefined;
  });
  return { recipient: placeless(recipient), relayHost: placeless(host) };
}

// A plugin that chooses the host: {"exchange":"mx.example.net"}, its quotes escaped.
function exchangeIn(line: string): string | undefined {
  const found = [...line.matchAll(/\bexchange\\{0,3}":\\{0,3}"([\w.-]{1,255})/g)];
  return found.length === 1 ? found[0]?.[1] : undefined;
}

const answer =
  /\b(?:code|retval)(?:=|":")(DENY(?:SOFT)?(?:DISCONNECT)?)"?,? ?"?msg"?[=:](?:"((?:[^"\\]|\\.){0,4096})"|(\S{0,255}))/d;
const summary = /^(?:(sender|recipient) <([^>]{0,320})>|(message|queue)\b)/d;
const earlyHook = /\bhook(?:=|":")(connect|lookup_rdns|ehlo|helo)\b/;
const hookStages: Readonly<Record<string, Stage>> = {
  connect: "connect",
  lookup_rdns: "connect",
  ehlo: "helo",
  helo: "helo",
};

// `recipient <…> code=DENY msg="…"`; plugins' own lines repeat it but for the commands that have no such line.
function readInbound(line: string, words: Piece, client: () => Parts): Parts {
  const match = answer.exec(line.slice(0, 8192));
  if (match === null) return {};
  const what = summary.exec(words.text);
  const hook = what === null ? hookStages[earlyHook.exec(line.slice(0, 2048))?.[1] ?? ""] : undefined;
  if (what === null && hook === undefined) return {};
  const mark = groupPiece(match, 1);
  const said = pieceOrNothing(line, ...spanOf(groupPiece(match, 2) ?? groupPiece(match, 3) ?? mark));
  const address = what === null ? undefined : groupWithin(words, what, 2);
  const stage = hook ?? stages[what?.[1] ?? ""] ?? "end-of-data";
  return {
    ...client(),
    ...turnedAway(line, { said: said ?? words, stage }),
    ...(stage === "mail" ? { sender: address } : { recipient: address }),
    status: mark && { ...mark, class: mark.text.startsWith("DENYSOFT") ? 4 : 5 },
  };
}

const stages: Readonly<Record<string, Stage>> = { sender: "mail", recipient: "rcpt" };

function spanOf(at: Piece | undefined): [number, number] {
  return [at?.start ?? 0, at?.end ?? 0];
}

function turnedAway(line: string, { said, stage }: { readonly said: Piece; readonly stage: Stage }): Parts {
  const reply = readReply(line, said.start, said.end) ?? tokenReply(line, said);
  return { reply, failure: refusedThem(reply, said, stage) };
}

// `connect ip=192.0.2.1 port=4711 …` on the line that opened the connection.
function clientAbove(queueId: Piece | undefined, around: Around): Parts {
  const connection = queueId?.text.slice(0, 36);
  const ip = fromAbove(around, (line) =>
    connection !== undefined && line.includes(connection)
      ? /\bconnect"?,? ?"?ip(?:=|":")([0-9A-Fa-f.:]{2,45})/.exec(line)?.[1]
      : undefined,
  );
  return { sourceIp: placeless(ip) };
}
