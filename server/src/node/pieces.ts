// Cuts bytes into pieces that end at line ends.
import type { Piece } from "../lsp/stored.ts";

/** What is kept of a line that does not end: the reader looks at the first part of a line only. */
const longestLine = 1024 * 1024;

const newline = 10;

/** The pieces of what comes in chunks; `from` is the byte that the first of them begins with. Ends early when aborted. */
export async function* piecesOf(
  chunks: AsyncIterable<Buffer>,
  from: number,
  signal: AbortSignal,
): AsyncIterable<Piece> {
  let rest: Buffer = Buffer.alloc(0);
  let at = from;
  for await (const chunk of chunks) {
    if (signal.aborted) return;
    at += chunk.length;
    const end = chunk.lastIndexOf(newline) + 1;
    if (end > 0) {
      const lines = chunk.subarray(0, end);
      yield pieceOf(rest.length === 0 ? lines : Buffer.concat([rest, lines]), at - (chunk.length - end), true);
      rest = Buffer.from(chunk.subarray(end));
    } else if (rest.length < longestLine) rest = Buffer.concat([rest, chunk]);
  }
  if (rest.length > 0 && !signal.aborted) yield pieceOf(rest, at, false);
}

function pieceOf(bytes: Buffer, end: number, whole: boolean): Piece {
  return {
    bytes,
    get text() {
      return bytes.toString("utf8");
    },
    ...{ end, whole },
  };
}
