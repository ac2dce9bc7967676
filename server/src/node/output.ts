// Standard output that loses nothing: what cannot be written is told, whatever the output is.
import { fstatSync, writeSync } from "node:fs";
import { exitCodes } from "./usage.ts";

/** Makes standard output write all or end the program with a word on why. */
export function guardOutput(): void {
  if (isFile(process.stdout.fd)) writeWhole(process.stdout.fd);
  process.stdout.on("error", endOutput);
  // Where nothing can be said, the rest still goes on.
  process.stderr.on("error", () => {});
}

function isFile(descriptor: number): boolean {
  try {
    return fstatSync(descriptor).isFile();
  } catch {
    return false;
  }
}

/** A disk that is nearly full takes a part of what it is given, and Node leaves the rest out without a word. */
function writeWhole(descriptor: number): void {
  process.stdout._write = (chunk: Buffer, _encoding, done) => {
    try {
      for (let at = 0; at < chunk.length; ) at += writeSync(descriptor, chunk, at);
      done();
    } catch (problem) {
      done(problem instanceof Error ? problem : new Error(String(problem)));
    }
  };
}

/** A reader that closes the pipe early, such as `head`, is no fault; a full disk is. */
function endOutput(problem: NodeJS.ErrnoException): void {
  if (problem.code === "EPIPE") process.exit(exitCodes.done);
  const reason =
    problem.code === "ENOSPC"
      ? "no space is left on the device. Make room there, or write it to another place"
      : problem.message;
  process.stderr.write(`smtp-log-lens: the output could not be written: ${reason}.\n`);
  process.exit(exitCodes.failed);
}
