// Reads a list's A records as the data they are: documented codes, documented errors, and what is neither.
import { readBytes } from "./bytes.ts";
import type { Blocklist, ListCode, ListError } from "./lists.ts";

/** A list's answer, sorted out. Every record is in exactly one of them. */
export interface Codes {
  /** Documented codes, in the order of the list's data. */
  readonly listed: readonly ListCode[];
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
  const listed = list.codes.filter((code) => records.includes(code.code));
  const rest = records.filter((record) => !isDocumented(list, record) && errorOf(list, record) === undefined);
  return {
    listed,
    errors,
    undocumented: rest.filter(isLoopback),
    foreign: rest.filter((record) => !isLoopback(record)),
  };
}

function isDocumented(list: Blocklist, record: string): boolean {
  return list.codes.some((code) => code.code === record);
}

function errorOf(list: Blocklist, record: string): ListError | undefined {
  const { prefix, codes, otherwise } = list.errors;
  const known = codes.find((error) => error.code === record);
  if (known !== undefined || prefix === undefined || !record.startsWith(prefix)) return known;
  return otherwise === undefined ? undefined : { ...otherwise, code: record };
}

function isLoopback(record: string): boolean {
  const bytes = readBytes(record);
  return bytes?.length === 4 && bytes[0] === 127;
}
