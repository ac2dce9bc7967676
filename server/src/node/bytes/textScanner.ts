// Finds lines as `log/scan` does, in bytes read as Latin-1: for machines without SIMD and for baits that bytes cannot tell.
import { scan } from "../../log/scan.ts";
import type { Scanner } from "./contract.ts";

/** A scanner for texts of at most `size` bytes. Letters beyond ASCII are several here, so no line is sure. */
export function createTextScanner(baits: readonly RegExp[], size: number): Scanner {
  const buffer = Buffer.alloc(size);
  return {
    buffer,
    scan({ from, end, line }, found) {
      const text = buffer.toString("latin1", from, end);
      const { candidates, lines } = scan(text, { start: 0, end: text.length, line }, baits);
      for (const { number, start, end } of candidates) found(number, from + start, from + lineEnd(text, end), false);
      return text.endsWith("\n") || text === "" ? lines : lines - 1;
    },
  };
}

// The reader of a text leaves out the carriage return before a line's end.
function lineEnd(text: string, from: number): number {
  const at = text.indexOf("\n", from);
  return at < 0 ? text.length : at;
}
