// Reads PowerMTA's accounting files: CSV whose first line names the columns (PowerMTA 5 User's Guide, 12.2 "Accounting records").

import type { Value } from "../columns.ts";
import { type CsvRecord, namedFields, readCsv } from "../csv.ts";
import { readFailure } from "../diagnostic.ts";
import type { Around, Format, Parts, Status } from "../format.ts";
import type { Piece } from "../piece.ts";
import { hostNamed } from "../remote.ts";
import { isAddress } from "../source.ts";
import { timeOf } from "../when.ts";

/** PowerMTA's accounting records of any type, in any order of columns. */
export const powermta: Format = {
  id: "powermta",
  baits: [/[,"](?:smtp|x-[\w-]{1,20});/g, /,(?:failed|delayed|expired),/g],
  isHeader,
  read: readPowermta,
};

// The type is always the first column.
function isHeader(line: string): boolean {
  return (
    /^type,(?:[\w.*-]{1,64},){1,200}[\w.*-]{0,64}$/.test(line.slice(0, 8192)) &&
    /,(?:timeLogged|dsnStatus|rcpt)\b/.test(line)
  );
}

const types =
  /^(?:d|b|t|tq|r|rb|rs|f|delivery|bounce|transient|transient-queue|receipt|remote-bounce|remote-status|feedback-loop),/;

/** The columns of a file without a header: PowerMTA's own. */
const usual =
  "type,timeLogged,timeQueued,orig,rcpt,orcpt,dsnAction,dsnStatus,dsnDiag,dsnMta,bounceCat,srcType,srcMta,dlvType,dlvSourceIp,dlvDestinationIp,dlvEsmtpAvailable,dlvSize,vmta,jobId,envId,queue,vmtaPool";

type Fields = ReadonlyMap<string, Value>;

/** A record over several lines: its head, and how many lines it goes on. */
function readPowermta(line: string, around: Around, header: string | undefined): Parts | undefined {
  if (isHeader(line)) return {};
  if (!types.test(line)) return undefined;
  const record = readCsv(line, 0);
  if (record.fields.length < 4) return undefined;
  const fields = namedFields((header ?? usual).split(","), record);
  const passage = record.open ? { passage: { owner: 0, last: linesBehind(around) } } : {};
  return { ...told(fields, record), ...passage };
}

const longestRecord = 8;

// The quotes close on one of the next lines.
function linesBehind(around: Around): number {
  for (let distance = 1; distance <= longestRecord; distance++) {
    const line = around(distance);
    if (line === undefined || types.test(line)) return distance - 1;
    if (/(?<!")"(?:""){0,40}(?:,|$)/.test(line)) return distance;
  }
  return 0;
}

function told(fields: Fields, record: CsvRecord): Parts {
  const status = statusOf(fields);
  const relay = relayOf(fields);
  const seen: Parts = {
    ...timeOf(fields.get("timelogged")),
    sender: fields.get("orig"),
    recipient: fields.get("rcpt"),
    ...relay,
    sourceIp: addressIn(fields.get("dlvsourceip")),
    queueId: fields.get("envid"),
  };
  return status === undefined ? seen : { ...seen, status, ...settle(fields, record, status) };
}

const levels: Readonly<Record<string, Status["class"]>> = {
  ...{ d: 2, b: 5, rb: 5, t: 4, tq: 4 },
  ...{ delivery: 2, bounce: 5, transient: 4, "remote-bounce": 5, "transient-queue": 4 },
  ...{ failed: 5, delayed: 4, relayed: 2, delivered: 2 },
};

// A remote status says by its action alone what it is about; what came in and what was complained about has none.
function statusOf(fields: Fields): Status | undefined {
  const [type, action] = [fields.get("type"), fields.get("dsnaction")];
  const level = levels[type?.text ?? ""] ?? levels[action?.text ?? ""];
  const word = action ?? type;
  return level === undefined || word === undefined ? undefined : { ...word, class: level };
}

// "mx.example.net (192.0.2.25)"
function relayOf(fields: Fields): Parts {
  const mta = fields.get("dsnmta");
  const match = /^([\w.-]{1,255})(?: \(([0-9A-Fa-f.:]{2,45})\))?/.exec(mta?.text ?? "");
  if (mta === undefined || match === null) return { relayIp: addressIn(fields.get("dlvdestinationip")) };
  const [whole, name = "", ip] = match;
  const inner = (text: string, start: number): Piece => ({ text, ...mta.spanOf({ start, end: start + text.length }) });
  return {
    relayHost: hostNamed(inner(name, 0)),
    relayIp: ip === undefined ? addressIn(fields.get("dlvdestinationip")) : inner(ip, whole.length - ip.length - 1),
  };
}

function addressIn(value: Value | undefined): Value | undefined {
  return value !== undefined && isAddress(value.text) ? value : undefined;
}

function settle(fields: Fields, record: CsvRecord, status: Status): Parts | undefined {
  if (status.class === 2) return undefined;
  const answer = fields.get("dsndiag") ?? record.fields.find(({ text }) => /^(?:smtp|x-[\w-]{1,20});/.test(text));
  // "5.4.7 (delivery time expired)"
  const otherwise = fields.get("dsnstatus") ?? fields.get("bouncecat") ?? fields.get("type");
  const outcome = status.class === 4 ? "deferred" : "bounced";
  return readFailure(answer, otherwise, { outcome, relayIp: relayOf(fields).relayIp });
}
