// Colours the fields of a delivery report in a mail. Its failures are read by log/mail/, for they hang together over many lines.
import type { Format, Parts, Status } from "../format.ts";
import { type Piece, piece } from "../piece.ts";
import { findReplies, readReply } from "../reply.ts";
import { isAddress } from "../source.ts";

/** A mail, or a folder of mails. */
export const bounce: Format = { id: "bounce", alone: true, baits: [], read: readField };

const field =
  /^(Final-Recipient|Original-Recipient|X-Actual-Recipient|X-Failed-Recipients|Action|Status|Remote-MTA|Diagnostic-Code|Arrival-Date|Last-Attempt-Date|Date|X-Postfix-Queue-ID|X-Postfix-Sender|Return-Path):[ \t]{0,8}(?:(?:rfc822|utf-8|dns|dsn|smtp|x-[\w-]{1,20});[ \t]{0,8})?/i;

// Undefined for any other line: what stands in a report's text is coloured as in plain text.
function readField(line: string): Parts | undefined {
  const match = field.exec(line.slice(0, 200));
  const name = match?.[1]?.toLowerCase();
  if (match === null || name === undefined) return undefined;
  return readers[name]?.(line, match[0].length);
}

const word = /[^\s<>,;]{1,320}/y;

function wordAt(line: string, at: number): Piece | undefined {
  word.lastIndex = line[at] === "<" ? at + 1 : at;
  const match = word.exec(line);
  return match === null ? undefined : piece(line, match.index, match.index + match[0].length);
}

type Read = (line: string, at: number) => Parts;

const recipient: Read = (line, at) => ({ recipient: wordAt(line, at) });
const sender: Read = (line, at) => ({ sender: wordAt(line, at) });
const time: Read = (line, at) => ({ time: piece(line, at, line.length) });

const readers: Readonly<Record<string, Read>> = {
  "final-recipient": recipient,
  "original-recipient": recipient,
  "x-actual-recipient": recipient,
  "x-failed-recipients": recipient,
  "x-postfix-sender": sender,
  "return-path": sender,
  "arrival-date": time,
  "last-attempt-date": time,
  date: time,
  action: (line, at) => ({ status: statusOf(wordAt(line, at)) }),
  status: (line, at) => ({ reply: readReply(line, at, line.length) }),
  "x-postfix-queue-id": (line, at) => ({ queueId: wordAt(line, at) }),
  "remote-mta": (line, at) => {
    const host = wordAt(line, at);
    return host !== undefined && isAddress(host.text) ? { relayIp: host } : { relayHost: host };
  },
  "diagnostic-code": (line, at) => ({
    reply: readReply(line, at, line.length) ?? findReplies(line, at, line.length)[0],
  }),
};

const classes: ReadonlyMap<string, Status["class"]> = new Map([
  ["failed", 5],
  ["delayed", 4],
  ["delivered", 2],
  ["relayed", 2],
  ["expanded", 2],
]);

function statusOf(at: Piece | undefined): Status | undefined {
  const level = at && classes.get(at.text.toLowerCase());
  return at && level && { ...at, class: level };
}
