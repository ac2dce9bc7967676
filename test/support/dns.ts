// A real DNS on loopback for tests: rbldnsd serves the lists, unbound resolves and misbehaves as told. Nothing leaves the machine.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { accessSync, chmodSync, constants, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { createResolver } from "../../server/src/node/resolver.ts";
import { freePort } from "./dns-ports.ts";
import { rbldnsdFiles, type TestZones, unboundFiles } from "./dns-zones.ts";

export type { TestZones };

/** A running DNS of the test. */
export interface TestDns {
  /** "127.0.0.1:PORT", for `createResolver` or `--resolver`. */
  readonly address: string;
  /** All questions so far, in order: "69.2.81.zen.spamhaus.org A". */
  queries(): readonly string[];
  stop(): Promise<void>;
}

/** Starts a DNS with these zones. Fails with a clear sentence when rbldnsd or unbound is not installed. */
export async function startDns(zones: TestZones = {}): Promise<TestDns> {
  const programs = { rbldnsd: program("rbldnsd"), unbound: program("unbound") };
  // Somebody else may take a port between its choice and its use.
  for (let attempt = 1; ; attempt++) {
    try {
      return await startOnce(zones, programs);
    } catch (error) {
      if (attempt === 3) throw error;
    }
  }
}

async function startOnce(
  zones: TestZones,
  programs: { readonly rbldnsd: string; readonly unbound: string },
): Promise<TestDns> {
  const directory = mkdtempSync(join(tmpdir(), "dns-"));
  // Both servers give up root and must still read their files.
  chmodSync(directory, 0o755);
  const children: ChildProcess[] = [];
  const stop = async () => {
    await Promise.all(children.map(end));
    rmSync(directory, { recursive: true, force: true });
  };
  try {
    const [lists, port] = [await freePort(), await freePort()];
    const { files, datasets } = rbldnsdFiles(zones);
    write(directory, { ...files, ...unboundFiles(zones, { directory, lists, port }) });
    children.push(run(programs.rbldnsd, rbldnsdArguments(directory, lists, datasets), directory));
    children.push(run(programs.unbound, ["-d", "-c", join(directory, "unbound.conf")], directory));
    await Promise.all([ready(children[0], `127.0.0.1:${lists}`), ready(children[1], `127.0.0.1:${port}`)]);
    return { address: `127.0.0.1:${port}`, queries: () => readQueries(join(directory, "queries.log")), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The path of an installed program; fails with a sentence that says what to install. */
export function program(name: string): string {
  const folders = [...(process.env.PATH ?? "").split(delimiter), "/usr/sbin", "/usr/local/sbin", "/sbin"];
  const found = folders.map((folder) => join(folder, name)).find(isProgram);
  if (found !== undefined) return found;
  throw new Error(`${name} is not installed, and these tests need it: apt-get install rbldnsd unbound`);
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function write(directory: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(directory, name), text);
  const log = join(directory, "queries.log");
  writeFileSync(log, "");
  chmodSync(log, 0o666);
}

function rbldnsdArguments(directory: string, port: number, datasets: readonly string[]): readonly string[] {
  // rbldnsd refuses to run as root.
  const user = process.getuid?.() === 0 ? ["-u", "nobody"] : [];
  return ["-n", "-b", `127.0.0.1/${port}`, "-w", directory, "-c", "0", ...user, ...datasets];
}

const complaints = new WeakMap<ChildProcess, string[]>();

function run(path: string, args: readonly string[], directory: string): ChildProcess {
  const child = spawn(path, args, { cwd: directory, stdio: ["ignore", "pipe", "pipe"] });
  const heard: string[] = [];
  complaints.set(child, heard);
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (data: Buffer) => heard.push(data.toString()));
  child.on("error", (error) => heard.push(error.message));
  // A test that dies must not leave servers behind.
  const kill = () => child.kill("SIGKILL");
  process.once("exit", kill);
  child.once("exit", () => process.off("exit", kill));
  return child;
}

// A server is ready when it answers anything at all.
async function ready(child: ChildProcess | undefined, server: string): Promise<void> {
  const resolver = createResolver({ servers: [server], timeoutMs: 250 });
  for (let attempt = 0; attempt < 100; attempt++) {
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) break;
    const answer = await resolver.query("ready.invalid", "A", new AbortController().signal);
    if (answer.kind !== "timeout" && answer.kind !== "unreachable") return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  const heard = child === undefined ? "" : (complaints.get(child)?.join("") ?? "");
  throw new Error(`the test's DNS server at ${server} did not start: ${heard}`);
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const gone = once(child, "exit");
  child.kill("SIGKILL");
  await gone;
}

// unbound writes "… info: 127.0.0.1 name. A IN" before it answers.
function readQueries(log: string): readonly string[] {
  const lines = readFileSync(log, "utf8").matchAll(/info: \S+ (\S+)\. (\S+) IN$/gm);
  return [...lines].map(([, name, type]) => `${name} ${type}`).filter((query) => !query.startsWith("ready.invalid"));
}
