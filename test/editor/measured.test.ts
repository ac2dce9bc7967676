// From evidence to remedy in a real VS Code: what a log shows of a refusal, the claims held against it, the plot, the setting, the letter.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import type { Frame, Locator } from "playwright-core";
import { temporaryFolder } from "./lifetime.ts";
import { type EditorPage, openEditor } from "./page.ts";
import { root } from "./paths.ts";

/** What Postfix wrote when it sent 30 messages at once to a receiver that allows 10 sessions. */
const log = readFileSync(join(root, "test/logs/sessions/postfix-limit-rfc3339.log"), "utf8");
const file = "mail.log";
const firstRefusal = log.split("\n").findIndex((line) => line.includes("AUP#CXCNCT")) + 1;

let editor: EditorPage;
let panel: Frame;

before(async () => {
  const folder = temporaryFolder("measured");
  writeFileSync(join(folder, file), log);
  editor = await openEditor({ extension: root, folder, file });
});

after(() => editor?.close());

/** The text that is drawn, as a reader sees it. */
async function shown(of: Locator): Promise<string> {
  return of.evaluate((element) => (element as unknown as { innerText: string }).innerText);
}

async function pageOf(code: string): Promise<Frame> {
  const found = await editor.titledPage(code);
  if (found !== undefined) return found;
  await editor.screenshot("missing-measured");
  return assert.fail(`expected the page of ${code}`);
}

test("the page of a code tells which claims this log supports and contradicts, with numbers", async () => {
  await editor.goTo(firstRefusal, 200);
  await editor.runCommand("SMTP Log Lens: Explain the Rejection on This Line");
  panel = await pageOf("AUP#CXCNCT");
  await panel.locator("#claims .judgement").first().waitFor();
  const words = await shown(panel.locator("#claims"));
  assert.match(words, /Supported by this log\. Peak \d+ sessions[^.]* at \d\d:\d\d:\d\d; Cox publishes 10/);
  assert.match(words, /Contradicted by this log/);
  await panel.locator("#claims").scrollIntoViewIfNeeded();
  await editor.screenshot("measured-claims");
});

test("the sessions are drawn over time with the published limit, and a step leads to its line", async () => {
  const section = panel.locator("#measured");
  await section.scrollIntoViewIfNeeded();
  await section.locator("canvas").first().waitFor();
  assert.match(await shown(section), /Most sessions at once\s+\d+/);
  assert.match(await shown(section), /Cox publishes 10/);
  await editor.screenshot("measured-plot");
  const jump = section.getByRole("button", { name: /line \d+/i }).first();
  const line = /\d+/.exec(await shown(jump))?.[0];
  await jump.click();
  await editor.page.locator(".statusbar-item", { hasText: new RegExp(`Ln ${line},`) }).waitFor();
});

test("the setting of the server that wrote the log is shown first, and copied, never applied", async () => {
  const section = panel.locator("#settings");
  await section.scrollIntoViewIfNeeded();
  assert.match(await shown(section), /throttle-cox_destination_concurrency_limit = \d/);
  assert.match(await shown(section), /busiest minute/i);
  await editor.screenshot("measured-setting");
  await section.getByRole("button", { name: /^Copy/ }).first().click();
  await section
    .getByText(/Copied/)
    .first()
    .waitFor();
});

test("no letter is drafted while the cure is on the sender's side, and the page says why", async () => {
  assert.match(await shown(panel.locator("#contacts")), /It is your turn first/);
});

test("once the page was looked at, the hover on the code tells what the log shows", async () => {
  await editor.goTo(firstRefusal, 1);
  const hover = await editor.hover("AUP#CXCNCT");
  assert.match(await shown(hover), /This log: Peak \d+ sessions/);
  await editor.screenshot("measured-hover");
});

test("nothing was fetched from any other machine", () => {
  assert.deepEqual(editor.remoteRequests(), []);
});
