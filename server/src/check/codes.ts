// What a list's A records mean: listed, no listing, an error of the operator, undocumented, or no list's answer at all.
import { readBytes } from "./bytes.ts";
import type { Blocklist, ListCode, ListError, ListNote } from "./listTypes.ts";

/** A list's answer, sorted out. Every record is in exactly one of them; `code` is the record that came. */
export interface Codes {
  /** Documented codes that list, in the order of the list's data. */
  readonly listed: readonly ListCode[];
  /** Documented codes that are no listing, in the order of the list's data. */
  readonly notes: readonly ListNote[];
  /** The operator refuses to answer. */
  readonly errors: readonly ListError[];
  /** Inside 127.0.0.0/8 but not documented, or reserved and unused. */
  readonly undocumented: readonly string[];
  /** Outside 127.0.0.0/8: no list answers so (RFC 5782 2.1). */
  readonly foreign: readonly string[];
}

/** Sorts a list's A records; an unreadable record counts as foreign. */
export function readCodes(list: Blocklist, records: readonly string[]): Codes {
  const errors = records.map((record) => errorOf(list, record)).filter((error) => error !== undefined);
  const rest = records.filter((record) => errorOf(list, record) === undefined);
  const listed = hits(list.codes, rest, list.reads === "bits" ? hasBit : matches);
  const notes = hits(list.notes, rest, matches);
  const known = new Set([...listed, ...notes].map(({ code }) => code));
  const strange = rest.filter((record) => !known.has(record));
  return {
    listed,
    notes,
    errors,
    undocumented: strange.filter(isLoopback),
    foreign: strange.filter((record) => !isLoopback(record)),
  };
}

interface Documented {
  readonly code: string;
  readonly means: string;
}

type Matcher = (code: string, record: string) => boolean;

/** The documented rows that the records hit, each with its record; "{last}" in words is the record's last number. */
function hits<T extends Documented>(rows: readonly T[], records: readonly string[], match: Matcher): readonly T[] {
  return rows.flatMap((row) => records.filter((record) => match(row.code, record)).map((code) => said(row, code)));
}

function said<T extends Documented>(row: T, record: string): T {
  const last = record.slice(record.lastIndexOf(".") + 1);
  const words = Object.entries(row).map(([name, text]) => [name, String(text).replace("{last}", last)]);
  return { ...row, ...Object.fromEntries(words), code: record };
}

/** True when the record is the code: four numbers, each exact, a range "2-20" or "*". */
function matches(code: string, record: string): boolean {
  if (code === record) return true;
  const bytes = readBytes(record);
  if (bytes?.length !== 4) return false;
  return code.split(".").every((part, at) => contains(part, bytes[at] ?? -1));
}

function contains(part: string, byte: number): boolean {
  if (part === "*") return true;
  const [from = "", to = from] = part.split("-");
  return Number(from) <= byte && byte <= Number(to);
}

/** True when the last numbers share a bit and the others are the same: the list answers with a sum of its codes. */
function hasBit(code: string, record: string): boolean {
  const [wanted, given] = [readBytes(code), readBytes(record)];
  if (wanted?.length !== 4 || given?.length !== 4) return false;
  const same = wanted.slice(0, 3).every((byte, at) => byte === given[at]);
  return same && ((wanted[3] ?? 0) & (given[3] ?? 0)) !== 0;
}

const errorRange = "127.255.255.0-255";

// Every operator that refuses uses this range, and none lists with it, so it is an error whatever the data says.
function errorOf(list: Blocklist, record: string): ListError | undefined {
  const known = list.errors.find((error) => error.code === record);
  if (known !== undefined || !matches(errorRange, record)) return known;
  return { code: record, means: unexplained(list), remedy: elsewhere(list) };
}

function unexplained({ operator, secret }: Blocklist): string {
  const key = secret === undefined ? "" : " The key may be wrong, or used too much.";
  return `${operator} answered with an error code that is not documented; it says nothing about what was asked.${key}`;
}

function elsewhere({ lookup }: Blocklist): string {
  return lookup === undefined
    ? "Ask through your own resolver, or ask whoever runs the list."
    : "Look it up on the operator's page by the link.";
}

function isLoopback(record: string): boolean {
  const bytes = readBytes(record);
  return bytes?.length === 4 && bytes[0] === 127;
}
