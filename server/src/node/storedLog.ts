// A log file on disk for the language server: looked at and read in pieces that end at line ends, from any byte on, unpacked where it is packed.
import type { Stats } from "node:fs";
import { type FileHandle, open, stat } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { FileState, StoredLog } from "../lsp/stored.ts";
import { codeOf, faultClause } from "./fileFault.ts";
import { readNow, refuseBytes, refuseEncoding, refuseKind } from "./fileKind.ts";
import { createPieceReader } from "./pieceReader.ts";
import { piecesOf } from "./pieces.ts";
import { type Packing, packingOf, unpack } from "./tally/unpack.ts";

/** Bytes read at a time: so few that a hover does not wait for what is found in them. */
const chunkSize = 256 * 1024;

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
  refuse(await stat(path).catch(because));
  const handle = await open(path, readNow).catch(because);
  try {
    refuse(await handle.stat());
    return await opened(path, handle);
  } catch (problem) {
    await handle.close();
    throw problem;
  }
}

function refuse(status: Stats): void {
  refuseKind(status);
  if (status.isFIFO()) throw new Error("it is a pipe, not a file.");
}

async function opened(path: string, handle: FileHandle): Promise<StoredLog> {
  const status = await handle.stat();
  const start = await peek(handle, 0);
  const packing = packingOf(start);
  const head = packing === undefined ? start : await firstOf(unpacked(path, packing));
  const tail = packing === undefined ? await peek(handle, Math.max(0, status.size - headSize)) : head;
  refuseEncoding(head);
  refuseBytes(head);
  const text = head.toString("utf8").replace(/^\ufeff/, "");
  const ends = `${text}\n${tail.toString("utf8")}`;
  return {
    ...stateOf(status),
    ...{ head: text, ends },
    packed: packing !== undefined,
    pieces: (from, signal) => {
      const chunks = packing === undefined ? bytesOf(handle, from, status.size) : unpacked(path, packing);
      return piecesOf(chunks, packing === undefined ? from : 0, signal);
    },
    createReader: (format) => createPieceReader({ format, ends, fileDate: status.mtime }),
    close: () => handle.close(),
  };
}

function because(problem: unknown): never {
  const code = codeOf(problem);
  if (code === "ENOENT" || code === "ENOTDIR") throw new Error("it does not exist any more");
  if (code === "EACCES" || code === "EPERM") throw new Error("you may not read it");
  throw new Error(faultClause(problem));
}

async function peek(handle: FileHandle, at: number): Promise<Buffer> {
  const bytes = Buffer.alloc(headSize);
  const { bytesRead } = await handle.read(bytes, 0, headSize, at);
  return bytes.subarray(0, bytesRead);
}

/** Reads until the end that the file has then: one that grows in the meantime is read on. Throws, after what is left of it, when it has become shorter than `size`. */
async function* bytesOf(handle: FileHandle, from: number, size: number): AsyncIterable<Buffer> {
  const buffer = Buffer.allocUnsafe(chunkSize);
  for (let at = from; ; ) {
    const { bytesRead } = await handle.read(buffer, 0, chunkSize, at);
    if (bytesRead === 0) {
      if (at < size) throw new Error("it became shorter while it was read");
      return;
    }
    at += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}

/** The unpacked bytes of a file. Throws a clause for the user when it is damaged, or a bomb. */
async function* unpacked(path: string, packing: Packing): AsyncIterable<Buffer> {
  // A program that unpacks goes on where the file was read last, so each time it is opened anew.
  const handle = await open(path, readNow).catch(because);
  try {
    yield* unpack(handle.fd, packing);
  } finally {
    await handle.close();
  }
}

async function firstOf(chunks: AsyncIterable<Buffer>): Promise<Buffer> {
  for await (const chunk of chunks) return Buffer.from(chunk.subarray(0, headSize));
  return Buffer.alloc(0);
}
