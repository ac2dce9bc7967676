// Reads a log from disk or standard input in whole lines, a chunk at a time, whatever its size.
import { createReadStream, fstatSync, readSync, statSync } from "node:fs";
import { encodingOf, unpacked, unpackerOf } from "./bytes.ts";
import { openFile, refuseBytes, refuseKind } from "./fileKind.ts";
import { openPipe } from "./pipe.ts";

/** Bytes read at a time. */
const chunkSize = 4 * 1024 * 1024;

/** A line longer than this is cut here, in UTF-16 units: the reader looks at the first part of a line only. */
const longestLine = 1024 * 1024;

/** An opened log: its text in chunks that end at line ends, and what the clock needs. */
export interface LogFile {
  readonly chunks: AsyncIterable<string>;
  readonly date: Date;
  /** The first and the last lines, to tell the year of the first; empty for standard input. */
  readonly ends: string;
}

/** Opens `path`, or standard input for "-", for a command of ours. Throws, or its chunks do, with a clause for the user when it is no readable file. */
export function openLog(path: string, command = "analyse"): LogFile {
  if (path === "-") return { chunks: wholeLines(process.stdin, command), date: new Date(), ends: "" };
  const before = statSync(path);
  refuseKind(before);
  if (!before.isFile()) return { chunks: wholeLines(openPipe(path), command), date: before.mtime, ends: "\n" };
  const file = openFile(path);
  const status = fstatSync(file);
  const ends = endsOf(file, status.size);
  const stream = createReadStream(path, { fd: file, highWaterMark: chunkSize, start: 0 });
  return { chunks: wholeLines(allOf(stream, status.size), command), date: status.mtime, ends };
}

/** The bytes of a file that had `size` of them when it was opened. Throws, after what is left of them, when it has become shorter. */
async function* allOf(stream: AsyncIterable<Buffer>, size: number): AsyncIterable<Buffer> {
  let length = 0;
  for await (const bytes of stream) {
    length += bytes.length;
    yield bytes;
  }
  if (length < size) throw new Error("it became shorter while it was read. What was left of it is all that is told.");
}

/** The bytes of a file around a place, from an even one on: UTF-16 has two for a letter. */
function peek(file: number, at: number): Buffer {
  const bytes = Buffer.alloc(65_536);
  return bytes.subarray(0, readSync(file, bytes, 0, bytes.length, at - (at % 2)));
}

/** The first and last lines of a file; none where it must be unpacked. */
function endsOf(file: number, size: number): string {
  const start = peek(file, 0);
  if (unpackerOf(start) !== undefined) return "";
  const decoder = new TextDecoder(encodingOf(start));
  return `${decoder.decode(start)}\n${decoder.decode(peek(file, Math.max(0, size - 65_536)))}`;
}

/** Decodes (invalid bytes become U+FFFD) and cuts at line ends. */
async function* wholeLines(stream: AsyncIterable<Buffer>, command: string): AsyncIterable<string> {
  let decoder: InstanceType<typeof TextDecoder> | undefined;
  let rest = "";
  for await (const bytes of unpacked(stream, command)) {
    decoder ??= decoderFor(bytes);
    const text = rest + decoder.decode(bytes, { stream: true });
    const end = text.lastIndexOf("\n") + 1;
    if (end > 0) yield text.slice(0, end);
    rest = text.slice(end, end + longestLine);
  }
  rest += decoder?.decode() ?? "";
  if (rest !== "") yield rest;
}

/** Throws a clause for the user when a file that begins so is no text. */
function decoderFor(start: Buffer): InstanceType<typeof TextDecoder> {
  const encoding = encodingOf(start);
  if (encoding === "utf-8") refuseBytes(start);
  return new TextDecoder(encoding);
}
