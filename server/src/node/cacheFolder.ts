// Where this program may keep something that can be lost: the user's folder for caches.
import { homedir } from "node:os";
import { isAbsolute, posix, win32 } from "node:path";

/** What the folder depends on. */
export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The user's home; empty when there is none. */
  readonly home: string;
}

/** The machine that this process runs on. */
export function thisMachine(): Machine {
  return { platform: process.platform, env: process.env, home: homeOf() };
}

function homeOf(): string {
  try {
    return homedir();
  } catch {
    // A user id without an entry among the users has none.
    return "";
  }
}

/** This program's folder for what can be lost, there or not; undefined for a user without a home. */
export function cacheFolder({ platform, env, home }: Machine): string | undefined {
  const { isAbsolute, join } = platform === "win32" ? win32 : posix;
  const named = platform === "win32" ? env.LOCALAPPDATA : env.XDG_CACHE_HOME;
  // A relative path is to be ignored (XDG Base Directory Specification 0.8).
  const base = named !== undefined && isAbsolute(named) ? named : join(home, ...usual(platform));
  return isAbsolute(base) ? join(base, "smtp-log-lens") : undefined;
}

function usual(platform: NodeJS.Platform): readonly string[] {
  if (platform === "win32") return ["AppData", "Local"];
  return platform === "darwin" ? ["Library", "Caches"] : [".cache"];
}

/** True for the absolute path of a folder. Never for a share of another host: to open that would sign in there. */
export function isLocalFolder(folder: string | undefined): boolean {
  return folder !== undefined && isAbsolute(folder) && !/^[\\/]{2}/.test(folder) && !folder.includes("\0");
}
