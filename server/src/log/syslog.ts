// What stands before a log line's message: container prefixes, syslog and journal stamps, host and process.
import { monthOf, type Stamp } from "./clock.ts";
import { type Piece, piece } from "./piece.ts";

/** The head of a line, and where its message begins. */
export interface Prefix {
  readonly stamp: Stamp | undefined;
  readonly time: Piece | undefined;
  readonly host: Piece | undefined;
  /** The program's name without its number: "postfix/smtp". */
  readonly process: Piece | undefined;
  readonly body: number;
}

interface Time {
  readonly stamp: Stamp;
  readonly piece: Piece;
  readonly end: number;
}

// docker compose: "mail-1  | "; docker logs -t and Kubernetes put a stamp in front, the latter a stream's name as well.
const colour = String.raw`(?:\x1b\[[\d;]{0,12}m)?`;
const compose = new RegExp(`${colour}[\\w.-]{1,64} {0,20}\\| ?${colour} ?`, "y");
const kubernetes = /\d{4}-\d\d-\d\dT[\d:.]{8,20}(?:Z|[+-]\d\d:?\d\d) std(?:out|err) [FP] /y;
const dockerStamp = /\d{4}-\d\d-\d\dT[\d:.]{8,20}Z (?=[<\d]|[A-Z][a-z]{2} )/y;
const priority = /<\d{1,3}>(1 )?/y;

const traditional =
  /(?:(\d{4}) )?([A-Z][a-z]{2}) {1,2}(\d{1,2})(?: (\d{4}))? (\d\d:\d\d:\d\d)(?:[.,]\d{1,9})?(?=[ :])/y;
const iso =
  /(?:[A-Z][a-z]{2} )?(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)((?:[.,]\d{1,9})?)(?: ?(Z|[+-]\d\d:?\d\d)| (UTC|GMT|MSK|[A-Z]{1,4}T))?(?=[ :])/y;
// multilog's label, TAI64N: seconds from 1970 TAI, which libtai takes for 10 seconds ahead of UTC, and nanoseconds (cr.yp.to/libtai/tai64.html).
const tai = /@(4[0-9a-f]{15})([0-9a-f]{8})(?= )/y;
const epoch = /(\d{9,11})\.(\d{6}) (?=[\w.-]{1,255} )/y;

const severity =
  /(?:\[?(?:DEBUG|INFO|NOTICE|WARN(?:ING)?|ERR(?:OR)?|CRIT|ALERT|EMERG)\]?:?|(?:mail|daemon|user|auth|local\d)\.[a-z]{3,8}:?) {1,8}/y;
const program = /([A-Za-z_][\w./@+-]{0,100}?)(?:\[(\d{1,10})\])?: ?/y;
const hostName = /(\S{1,255}) {1,4}/y;
const rfc5424 = /(\S{1,255}) (\S{1,100}) (\S{1,128}) (\S{1,32}) (?:-|\[[^\]]{0,500}\]) ?(?:\ufeff)? ?/y;

/** Reads the head of a line; undefined when no program's name can be found in it. */
export function readPrefix(line: string): Prefix | undefined {
  const container = readContainer(line, 0);
  const marked = matchAt(priority, line, container.end);
  const start = container.end + (marked?.[0].length ?? 0);
  const time = readTime(line, start);
  if (marked?.[1] !== undefined && time !== undefined) return structured(line, time);
  const prefix = programPrefix(line, time, skipBlanks(line, time?.end ?? start));
  // A program that logs to its standard output may leave the time to the container's runtime.
  return prefix && (time === undefined ? { ...prefix, ...shown(container.time) } : prefix);
}

/** The column behind any container prefix. */
export function skipContainer(line: string, start: number): number {
  return readContainer(line, start).end;
}

// One prefix may stand behind another: a pod's runtime stamps what a compose of its own prints.
function readContainer(line: string, start: number): { readonly end: number; readonly time: Time | undefined } {
  let end = start;
  let time: Time | undefined;
  for (let prefixes = 0; prefixes < 3; prefixes++) {
    const stamped = matchAt(kubernetes, line, end) ?? matchAt(dockerStamp, line, end);
    const match = stamped ?? matchAt(compose, line, end);
    if (match === undefined) break;
    if (stamped !== undefined) time = readTime(line, end);
    end += match[0].length;
  }
  return { end, time };
}

/** The time that begins at a column, as syslog, the journal, RFC 5424, Exim or multilog write it. */
export function readTime(line: string, at: number): Time | undefined {
  return readIso(line, at) ?? readTraditional(line, at) ?? readTai(line, at) ?? readEpoch(line, at);
}

function structured(line: string, time: Time): Prefix | undefined {
  const at = skipBlanks(line, time.end);
  const head = matchAt(rfc5424, line, at);
  const host = head?.[1];
  const name = head?.[2];
  if (head === null || head === undefined || host === undefined || name === undefined) return undefined;
  const nameAt = at + host.length + 1;
  return {
    stamp: time.stamp,
    time: time.piece,
    host: piece(line, at, at + host.length),
    process: piece(line, nameAt, nameAt + name.length),
    body: skipBlanks(line, at + head[0].length),
  };
}

function programPrefix(line: string, time: Time | undefined, at: number): Prefix | undefined {
  const direct = readProgram(line, at);
  if (direct !== undefined) return { ...shown(time), host: undefined, ...direct };
  const host = time === undefined ? undefined : matchAt(hostName, line, at)?.[1];
  if (host === undefined) return undefined;
  const named = readProgram(line, skipBlanks(line, at + host.length));
  return named && { ...shown(time), host: piece(line, at, at + host.length), ...named };
}

function readProgram(line: string, from: number) {
  const at = from + (matchAt(severity, line, from)?.[0].length ?? 0);
  const match = matchAt(program, line, at);
  const name = match?.[1];
  if (match === undefined || name === undefined) return undefined;
  return { process: piece(line, at, at + name.length), body: skipBlanks(line, at + match[0].length) };
}

function shown(time: Time | undefined) {
  return { stamp: time?.stamp, time: time?.piece };
}

function readIso(line: string, at: number): Time | undefined {
  const match = matchAt(iso, line, at);
  if (match === undefined) return undefined;
  const stamp: Stamp = {
    kind: "iso",
    iso: `${match[1]}T${match[2]}${(match[3] ?? "").replace(",", ".")}${zone(match[4] ?? match[5])}`,
  };
  return timeOf(line, at, { stamp, length: match[0].length });
}

function readTraditional(line: string, at: number): Time | undefined {
  const match = matchAt(traditional, line, at);
  const month = monthOf(match?.[2] ?? "");
  if (match === undefined || month === 0) return undefined;
  const day = Number(match[3]);
  const time = match[5] ?? "";
  const year = match[1] ?? match[4];
  const date = `${year}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
  const stamp: Stamp = year ? { kind: "iso", iso: `${date}T${time}` } : { kind: "yearless", month, day, time };
  return timeOf(line, at, { stamp, length: match[0].length });
}

function readTai(line: string, at: number): Time | undefined {
  const match = matchAt(tai, line, at);
  if (match === undefined) return undefined;
  const seconds = Number(BigInt(`0x${match[1]}`) - 2n ** 62n) - 10;
  const nanoseconds = Number.parseInt(match[2] ?? "0", 16);
  if (seconds < 0 || seconds > 1e11 || nanoseconds >= 1e9) return undefined;
  const iso = new Date(seconds * 1000).toISOString().replace(".000Z", `.${String(nanoseconds).padStart(9, "0")}Z`);
  return timeOf(line, at, { stamp: { kind: "iso", iso }, length: match[0].length });
}

function readEpoch(line: string, at: number): Time | undefined {
  const match = matchAt(epoch, line, at);
  if (match === undefined) return undefined;
  const iso = new Date(Number(match[1]) * 1000).toISOString().replace(".000Z", `.${match[2]}Z`);
  return timeOf(line, at, { stamp: { kind: "iso", iso }, length: match[0].length - 1 });
}

function timeOf(line: string, at: number, read: { stamp: Stamp; length: number }): Time {
  return { stamp: read.stamp, piece: piece(line, at, at + read.length), end: at + read.length };
}

// "+0100" as Exim and the journal write it is "+01:00" in ISO 8601's extended form.
function zone(text: string | undefined): string {
  if (text === "UTC" || text === "GMT") return "Z";
  if (text === undefined || /[A-Y]/.test(text)) return "";
  return text.length === 5 ? `${text.slice(0, 3)}:${text.slice(3)}` : text;
}

function skipBlanks(line: string, at: number): number {
  let end = at;
  while (line.charCodeAt(end) === 32) end++;
  return end;
}

function matchAt(shape: RegExp, line: string, at: number): RegExpExecArray | undefined {
  shape.lastIndex = at;
  return shape.exec(line) ?? undefined;
}
