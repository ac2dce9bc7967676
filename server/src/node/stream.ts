// Reads a log from disk or standard input in whole lines, a chunk at a time, whatever its size.
import { closeSync, createReadStream, fstatSync, openSync, readSync } from "node:fs";
import { visible } from "../tell/markdown.ts";
import { encodingOf, unpacked, unpackerOf } from "./bytes.ts";

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
  const file = openSync(path, "r");
  const status = fstatSync(file);
  if (status.isDirectory()) {
    closeSync(file);
    throw new Error("it is a directory. Name the log files in it.");
  }
  const ends = status.isFile() ? endsOf(file, status.size) : "\n";
  const stream = createReadStream(path, {
    fd: file,
    highWaterMark: chunkSize,
    ...(status.isFile() ? { start: 0 } : {}),
  });
  return { chunks: wholeLines(stream, command), date: status.mtime, ends };
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
    decoder ??= new TextDecoder(encodingOf(bytes));
    const text = rest + decoder.decode(bytes, { stream: true });
    const end = text.lastIndexOf("\n") + 1;
    if (end > 0) yield text.slice(0, end);
    rest = text.slice(end, end + longestLine);
  }
  rest += decoder?.decode() ?? "";
  if (rest !== "") yield rest;
}

/** Why a file could not be read, a sentence for the user. */
export function fileFault(problem: unknown, file: string): string {
  const code = problem instanceof Error && "code" in problem ? problem.code : undefined;
  const name = file === "-" ? "standard input" : visible(file);
  if (code === "ENOENT") return `${name} does not exist.`;
  if (code === "EACCES")
    return `${name} may not be read by you. Ask for read access, or run this as a user who has it.`;
  return `${name} could not be read: ${problem instanceof Error ? problem.message : String(problem)}`;
}
