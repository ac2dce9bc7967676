// All failures of logs in a real VS Code: the tree of failures, by mouse and by keys, and the report.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { gzipSync } from "node:zlib";
import type { Frame, Locator } from "playwright-core";
import { ensurePrograms } from "../support/debian.ts";
import { temporaryFolder } from "./lifetime.ts";
import { type EditorPage, openEditor } from "./page.ts";
import { root, sampleLog } from "./paths.ts";

const file = "mail.log";
const packed = "mail.log.1.gz";
const oldest = "mail.log.2.zst";
const lines = readFileSync(sampleLog, "utf8").split("\n");
let editor: EditorPage;

before(async () => {
  ensurePrograms(["zstd"]);
  const folder = temporaryFolder("overview");
  writeFileSync(join(folder, file), lines.join("\n"));
  writeFileSync(join(folder, packed), gzipSync(lines.join("\n")));
  writeFileSync(join(folder, oldest), execFileSync("zstd", ["-c"], { input: lines.join("\n") }));
  editor = await openEditor({ extension: root, folder, file });
});

after(() => editor?.close());

/** Opens the view of the tree of failures. */
async function openView(): Promise<void> {
  const tab = editor.page.locator(".activitybar .action-item", { has: editor.page.getByLabel("SMTP Log Lens") });
  await tab.waitFor({ timeout: 30_000 });
  await tab.click();
}

function row(text: string | RegExp): Locator {
  return editor.page.locator(".pane .monaco-list-row", { hasText: text });
}

/** The row of a place, by its line from 1. */
function place(line: number): Locator {
  return editor.page.locator(`.pane .monaco-list-row[aria-label^="Line ${line} "]`);
}

test("the tree lists the providers of the open log, with their codes and counts", async () => {
  await openView();
  await row("Cox").first().waitFor();
  const count = lines.filter((line) => line.includes("AUP#CXCNCT")).length;
  await row(new RegExp(`AUP#CXCNCT.*${count} ·`))
    .first()
    .waitFor();
  await editor.screenshot("tree");
});

test("a place of a code in the tree is a click away from its line", async () => {
  await row("AUP#CXCNCT").first().click();
  const line = lines.findIndex((text) => text.includes("AUP#CXCNCT")) + 1;
  await place(line).click();
  await editor.page.locator(".statusbar-item", { hasText: `Ln ${line},` }).waitFor();
  await editor.screenshot("tree-place");
});

test("with keys alone: a code is found by its letters, unfolded, and its first place opened", async () => {
  await editor.goTo(1, 1);
  await row("AUP#CXCNCT").first().focus();
  await row("AUP#CXCNCT").first().click();
  await editor.page.keyboard.press("ArrowRight");
  await editor.page.keyboard.press("ArrowRight");
  await editor.page.keyboard.press("Enter");
  const line = lines.findIndex((text) => text.includes("AUP#CXCNCT")) + 1;
  await editor.page.locator(".statusbar-item", { hasText: `Ln ${line},` }).waitFor();
});

test("a filter leaves what matches, and is told above the tree", async () => {
  await editor.runCommand("SMTP Log Lens: Filter Mail Failures…");
  await editor.page.locator(".quick-input-widget:visible input").first().fill("permanent");
  await editor.page.keyboard.press("Enter");
  await editor.page.locator(".pane", { hasText: "Shown is what matches “permanent”" }).waitFor();
  await row("AUP#CXCNCT").first().waitFor({ state: "hidden" });
  await editor.screenshot("tree-filtered");
  await editor.runCommand("SMTP Log Lens: Show All Mail Failures Again");
  await row("AUP#CXCNCT").first().waitFor();
});

test("a code in the tree leads to its explanation", async () => {
  const explain = row("AUP#CXCNCT").first().getByRole("button", { name: "Explain This Code" });
  // The row is drawn anew after the filter is taken back: until then a hover is lost.
  for (let attempt = 0; attempt < 10 && !(await explain.isVisible()); attempt++) {
    await row("Gmail").first().hover();
    await row("AUP#CXCNCT").first().hover();
    await editor.page.waitForTimeout(200);
  }
  await explain.click();
  await editor.page.locator(".tab.active", { hasText: "CXCNCT" }).waitFor();
});

/** The page inside the panel, once its title says this. */
async function pageOf(title: RegExp): Promise<Frame> {
  const found = await editor.titledPage(title);
  if (found !== undefined) return found;
  await editor.screenshot("missing-report");
  return assert.fail(`expected the page ${title}`);
}

test("the report counts the log by provider and code, and draws when failures came", async () => {
  await editor.runCommand("View: Close All Editors");
  await editor.openFile(file);
  await editor.runCommand("SMTP Log Lens: Report");
  await editor.page.locator(".quick-input-list .monaco-list-row", { hasText: "This log only" }).click();
  const page = await pageOf(/\d+ failures in/);
  const count = lines.filter((line) => line.includes("AUP#CXCNCT")).length;
  const row = page.locator("table.report tr", { hasText: "AUP#CXCNCT" });
  assert.match((await row.first().innerText()).replace(/\s+/g, " "), new RegExp(`AUP#CXCNCT ${count} \\d+\\.\\d %`));
  await page.locator("canvas").first().waitFor();
  await editor.screenshot("report");
  await page.locator("table.report").scrollIntoViewIfNeeded();
  await editor.screenshot("report-table");
  const line = lines.findIndex((text) => text.includes("AUP#CXCNCT")) + 1;
  await row
    .first()
    .getByRole("button", { name: `go to the first, line ${line}` })
    .click();
  await editor.page.locator(".statusbar-item", { hasText: `Ln ${line},` }).waitFor();
});

test("a count of the report opens the lines that it counts, each linked to its place in the log", async () => {
  const page = await pageOf(/\d+ failures in/);
  const own = lines.flatMap((text, at) => (text.includes("AUP#CXCNCT") ? [at + 1] : []));
  await page.getByRole("button", { name: `${own.length} failures: Cox, AUP#CXCNCT. Show the lines` }).click();
  await editor.page.locator(".tab.active", { hasText: "Cox AUP#CXCNCT" }).waitFor();
  const heading = new RegExp(`# Cox,.AUP#CXCNCT:.${own.length}.lines.of.mail.log`.replaceAll(" ", "."));
  await editor.page.locator(".view-line", { hasText: heading }).waitFor();
  await editor.page.locator(".statusbar-item", { hasText: `Postfix · ${own.length} temporary` }).waitFor();
  await editor.screenshot("report-lines");
  await editor.goTo(3, 1);
  await editor.page.keyboard.press("F12");
  await editor.page.locator(".statusbar-item", { hasText: `Ln ${own[1]},` }).waitFor();
});

test("the report is exported into a document that is taken for no log", async () => {
  const page = await pageOf(/\d+ failures in/);
  await page.getByRole("button", { name: "Export as Markdown" }).click();
  await editor.page.locator(".tab.active", { hasText: /Mail failures|Untitled/ }).waitFor();
  await editor.page.locator(".statusbar-item", { hasText: "Markdown" }).first().waitFor();
  await editor.screenshot("report-markdown");
  await editor.runCommand("View: Revert and Close Editor");
});

test("a compressed log opens from the explorer's menu as its failing lines, explained", async () => {
  await editor.runCommand("View: Close All Editors");
  await editor.runCommand("View: Show Explorer");
  const entry = editor.page.locator(".explorer-folders-view .monaco-list-row", { hasText: packed });
  await entry.click({ button: "right" });
  // A menu takes no click in its first moments, lest it be one that opened it.
  await editor.page.locator(".monaco-menu .action-label", { hasText: "Open Compressed Mail Log" }).hover();
  await editor.page.keyboard.press("Enter");
  await editor.page.locator(".tab.active", { hasText: `${packed} failures` }).waitFor();
  await editor.page.locator(".squiggly-error, .squiggly-warning").first().waitFor();
  await editor.page.locator(".statusbar-item", { hasText: /Postfix · \d+ permanent · \d+ temporary/ }).waitFor();
  await editor.screenshot("compressed");
});

test("a log and its rotated files are one report, in order of time", async () => {
  await editor.openFile(file);
  await editor.runCommand("SMTP Log Lens: Report");
  await editor.page.locator(".quick-input-list .monaco-list-row", { hasText: "with its rotated files (3)" }).click();
  const page = await pageOf(/90 failures in/);
  const files = await page.locator("ul.files li").allInnerTexts();
  assert.deepEqual(
    files.map((text) => text.split(" ")[0]),
    [oldest, packed, file],
  );
  await editor.screenshot("report-rotation");
  await page.getByRole("button", { name: "90 failures: all of the report. Show the lines" }).click();
  await editor.page.locator(".tab.active", { hasText: "All failures" }).waitFor();
  await editor.page.locator(".view-line", { hasText: /#.All.failures:.90.lines.of.3.logs/ }).waitFor();
  await editor.screenshot("rotation-lines");
  // The editor cannot show a packed log, so a place in it is shown among its failing lines.
  const first = page.getByRole("button", { name: new RegExp(`go to the first, line \\d+ of ${oldest}`) }).first();
  const line = Number(/line (\d+)/.exec((await first.getAttribute("aria-label")) ?? "")?.[1]);
  await first.click();
  await editor.page.locator(".tab.active", { hasText: `${oldest} failures` }).waitFor();
  const failing = lines.flatMap((text, at) => (/status=(?:deferred|bounced)|reject:/.test(text) ? [at + 1] : []));
  await editor.page.locator(".statusbar-item", { hasText: `Ln ${failing.indexOf(line) + 2},` }).waitFor();
});

test("nothing was fetched from any other machine", () => {
  assert.deepEqual(editor.remoteRequests(), []);
});
