// Reads FortiMail: key=value lines, whose SMTP events hold Sendmail's words (FortiMail Log Reference: "Log message syntax", "Event logs", "History/Statistics logs").
import { plainValue } from "../columns.ts";
import { readFailure } from "../diagnostic.ts";
import type { Format, Parts } from "../format.ts";
import { type Piece, piece, pieceOrNothing } from "../piece.ts";
import { readSendmailText } from "../sendmailText.ts";
import { isAddress } from "../source.ts";
import { timeOf } from "../when.ts";

/** FortiMail's own files and its syslog. */
export const fortimail: Format = {
  id: "fortimail",
  baits: [/ disposition="[^"\n]{0,64}Reject/g, /stat=(?!Sent|queued)|reply=[45]|reject=/g],
  read: readFortimail,
};

const shape = /(?:^|[\s>])(?:date=|time=|device_id=|log_id=)/;

function readFortimail(line: string): Parts | undefined {
  const head = line.slice(0, 400);
  if (!/\blog_id=\d{4,12} type=[a-z]{3,12}\b/.test(head) || !shape.test(head)) return undefined;
  const seen = {
    ...timeIn(line),
    queueId: valueBehindKey(line, "session_id"),
    host: valueBehindKey(head, "device_id"),
  };
  return { ...seen, ...(readMessage(line) ?? readHistory(line)) };
}

// "date=2026-11-23 time=18:16:04.550", or "2026-11-23 18:16:04.550" before the keys.
function timeIn(line: string): Parts {
  const match = /(?:date=)?(\d{4}-\d\d-\d\d)(?: time=| )(\d\d:\d\d:\d\d(?:\.\d{1,6})?)/.exec(line.slice(0, 120));
  if (match === null) return {};
  const { stamp } = timeOf({ text: `${match[1]}T${match[2]}`, start: 0, end: 0 });
  const start = match.index + (match[0].startsWith("date=") ? 5 : 0);
  return { stamp, time: piece(line, start, match.index + match[0].length) };
}

function valueBehindKey(line: string, key: string): Piece | undefined {
  const at = line.indexOf(` ${key}=`);
  if (at < 0) return undefined;
  const start = at + key.length + 2;
  if (line[start] !== '"') return pieceOrNothing(line, start, start + line.slice(start).search(/ |$/));
  const end = line.indexOf('"', start + 1);
  return pieceOrNothing(line, start + 1, end < 0 ? line.length : end);
}

// The message is the last value and may hold quotes of its own.
function readMessage(line: string): Parts | undefined {
  const at = line.indexOf(' msg="');
  if (at < 0 || !/ type=event\b/.test(line.slice(0, at))) return undefined;
  const whole = line.trimEnd();
  return readSendmailText(whole.endsWith('"') ? whole.slice(0, -1) : whole, at + 6);
}

// The history names what the appliance did with a message, and by which of its checks.
function readHistory(line: string): Parts | undefined {
  const [disposition, classifier] = [valueBehindKey(line, "disposition"), valueBehindKey(line, "classifier")];
  if (!/ type=statistics\b/.test(line) || disposition === undefined) return undefined;
  const [client, clientIp] = [valueBehindKey(line, "client_name"), valueBehindKey(line, "client_ip")];
  const sourceIp = [clientIp, client].find((value) => value !== undefined && isAddress(value.text));
  const seen: Parts = { sender: valueBehindKey(line, "from"), recipient: valueBehindKey(line, "to"), sourceIp };
  if (!/\bReject/i.test(disposition.text)) return seen;
  const words = classifier ?? disposition;
  const failed = readFailure(undefined, plainValue(line, words.start, words.end), {
    ...{ outcome: "rejected", direction: "we-refused-them" },
  });
  return { ...seen, status: { ...disposition, class: 5 }, ...failed };
}
