// The browser that shows a served VS Code: a Chromium of this machine without a window, and without a way out.
import { type Browser, chromium } from "playwright-core";
import { chromiumPath, rootOptions } from "./homes/machine.ts";

/** Starts Chromium. It ends with this process. Throws when there is none. */
export function startChromium(): Promise<Browser> {
  const executablePath = chromiumPath();
  if (executablePath === undefined) {
    throw new Error("No Chromium found. Install the package chromium, or name one in CHROME_PATH.");
  }
  return chromium.launch({
    executablePath,
    args: [...flags, ...rootOptions()],
    // Our own handlers end the process, and with it the browser.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
}

const flags = [
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--force-color-profile=srgb",
  // Nothing a log or a page names is ever fetched; the attempt is still seen.
  "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
];
