// Reads Momentum's bouncelog, mainlog and rejectlog: fields between "@" (support.sparkpost.com: Momentum 4 "bouncelog", Momentum 3 "log formats").
import { plainValue, type Value } from "../columns.ts";
import { readFailure } from "../diagnostic.ts";
import type { Format, Parts, Status } from "../format.ts";
import { type Piece, piece } from "../piece.ts";
import { isAddress } from "../source.ts";
import { timeOf } from "../when.ts";

/** Momentum's text logs; its JSON events are those of SparkPost. */
export const momentum: Format = {
  id: "momentum",
  baits: [/@[BTP]@[^@\n]{0,64}@/g],
  read: readMomentum,
};

const shape = /^\d{9,11}@[0-9A-F/-]{0,40}@[0-9A-F/-]{0,40}@[0-9A-F/-]{0,40}@([BTPDR])@/;
const levels: Readonly<Record<string, Status["class"]>> = { D: 2, T: 4, P: 5, B: 5 };

function readMomentum(line: string): Parts | undefined {
  const type = shape.exec(line.slice(0, 200))?.[1];
  if (type === undefined) return undefined;
  const fields = fieldsOf(line);
  const level = levels[type];
  const [word, id] = [fields[4], fields[1]];
  const told: Parts = {
    ...timeOf(fields[0]),
    queueId: id && piece(line, id.start, id.end),
    recipient: addressOf(line, fields, 5),
    sender: addressOf(line, fields, 7),
  };
  if (level === undefined || word === undefined) return told;
  const status = { ...piece(line, word.start, word.end), class: level };
  return { ...told, status, ...(level !== 2 && settle(line, fields, level)) };
}

const mostFields = 24;

function fieldsOf(line: string): readonly Value[] {
  const fields: Value[] = [];
  let start = 0;
  while (fields.length < mostFields) {
    const at = line.indexOf("@", start);
    fields.push(plainValue(line, start, at < 0 ? line.length : at));
    if (at < 0) break;
    start = at + 1;
  }
  return fields;
}

// A mail address is two fields, so it stands there as it is.
function addressOf(line: string, fields: readonly Value[], index: number): Piece | undefined {
  const [local, domain] = [fields[index], fields[index + 1]];
  return local === undefined || domain === undefined || local.text === "" || domain.text === ""
    ? undefined
    : piece(line, local.start, domain.end);
}

/** The answer is the last field and may hold "@" itself: it begins behind the first address in a field of its own, or is the first field with a code. */
function settle(line: string, fields: readonly Value[], level: Status["class"]): Parts | undefined {
  const late = fields.slice(9);
  const address = late.find(({ text }) => isAddress(text));
  const text = late.find(({ text }) => /^(?:[45]\d\d[ -]|[45]\.\d\.\d{1,3} |\[internal\])/.test(text));
  const answer = text ?? (address && fields[fields.indexOf(address) + 1]);
  const relayIp = address && piece(line, address.start, address.end);
  const whole = answer && plainValue(line, answer.start, line.length);
  const told = readFailure(whole, whole, { outcome: level === 4 ? "deferred" : "bounced", relayIp });
  return told && { relayIp, ...told };
}
