// A log file on disk for the language server: looked at and read in pieces that end at line ends, from any byte on.
import { type FileHandle, open, stat } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { FileState, Piece, StoredLog } from "../lsp/stored.ts";

/** Bytes read at a time: small enough that a hover does not wait for it. */
const pieceSize = 256 * 1024;

/** What is kept of a line that does not end: the reader looks at the first part of a line only. */
const longestLine = 1024 * 1024;

/** How much of the head is looked at. */
const headSize = 64 * 1024;

/** The state of the file behind a URI; undefined when there is none. */
export async function statLog(uri: string): Promise<FileState | undefined> {
  const path = pathOf(uri);
  if (path === undefined) return undefined;
  const status = await stat(path).catch(() => undefined);
  return status?.isFile() ? stateOf(status) : undefined;
}

function stateOf({ size, mtime, dev, ino }: { size: number; mtime: Date; dev: number; ino: number }): FileState {
  return { size, date: mtime, identity: `${dev}:${ino}` };
}

/** The path of a file's URI; undefined for anything else. */
export function pathOf(uri: string): string | undefined {
  try {
    return uri.startsWith("file:") ? fileURLToPath(uri) : undefined;
  } catch {
    return undefined;
  }
}

/** Opens the file behind a URI; rejects with a clause for the user. The caller closes it. */
export async function openStored(uri: string): Promise<StoredLog> {
  const path = pathOf(uri);
  if (path === undefined) throw new Error("it is no file on this computer");
  // A pipe or a device would block or never end.
  const before = await stat(path).catch(because);
  if (before.isDirectory()) throw new Error("it is a directory");
  if (!before.isFile()) throw new Error("it is no regular file");
  const handle = await open(path, "r").catch(because);
  try {
    const status = await handle.stat();
    const [head, tail] = [await peek(handle, 0), await peek(handle, Math.max(0, status.size - headSize))];
    if (head.includes(0)) throw new Error("it is no text: it holds zero bytes");
    const text = head.toString("utf8");
    return {
      ...stateOf(status),
      head: text,
      ends: `${text}\n${tail.toString("utf8")}`,
      pieces: (from, signal) => pieces(handle, from, signal),
      close: () => handle.close(),
    };
  } catch (problem) {
    await handle.close();
    throw problem;
  }
}

function because(problem: unknown): never {
  const code = problem instanceof Error && "code" in problem ? problem.code : undefined;
  if (code === "ENOENT" || code === "ENOTDIR") throw new Error("it does not exist any more");
  if (code === "EACCES" || code === "EPERM") throw new Error("you may not read it");
  throw new Error(problem instanceof Error ? problem.message : String(problem));
}

async function peek(handle: FileHandle, at: number): Promise<Buffer> {
  const bytes = Buffer.alloc(headSize);
  const { bytesRead } = await handle.read(bytes, 0, headSize, at);
  return bytes.subarray(0, bytesRead);
}

const newline = 10;

/** Reads until the end that the file has then: one that grows in the meantime is read on, one that shrinks ends early. */
async function* pieces(handle: FileHandle, from: number, signal: AbortSignal): AsyncIterable<Piece> {
  const buffer = Buffer.allocUnsafe(pieceSize + longestLine);
  let [at, kept] = [from, 0];
  while (!signal.aborted) {
    const { bytesRead } = await handle.read(buffer, kept, pieceSize, at);
    if (bytesRead === 0) break;
    at += bytesRead;
    const filled = kept + bytesRead;
    const end = buffer.subarray(0, filled).lastIndexOf(newline) + 1;
    if (end > 0) yield { text: buffer.toString("utf8", 0, end), end: at - (filled - end), whole: true };
    buffer.copyWithin(0, end, filled);
    kept = Math.min(filled - end, longestLine);
  }
  if (kept > 0 && !signal.aborted) yield { text: buffer.toString("utf8", 0, kept), end: at, whole: false };
}
