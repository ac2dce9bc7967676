// Reads a log from disk or standard input in whole lines, a chunk at a time, whatever its size.
import { closeSync, createReadStream, fstatSync, openSync, readSync } from "node:fs";
import { visible } from "../tell/markdown.ts";

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
  const part = (at: number): string => (status.isFile() ? peek(file, at) : "");
  const ends = `${part(0)}\n${part(Math.max(0, status.size - 65_536))}`;
  const stream = createReadStream(path, {
    fd: file,
    highWaterMark: chunkSize,
    ...(status.isFile() ? { start: 0 } : {}),
  });
  return { chunks: wholeLines(stream, command), date: status.mtime, ends };
}

function peek(file: number, at: number): string {
  const bytes = Buffer.alloc(65_536);
  return bytes.toString("utf8", 0, readSync(file, bytes, 0, bytes.length, at));
}

/** Decodes UTF-8 (invalid bytes become U+FFFD) and cuts at line ends. */
async function* wholeLines(stream: AsyncIterable<Buffer | string>, command: string): AsyncIterable<string> {
  const decoder = new TextDecoder();
  let rest = "";
  let first = true;
  for await (const bytes of stream) {
    if (first && typeof bytes !== "string") refuseCompressed(bytes, command);
    first = false;
    const text = rest + (typeof bytes === "string" ? bytes : decoder.decode(bytes, { stream: true }));
    const end = text.lastIndexOf("\n") + 1;
    if (end > 0) yield text.slice(0, end);
    rest = text.slice(end, end + longestLine);
  }
  rest += decoder.decode();
  if (rest !== "") yield rest;
}

/** How compressed files begin (RFC 1952 2.3.1, and the formats' own descriptions), and what unpacks them. */
const compressed: readonly (readonly [string, string])[] = [
  ["1f8b", "gzip -dc"],
  ["425a68", "bzip2 -dc"],
  ["fd377a585a00", "xz -dc"],
  ["28b52ffd", "zstd -dc"],
];

function refuseCompressed(bytes: Buffer, command: string): void {
  const start = bytes.toString("hex", 0, 6);
  const tool = compressed.find(([mark]) => start.startsWith(mark))?.[1];
  if (tool !== undefined)
    throw new Error(`it is compressed. Unpack it first: ${tool} FILE | smtp-log-lens ${command} -`);
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
