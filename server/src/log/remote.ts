// Hosts as servers write them: "mx.example.net[192.0.2.1]:25", "mx.example.net. [192.0.2.1]:25", "[192.0.2.1]".
import { groupPiece, type Piece, piece } from "./piece.ts";
import { isAddress } from "./source.ts";

/** A host that was read, its parts, and the column behind it. */
export interface Remote {
  readonly host: Piece | undefined;
  readonly ip: Piece | undefined;
  readonly port: number | undefined;
  readonly end: number;
}

/** The longest name, and the longest address in brackets. */
const longestName = 255;
const longestAddress = 64;

/** The host that begins at a column; undefined when neither a name nor an address stands there. Read letter by letter: every line of a log shows several. */
export function readRemote(line: string, at: number): Remote | undefined {
  const nameEnd = skip(line, at, { most: longestName, ends: nameEnds });
  const open = line[nameEnd] === " " ? nameEnd + 1 : nameEnd;
  const close = line[open] === "[" ? skip(line, open + 1, { most: longestAddress, ends: addressEnds }) : -1;
  const bracketed = close > open + 1 && line[close] === "]";
  const behind = bracketed ? close + 1 : open;
  const digits = line[behind] === ":" ? portDigits(line, behind + 1) : 0;
  const end = digits === 0 ? behind : behind + 1 + digits;
  if (nameEnd === at && behind === open && digits === 0) return undefined;
  const host = hostPiece(line, at, nameEnd);
  const ip = bracketed ? addressPiece(line, open + 1, close) : undefined;
  const port = digits === 0 ? undefined : Number(line.slice(behind + 1, end));
  return host === undefined && ip === undefined ? undefined : { host, ip, port, end };
}

interface Stretch {
  readonly most: number;
  readonly ends: (code: number) => boolean;
}

function skip(line: string, from: number, { most, ends }: Stretch): number {
  const limit = Math.min(line.length, from + most);
  let at = from;
  while (at < limit && !ends(line.charCodeAt(at))) at++;
  return at;
}

const endings = new Set([...'[](),;:<>"'].map((letter) => letter.charCodeAt(0)));

function nameEnds(code: number): boolean {
  return isSpace(code) || endings.has(code);
}

function addressEnds(code: number): boolean {
  return code === 93 || isSpace(code);
}

function isSpace(code: number): boolean {
  return code <= 32 ? code === 32 || (code >= 9 && code <= 13) : code >= 160 && /\s/.test(String.fromCharCode(code));
}

/** How many digits of a port stand at a column: 1 to 5, or 0 when it is none. */
function portDigits(line: string, from: number): number {
  let at = from;
  while (at < from + 6 && line.charCodeAt(at) >= 48 && line.charCodeAt(at) <= 57) at++;
  return at - from > 5 ? 0 : at - from;
}

// Names made of digits are addresses; "none", "local" and "unknown" name no host.
function hostPiece(line: string, start: number, end: number): Piece | undefined {
  const trimmed = line[end - 1] === "." ? end - 1 : end;
  const name = line.slice(start, trimmed);
  if (name === "" || name === "none" || name === "unknown" || name === "local" || isAddress(name)) return undefined;
  return piece(line, start, trimmed);
}

function addressPiece(line: string, from: number, to: number): Piece | undefined {
  const start = line[from + 4] === ":" && /^IPv6:/i.test(line.slice(from, from + 5)) ? from + 5 : from;
  return isAddress(line.slice(start, to)) ? piece(line, start, to) : undefined;
}

/** A client as Exim writes it: its verified name, the name it greeted with, and where it called from. */
export interface Client {
  readonly host: Piece | undefined;
  readonly helo: Piece | undefined;
  readonly ip: Piece | undefined;
  readonly port: number | undefined;
}

const clientShape =
  /(?:H=|from |for )(?:([^\s()[\]]{1,255}) )?(?:\(([^()\s]{0,255})\) )?\[([^\]\s]{1,64})\](?::(\d{1,5}))?/dg;

/** The first client at or behind a column: "H=client.example.net (helo) [192.0.2.1]:4711", "from [192.0.2.1]". */
export function readClient(line: string, from: number): Client | undefined {
  clientShape.lastIndex = from;
  const match = clientShape.exec(line);
  if (match === null) return undefined;
  const port = match[4] === undefined ? undefined : Number(match[4]);
  return { host: groupPiece(match, 1), helo: groupPiece(match, 2), ip: groupPiece(match, 3), port };
}
