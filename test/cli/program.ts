// Runs the built command line as a child, as a shell would.
import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { accessSync, constants, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { useOwnCache } from "../support/cache.ts";

useOwnCache();

/** The built program. */
export const cli = fileURLToPath(new URL("../../dist/cli.js", import.meta.url));

/** How a run ended, and what it said. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A program that runs. */
export interface Running {
  readonly child: ChildProcessWithoutNullStreams;
  /** Waits until standard output matches; fails when the program ends before. */
  printed(shape: RegExp): Promise<void>;
  readonly ended: Promise<Ended>;
}

/** Starts the program; standard input stays open, and is no terminal. */
export function start(args: readonly string[], node: string = process.execPath): Running {
  const child = spawn(node, [cli, ...args]);
  let stdout = "";
  let stderr = "";
  const watchers = new Set<() => void>();
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
    for (const look of [...watchers]) look();
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  // A program that ends before it has read its input is no fault of the test.
  child.stdin.on("error", () => {});
  const ended = once(child, "close").then(([code]) => ({ code, stdout, stderr }));
  return { child, ended, printed: (shape) => Promise.race([seen(shape), gone(shape)]) };

  function seen(shape: RegExp): Promise<void> {
    return new Promise((resolve) => {
      const look = () => shape.test(stdout) && resolve(void watchers.delete(look));
      watchers.add(look);
      look();
    });
  }

  async function gone(shape: RegExp): Promise<void> {
    const { stdout, stderr } = await ended;
    if (!shape.test(stdout)) throw new Error(`the program ended without printing ${shape}: ${stdout}${stderr}`);
  }
}

/** Runs the program to its end with this standard input. */
export function run(args: readonly string[], input: string | Buffer = ""): Promise<Ended> {
  const { child, ended } = start(args);
  child.stdin.end(input);
  return ended;
}

/** A folder with these files; `remove` deletes it. */
export function folderWith(files: Readonly<Record<string, string | Buffer>>) {
  const folder = mkdtempSync(join(tmpdir(), "logs-"));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  return {
    path: (name = "") => join(folder, name),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** A Node that the system has besides the one that runs the tests, at least version 20; else the latter. */
export function anotherNode(): { readonly path: string; readonly version: string } {
  const folders = (process.env.PATH ?? "").split(delimiter).filter((folder) => !folder.includes("node_modules"));
  const names = process.platform === "win32" ? ["node.exe"] : ["node"];
  const found = folders.flatMap((folder) => names.map((name) => join(folder, name))).filter(canRun);
  const others = found.filter((path) => realpathSync(path) !== realpathSync(process.execPath));
  const known = others.map((path) => ({ path, version: versionOf(path) }));
  return known.find(({ version }) => majorOf(version) >= 20) ?? { path: process.execPath, version: process.version };
}

/** 20 for "v20.11.1". */
export function majorOf(version: string): number {
  return Number(/^v(\d+)\./.exec(version)?.[1] ?? 0);
}

/** What a Node says of itself. */
export function versionOf(path: string): string {
  return spawnSync(path, ["--version"], { encoding: "utf8" }).stdout.trim();
}

function canRun(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
