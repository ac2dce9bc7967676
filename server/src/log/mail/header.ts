// The header of a message or of a part, and the fields of a delivery report, which are written the same way (RFC 5322 2.2).
import type { MailLine } from "./lines.ts";

/** A field: its name in lower case, its unfolded value, and the lines that hold it. */
export interface MailField {
  readonly name: string;
  readonly value: string;
  readonly lines: readonly MailLine[];
}

/** Fields, and the index of the line behind them. */
export interface Header {
  readonly fields: readonly MailField[];
  readonly end: number;
}

const nameShape = /^([!-9;-~]{1,76})[ \t]{0,4}:/;
const folded = /^[ \t]{1,200}\S/;
/** No field is read further, in characters; no header has more fields that matter. */
const longestValue = 8192;
const mostFields = 1000;

/** The fields from a line on, up to the first that is neither a field nor a folded line. */
export function readFields(lines: readonly MailLine[], from: number): Header {
  const fields: MailField[] = [];
  let at = from;
  while (at < lines.length) {
    const match = nameShape.exec(lines[at]?.text ?? "");
    if (match?.[1] === undefined) break;
    const end = endOfField(lines, at);
    if (fields.length < mostFields) fields.push(fieldOf(match[1], match[0].length, lines.slice(at, end)));
    at = end;
  }
  return { fields, end: at };
}

function endOfField(lines: readonly MailLine[], at: number): number {
  let end = at + 1;
  while (end < lines.length && folded.test(lines[end]?.text ?? "")) end++;
  return end;
}

function fieldOf(name: string, length: number, lines: readonly MailLine[]): MailField {
  const [head, ...rest] = lines.slice(0, 200);
  const texts = [(head?.text ?? "").slice(length), ...rest.map(({ text }) => text)];
  return {
    name: name.toLowerCase(),
    value: texts
      .map((text) => text.trim())
      .join(" ")
      .slice(0, longestValue),
    lines,
  };
}

/** The first field of this name. */
export function fieldNamed(fields: readonly MailField[], name: string): MailField | undefined {
  return fields.find((field) => field.name === name);
}

/** The value of the first field of this name. */
export function fieldValue(fields: readonly MailField[], name: string): string | undefined {
  return fieldNamed(fields, name)?.value;
}

/** A media type with its parameters, names and type in lower case (RFC 2045 5.1). */
export interface ContentType {
  readonly type: string;
  readonly params: ReadonlyMap<string, string>;
}

const paramShape = /;\s{0,20}([\w*-]{1,40})\s{0,4}=\s{0,4}(?:"((?:[^"\\]|\\.){0,1000})"|([^\s;"]{0,1000}))/g;

/** The type that a part says it has; plain text when it says none. */
export function contentType(fields: readonly MailField[]): ContentType {
  const value = fieldValue(fields, "content-type") ?? "text/plain";
  const type = /^\s*([\w.+-]{1,80}\/[\w.+-]{1,80})/.exec(value)?.[1]?.toLowerCase() ?? "text/plain";
  const found = [...value.matchAll(paramShape)].slice(0, 40);
  const params = found.map((match): [string, string] => [
    (match[1] ?? "").toLowerCase(),
    match[2]?.replace(/\\(.)/g, "$1") ?? match[3] ?? "",
  ]);
  return { type, params: new Map(params) };
}
