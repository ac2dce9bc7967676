// VS Code as @vscode/test-electron downloads it from Microsoft.
import { once } from "node:events";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { downloadAndUnzipVSCode } from "@vscode/test-electron";
import { removeFolder, startProgram, stopProgram, temporaryFolder } from "../lifetime.ts";
import { cache } from "../paths.ts";
import type { Home, Settings, SuiteRun } from "./home.ts";
import { findProgram, hasDisplay, plainEnvironment, rootOptions } from "./machine.ts";

const releases = "https://update.code.visualstudio.com/api/releases/stable";

/** The downloaded VS Code. */
export const electron: Home = { name: "VS Code by @vscode/test-electron", obstacle, run };

/** Undefined when the download can be tried, else why not; asks for three seconds at most. */
export async function downloadObstacle(): Promise<string | undefined> {
  const answer = await fetch(releases, { signal: AbortSignal.timeout(3000) }).catch(() => undefined);
  return answer?.ok ? undefined : "update.code.visualstudio.com does not answer";
}

/** The executable of the newest VS Code; downloads it when it is missing. Throws when that fails. */
export function downloadedExecutable(): Promise<string> {
  return downloadAndUnzipVSCode({ cachePath: cache, version: "stable" });
}

/** Options for a VS Code that leaves the user's own alone. */
export function profileOptions(profile: string, settings: Settings): readonly string[] {
  mkdirSync(join(profile, "data", "User"), { recursive: true });
  writeFileSync(join(profile, "data", "User", "settings.json"), JSON.stringify(settings));
  return [
    ...rootOptions(),
    `--user-data-dir=${join(profile, "data")}`,
    `--extensions-dir=${join(profile, "extensions")}`,
    "--disable-workspace-trust",
    "--disable-updates",
    "--skip-welcome",
    "--skip-release-notes",
  ];
}

async function obstacle(): Promise<string | undefined> {
  if (!hasDisplay() && findProgram(["xvfb-run"]) === undefined) return "there is neither a display nor xvfb-run";
  const unreachable = await downloadObstacle();
  return unreachable ?? downloadedExecutable().then(() => undefined, String);
}

async function run(run: SuiteRun): Promise<boolean> {
  const profile = temporaryFolder("electron");
  const options = [
    ...profileOptions(profile, run.settings),
    "--disable-gpu",
    `--extensionDevelopmentPath=${run.extension}`,
    `--extensionTestsPath=${run.suite}`,
    run.folder,
  ];
  try {
    return (await exitCode(await downloadedExecutable(), options, run.onOutput)) === 0;
  } finally {
    removeFolder(profile);
  }
}

async function exitCode(executable: string, options: readonly string[], onOutput: (text: string) => void) {
  const virtual = hasDisplay() ? [] : ["xvfb-run", "-a"];
  const [program = executable, ...args] = [...virtual, executable, ...options];
  const child = startProgram(program, args, {
    env: plainEnvironment(),
    stdio: ["ignore", "pipe", "pipe"],
  });
  child.stdout?.setEncoding("utf8").on("data", onOutput);
  child.stderr?.setEncoding("utf8").on("data", onOutput);
  const [code] = await once(child, "close");
  await stopProgram(child);
  return code;
}
