// A real VS Code in a real browser, for click journeys: opened, used by a user's gestures, closed without a trace.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Frame, Locator, Page } from "playwright-core";
import { startChromium } from "./chromium.ts";
import * as gestures from "./gestures.ts";
import { pageUrl, remoteUri, serve } from "./homes/codeServer.ts";
import { quiet, type Settings } from "./homes/home.ts";
import { screenshots } from "./paths.ts";

/** What to open. */
export interface Opening {
  /** The folder of the extension under test. */
  readonly extension: string;
  /** The folder to open, an absolute path. */
  readonly folder: string;
  /** A file of it to open, by name. */
  readonly file?: string;
  /** Beside those that keep VS Code quiet. */
  readonly settings?: Settings;
}

/** An open VS Code. Lines and columns from 1; every wait ends after 15 seconds with an error. */
export interface EditorPage {
  /** For what the gestures below do not know. */
  readonly page: Page;
  readonly openFile: (path: string) => Promise<void>;
  readonly goTo: (line: number, column: number) => Promise<void>;
  /** Rests the mouse on a text, in a row that holds the other text as well. */
  readonly hover: (text: string, beside?: string) => Promise<Locator>;
  readonly clickLink: (hovered: Locator, words: string) => Promise<void>;
  readonly openProblems: () => Promise<Locator>;
  readonly followProblem: (code: string) => Promise<void>;
  readonly runCommand: (title: string) => Promise<void>;
  readonly webview: () => Promise<Frame>;
  readonly titledPage: (title: string | RegExp) => Promise<Frame | undefined>;
  /** Changes the colour theme and waits until it is drawn. */
  readonly theme: (theme: gestures.Theme) => Promise<void>;
  /** Leaves a picture in test/screenshots/ and returns its path. */
  readonly screenshot: (name: string) => Promise<string>;
  /** Every address beyond loopback that the window, webviews included, tried to fetch; none is ever reached. */
  readonly remoteRequests: () => readonly string[];
  readonly close: () => Promise<void>;
}

/** Starts code-server and Chromium and opens the folder. Throws when either is not to be had. */
export async function openEditor(opening: Opening): Promise<EditorPage> {
  const settings = { ...quiet, "editor.minimap.enabled": false, ...opening.settings };
  const served = await serve({ settings, options: [], extensions: [opening.extension] });
  const browser = await startChromium();
  const close = async () => {
    await browser.close();
    await served.close();
  };
  try {
    const page = await browser.newPage({ viewport: { width: 1400, height: 900 }, deviceScaleFactor: 1 });
    page.setDefaultTimeout(15_000);
    const remote = remoteRequestsOf(page);
    await page.goto(address(served.origin, opening));
    await page.locator(".monaco-workbench .part.editor").waitFor({ timeout: 60_000 });
    if (opening.file !== undefined) await page.locator(".editor-group-container.active .view-line").first().waitFor();
    return { ...bound(page), remoteRequests: () => remote, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function address(origin: string, { folder, file }: Opening): string {
  const open = file === undefined ? [] : [["openFile", remoteUri(origin, join(folder, file))] as const];
  return pageUrl(origin, folder, [["skipWelcome", "true"], ["skipReleaseNotes", "true"], ...open]);
}

function bound(page: Page): Omit<EditorPage, "remoteRequests" | "close"> {
  return {
    page,
    openFile: (path) => gestures.openFile(page, path),
    goTo: (line, column) => gestures.goTo(page, line, column),
    hover: (text, beside) => gestures.hover(page, { text, beside }),
    clickLink: gestures.clickLink,
    openProblems: () => gestures.openProblems(page),
    followProblem: (code) => gestures.followProblem(page, code),
    runCommand: (title) => gestures.runCommand(page, title),
    webview: () => gestures.webview(page),
    titledPage: (title) => gestures.titledPage(page, title),
    theme: (theme) => gestures.chooseTheme(page, theme),
    screenshot: (name) => screenshot(page, name),
  };
}

function remoteRequestsOf(page: Page): readonly string[] {
  const remote: string[] = [];
  page.context().on("request", (request) => {
    const { protocol, hostname } = new URL(request.url());
    // A webview's own files have such an address; its service worker answers, the network is never asked.
    const ownFile = hostname.endsWith(".vscode-resource.vscode-cdn.net");
    if (/^(https?|wss?):$/.test(protocol) && hostname !== "127.0.0.1" && !ownFile) remote.push(request.url());
  });
  return remote;
}

async function screenshot(page: Page, name: string): Promise<string> {
  mkdirSync(screenshots, { recursive: true });
  const path = join(screenshots, `${name}.png`);
  await page.screenshot({ path });
  return path;
}
