// Reads rspamd's line on a scanned message where a rule gave the answer itself (rspamd.com: "Rspamd logging settings", "Force actions").
import { plainValue } from "../columns.ts";
import { readFailure } from "../diagnostic.ts";
import type { Format, Parts } from "../format.ts";
import { groupPiece, type Piece, piece } from "../piece.ts";
import { readPrefix, readTime, skipContainer } from "../syslog.ts";

/** rspamd, from its own file and through syslog. A rejection without words of its own says nothing that the mail server's log does not say better. */
export const rspamd: Format = {
  id: "rspamd",
  baits: [/, forced: (?:soft )?reject "/g],
  read: readRspamd,
};

const own = /#\d{1,10}\([\w.-]{1,32}\) <[\w.,-]{1,64}>; [\w.-]{1,32}; /y;

function readRspamd(line: string): Parts | undefined {
  const at = line.indexOf("rspamd_task_write_log: id: ");
  if (at < 0 || at > 400) return undefined;
  const head = headOf(line);
  return head && { ...head, ...envelopeOf(line, at), ...(readForced(line, at) ?? {}) };
}

function headOf(line: string): Parts | undefined {
  const start = skipContainer(line, 0);
  const time = readTime(line, start);
  own.lastIndex = (time?.end ?? start) + (time === undefined ? 0 : 1);
  if (own.test(line)) return { stamp: time?.stamp, time: time?.piece };
  const prefix = readPrefix(line);
  if (prefix?.process === undefined || !/^rspamd/i.test(prefix.process.text)) return undefined;
  return { stamp: prefix.stamp, time: prefix.time, host: prefix.host, process: prefix.process };
}

const queueId = /, qid: <([^<>\s]{1,64})>/d;
const client = /, ip: ([0-9A-Fa-f.:]{2,45})(?=,)/d;
const sender = /, from: <([^<>]{1,320})>/d;
const recipients = /, rcpts: <([^<>,\s]{1,320})/d;

function envelopeOf(line: string, from: number): Parts {
  const text = line.slice(from);
  const found = (shape: RegExp): Piece | undefined => {
    const match = shape.exec(text);
    const at = match === null ? undefined : groupPiece(match, 1);
    return at && { text: at.text, start: at.start + from, end: at.end + from };
  };
  return { queueId: found(queueId), sourceIp: found(client), sender: found(sender), recipient: found(recipients) };
}

// `…, forced: soft reject "Try again later"; score=nan (set by greylist)`
function readForced(line: string, from: number): Parts | undefined {
  const at = line.indexOf(", forced: ", from);
  const match = /^, forced: ((?:soft )?reject) "/.exec(line.slice(Math.max(0, at), at + 40));
  if (at < 0 || match === null) return undefined;
  const start = at + match[0].length;
  const close = line.indexOf('"; score=', start);
  const words = plainValue(line, start, close < 0 ? line.length : close);
  const word = piece(line, at + 10, at + 10 + (match[1]?.length ?? 0));
  const failed = readFailure(words, words, { outcome: "rejected", direction: "we-refused-them", stage: "end-of-data" });
  return failed && { status: { ...word, class: match[1] === "reject" ? 5 : 4 }, ...failed };
}
