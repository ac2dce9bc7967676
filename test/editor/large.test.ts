// A log beyond 50 MiB in a real VS Code, which hands it over to no extension: it is explained all the same.
import assert from "node:assert/strict";
import { appendFileSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import type { Frame, Locator } from "playwright-core";
import { type LargeLog, writeLargeLog } from "./largeLog.ts";
import { temporaryFolder } from "./lifetime.ts";
import { type EditorPage, openEditor } from "./page.ts";
import { root } from "./paths.ts";

const file = "mail.log";
const refusal =
  "Jun  3 23:59:59 mx1 postfix/smtp[1000]: 4VtCqB1abcz9: to=<pat@cox.net>, relay=cxr.mx.a.cloudfilter.net[192.0.2.8]:25, delay=1, delays=0/0/0.5/0.5, dsn=4.0.0, status=deferred (host cxr.mx.a.cloudfilter.net[192.0.2.8] refused to talk to me: 421 4.2.0 AUP#CXTHRT)";
let small: string;
let log: LargeLog;
let editor: EditorPage;

before(async () => {
  const folder = temporaryFolder("large");
  log = writeLargeLog(folder, file);
  small = join(folder, "small.log");
  writeFileSync(small, `${refusal}\n`);
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
  await editor.screenshot("missing-large");
  return assert.fail(`expected the page of ${code}`);
}

function status(): Locator {
  return editor.page.locator(".statusbar-item", { hasText: /Postfix · / });
}

/** Ends the language server of this editor as a fault would. */
function killServer(): void {
  const ours = readdirSync("/proc").filter((pid) => /dist\/server\.js/.test(proc(pid, "cmdline")) && isBelow(pid));
  assert.equal(ours.length, 1, "one language server runs");
  process.kill(Number(ours[0]), "SIGKILL");
}

function proc(pid: string, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "utf8");
  } catch {
    return "";
  }
}

/** True for a child of this process, and for a child's child. */
function isBelow(pid: string): boolean {
  const parent = /^PPid:\s+(\d+)/m.exec(proc(pid, "status"))?.[1] ?? "0";
  return parent === String(process.pid) || (parent !== "0" && isBelow(parent));
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

test("Show Failures Only lists the failing lines alone, explained as in the log, each a way to its place there", async () => {
  await editor.runCommand("View: Close All Editors");
  await editor.openFile(file);
  await editor.page.locator(".statusbar-item", { hasText: /^(?!.*% read).*Postfix · \d/ }).waitFor();
  await editor.runCommand("SMTP Log Lens: Show Failures Only");
  await editor.page.locator(".tab.active", { hasText: "mail.log failures" }).waitFor();
  const index = log.failing.indexOf(log.lines["AUP#IPBL0001"][0] ?? 0);
  await editor.goTo(index + 2, 1);
  await editor.page.locator(".squiggly-error").first().waitFor();
  await editor.page.locator(".statusbar-item", { hasText: /Postfix · [\d,]+ permanent/ }).waitFor();
  await editor.screenshot("large-failures");
  await editor.page.keyboard.press("F12");
  await editor.page.locator(".tab.active", { hasText: /^mail\.log$/ }).waitFor();
  await cursorAt(log.lines["AUP#IPBL0001"][0]);
});

test("the failures by kind stand under headings of ours", async () => {
  await editor.runCommand("SMTP Log Lens: Show Failures by Kind");
  await editor.page.locator(".tab.active", { hasText: "mail.log failures by kind" }).waitFor();
  const first = editor.page
    .locator(".editor-group-container.active .view-line")
    .filter({ hasText: /\d.kinds.of.failure/ });
  await first.waitFor();
  await editor.screenshot("large-failures-by-kind");
  const count = log.lines["AUP#CXCNCT"].length.toLocaleString("en");
  await editor.page
    .locator(".view-line")
    .filter({ hasText: new RegExp(`AUP#CXCNCT.*${count}.times`) })
    .waitFor();
});

test("a failure that is appended to the log is counted within seconds", async () => {
  await editor.runCommand("View: Close All Editors");
  await editor.openFile(file);
  await editor.page.locator(".statusbar-item", { hasText: /^(?!.*% read).*Postfix · \d/ }).waitFor();
  appendFileSync(log.path, `${refusal}\n`);
  await editor.page.locator(".statusbar-item", { hasText: "New: AUP#CXTHRT" }).waitFor();
});

test("a server that is killed is started again, and knows the large log and an ordinary one as before", async () => {
  const counted = (count: number) =>
    editor.page.locator(".statusbar-item", { hasText: `· ${count.toLocaleString("en")} temporary` });
  const before = Number(/([\d,]+) temporary/.exec(await shown(status()))?.[1]?.replaceAll(",", ""));
  await editor.openFile("small.log");
  await counted(1).waitFor();
  killServer();
  appendFileSync(log.path, `${refusal}\n`);
  appendFileSync(small, `${refusal}\n`);
  await counted(2).waitFor({ timeout: 30_000 });
  await editor.openFile(file);
  await counted(before + 1).waitFor({ timeout: 30_000 });
});

test("nothing was fetched from any other machine", () => {
  assert.deepEqual(editor.remoteRequests(), []);
});
