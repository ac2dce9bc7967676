// VS Code as npm's `code-server` carries it: served on loopback, shown by a browser.
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { removeFolder, startProgram, stopProgram, temporaryFolder } from "../lifetime.ts";
import type { Settings } from "./home.ts";
import { installedCodeServer } from "./install.ts";
import { plainEnvironment } from "./machine.ts";

/** What to serve. */
export interface Serving {
  readonly settings: Settings;
  /** Further options of code-server, the folder to open last. */
  readonly options: readonly string[];
  /** Folders of extensions, there as if installed. */
  readonly extensions: readonly string[];
}

/** A VS Code that answers. */
export interface Served {
  /** `http://127.0.0.1:PORT` */
  readonly origin: string;
  readonly close: () => Promise<void>;
}

/** Starts code-server on a free port of loopback and waits until it answers; everything it writes is temporary. */
export async function serve(serving: Serving): Promise<Served> {
  const entry = installedCodeServer();
  const profile = temporaryFolder("editor");
  for (const folder of ["User", "Machine", "extensions"]) mkdirSync(join(profile, folder));
  writeFileSync(join(profile, "User", "settings.json"), JSON.stringify(serving.settings));
  writeFileSync(join(profile, "Machine", "settings.json"), JSON.stringify(machineSettings(serving.settings)));
  for (const folder of serving.extensions)
    symlinkSync(folder, join(profile, "extensions", basename(folder)), "junction");
  const child = start(entry, profile, serving.options);
  const close = async () => {
    await stopProgram(child);
    removeFolder(profile);
  };
  try {
    const origin = await listening(child);
    await answering(origin);
    return { origin, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/**
 * Those of machine scope. The window is remote to its server, so it takes them from the server's own file; in the
 * user's file it forgets them as soon as it knows their scope.
 */
function machineSettings(settings: Settings): Settings {
  return Object.fromEntries(Object.entries(settings).filter(([name]) => name.startsWith("smtpLogLens.check.")));
}

/** The page that opens a folder; the payload holds VS Code's own start options as pairs. */
export function pageUrl(origin: string, folder: string, payload: readonly (readonly [string, string])[]): string {
  const query = new URLSearchParams({ folder, payload: JSON.stringify(payload) });
  return `${origin}/?${query}`;
}

/** A file or folder of this machine as the served VS Code names it. Another authority would be another file to it. */
export function remoteUri(origin: string, path: string): string {
  return `vscode-remote://${new URL(origin).host}${encodeURI(path)}`;
}

// Should this process be killed without a chance to stop its children, each of them ends by itself.
const endWithParent =
  "data:text/javascript,const p=process.ppid;setInterval(()=>{if(process.ppid!==p)process.exit(1)},1000).unref()";

function start(entry: string, profile: string, options: readonly string[]): ChildProcess {
  const config = join(profile, "config.yaml");
  writeFileSync(config, "auth: none\n");
  const own = ["--bind-addr", "127.0.0.1:0", "--auth", "none", "--config", config];
  const folders = ["--user-data-dir", profile, "--extensions-dir", join(profile, "extensions")];
  const silence = ["--disable-workspace-trust", "--disable-telemetry", "--disable-update-check"];
  const args = ["--import", endWithParent, entry, ...own, ...folders, ...silence, ...options];
  // No marketplace: nothing is asked of anyone beyond this machine.
  const gallery = { EXTENSIONS_GALLERY: '{"serviceUrl":""}' };
  const env = { ...plainEnvironment(), ...gallery, XDG_DATA_HOME: profile, XDG_CONFIG_HOME: profile };
  return startProgram(process.execPath, args, { env, stdio: ["ignore", "pipe", "pipe"] });
}

/** The address the child says it listens on; throws with its words when it ends or says nothing for a minute. */
async function listening(child: ChildProcess): Promise<string> {
  let words = "";
  const address = new Promise<string>((resolve) => {
    const hear = (text: string) => {
      words = `${words}${text}`.slice(-10_000);
      const origin = /listening on (http:\/\/127\.0\.0\.1:\d+)/.exec(words)?.[1];
      if (origin !== undefined) resolve(origin);
    };
    child.stdout?.setEncoding("utf8").on("data", hear);
    child.stderr?.setEncoding("utf8").on("data", hear);
  });
  const ended = once(child, "exit", { signal: AbortSignal.timeout(60_000) }).catch(() => undefined);
  const origin = await Promise.race([address, ended]);
  if (typeof origin === "string") return origin;
  throw new Error(`code-server did not start:\n${words}`);
}

async function answering(origin: string): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline) {
    const answer = await fetch(origin, { signal: AbortSignal.timeout(10_000) }).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`code-server at ${origin} does not answer`);
}
