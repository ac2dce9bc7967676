// Reads amavis where it tells what the mail server behind it answered (amavisd's README.postfix and log templates).
import { plainValue } from "../columns.ts";
import { readFailure } from "../diagnostic.ts";
import type { Format, Parts } from "../format.ts";
import { groupPiece, pieceOrNothing } from "../piece.ts";
import { stageOf } from "../stage.ts";
import { readPrefix } from "../syslog.ts";

/** amavis and amavisd-new through syslog. */
export const amavis: Format = {
  id: "amavis",
  baits: [/ from MTA\(|smtp resp to /g],
  read: readAmavis,
};

const session = /\((\d{1,10}-\d{1,6}(?:-\d{1,6})?)\) /dy;

function readAmavis(line: string): Parts | undefined {
  const prefix = readPrefix(line);
  if (prefix?.process === undefined || !/^amavis(?:d|d-new)?$/.test(prefix.process.text)) return undefined;
  session.lastIndex = prefix.body;
  const match = session.exec(line);
  const body = prefix.body + (match?.[0].length ?? 0);
  const { stamp, time, host, process } = prefix;
  const queueId = match === null ? undefined : groupPiece(match, 1);
  return { stamp, time, host, process, queueId, ...(readForwarded(line, body) ?? readResponse(line, body)) };
}

const envelope = / <([^<>]{0,320})> -> <([^<>]{1,320})>/d;
const relay = / from MTA\((?:e?smtp|lmtp):\[?([0-9A-Fa-f.:]{2,45}?|[\w.-]{1,255})\]?:(\d{1,5})\): /dg;

// "… FWD from <a> -> <b>, BODY=7BIT 550 5.1.1 from MTA(smtp:[127.0.0.1]:10025): 550 5.1.1 <b>: …"
function readForwarded(line: string, body: number): Parts | undefined {
  relay.lastIndex = body;
  const match = relay.exec(line);
  if (match === null) return undefined;
  const mail = envelope.exec(line.slice(0, match.index));
  const relayIp = groupPiece(match, 1);
  const start = match.index + match[0].length;
  const seen: Parts = {
    relayIp,
    relayPort: Number(match[2]),
    sender: mail === null ? undefined : groupPiece(mail, 1),
    recipient: mail === null ? undefined : groupPiece(mail, 2),
  };
  return { ...seen, ...answered(line, start, { relayIp }) };
}

const response = /smtp resp to ([A-Za-z-]{3,20})(?: \(pip\))?(?: \(?<([^<>]{1,320})>\)?)?: /dy;

// "smtp resp to RCPT (pip) (<pat@example.net>): 550 5.1.1 …"
function readResponse(line: string, body: number): Parts | undefined {
  response.lastIndex = line.startsWith("smtp resp", body) ? body : line.indexOf("smtp resp to ", body);
  const match = response.lastIndex < 0 ? null : response.exec(line);
  if (match === null) return undefined;
  const isEnd = /^data-dot/i.test(match[1] ?? "");
  const told = answered(line, match.index + match[0].length, { stage: isEnd ? "end-of-data" : stageOf(match[1]) });
  return { recipient: groupPiece(match, 2), ...told };
}

function answered(
  line: string,
  start: number,
  where: Pick<Parameters<typeof readFailure>[2], "stage" | "relayIp">,
): Parts {
  if (!/^[45]/.test(line.slice(start, start + 1)) || pieceOrNothing(line, start, line.length) === undefined) return {};
  return readFailure(plainValue(line, start, line.length), undefined, { outcome: "attempt", ...where }) ?? {};
}
