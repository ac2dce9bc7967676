// The text of chosen lines of a log: out of an open document, or out of a file read once more.
import type { Session } from "./session.ts";
import type { StoredLog } from "./stored.ts";

/** How much of a line is shown, in UTF-16 units. */
const longestLine = 4_096;

const lineFeed = 10;

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
