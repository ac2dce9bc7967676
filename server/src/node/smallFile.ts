// Reads and replaces a small file of our own, with whatever may lie in its place.
import { randomBytes } from "node:crypto";
import {
  closeSync,
  constants,
  fstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname } from "node:path";

/** The text of a regular file of at most `longest` bytes; undefined for anything else, and for what cannot be read. */
export function readSmallFile(path: string, longest: number): string | undefined {
  let file: number | undefined;
  try {
    // No link is followed, and no pipe waited for. Windows has neither flag, and adds nothing for them.
    file = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    const stats = fstatSync(file);
    return stats.isFile() && stats.size > 0 && stats.size <= longest ? readFileSync(file, "utf8") : undefined;
  } catch {
    return undefined;
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

/** Puts a file of this text, for its owner only, in the place of what is there, and makes its folder; false when that cannot be. Whoever reads meanwhile sees the old text or the new. */
export function replaceFile(path: string, text: string): boolean {
  const draft = `${path}.${randomBytes(8).toString("hex")}`;
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    writeFileSync(draft, text, { flag: "wx", mode: 0o600 });
    renameSync(draft, path);
    return true;
  } catch {
    removeQuietly(draft);
    return false;
  }
}

function removeQuietly(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // Where nothing can be written, nothing was.
  }
}
