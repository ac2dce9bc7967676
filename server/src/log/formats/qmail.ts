// Reads qmail: deliveries of qmail-send, written by multilog or through syslog, and clients that rblsmtpd turned away. Forms: qmail-log(5), qmail-remote(8), rblsmtpd's page.
import type { Stage } from "../../model.ts";
import { fromAbove, placeless } from "../above.ts";
import { refusedThem, refusedUs } from "../failure.ts";
import type { Around, Format, Parts, Status } from "../format.ts";
import { groupPiece, groupWithin, type Piece, piece } from "../piece.ts";
import { longestText, readReply, tailReply } from "../reply.ts";
import { findSource } from "../source.ts";
import { readPrefix, readTime, skipContainer } from "../syslog.ts";
import { timing } from "../timing/qmail.ts";
import { matchAt } from "../values.ts";

/** qmail 1.03, netqmail, notqmail and s/qmail. */
export const qmail: Format = {
  id: "qmail",
  baits: [/delivery \d{1,10}: (?:failure|deferral): |rblsmtpd: /g],
  read: readQmail,
  timing,
};

const start = /starting delivery (\d{1,10}): msg (\d{1,20}) to (?:local|remote) (\S{1,320})/dy;
const result = /delivery (\d{1,10}): (success|failure|deferral): /dy;
const blocked = /rblsmtpd: ([0-9A-Fa-f.:]{2,45}) pid \d{1,10}: (?=[45]\d\d)/dy;
const known =
  /(?:starting delivery |delivery |(?:new|info|end|bounce) msg |status: (?:local|exiting)|rblsmtpd: |tcpserver: |(?:double|triple) bounce: |warning: |alert: )/y;
const program = /^(?:qmail(?:-send)?|rblsmtpd)$/;

function readQmail(line: string, around: Around): Parts | undefined {
  const head = readHead(line);
  if (head === undefined) return undefined;
  const { body, ...seen } = head;
  const begun = matchAt(start, line, body);
  if (begun !== undefined) return { ...seen, queueId: groupPiece(begun, 2), recipient: groupPiece(begun, 3) };
  return { ...seen, ...(readResult(line, body, around) ?? readBlocked(line, body)) };
}

// multilog puts its own time before the line; splogger's lines have a number behind the program's name, the time in seconds.
function readHead(line: string): (Parts & { readonly body: number }) | undefined {
  const time = readTime(line, skipContainer(line, 0));
  const own = time === undefined ? 0 : time.end + 1;
  if (time !== undefined && matchAt(known, line, own)) return { stamp: time.stamp, time: time.piece, body: own };
  const prefix = readPrefix(line);
  if (prefix?.process === undefined || !program.test(prefix.process.text)) return undefined;
  const { stamp, time: shown, host, process } = prefix;
  // A program that stands before its colon is part of its own line.
  const inner = readTime(line, prefix.body);
  const body = process.text === "rblsmtpd" ? process.start : inner === undefined ? prefix.body : inner.end + 1;
  return { stamp: inner?.stamp ?? stamp, time: shown, host, process, body };
}

const levels: Readonly<Record<string, Status["class"]>> = { success: 2, deferral: 4, failure: 5 };

// "delivery 5: failure: 192.0.2.1_does_not_like_recipient./Remote_host_said:_550_no/Giving_up_on_192.0.2.1./"
function readResult(line: string, body: number, around: Around): Parts | undefined {
  const match = matchAt(result, line, body);
  const word = match && groupPiece(match, 2);
  if (match === undefined || word === undefined) return undefined;
  const status: Status = { ...word, class: levels[word.text] ?? 5 };
  const text = piece(line.replaceAll("_", " "), body + match[0].length, line.length);
  const relayIp = relayIn(text);
  const told = { ...envelopeAbove(match[1] ?? "", around), status, relayIp };
  return { ...told, ...settle(line.replaceAll("_", " "), text, { status, relayIp }) };
}

const address = String.raw`((?:\d{1,3}\.){3}\d{1,3}|[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,7})`;
const relayBefore = new RegExp(`(?<![\\w.:-])${address}(?=[\\])]? (?:accepted|does not|failed|but)\\b)`, "d");
const relayBehind = new RegExp(`Giving up on ${address}\\.`, "d");

// "192.0.2.1 does not like recipient.", "Connected to 192.0.2.1 but greeting failed."; patched versions put other words first.
function relayIn(text: Piece): Piece | undefined {
  const match = relayBefore.exec(text.text.slice(0, 600)) ?? relayBehind.exec(text.text.slice(0, longestText));
  return match === null ? undefined : groupWithin(text, match, 1);
}

interface Settling {
  readonly status: Status;
  readonly relayIp: Piece | undefined;
}

function settle(clear: string, text: Piece, { status, relayIp }: Settling): Parts {
  const { words, said } = wordsOf(clear, text);
  const reply = readReply(clear, said?.start ?? words.start, words.end) ?? tailReply(clear, words);
  if (status.class === 2) return { reply };
  const sourceIp = said && reply && findSource(clear, said, [relayIp?.text]);
  const outcome = status.class === 4 ? "deferred" : "bounced";
  const stage = stages.find(([shape]) => shape.test(text.text.slice(0, 600)))?.[1];
  return { reply, sourceIp, failure: refusedUs(said && reply, words, { outcome, stage }) };
}

// A line break of the reply has become a slash; what qmail adds comes behind the reply.
function wordsOf(clear: string, text: Piece): { readonly words: Piece; readonly said: Piece | undefined } {
  const at = text.text.indexOf("Remote host said: ");
  const adds = at < 0 ? -1 : text.text.search(/\/Giving up on [0-9a-fA-F.:]{2,45}\.\/?$/);
  const end = adds >= 0 ? text.start + adds : text.end - (text.text.endsWith("/") ? 1 : 0);
  const said = at < 0 ? undefined : piece(clear, text.start + at + "Remote host said: ".length, end);
  return { words: said ?? piece(clear, text.start, end), said };
}

const stages: readonly (readonly [RegExp, Stage])[] = [
  [/does not like recipient/, "rcpt"],
  [/but sender was rejected/, "mail"],
  [/but greeting failed|establish an SMTP connection/, "connect"],
  [/but my name was rejected/, "helo"],
  [/failed on DATA command/, "data"],
  [/failed after I sent the message/, "end-of-data"],
];

// The line of the result has the number of the delivery alone; the one that started it names message and recipient.
function envelopeAbove(delivery: string, around: Around): Parts {
  return (
    fromAbove(around, (line) => {
      const at = line.indexOf(`starting delivery ${delivery}: `);
      const match = at < 0 ? undefined : matchAt(start, line, at);
      return match && { queueId: placeless(match[2]), recipient: placeless(match[3]) };
    }) ?? {}
  );
}

// "rblsmtpd: 203.0.113.9 pid 4711: 451 https://list.example/203.0.113.9"
function readBlocked(line: string, body: number): Parts | undefined {
  const match = matchAt(blocked, line, body);
  if (match === undefined) return undefined;
  const words = piece(line, body + match[0].length, line.length);
  const reply = readReply(line, words.start, words.end);
  return { sourceIp: groupPiece(match, 1), reply, failure: refusedThem(reply, words, "connect") };
}
