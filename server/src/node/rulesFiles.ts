// Finds and reads the files of the user's own rules on the disk of this machine.
import { closeSync, constants, fstatSync, openSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { basename, isAbsolute, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { RulesFiles, RulesPlace, RulesRead } from "../lsp/feature.ts";

/** The name of the file that a workspace may have in each of its folders. */
const ofWorkspace = ".smtp-log-lens.json";

/** In bytes. */
const largest = 1024 * 1024;

/** Files of rules on this disk. */
export const rulesFiles: RulesFiles = {
  places: (folders, named) => {
    const roots = folders.flatMap(pathOf);
    const own = roots.map((root) => placeOf(join(root, ofWorkspace), false));
    const wanted = named
      .flatMap((name) => absolute(name, folders.flatMap(pathOf)[0]))
      .map((path) => placeOf(path, true));
    return [...new Map([...own, ...wanted].map((place) => [place.uri, place])).values()];
  },
  read: (uri) => pathOf(uri).map(readRulesFile)[0],
};

function placeOf(path: string, wanted: boolean): RulesPlace {
  return { uri: pathToFileURL(path).href, name: basename(path), wanted };
}

/** The path of a file's URI; none for what is no file, such as a folder of a virtual workspace. */
function pathOf(uri: string): string[] {
  try {
    return [fileURLToPath(uri)];
  } catch {
    return [];
  }
}

/** "~" is the user's home; what is relative is so to the first folder, and has no place without one. */
function absolute(name: string, root: string | undefined): string[] {
  if (name === "~" || name.startsWith("~/") || name.startsWith("~\\")) return [join(homedir(), name.slice(1))];
  if (isAbsolute(name)) return [resolve(name)];
  return root === undefined ? [] : [resolve(root, name)];
}

/** A file's text; links are followed, because rules often lie with other settings; nothing but a regular file is read. */
export function readRulesFile(path: string): RulesRead {
  let file: number | undefined;
  try {
    file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    const { size, mtime } = fstatSync(file);
    if (!fstatSync(file).isFile()) return { fault: "is no file" };
    if (size > largest) return { fault: "is larger than 1 MiB" };
    return { text: readFileSync(file, "utf8"), changed: mtime };
  } catch (problem) {
    const code = problem instanceof Error && "code" in problem ? problem.code : undefined;
    return code === "ENOENT" || code === "ENOTDIR" ? undefined : { fault: `cannot be read (${String(code)})` };
  } finally {
    if (file !== undefined) closeSync(file);
  }
}
