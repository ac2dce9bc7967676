// Reads Cisco's Secure Email Gateway (ESA): its text mail logs and bounce logs (AsyncOS User Guide, "Logging").
import { fromAbove, placeless } from "../above.ts";
import { monthOf } from "../clock.ts";
import { createWeaver, type Plain, plainValue } from "../columns.ts";
import { readFailure } from "../diagnostic.ts";
import type { Around, Format, Parts } from "../format.ts";
import { groupPiece, type Piece, piece } from "../piece.ts";
import { readPrefix } from "../syslog.ts";

/** AsyncOS for Email, from its own files and through syslog. */
export const esa: Format = {
  id: "esa",
  baits: [
    /: (?:Bounced|Delayed): (?:DCID \d|\d)/g,
    /Connection Error: DCID|[Rr]ejected by |DNS [Ss]oft [Bb]ounce|DNS [Hh]ard [Bb]ounce/g,
  ],
  read: readEsa,
};

const own =
  /(?:[A-Z][a-z]{2} )?([A-Z][a-z]{2}) {1,2}(\d{1,2}) (\d\d:\d\d:\d\d) (\d{4}) (?:Info|Warning|Critical|Debug|Trace|Anomaly): /y;
const known =
  /(?:New SMTP |Delivery start |Message |Bounced: |Delayed: |MID \d|ICID \d|DCID \d|Start MID |Connection Error|SDS_CLIENT|RID )/y;

interface Head {
  readonly parts: Parts;
  readonly body: number;
}

function readEsa(line: string, around: Around): Parts | undefined {
  const head = headOf(line);
  if (head === undefined) return undefined;
  known.lastIndex = head.body;
  const told = readBounce(line, head.body, around) ?? readRejection(line, head.body);
  return told === undefined && !known.test(line) ? undefined : { ...head.parts, ...told };
}

// "Mon Nov 23 18:16:04 2026 Info: …", through syslog behind "mail_logs: Info: "
function headOf(line: string): Head | undefined {
  own.lastIndex = 0;
  const match = own.exec(line);
  const [whole = "", name = "", day = "", time, year] = match ?? [];
  const month = monthOf(name);
  if (month > 0) {
    const end = whole.search(/ (?:Info|Warning|Critical|Debug|Trace|Anomaly): $/);
    const iso = `${year}-${String(month).padStart(2, "0")}-${day.padStart(2, "0")}T${time}`;
    return { parts: { stamp: { kind: "iso", iso }, time: piece(line, 0, end) }, body: whole.length };
  }
  const prefix = readPrefix(line);
  const level = /(?:Info|Warning|Critical): /y;
  level.lastIndex = prefix?.body ?? 0;
  if (prefix === undefined || !level.test(line)) return undefined;
  const { stamp, time: shown, host, process } = prefix;
  return { parts: { stamp, time: shown, host, process }, body: level.lastIndex };
}

// In mail logs "DCID 3 MID 4 to RID 0 - " or "DCID 3 MID 4 From: <…> To: <…> RID 0 - ", in bounce logs "4:0 From:<…> To:<…> Reason: ".
const bounce =
  /(Bounced|Delayed): (?:DCID:? (\d{1,12}) (?:MID|Message) )?(\d{1,12})(?::(\d{1,6}))?(?: From: ?<([^>]{0,320})>)?(?: To: ?<([^>]{0,320})>)?(?: (?:to )?(?:RID )?(\d{1,6}))?(?: - | Reason: ?"?)([^('"]{0,200})/dy;

// "… to RID 0 - 5.1.0 - Unknown address error ('550', ['5.1.1 <…>... User unknown']) []"
function readBounce(line: string, body: number, around: Around): Parts | undefined {
  bounce.lastIndex = body;
  const match = bounce.exec(line);
  if (match === null) return undefined;
  const [, word, dcid, mid, rid = match[7]] = match;
  const status = groupPiece(match, 1);
  const reason = groupPiece(match, 8);
  const answer = answerBehind(line, body + match[0].length);
  const delayed = word === "Delayed";
  const otherwise = reason && plainValue(line, reason.start, reason.end);
  return {
    queueId: groupPiece(match, 3),
    sender: groupPiece(match, 5),
    recipient: groupPiece(match, 6) ?? recipientAbove(around, mid, rid),
    status: status && { ...status, class: delayed ? 4 : 5 },
    ...relayAbove(around, dcid),
    ...readFailure(answer, otherwise, { outcome: delayed ? "deferred" : "bounced" }),
  };
}

const response = /\('(\d{3})', ?\[(?:u?(['"]))?/y;

// "('550', ['5.1.1 <…>... User unknown', 'second line'])"; ('000', []) where nobody answered.
function answerBehind(line: string, from: number): Plain | undefined {
  const at = line.indexOf("('", from);
  response.lastIndex = at;
  const match = at < 0 || at > from + 200 ? null : response.exec(line);
  const code = match?.[1] ?? "";
  let quote = match?.[2];
  if (match === null || !/^[45]/.test(code)) return undefined;
  const weaver = createWeaver();
  weaver.run(code, at + 2);
  if (quote === undefined) return weaver.finish();
  for (let start = at + match[0].length, lines = 0; lines < 16; lines++) {
    const end = closing(line, quote, start);
    weaver.glue(" ");
    weaver.run(line.slice(start, end), start);
    const next = /^, ?u?(['"])/.exec(line.slice(end + 1, end + 6));
    if (next === null) break;
    quote = next[1] ?? quote;
    start = end + 1 + next[0].length;
  }
  return weaver.finish();
}

// The quote before a comma or a bracket: the text may hold others.
function closing(line: string, quote: string, from: number): number {
  for (let at = line.indexOf(quote, from); at >= 0; at = line.indexOf(quote, at + 1)) {
    if (/[\],]/.test(line[at + 1] ?? "]") && line[at - 1] !== "\\") return at;
  }
  return line.length;
}

// "MID 456 ICID 9 RID 0 To: <pat@example.net>"
function recipientAbove(around: Around, mid: string | undefined, rid: string | undefined): Piece | undefined {
  return fromAbove(around, (line) => {
    const at = line.indexOf(`MID ${mid} `);
    const match = at < 0 ? null : /RID (\d{1,6}) To: <([^<>]{3,320})>/.exec(line.slice(at));
    return match?.[1] === rid ? placeless(match?.[2]) : undefined;
  });
}

// "New SMTP DCID 123 interface 203.0.113.7 address 192.0.2.25 port 25"
function relayAbove(around: Around, dcid: string | undefined): Parts {
  if (dcid === undefined) return {};
  const shape =
    /New SMTP DCID (\d{1,12}) interface ([0-9A-Fa-f.:]{2,45}) address ([0-9A-Fa-f.:]{2,45})(?: port (\d{1,5}))?/;
  const found = fromAbove(around, (line) => {
    const match = shape.exec(line);
    return match?.[1] === dcid ? match : undefined;
  });
  if (found === undefined) return {};
  const [, , ours, theirs, port] = found;
  return {
    sourceIp: placeless(ours),
    relayIp: placeless(theirs),
    relayPort: port === undefined ? undefined : Number(port),
  };
}

const refused =
  /(?:(MID|ICID) (\d{1,12}) .{0,200}?)?((?:To|From|Address): <([^>]{3,320})> (?:rejected|sender rejected|refused)[^\n]{0,300})$/dy;

// "ICID 9 Address: <x@example.com> sender rejected, …", "MID 4 ICID 9 To: <y@example.org> Rejected by RAT"
function readRejection(line: string, body: number): Parts | undefined {
  refused.lastIndex = body;
  const match = refused.exec(line);
  const words = match === null ? undefined : groupPiece(match, 3);
  if (match === null || words === undefined) return undefined;
  const isSender = /^From|sender rejected/.test(words.text);
  const address = groupPiece(match, 4);
  const side = { outcome: "rejected", direction: "we-refused-them", stage: isSender ? "mail" : "rcpt" } as const;
  return {
    queueId: groupPiece(match, 2),
    ...(isSender ? { sender: address } : { recipient: address }),
    ...readFailure(undefined, plainValue(line, words.start, words.end), side),
  };
}
