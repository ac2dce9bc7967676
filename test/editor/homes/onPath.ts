// A VS Code the user already has: the `code` command on PATH. Only for `npm start`; tests want a known one.
import { spawnSync } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findProgram, hasDisplay, rootOptions } from "./machine.ts";

const shell = process.platform === "win32";

/** The `code` command, ready for a shell on Windows; undefined without one, without a display or in a remote terminal. */
export function codeOnPath(): string | undefined {
  // In VS Code's remote terminals `code` cannot load an extension from a folder.
  if (process.env.VSCODE_IPC_HOOK_CLI !== undefined || !hasDisplay()) return undefined;
  const code = findProgram(shell ? ["code.cmd"] : ["code"]);
  if (code === undefined) return undefined;
  const command = shell ? `"${code}"` : code;
  return isVisualStudioCode(command) ? command : undefined;
}

/** True when `code --version` speaks as VS Code does: another program may have that name. */
function isVisualStudioCode(command: string): boolean {
  const elsewhere = `--user-data-dir=${join(tmpdir(), "smtp-log-lens-version")}`;
  const args = [...rootOptions(), elsewhere, "--version"];
  const { stdout, status } = spawnSync(command, args, { encoding: "utf8", shell, timeout: 10_000 });
  return status === 0 && /^1\.\d+\.\d+/.test(stdout);
}
