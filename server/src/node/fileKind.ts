// What is no log: told by the kind of a file before a byte of it is read, and by its first bytes.
import { constants, openSync, type Stats } from "node:fs";
import { sniff } from "../log/sniff.ts";

/** A pipe that took a file's name since it was looked at is not waited for. Windows has no such flag. */
export const readNow: number = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/** Opens a file that is to be a regular one. */
export function openFile(path: string): number {
  return openSync(path, readNow);
}

/** Throws a clause for the user when it is neither a file nor a pipe. */
export function refuseKind(status: Stats): void {
  if (status.isDirectory()) throw new Error("it is a directory. Name the log files in it.");
  if (status.isBlockDevice() || status.isCharacterDevice()) throw new Error("it is a device, not a log file.");
  if (!status.isFile() && !status.isFIFO()) throw new Error("it is not a file.");
}

const sampleSize = 64 * 1024;
const mostLooked = 512 * 1024;

/** Throws a clause for the user when a file that begins so is no text; a log may hold stray bytes, and a hole of zeros where a machine went down. */
export function refuseBytes(head: Buffer): void {
  if (isForMachines(head.subarray(0, sampleSize)) && sniff(head.toString("utf8", 0, mostLooked)) === undefined)
    throw new Error("it is no text. It looks like a disk image, a program or another file for machines.");
}

function isForMachines(sample: Buffer): boolean {
  const controls = sample.filter((byte) => byte < 7 || (byte > 13 && byte < 32 && byte !== 27)).length;
  return controls > sample.length / 20;
}

/** Throws a clause for the user when a text begins with a mark of UTF-16, for those who read UTF-8 only. */
export function refuseEncoding(head: Buffer): void {
  if (/^(?:fffe|feff)/.test(head.toString("hex", 0, 2)))
    throw new Error("it is UTF-16 text. Convert it to UTF-8 first.");
}
