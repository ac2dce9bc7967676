// The lines of a message as they are read: decoded, and each with the lines of the document that it comes from.
import { longestLine } from "../scan.ts";

/** A line of text, and the document's lines that hold it, from the message's first. */
export interface MailLine {
  readonly text: string;
  readonly first: number;
  readonly last: number;
}

/** No message is read further: in lines. Reports stand in front of what they return. */
const mostLines = 100_000;

/** The lines of a message without their breaks, each cut to what is read of a line. */
export function splitLines(message: string): readonly string[] {
  return message.split("\n", mostLines).map((line) => line.replace(/\r$/, "").slice(0, longestLine));
}

/** The lines from `from` to before `to` as they stand. */
export function plainLines(lines: readonly string[], from: number, to: number): MailLine[] {
  return lines.slice(from, to).map((text, index) => ({ text, first: from + index, last: from + index }));
}

/** Lines around one, as in `Around`. */
export function aroundIn(lines: readonly MailLine[], at: number): (distance: number) => string | undefined {
  return (distance) => lines[at + distance]?.text;
}
