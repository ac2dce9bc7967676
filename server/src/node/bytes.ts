// What the first bytes of a file tell: how its text is encoded, and whether it must be unpacked.
import { pipeline, Readable, type Transform } from "node:stream";
import * as zlib from "node:zlib";

/** How many bytes decide. */
const deciding = 6;

/** The encoding that a byte order mark names (Unicode 15, 23.8); UTF-8 without one. What PowerShell writes may be UTF-16. */
export function encodingOf(start: Uint8Array): "utf-8" | "utf-16le" | "utf-16be" {
  const [mark, ...text] = Array.from({ length: 32 }, (_, at) => ((start[2 * at] ?? 1) << 8) | (start[2 * at + 1] ?? 1));
  // A log has letters of ASCII in its first words, each with an empty half; other bytes are no text.
  if (mark === 0xfffe && text.some((unit) => (unit & 0xff) === 0)) return "utf-16le";
  return mark === 0xfeff && text.some((unit) => unit >> 8 === 0) ? "utf-16be" : "utf-8";
}

/** How compressed files begin (RFC 1952 2.3.1, RFC 8878 3.1.1, and the formats' own descriptions), and what unpacks them. */
const compressed: readonly (readonly [string, string])[] = [
  ["1f8b", "gzip -dc"],
  ["425a68", "bzip2 -dc"],
  ["fd377a585a00", "xz -dc"],
  ["28b52ffd", "zstd -dc"],
];

/** The program that unpacks a file with this beginning; undefined when it is not compressed. */
export function unpackerOf(start: Uint8Array): string | undefined {
  const mark = Buffer.from(start.subarray(0, deciding)).toString("hex");
  return compressed.find(([begin]) => mark.startsWith(begin))?.[1];
}

/** A stream's bytes, unpacked where Node can: zstd, as KumoMTA writes it, from Node 22.15 on. Throws a clause for the user where it cannot. */
export async function* unpacked(stream: AsyncIterable<Buffer>, command: string): AsyncIterable<Buffer> {
  const chunks = startingWith(stream);
  const { value: first } = await chunks.next();
  if (first === undefined) return;
  const unpacker = unpackerOf(first);
  if (unpacker === undefined) {
    yield first;
    yield* chunks;
    return;
  }
  const decompress = unpacker.startsWith("zstd") ? zstdOf(zlib) : undefined;
  if (decompress === undefined)
    throw new Error(`it is compressed. Unpack it first: ${unpacker} FILE | smtp-log-lens ${command} -`);
  const counted = { bytes: 0 };
  const packed = async function* () {
    yield counting(first, counted);
    for await (const bytes of chunks) yield counting(bytes, counted);
  };
  const transform = decompress();
  yield* through(Readable.from(packed()), transform);
  // Node leaves out what follows the end of a frame within one chunk.
  if (transform.bytesWritten < counted.bytes)
    throw new Error(`it is packed in several parts. Unpack it first: ${unpacker} FILE | smtp-log-lens ${command} -`);
}

function counting(bytes: Buffer, counted: { bytes: number }): Buffer {
  counted.bytes += bytes.length;
  return bytes;
}

/** A stream that unpacks, and how many packed bytes it has taken. */
type Unpacking = Transform & { readonly bytesWritten: number };

/** Node's types lag behind its zstd. */
function zstdOf(module: object): (() => Unpacking) | undefined {
  return "createZstdDecompress" in module ? (module.createZstdDecompress as () => Unpacking) : undefined;
}

async function* through(packed: Readable, transform: Transform): AsyncIterable<Buffer> {
  pipeline(packed, transform, () => {});
  try {
    for await (const bytes of transform) yield bytes;
  } catch (problem) {
    const cut = problem instanceof Error && "code" in problem && problem.code === "Z_BUF_ERROR";
    const why = cut ? "it ends too early, so it is still being written or was cut off" : String(problem);
    throw new Error(`it could not be unpacked to its end: ${why}`);
  }
}

/** The same chunks, the first of which is long enough to decide. */
async function* startingWith(stream: AsyncIterable<Buffer>): AsyncGenerator<Buffer, undefined> {
  let first: Buffer | undefined = Buffer.alloc(0);
  for await (const bytes of stream) {
    if (first === undefined) yield bytes;
    else {
      first = first.length === 0 ? bytes : Buffer.concat([first, bytes]);
      if (first.length < deciding) continue;
      yield first;
      first = undefined;
    }
  }
  if (first !== undefined && first.length > 0) yield first;
  return undefined;
}
