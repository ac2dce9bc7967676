// A first look at each log: what it is, its format, its first and last times. Nothing stays open.
import { closeSync, fstatSync, type Stats, statSync } from "node:fs";
import type { Stamp } from "../../log/clock.ts";
import { stampNear } from "../../log/firstYear.ts";
import { headerIn } from "../../log/read.ts";
import { sniff } from "../../log/sniff.ts";
import type { FormatId } from "../../model.ts";
import { openFile, refuseBytes, refuseEncoding, refuseKind } from "../fileKind.ts";
import { readFully } from "./readFully.ts";
import { type Packing, packingOf, unpack } from "./unpack.ts";

/** What a log looks like from outside. */
export interface Glimpse extends Look {
  readonly path: string;
  /** `stream` is standard input or a pipe, which is looked at when it is read. */
  readonly kind: "file" | "packed" | "stream";
  readonly packing: Packing | undefined;
  readonly date: Date;
  /** Bytes on the disk; 0 for a stream. */
  readonly size: number;
  /** The file itself, whatever its name. */
  readonly identity: string;
}

/** What the first and last bytes of a text tell. */
export interface Look {
  readonly format: FormatId | undefined;
  readonly header: string | undefined;
  readonly first: Stamp | undefined;
  readonly last: Stamp | undefined;
}

/** How many bytes at either end are looked at. */
const endSize = 64 * 1024;
const headSize = 512 * 1024;
const stampLines = 50;

/** Looks at a log. Throws, with a clause for the user, when it is nothing that can be read. */
export async function glimpse(path: string, signal?: AbortSignal): Promise<Glimpse> {
  if (path === "-") return stream(path, new Date());
  // Opening a pipe waits for its writer, so it is known before.
  const status = statSync(path);
  if (status.isFIFO()) return stream(path, status.mtime);
  refuseKind(status);
  const descriptor = openFile(path);
  try {
    return await look(path, descriptor, signal);
  } finally {
    closeSync(descriptor);
  }
}

function stream(path: string, date: Date): Glimpse {
  const unseen = { format: undefined, header: undefined, first: undefined, last: undefined };
  return { path, kind: "stream", packing: undefined, date, size: 0, identity: "", ...unseen };
}

async function look(path: string, descriptor: number, signal: AbortSignal | undefined): Promise<Glimpse> {
  const status = fstatSync(descriptor);
  const start = part(descriptor, 0, headSize);
  const packing = packingOf(start);
  const head = packing === undefined ? start : await unpackedHead(descriptor, packing, signal);
  const tail = packing === undefined ? part(descriptor, Math.max(0, status.size - endSize), endSize) : undefined;
  const kind = packing === undefined ? "file" : "packed";
  const { mtime: date, size } = status;
  return { path, kind, packing, date, size, identity: identityOf(status), ...lookAt(head, tail) };
}

/** What tells a file from another that has got its name. */
export function identityOf({ dev, ino }: Stats): string {
  return `${dev}:${ino}`;
}

function part(descriptor: number, from: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  return bytes.subarray(0, readFully(descriptor, bytes, from));
}

async function unpackedHead(descriptor: number, packing: Packing, signal: AbortSignal | undefined): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of unpack(descriptor, packing, signal)) {
      chunks.push(chunk);
      length += chunk.length;
      if (length >= endSize) break;
    }
  } catch (problem) {
    // A damaged file is read as far as it goes, and its fault told then.
    if (length === 0) throw problem;
  }
  return Buffer.concat(chunks).subarray(0, headSize);
}

/** What the first bytes of a text tell, and the last where they are known. Throws when it is no text. */
export function lookAt(head: Buffer, tail: Buffer | undefined): Look {
  refuseEncoding(head);
  refuseBytes(head);
  const text = new TextDecoder().decode(head);
  const format = sniff(text);
  const first = stampNear(text.slice(0, endSize).split("\n", stampLines));
  const lines = tail?.toString("utf8").split("\n").slice(-stampLines).reverse();
  return { format, header: headerIn(text, format), first, last: lines && stampNear(lines) };
}
