// The text of chosen lines of a log: out of an open document, or out of a file read once more.
import type { FailuresText } from "../failuresProtocol.ts";
import { type FailureGroup, headingMark } from "../tell/failures.ts";
import type { Session } from "./session.ts";
import type { StoredLog } from "./stored.ts";

/** How much of a line is shown, in UTF-16 units. */
const longestLine = 4_096;

const lineFeed = 10;

/** The text of some stretches; `textOf` gives the lines of each log. */
export function written(
  groups: readonly FailureGroup[],
  textOf: (line: number, file: number) => string | undefined,
): FailuresText {
  const rows = groups.flatMap(({ heading, lines, file = 0 }) => [
    ...(heading === undefined ? [] : [{ text: `${headingMark}${heading}`, line: -1, file }]),
    ...lines.map((line) => ({ text: textOf(line, file) ?? gone, line, file })),
  ]);
  const text = rows.map(({ text }) => `${text}\n`).join("");
  const files = groups.some(({ file }) => file !== undefined) ? { files: rows.map(({ file }) => file) } : {};
  return { text, lines: rows.map(({ line }) => line), ...files };
}

const gone = `${headingMark}(this line is not there any more)`;

/** Gives the text of a line, undefined for one that was not asked for or is gone. */
export type LineText = (line: number) => string | undefined;

/** The lines of an open document. */
export function documentLines(session: Session, uri: string): LineText {
  return (line) => session.lineText(uri, line).slice(0, longestLine);
}

/** Reads the wanted lines (from 0, rising) of a file, and no further than the last of them, or a fault of the disk. */
export async function storedLines(
  stored: StoredLog,
  wanted: readonly number[],
  signal: AbortSignal,
): Promise<LineText> {
  const found = new Map<number, string>();
  let [next, number] = [0, 0];
  const take = (bytes: Buffer): void => {
    for (let start = 0; start < bytes.length; number++) {
      const end = bytes.indexOf(lineFeed, start);
      const behind = end < 0 ? bytes.length : end;
      if (number === wanted[next]) {
        found.set(number, lineOf(bytes.subarray(start, Math.min(behind, start + 3 * longestLine))));
        next++;
      }
      start = behind + 1;
    }
  };
  try {
    for await (const { bytes } of stored.pieces(0, signal)) {
      if (next >= wanted.length) break;
      take(bytes);
    }
  } catch (problem) {
    if (found.size === 0) throw problem;
  }
  return (line) => found.get(line);
}

// A UTF-16 unit is at most three bytes.
function lineOf(bytes: Buffer): string {
  return bytes.toString("utf8").slice(0, longestLine).replace(/\r$/, "");
}
