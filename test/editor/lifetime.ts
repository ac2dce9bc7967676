// What must not outlive this process: child processes and temporary folders, taken back however the process ends.
import { type ChildProcess, type SpawnOptions, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const programs = new Set<ChildProcess>();
const folders = new Set<string>();
const ownGroup = process.platform !== "win32";

process.once("exit", () => {
  for (const program of programs) killTree(program, "SIGKILL");
  for (const folder of folders) attempt(() => removeFolder(folder));
});
// Without a handler a signal ends the process without its "exit" event.
endOn("SIGINT", 130);
endOn("SIGTERM", 143);
endOn("SIGHUP", 129);

/** Ends this process with an exit code when the signal comes. The last call for a signal counts. */
export function endOn(signal: NodeJS.Signals, exitCode: number): void {
  process.removeAllListeners(signal).on(signal, () => process.exit(exitCode));
}

/** A new temporary folder with a short path (sockets live in it); gone when the process ends. */
export function temporaryFolder(name: string): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), `sll-${name}-`)));
  folders.add(folder);
  return folder;
}

/** Removes a folder with all in it; waits a little for processes that still write there. */
export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  folders.delete(folder);
}

/** Starts a program with its own children in one group, so that all of them end with this process. */
export function startProgram(program: string, args: readonly string[], options: SpawnOptions = {}): ChildProcess {
  const child = spawn(program, args, { ...options, detached: ownGroup });
  programs.add(child);
  return child;
}

/** Asks a started program to end, and after five seconds no longer asks. */
export async function stopProgram(child: ChildProcess): Promise<void> {
  if (!hasEnded(child)) {
    const ended = once(child, "exit", { signal: AbortSignal.timeout(5000) });
    killTree(child, "SIGTERM");
    await ended.catch(() => undefined);
  }
  killTree(child, "SIGKILL");
  programs.delete(child);
}

/** True when the program is gone, by itself or by a signal. */
export function hasEnded(child: ChildProcess): boolean {
  return child.pid === undefined || child.exitCode !== null || child.signalCode !== null;
}

function killTree(child: ChildProcess, signal: NodeJS.Signals): void {
  const { pid } = child;
  if (pid === undefined) return;
  if (ownGroup) attempt(() => process.kill(-pid, signal));
  else if (!hasEnded(child)) spawnSync("taskkill", ["/pid", String(pid), "/T", "/F"], { stdio: "ignore" });
}

function attempt(task: () => unknown): void {
  try {
    task();
  } catch {
    // Already gone: that is what was wanted.
  }
}
