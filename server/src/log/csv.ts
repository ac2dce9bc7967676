// Reads comma-separated values (RFC 4180) with their columns, by the names that a header line gives them.
import { createWeaver, plainValue, type Value } from "./columns.ts";

/** The fields of a record; `open` when the line ends within quotes, so that the record goes on in the next line. */
export interface CsvRecord {
  readonly fields: readonly Value[];
  readonly open: boolean;
}

const mostFields = 300;

/** The fields of a line from a column on. */
export function readCsv(line: string, from: number): CsvRecord {
  const fields: Value[] = [];
  let at = from;
  while (fields.length < mostFields) {
    const quoted = line[at] === '"';
    const end = quoted ? closingQuote(line, at + 1) : endOf(line, at);
    fields.push(quoted ? unquoted(line, at + 1, end) : plainValue(line, at, end));
    if (quoted && end >= line.length) return { fields, open: true };
    const comma = quoted ? endOf(line, end) : end;
    if (comma >= line.length) break;
    at = comma + 1;
  }
  return { fields, open: false };
}

function endOf(line: string, from: number): number {
  const at = line.indexOf(",", from);
  return at < 0 ? line.length : at;
}

// A quote within quotes is written twice.
function closingQuote(line: string, from: number): number {
  let at = line.indexOf('"', from);
  while (at >= 0 && line[at + 1] === '"') at = line.indexOf('"', at + 2);
  return at < 0 ? line.length : at;
}

function unquoted(line: string, start: number, end: number): Value {
  if (!line.slice(start, end).includes('""')) return plainValue(line, start, end);
  const weaver = createWeaver();
  let from = start;
  for (let at = line.indexOf('""', from); at >= 0 && at < end; at = line.indexOf('""', from)) {
    weaver.run(line.slice(from, at), from);
    weaver.unit('"', { start: at, end: at + 2 });
    from = at + 2;
  }
  weaver.run(line.slice(from, end), from);
  return { ...weaver.finish(), start, end };
}

/** A record's fields by the names of a header, in lower case; empty fields have none. */
export function namedFields(names: readonly string[], { fields }: CsvRecord): ReadonlyMap<string, Value> {
  const named = new Map<string, Value>();
  for (const [index, field] of fields.entries()) {
    const name = names[index]?.trim().toLowerCase();
    if (name !== undefined && field.text.trim() !== "" && !named.has(name)) named.set(name, field);
  }
  return named;
}
