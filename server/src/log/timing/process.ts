// Which process wrote a line: its host, its name and its number.
import type { Parts } from "../format.ts";

// "smtp[1759]:", and in RFC 5424 "smtp 1759 - -".
const number = /\[(\d{1,10})\]| (\d{1,10})(?= )/y;

/** The process of a line, "mx1 postfix/smtp[1759]"; undefined when the line has no number. */
export function processOf(line: string, { host, process }: Parts): string | undefined {
  if (process === undefined) return undefined;
  number.lastIndex = process.end;
  const match = number.exec(line);
  const id = match?.[1] ?? match?.[2];
  return id === undefined ? undefined : `${host?.text ?? ""} ${process.text}[${id}]`;
}
