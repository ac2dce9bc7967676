// Reads from a place in a file, whatever its position.
import { readSync } from "node:fs";

/** Fills the bytes from a file as far as it goes; gives how many there were. */
export function readFully(descriptor: number, bytes: Uint8Array, offset: number): number {
  let length = 0;
  while (length < bytes.length) {
    const read = readSync(descriptor, bytes, length, bytes.length - length, offset + length);
    if (read === 0) break;
    length += read;
  }
  return length;
}
