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

const hostShape = /([^\s[\](),;:<>"]{0,255}) ?(?:\[([^\]\s]{1,64})\])?(?::(\d{1,5})(?!\d))?/dy;

/** The host that begins at a column; undefined when neither a name nor an address stands there. */
export function readRemote(line: string, at: number): Remote | undefined {
  hostShape.lastIndex = at;
  const match = hostShape.exec(line);
  const name = match?.indices?.[1];
  if (match === null || name === undefined || match[0].trim() === "") return undefined;
  const host = hostPiece(line, name[0], name[1]);
  const ip = addressPiece(line, match.indices?.[2]);
  const port = match[3] === undefined ? undefined : Number(match[3]);
  return host === undefined && ip === undefined ? undefined : { host, ip, port, end: at + match[0].length };
}

/** The host that a value names, without the dot at its end; none for an address or no name. */
export function hostNamed(value: Piece | undefined): Piece | undefined {
  const text = value?.text ?? "";
  if (value === undefined || !/^[\w.-]{1,255}$/.test(text) || hostPiece(text, 0, text.length) === undefined)
    return undefined;
  if (!text.endsWith(".")) return value;
  return { text: text.slice(0, -1), start: value.start, end: value.start < 0 ? -1 : value.end - 1 };
}

// Names made of digits are addresses; "none", "local" and "unknown" name no host.
function hostPiece(line: string, start: number, end: number): Piece | undefined {
  const trimmed = line[end - 1] === "." ? end - 1 : end;
  const name = line.slice(start, trimmed);
  if (name === "" || name === "none" || name === "unknown" || name === "local" || isAddress(name)) return undefined;
  return piece(line, start, trimmed);
}

function addressPiece(line: string, at: readonly [number, number] | undefined): Piece | undefined {
  if (at === undefined) return undefined;
  const start = /^IPv6:/i.test(line.slice(at[0], at[0] + 5)) ? at[0] + 5 : at[0];
  return isAddress(line.slice(start, at[1])) ? piece(line, start, at[1]) : undefined;
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
