// Runs the server programs of a test: finds them, starts them in a folder of their own, waits until they answer, ends them surely.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { accessSync, chmodSync, constants, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { createResolver } from "../../server/src/node/resolver.ts";

/** A folder with servers in it, and their end. */
export interface Place {
  readonly directory: string;
  /** Writes files into the folder and below. */
  write(files: Readonly<Record<string, string>>): void;
  /** Starts a program in the folder. */
  run(path: string, args: readonly string[]): Running;
  /** Ends the programs in the order of their start, and removes the folder. */
  stop(): Promise<void>;
}

/** A started program. */
export interface Running {
  alive(): boolean;
  /** What it said so far. */
  said(): string;
}

/** The path of an installed program; fails with a sentence that says what to install. */
export function program(name: string): string {
  const folders = [...(process.env.PATH ?? "").split(delimiter), "/usr/sbin", "/usr/local/sbin", "/sbin"];
  const found = folders.map((folder) => join(folder, name)).find(isProgram);
  if (found !== undefined) return found;
  throw new Error(
    `${name} is not installed, and these tests need it: apt-get install rbldnsd unbound nsd dnsdist rspamd`,
  );
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Starts servers by `begin`, which is given a new folder; whatever it started is ended when it fails. Somebody else may take a port between its choice and its use, so it is tried three times. */
export async function settle<T>(begin: (place: Place) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    const place = openPlace();
    try {
      return await begin(place);
    } catch (error) {
      await place.stop();
      if (attempt === 3) throw error;
    }
  }
}

function openPlace(): Place {
  const directory = mkdtempSync(join(tmpdir(), "dns-"));
  // Servers give up root and must still read their files.
  chmodSync(directory, 0o755);
  const children: ChildProcess[] = [];
  return {
    directory,
    write: (files) => {
      for (const [name, text] of Object.entries(files)) {
        mkdirSync(dirname(join(directory, name)), { recursive: true });
        writeFileSync(join(directory, name), text);
      }
    },
    run: (path, args) => {
      const { child, running } = run(path, args, directory);
      children.push(child);
      return running;
    },
    stop: async () => {
      for (const child of children) await end(child);
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

function run(path: string, args: readonly string[], cwd: string): { child: ChildProcess; running: Running } {
  const child = spawn(path, args, { cwd, stdio: ["ignore", "pipe", "pipe"] });
  const heard: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (data: Buffer) => heard.push(data.toString()));
  child.on("error", (error) => heard.push(error.message));
  // A test that dies must not leave servers behind. Their own children end with them only when they are asked to.
  const kill = () => child.kill("SIGTERM");
  process.once("exit", kill);
  child.once("exit", () => process.off("exit", kill));
  return { child, running: { alive: () => isAlive(child), said: () => heard.join("") } };
}

function isAlive(child: ChildProcess): boolean {
  return child.exitCode === null && child.signalCode === null && child.pid !== undefined;
}

async function end(child: ChildProcess): Promise<void> {
  if (!isAlive(child)) return;
  const gone = once(child, "exit");
  child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), 20_000);
  await gone;
  clearTimeout(timer);
}

/** Waits until a DNS server answers anything at all; fails with what it said when it does not. */
export async function answers(running: Running, server: string): Promise<void> {
  const resolver = createResolver({ servers: [server], timeoutMs: 250 });
  for (let attempt = 0; attempt < 400 && running.alive(); attempt++) {
    const { kind } = await resolver.query("ready.invalid", "A", new AbortController().signal);
    if (kind !== "timeout" && kind !== "unreachable") return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error(`the test's DNS server at ${server} did not start: ${running.said()}`);
}
