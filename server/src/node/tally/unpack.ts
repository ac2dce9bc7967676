// Unpacks compressed logs as a stream: by Node itself where it can, else by the system's own program. No more than a few chunks are held.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { fstatSync, read } from "node:fs";
import type { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { promisify } from "node:util";
import zlib from "node:zlib";
import { bounded, visible } from "../../tell/markdown.ts";
import { codeOf } from "../fileFault.ts";

/** A way of packing: how such a file begins, in hexadecimal, and the program that unpacks it. */
export interface Packing {
  readonly name: string;
  readonly begins: RegExp;
  readonly program: string;
  /** Node's own way, where it has one. */
  readonly own?: ((options: { chunkSize: number }) => Unpacking) | undefined;
}

/** A stream that unpacks, and how many packed bytes it has taken. */
type Unpacking = Transform & { readonly bytesWritten: number };

/** Node has it since 22.15 and 23.8. */
const { createZstdDecompress } = zlib as { createZstdDecompress?: Packing["own"] };

// RFC 1952 2.3.1, RFC 8878 3.1 (with frames that are skipped), and what the other two formats say of themselves.
const packings: readonly Packing[] = [
  { name: "gzip", begins: /^1f8b08/, program: "gzip", own: zlib.createGunzip },
  { name: "zstd", begins: /^(?:28b52ffd|5.2a4d18)/, program: "zstd", own: createZstdDecompress },
  { name: "bzip2", begins: /^425a683[1-9](?:314159265359|177245385090)/, program: "bzip2" },
  { name: "xz", begins: /^fd377a585a00/, program: "xz" },
];

const chunkSize = 256 * 1024;

/** How a file is packed, by its first bytes; undefined when it is not. */
export function packingOf(head: Uint8Array): Packing | undefined {
  const start = Buffer.from(head.subarray(0, 10)).toString("hex");
  return packings.find(({ begins }) => begins.test(start));
}

/** No mail log is packed so well; what is, is made to fill a disk or a memory, or to keep a machine busy. */
const mostRatio = 200;
const harmless = 1024 ** 3;

/** The unpacked bytes of an open file. Throws, after the bytes that could be had, with a clause for the user. */
export async function* unpack(descriptor: number, packing: Packing, signal?: AbortSignal): AsyncIterable<Buffer> {
  const { size } = fstatSync(descriptor);
  let sum = 0;
  const chunks = packing.own === undefined ? byProgram(descriptor, packing) : byNode(descriptor, packing);
  for await (const chunk of chunks) {
    signal?.throwIfAborted();
    sum += chunk.length;
    if (sum > harmless && sum > mostRatio * size)
      throw new Error(
        `it unpacks to more than ${mostRatio} times its size, as no mail log does. What came before is counted.`,
      );
    yield chunk;
  }
}

/** One gzip stream may hold several files (RFC 1952 2.2), and Node reads them; of zstd frames (RFC 8878 3) it reads one at a time. */
async function* byNode(descriptor: number, packing: Packing): AsyncIterable<Buffer> {
  for (let offset = 0; ; ) {
    const taken = yield* onePacked(descriptor, packing, offset);
    offset += taken;
    const behind = await bytesAt(descriptor, offset, 10);
    if (packing.name !== "zstd" || behind.length === 0) return;
    if (taken === 0 || packingOf(behind) !== packing) throw new Error(damaged(packing.name));
  }
}

/** The unpacked bytes from a place on; gives how many packed ones they were. */
async function* onePacked(descriptor: number, { name, own }: Packing, offset: number): AsyncGenerator<Buffer, number> {
  const stream = own?.({ chunkSize });
  if (stream === undefined) return 0;
  // What fails here fails the stream too.
  const fed = pipeline(bytesOf(descriptor, offset), stream).catch(() => {});
  try {
    yield* stream;
    return stream.bytesWritten;
  } catch (problem) {
    throw new Error(damage(problem, name));
  } finally {
    stream.destroy();
    // The file may be closed when nobody reads it any more.
    await fed;
  }
}

const readBytes = promisify(read);

async function* bytesOf(descriptor: number, from: number): AsyncIterable<Buffer> {
  for (let offset = from; ; ) {
    const bytes = await bytesAt(descriptor, offset, chunkSize);
    if (bytes.length === 0) return;
    offset += bytes.length;
    yield bytes;
  }
}

async function bytesAt(descriptor: number, offset: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await readBytes(descriptor, Buffer.alloc(length), 0, length, offset);
  return buffer.subarray(0, bytesRead);
}

function damage(problem: unknown, name: string): string {
  return codeOf(problem) === "Z_BUF_ERROR"
    ? `its ${name} data ends too early. What came before is counted.`
    : damaged(name);
}

function damaged(name: string): string {
  return `its ${name} data is damaged. Nearly all that came before is counted.`;
}

async function* byProgram(descriptor: number, packing: Packing): AsyncIterable<Buffer> {
  const { name, program } = packing;
  // The program reads from the open file itself: nothing has moved its position.
  const child = spawn(program, ["-dc"], { stdio: [descriptor, "pipe", "pipe"] });
  let said = "";
  child.stderr?.on("data", (text: Buffer) => {
    said = bounded(said + text.toString(), 400);
  });
  const ended = once(child, "close").then(([code]) => code as number | null);
  ended.catch(() => {});
  try {
    if (child.stdout !== null) yield* child.stdout;
    if ((await ended) === 0) return;
  } catch (problem) {
    if (codeOf(problem) === "ENOENT")
      throw new Error(
        `it is packed with ${name}, and there is no program "${program}" here. Install ${program}, or unpack it first.`,
      );
    throw problem;
  } finally {
    child.kill();
  }
  throw new Error(
    `its ${name} data is damaged or not whole (${visible(said.trim().split("\n")[0] ?? "")}). What came before is counted.`,
  );
}
