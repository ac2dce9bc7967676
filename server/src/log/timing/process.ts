// Which process wrote a line: its host, its name and its number.
import type { Parts } from "../format.ts";
import { processNumber } from "./patterns.ts";

/** The process of a line, "mx1 postfix/smtp[1759]"; undefined when the line has no number. */
export function processOf(line: string, { host, process }: Parts): string | undefined {
  if (process === undefined) return undefined;
  processNumber.lastIndex = process.end;
  const match = processNumber.exec(line);
  const id = match?.[1] ?? match?.[2];
  return id === undefined ? undefined : `${host?.text ?? ""} ${process.text}[${id}]`;
}
