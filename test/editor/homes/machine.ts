// What this machine offers: programs, a display, an environment.
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

/** The first of these programs on PATH or in the extra folders, as a full path. */
export function findProgram(names: readonly string[], extraFolders: readonly string[] = []): string | undefined {
  const folders = [...(process.env.PATH ?? "").split(delimiter).filter(Boolean), ...extraFolders];
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find((path) => existsSync(path));
}

/** The path of a Chromium or Chrome: $CHROME_PATH, else the first on PATH; undefined when there is none. */
export function chromiumPath(): string | undefined {
  const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "Google Chrome"];
  return process.env.CHROME_PATH ?? findProgram(names, ["/Applications/Google Chrome.app/Contents/MacOS"]);
}

/** True when a window can be shown. */
export function hasDisplay(): boolean {
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  return process.platform !== "linux" || Boolean(DISPLAY) || Boolean(WAYLAND_DISPLAY);
}

/** The option that Electron and Chromium want from root, who has no sandbox. */
export function rootOptions(): readonly string[] {
  return process.getuid?.() === 0 ? ["--no-sandbox"] : [];
}

/** The environment without what npm, the test runner or another VS Code put there. */
export function plainEnvironment(): NodeJS.ProcessEnv {
  const foreign =
    /^(VSCODE_|CODE_SERVER_|ELECTRON_|npm_|NODE_(OPTIONS|TEST_CONTEXT|EXEC_PATH)$|(HASHED_)?PASSWORD$|PORT$)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name)));
}
