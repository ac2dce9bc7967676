// A log beyond 50 MiB in a real VS Code, which hands it over to no extension: it is explained all the same.
import assert from "node:assert/strict";
import { appendFileSync } from "node:fs";
import { after, before, test } from "node:test";
import type { Frame, Locator } from "playwright-core";
import { type LargeLog, writeLargeLog } from "./largeLog.ts";
import { temporaryFolder } from "./lifetime.ts";
import { type EditorPage, openEditor } from "./page.ts";
import { root } from "./paths.ts";

const file = "mail.log";
let log: LargeLog;
let editor: EditorPage;

before(async () => {
  const folder = temporaryFolder("large");
  log = writeLargeLog(folder, file);
  editor = await openEditor({ extension: root, folder, file });
});

after(() => editor?.close());

/** The text that is drawn, as a reader sees it. */
async function shown(of: Locator): Promise<string> {
  return of.evaluate((element) => (element as unknown as { innerText: string }).innerText);
}

async function pageOf(code: string): Promise<Frame> {
  const deadline = Date.now() + 20_000;
  while (Date.now() < deadline) {
    for (const frame of editor.page.frames()) {
      const title = frame.locator("h1").filter({ hasText: code });
      if (await title.isVisible().catch(() => false)) return frame;
    }
    await editor.page.waitForTimeout(200);
  }
  await editor.screenshot("missing-large");
  return assert.fail(`expected the page of ${code}`);
}

function cursorAt(line: number | undefined): Promise<void> {
  return editor.page.locator(".statusbar-item", { hasText: new RegExp(`Ln ${line},`) }).waitFor();
}

test("the status item counts the failures of a log that no extension is given", async () => {
  const counted = editor.page.locator(".statusbar-item", { hasText: /Postfix · \d/ });
  await counted.waitFor({ timeout: 60_000 });
  await editor.page.locator(".statusbar-item", { hasText: /^(?!.*% read).*Postfix · \d/ }).waitFor();
  const counts = [...(await shown(counted)).matchAll(/([\d,]+) (?:permanent|temporary)/g)];
  const sum = counts.reduce((all, [, count = ""]) => all + Number(count.replaceAll(",", "")), 0);
  assert.equal(sum, log.failing.length);
  await editor.screenshot("large-log");
});

test("Next Failure and Previous Failure visit the failing lines in order", async () => {
  await editor.runCommand("SMTP Log Lens: Next Failure");
  await cursorAt(log.failing[0]);
  await editor.runCommand("SMTP Log Lens: Next Failure");
  await cursorAt(log.failing[1]);
  await editor.runCommand("SMTP Log Lens: Previous Failure");
  await cursorAt(log.failing[0]);
});

test("a refusal is underlined, its hover names the code, and the code's link opens the explanation", async () => {
  const [first] = log.lines["AUP#CXCNCT"];
  assert.ok(first);
  await editor.goTo(first, 1);
  await editor.page.locator(".squiggly-warning").first().waitFor();
  const hover = await editor.hover("AUP#CXCNCT");
  assert.match(await shown(hover), /Temporary/);
  await editor.screenshot("large-hover");
  await editor.clickLink(hover, "AUP#CXCNCT");
  const page = await pageOf("AUP#CXCNCT");
  const words = await shown(page.locator("#log"));
  assert.match(words, new RegExp(`Lines\\s+${log.lines["AUP#CXCNCT"].length.toLocaleString("en")}`));
});

test("a line on the page leads to the line of the log", async () => {
  const page = await pageOf("AUP#CXCNCT");
  const third = log.lines["AUP#CXCNCT"][2];
  await page.getByRole("button", { name: `Go to line ${third}`, exact: true }).click();
  await cursorAt(third);
  await editor.screenshot("large-page");
});

test("a failure that is appended to the log is counted within seconds", async () => {
  const refusal =
    "Jun  3 23:59:59 mx1 postfix/smtp[1000]: 4VtCqB1abcz9: to=<pat@cox.net>, relay=cxr.mx.a.cloudfilter.net[192.0.2.8]:25, delay=1, delays=0/0/0.5/0.5, dsn=4.0.0, status=deferred (host cxr.mx.a.cloudfilter.net[192.0.2.8] refused to talk to me: 421 4.2.0 AUP#CXTHRT)";
  appendFileSync(log.path, `${refusal}\n`);
  await editor.page.locator(".statusbar-item", { hasText: "New: AUP#CXTHRT" }).waitFor();
});

test("nothing was fetched from any other machine", () => {
  assert.deepEqual(editor.remoteRequests(), []);
});
