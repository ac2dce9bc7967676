// Unpacks compressed logs as a stream: by Node itself where it can, else by the system's own program. No more than a few chunks are held.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { read } from "node:fs";
import type { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { promisify } from "node:util";
import zlib from "node:zlib";
import { bounded, visible } from "../../tell/markdown.ts";

/** A way of packing: how such a file begins, in hexadecimal, and the program that unpacks it. */
export interface Packing {
  readonly name: string;
  readonly begins: RegExp;
  readonly program: string;
  /** Node's own way, where it has one. */
  readonly own?: ((options: { chunkSize: number }) => Transform) | undefined;
}

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

/** The unpacked bytes of an open file. Throws, after the bytes that could be had, with a clause for the user. */
export function unpack(descriptor: number, packing: Packing, signal?: AbortSignal): AsyncIterable<Buffer> {
  return packing.own === undefined ? byProgram(descriptor, packing, signal) : byNode(descriptor, packing, signal);
}

async function* byNode(descriptor: number, { name, own }: Packing, signal?: AbortSignal): AsyncIterable<Buffer> {
  const stream = own?.({ chunkSize });
  if (stream === undefined) return;
  // What fails here fails the stream too.
  const fed = pipeline(bytesOf(descriptor), stream).catch(() => {});
  try {
    yield* chunksOf(stream, signal);
  } catch (problem) {
    throw signal?.aborted ? problem : new Error(damage(problem, name));
  } finally {
    stream.destroy();
    // The file may be closed when nobody reads it any more.
    await fed;
  }
}

const readBytes = promisify(read);

async function* bytesOf(descriptor: number): AsyncIterable<Buffer> {
  for (let offset = 0; ; ) {
    const { buffer, bytesRead } = await readBytes(descriptor, Buffer.alloc(chunkSize), 0, chunkSize, offset);
    if (bytesRead === 0) return;
    offset += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}

async function* chunksOf(stream: Readable, signal: AbortSignal | undefined): AsyncIterable<Buffer> {
  for await (const chunk of stream) {
    signal?.throwIfAborted();
    yield chunk as Buffer;
  }
}

function damage(problem: unknown, name: string): string {
  const code = problem instanceof Error && "code" in problem ? problem.code : undefined;
  return code === "Z_BUF_ERROR"
    ? `its ${name} data ends too early. What came before is counted.`
    : `its ${name} data is damaged. What came before is counted.`;
}

async function* byProgram(descriptor: number, packing: Packing, signal?: AbortSignal): AsyncIterable<Buffer> {
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
    if (child.stdout !== null) yield* chunksOf(child.stdout, signal);
    if ((await ended) === 0) return;
  } catch (problem) {
    if (isMissing(problem))
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

function isMissing(problem: unknown): boolean {
  return problem instanceof Error && "code" in problem && problem.code === "ENOENT";
}
