// `npm start`: opens the sample log in VS Code with this extension, by the best VS Code this machine can have;
// `npm start -- --browser` takes the one that a browser shows.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { serve } from "./homes/codeServer.ts";
import { downloadedExecutable, downloadObstacle, profileOptions } from "./homes/electron.ts";
import { quiet } from "./homes/home.ts";
import { findProgram, hasDisplay, plainEnvironment } from "./homes/machine.ts";
import { codeOnPath } from "./homes/onPath.ts";
import { endOn, startProgram, temporaryFolder } from "./lifetime.ts";
import { root } from "./paths.ts";
import { sampleFolder, sampleName } from "./sample.ts";

endOn("SIGINT", 0);
endOn("SIGTERM", 0);

const sampleOpener = fileURLToPath(new URL("homes/opener", import.meta.url));
const folder = sampleFolder();
const browserWanted = process.argv.includes("--browser");
const command = browserWanted ? undefined : codeOnPath();
if (command !== undefined) await openOnPath(command);
else if (browserWanted || !(await openDownloaded())) await openInBrowser();
process.exit(0);

/** Opens a window by the user's own `code`, with a profile of its own; ends when the log is closed. */
async function openOnPath(code: string): Promise<void> {
  const profile = temporaryFolder("code");
  console.log("Opening the sample log in your VS Code. Close the log or press Ctrl+C to end.");
  // Ctrl+C must end the window too; it is no child of the command, but its lock names it.
  process.once("exit", () => endOwner(join(profile, "data", "code.lock")));
  await window(code, ["--wait", ...profileOptions(profile, quiet)]);
}

/** Opens a window by the downloaded VS Code; false, and the reason is said, when that cannot be. */
async function openDownloaded(): Promise<boolean> {
  try {
    const obstacle = hasDisplay() ? await downloadObstacle() : "there is no display";
    if (obstacle !== undefined) throw new Error(obstacle);
    const executable = await downloadedExecutable();
    console.log("Opening the sample log in VS Code. Close the window or press Ctrl+C to end.");
    await window(executable, profileOptions(temporaryFolder("code"), quiet));
    return true;
  } catch (error) {
    console.log(`No window of VS Code (${error instanceof Error ? error.message : error}): a browser will show it.`);
    return false;
  }
}

/** Serves VS Code on loopback until this process is ended. */
async function openInBrowser(): Promise<void> {
  const { origin } = await serve({ settings: quiet, options: [folder], extensions: [root, sampleOpener] });
  console.log(`\nVS Code with SMTP Log Lens and the sample log:\n\n    ${origin}/\n\nPress Ctrl+C to end.`);
  const opener = process.platform === "linux" ? "xdg-open" : "open";
  if (hasDisplay() && findProgram([opener])) spawn(opener, [`${origin}/`], { stdio: "ignore" }).on("error", () => {});
  await new Promise(() => {});
}

async function window(program: string, options: readonly string[]): Promise<void> {
  const args = [...options, `--extensionDevelopmentPath=${root}`, folder, join(folder, sampleName)];
  const shell = program.startsWith('"');
  const child = startProgram(program, args, { env: plainEnvironment(), shell, stdio: "ignore" });
  await once(child, "exit");
}

function endOwner(lock: string): void {
  try {
    process.kill(Number(readFileSync(lock, "utf8")), "SIGKILL");
  } catch {
    // The window is closed already.
  }
}
