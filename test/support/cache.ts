// Gives the programs that a test file starts a folder for caches of their own: none is found there, and none is left behind.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const names = ["XDG_CACHE_HOME", "LOCALAPPDATA"];
let own: string | undefined;

/** Makes the folder at the first call, and names it to every program that is started afterwards; gives its path. */
export function useOwnCache(): string {
  if (own !== undefined) return own;
  const folder = mkdtempSync(join(tmpdir(), "cache-"));
  for (const name of names) process.env[name] = folder;
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  own = folder;
  return folder;
}
