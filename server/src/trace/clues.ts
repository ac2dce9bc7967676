// Reads the lines of one message by the wordings of the programs that wrote them.
import { dkimProgram, dmarcProgram, endingId, harakaId, relayHere } from "./patterns.ts";
import { signatureIn } from "./valid.ts";
import { type Frame, type Kind, type Wording, wordings } from "./wordings.ts";

/** One thing that a line says; still a stranger's text. */
export interface Clue {
  readonly kind: Kind;
  readonly text: string;
}

/** No line names its own queue id more often than it is looked at. */
const mostPlaces = 6;

/** The head of a line is never longer: time, host, program. */
const longestHead = 400;

/** What lines say of the message with this queue id, in the order of the lines. */
export function cluesIn(lines: readonly string[], id: string): readonly Clue[] {
  return lines.flatMap((line) => places(line, id).flatMap((place) => cluesAt(place)));
}

/** A queue id on a line, with the text before and behind it. */
interface Place {
  readonly line: string;
  readonly id: string;
  readonly before: string;
  readonly rest: string;
}

function places(line: string, id: string): Place[] {
  const found: Place[] = [];
  for (let at = line.indexOf(id); at >= 0 && found.length < mostPlaces; at = line.indexOf(id, at + id.length))
    found.push({ line, id, before: line.slice(0, at), rest: line.slice(at + id.length) });
  return found;
}

function cluesAt(place: Place): Clue[] {
  const frames = framesOf(place);
  const told = wordings.filter(({ frame }) => frames.includes(frame)).flatMap((wording) => read(wording, place));
  const parent = place.before.endsWith(" queued as ") ? handedOn(place.before) : undefined;
  return parent === undefined ? told : [...told, { kind: "parent", text: parent }];
}

// "PARENT: to=<…>, relay=127.0.0.1[127.0.0.1]:10024, … (250 2.0.0 Ok: queued as …": a filter on this host gave the message back.
function handedOn(before: string): string | undefined {
  const at = before.indexOf(": to=<");
  const relay = before.indexOf(" relay=", at);
  if (at < 0 || relay < 0 || !relayHere.test(before.slice(relay, relay + 300))) return undefined;
  return endingId.exec(before.slice(Math.max(0, at - 20), at))?.[0];
}

/** Which programs write the queue id where it stands. */
function framesOf({ before, rest }: Place): readonly Frame[] {
  if (before.endsWith("qid: <")) return ["rspamd"];
  if (before.endsWith("Queue-ID: ") || before.endsWith("queued_as: ")) return ["amavis"];
  if (before.endsWith("evpid=") || rest.startsWith(" smtp ")) return ["opensmtpd"];
  if (before.endsWith("[") || before.endsWith("uuid=")) return ["haraka"];
  if (before.endsWith(" <= <> R=")) return ["bounce"];
  if (!isHead(before)) return [];
  return rest.startsWith(":") ? syslogFrames(before) : ["exim", ...milterFrames(before)];
}

// Time, host and program; in a reply that quotes an id more stands before it.
function isHead(before: string): boolean {
  const colon = before.indexOf(": ");
  const single = colon < 0 || before.indexOf(": ", colon + 2) < 0;
  return before === "" || (single && before.length <= longestHead && before.endsWith(" "));
}

function syslogFrames(before: string): readonly Frame[] {
  return ["log", ...milterFrames(before)];
}

function milterFrames(before: string): readonly Frame[] {
  const program = before.slice(-100);
  if (dkimProgram.test(program)) return ["dkim"];
  return dmarcProgram.test(program) ? ["dmarc"] : [];
}

function read({ shape, on }: Wording, { line, rest, id }: Place): Clue[] {
  const text = on === "line" ? line : rest;
  if (shape.global) return [...text.matchAll(shape)].slice(0, mostPlaces).flatMap((match) => said(match, id));
  const match = shape.exec(text);
  return match === null ? [] : said(match, id);
}

function said({ groups = {} }: RegExpMatchArray, id: string): Clue[] {
  const { same, selector, domain, list, dkim, ...clues } = groups;
  if (same !== undefined && same !== id) return [];
  const signatures = [
    ...(selector !== undefined && domain !== undefined ? [`${selector} ${domain}`] : []),
    ...(list?.split(",").slice(0, mostPlaces) ?? []).map((one) => one.replace(":", " ")),
    ...(dkim === undefined ? [] : headerSignature(dkim)),
  ];
  return [
    ...Object.entries(clues).map(([kind, text]): Clue => ({ kind: kind as Kind, text })),
    ...signatures.map((text): Clue => ({ kind: "signature", text })),
  ];
}

function headerSignature(header: string): string[] {
  const found = signatureIn(header);
  return found === undefined ? [] : [`${found.selector} ${found.domain}`];
}

/** The part of a queue id that all lines of the message share: Haraka numbers transactions and deliveries behind it. */
export function searchedId(id: string): string {
  const [, connection, transaction = ""] = harakaId.exec(id) ?? [];
  return connection === undefined ? id : `${connection}${transaction}`;
}
