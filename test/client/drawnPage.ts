// The panel's page in a real browser without an editor around it: what it draws, what it sends, what it keeps.
import { build } from "esbuild";
import type { Browser, Page } from "playwright-core";
import { html } from "../../client/src/panel/html.ts";
import type { CheckState } from "../../client/src/panel/page/checkState.ts";
import type { FromPage, ToPage, View } from "../../client/src/panel/page/messages.ts";
import { startChromium } from "../editor/chromium.ts";

/** A page on the screen. */
export interface DrawnPage {
  readonly page: Page;
  post(message: ToPage): Promise<void>;
  /** Shows the view and a check. */
  show(view: View, check: CheckState, standing?: boolean): Promise<void>;
  /** What the page has sent so far, beside its first word. */
  sent(): Promise<readonly FromPage[]>;
  kept(): Promise<unknown>;
  /** Waits until the expression is true on the page, whose policy lets no test evaluate it from inside. */
  until(expression: string): Promise<void>;
  /** What the page tried that its content security policy forbids. */
  broken(): Promise<readonly string[]>;
}

/** How wide the panel is, and what the page kept from before. */
interface Opening {
  readonly width?: number;
  readonly kept?: unknown;
}

/** A browser with the page's script; `close` ends it. */
export interface PageBrowser {
  /** Opens a page for as long as `work` takes. */
  use(work: (drawn: DrawnPage) => Promise<void>, options?: Opening): Promise<void>;
  close(): Promise<void>;
}

/** What stands for the editor inside the page. */
interface Host {
  sent: FromPage[];
  broken: string[];
  kept: unknown;
  acquireVsCodeApi: unknown;
  postMessage(message: unknown, target: string): void;
  addEventListener(type: string, listener: (event: { readonly violatedDirective: string }) => void): void;
}

const site = "https://panel.example";
const script = `${site}/panel.js`;

/** Bundles the page and starts Chromium; throws when there is none. */
export async function startPages(): Promise<PageBrowser> {
  const { outputFiles } = await build({
    entryPoints: [new URL("../../client/src/panel/page/main.ts", import.meta.url).pathname],
    bundle: true,
    write: false,
    format: "iife",
    target: "es2022",
    loader: { ".css": "text" },
    logLevel: "warning",
  });
  const browser = await startChromium();
  const content = outputFiles[0]?.text ?? "";
  const use: PageBrowser["use"] = async (work, options = {}) => {
    const drawn = await open(browser, content, options);
    try {
      await work(drawn);
    } finally {
      await drawn.page.close();
    }
  };
  return { use, close: () => browser.close() };
}

async function open(browser: Browser, content: string, { width = 900, kept }: Opening): Promise<DrawnPage> {
  const page = await browser.newPage({ viewport: { width, height: 800 } });
  page.setDefaultTimeout(5_000);
  await page.addInitScript((state) => {
    const host = globalThis as unknown as Host;
    host.sent = [];
    host.broken = [];
    host.addEventListener("securitypolicyviolation", (event) => host.broken.push(event.violatedDirective));
    host.kept = state;
    host.acquireVsCodeApi = () => ({
      postMessage: (message: FromPage) => host.sent.push(message),
      getState: () => host.kept,
      setState: (value: unknown) => {
        host.kept = value;
      },
    });
  }, kept);
  await page.route(`${site}/**`, (route) =>
    route.request().url() === script
      ? route.fulfill({ contentType: "text/javascript", body: content })
      : route.fulfill({ contentType: "text/html", body: html("n0nce", script) }),
  );
  await page.goto(`${site}/`);
  const post = (message: ToPage) =>
    page.evaluate((value) => (globalThis as unknown as Host).postMessage(value, "*"), message as unknown);
  return {
    page,
    post,
    show: async (view, check, standing = false) => {
      await post({ type: "view", view });
      await post({ type: "check", check, standing });
      await page.locator("#check").waitFor();
    },
    sent: async () =>
      (await page.evaluate(() => (globalThis as unknown as Host).sent)).filter(({ type }) => type !== "ready"),
    until: async (expression) => {
      const deadline = Date.now() + 5_000;
      while (!(await page.evaluate(expression))) {
        if (Date.now() > deadline) throw new Error(`Never true on the page: ${expression}`);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
    broken: () => page.evaluate(() => (globalThis as unknown as Host).broken),
    kept: () => page.evaluate(() => (globalThis as unknown as Host).kept),
  };
}
