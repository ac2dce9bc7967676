// Reads a named pipe, and says so when its writer keeps it waiting.
import { createReadStream } from "node:fs";
import type { Readable } from "node:stream";
import { visible } from "../tell/markdown.ts";

/** Milliseconds before it is said what is waited for. */
const patience = 1_000;

/** The bytes of a pipe of this name. Opening it waits for a writer, without which nothing would be seen to happen. */
export function openPipe(path: string): Readable {
  const stream = createReadStream(path);
  const timer = setTimeout(() => {
    process.stderr.write(`smtp-log-lens: ${visible(path)} is a pipe that nobody writes to: waiting for its writer.\n`);
  }, patience);
  for (const event of ["open", "close"]) stream.once(event, () => clearTimeout(timer));
  return stream;
}
