// Cuts bytes into pieces that end at line ends.
import type { Piece } from "../lsp/stored.ts";

/** What is kept of a line that does not end: the reader looks at the first part of a line only. */
const longestLine = 1024 * 1024;

const [lineFeed, carriageReturn] = [10, 13];

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
    const end = chunk.lastIndexOf(lineFeed) + 1;
    if (end > 0) {
      const lines = chunk.subarray(0, end);
      const bytes = withBreaks(rest.length === 0 ? lines : Buffer.concat([rest, lines]));
      yield { bytes, end: at - (chunk.length - end), whole: true };
      rest = Buffer.from(chunk.subarray(end));
    } else if (rest.length < longestLine) rest = Buffer.concat([rest, chunk]);
  }
  if (rest.length > 0 && !signal.aborted) yield { bytes: withBreaks(rest), end: at, whole: false };
}

/** The bytes with lone carriage returns as line feeds, as an editor counts lines. */
function withBreaks(bytes: Buffer): Buffer {
  let changed: Buffer | undefined;
  for (let at = bytes.indexOf(carriageReturn); at >= 0; at = bytes.indexOf(carriageReturn, at + 1)) {
    if (bytes[at + 1] === lineFeed) continue;
    changed ??= Buffer.from(bytes);
    changed[at] = lineFeed;
  }
  return changed ?? bytes;
}
