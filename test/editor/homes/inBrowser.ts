// The served VS Code in a headless Chromium, for machines where the download does not work.
import { EventEmitter, once } from "node:events";
import type { Page } from "playwright-core";
import { startChromium } from "../chromium.ts";
import { pageUrl, remoteUri, serve } from "./codeServer.ts";
import type { Home, SuiteRun } from "./home.ts";
import { chromiumPath } from "./machine.ts";

/** npm's code-server with Chromium. */
export const inBrowser: Home = {
  name: "VS Code by npm code-server",
  obstacle: async () => (chromiumPath() === undefined ? "there is no Chromium" : undefined),
  run,
};

// Without this option VS Code ignores extension paths in the page's address; with it, notifications do not pop up.
const allowExtensionPaths: readonly string[] = ["--vscode-option", "enable-smoke-test-driver"];

async function run(run: SuiteRun): Promise<boolean> {
  const served = await serve({ settings: run.settings, options: allowExtensionPaths, extensions: [] });
  const browser = await startChromium();
  try {
    const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
    await page.exposeFunction("codeAutomationLog", (_kind: string, words: readonly unknown[]) => {
      run.onOutput(`${words.join(" ")}\n`);
    });
    const ended = await endOfSuite(page);
    await page.goto(address(served.origin, run));
    return (await ended.code) === 0;
  } finally {
    await browser.close();
    await served.close();
  }
}

function address(origin: string, run: SuiteRun): string {
  return pageUrl(origin, run.folder, [
    ["extensionDevelopmentPath", remoteUri(origin, run.extension)],
    ["extensionTestsPath", remoteUri(origin, run.suite)],
    ["skipWelcome", "true"],
    ["skipReleaseNotes", "true"],
  ]);
}

/** The exit code to come; it rejects when the page dies before. In an object, or await would wait for it. */
async function endOfSuite(page: Page): Promise<{ readonly code: Promise<number> }> {
  const end = new EventEmitter();
  const code = once(end, "exit").then(([code]) => Number(code));
  page.on("crash", () => end.emit("error", new Error("the page of VS Code crashed")));
  await page.exposeFunction("codeAutomationExit", (code: number) => end.emit("exit", code));
  return { code };
}
