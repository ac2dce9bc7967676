// A user's clicks in a real VS Code: from the squiggle to the explanation, to the line, to the check.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import type { Frame, Locator } from "playwright-core";
import { startDns, type TestDns } from "../support/dns.ts";
import { type EditorPage, openEditor } from "./page.ts";
import { root, sampleLog } from "./paths.ts";
import { sampleFolder, sampleName } from "./sample.ts";

const listed = "81.2.69.160";

let dns: TestDns;
let editor: EditorPage;

before(async () => {
  dns = await startDns({
    lists: { "zen.spamhaus.org": { [listed]: ["127.0.0.11"] } },
    records: ["160.69.2.81.in-addr.arpa. PTR mail.example.net.", `mail.example.net. A ${listed}`],
  });
  const settings = { "smtpLogLens.check.resolver": dns.address };
  editor = await openEditor({ extension: root, folder: sampleFolder(), file: sampleName, settings });
});

after(async () => {
  await editor?.close();
  await dns?.stop();
});

/** The panel's page, once it shows `heading` as its title. */
async function panel(heading: RegExp): Promise<{ frame: Frame; title: Locator }> {
  const deadline = Date.now() + 20_000;
  while (Date.now() < deadline) {
    for (const frame of editor.page.frames()) {
      const title = frame.locator("h1").filter({ hasText: heading });
      if (await title.isVisible().catch(() => false)) return { frame, title };
    }
    await editor.page.waitForTimeout(200);
  }
  await editor.screenshot("missing-panel");
  throw new Error(`expected the explanation panel to show ${heading}`);
}

/** The line of the sample, from 1, that first holds `text`. */
function firstLineWith(text: string): number {
  return (
    readFileSync(sampleLog, "utf8")
      .split("\n")
      .findIndex((line) => line.includes(text)) + 1
  );
}

/** The text that is drawn, as a reader sees it. */
async function shown(of: Locator): Promise<string> {
  return of.evaluate((element) => (element as unknown as { innerText: string }).innerText);
}

/** Colours of an element as the theme made them. */
async function coloursOf(of: Locator): Promise<readonly string[]> {
  return of.evaluateAll((elements) => {
    const style = globalThis as unknown as {
      getComputedStyle(of: unknown): { color: string; backgroundColor: string };
    };
    return [...new Set(elements.map((element) => style.getComputedStyle(element).color))];
  });
}

test("the sample log is coloured and its failures are underlined", async () => {
  await editor.page.locator(".statusbar-item", { hasText: /Postfix · \d/ }).waitFor({ timeout: 30_000 });
  await editor.goTo(firstLineWith("AUP#CXCNCT"), 1);
  await editor.page.locator(".squiggly-warning").first().waitFor({ timeout: 30_000 });
  const colours = await coloursOf(editor.page.locator(".view-line span[class^=mtk]"));
  assert.ok(colours.length >= 4, `a mail log shows at least four colours, not ${colours.join(" ")}`);
  await editor.screenshot("log");
});

test("hover on AUP#CXCNCT explains it, and its Explain link opens the panel", async () => {
  const hover = await editor.hover("AUP#CXCNCT");
  const text = await shown(hover);
  assert.match(text, /Temporary/);
  assert.match(text, /First:/);
  await editor.screenshot("hover");
  await editor.clickLink(hover, "Explain");
  const { frame } = await panel(/AUP#CXCNCT/);
  const words = await shown(frame.locator("body"));
  for (const expected of [
    /too many SMTP connections/i,
    /Spamhaus PBL/,
    /unblock\.request@cox\.net/,
    /unblock@cox\.net/,
    /2024-06-03/,
  ]) {
    assert.match(words, expected, "the panel shows every claim, both contacts and what the log shows");
  }
  await editor.screenshot("panel");
});

test("a line in the panel jumps to the log", async () => {
  const { frame } = await panel(/AUP#CXCNCT/);
  const jump = frame.getByRole("button", { name: /line \d+/i }).first();
  const line = /\d+/.exec(await shown(jump))?.[0];
  await jump.click();
  await editor.page.locator(".statusbar-item", { hasText: new RegExp(`Ln ${line},`) }).waitFor();
});

test("the sample's documentation address is explained and never asked about", async () => {
  const { frame } = await panel(/AUP#CXCNCT/);
  const before = dns.queries().length;
  await frame.getByLabel(/address your server sends from/i).fill("203.0.113.7");
  await frame.getByRole("button", { name: /show what would be asked/i }).click();
  await frame
    .getByText(/set aside for examples/)
    .first()
    .waitFor();
  assert.equal(await frame.getByRole("button", { name: "Ask now" }).count(), 0, "there is nothing to agree to");
  assert.equal(dns.queries().length, before, "no question may leave for a documentation address");
});

test("a public address is asked about only after consent, and its PBL listing and reverse DNS are told", async () => {
  const { frame } = await panel(/AUP#CXCNCT/);
  await frame.getByLabel(/address your server sends from/i).fill(listed);
  await frame.getByRole("button", { name: /show what would be asked/i }).click();
  const ask = frame.getByRole("button", { name: "Ask now" });
  await ask.waitFor();
  const plan = await shown(frame.locator("body"));
  assert.match(plan, /zen\.spamhaus\.org/);
  assert.match(plan, new RegExp(dns.address.replaceAll(".", "\\.")));
  assert.deepEqual(dns.queries(), [], "the plan itself asks nobody");
  await editor.screenshot("consent");
  await ask.click();
  await frame.getByText(/PBL/).first().waitFor();
  await frame
    .getByText(/mail\.example\.net/)
    .first()
    .waitFor();
  await frame
    .getByText(/Listed/)
    .first()
    .waitFor();
  assert.ok(
    dns.queries().some((query) => query.includes("160.69.2.81.zen.spamhaus.org")),
    "the list was asked through our resolver",
  );
  await editor.screenshot("check");
});

test("Problems link each code to its explanation", async () => {
  await editor.runCommand("View: Close All Editors");
  await editor.openFile(sampleName);
  await editor.openProblems();
  await editor.screenshot("problems");
  await editor.followProblem("AUP#IPBL0001");
  const { frame } = await panel(/AUP#IPBL0001/);
  assert.match(await shown(frame.locator("body")), /Spamhaus ZEN/);
});

test("explaining a code works from the palette over the whole catalogue", async () => {
  await editor.runCommand("SMTP Log Lens: Explain a Code");
  await editor.page.locator(".quick-input-widget:visible input").first().fill("CXTHRT");
  await editor.page.locator(".quick-input-list .monaco-list-row", { hasText: "CXTHRT" }).first().click();
  await panel(/AUP#CXTHRT/);
});

test("every theme shows log and panel", async () => {
  await editor.runCommand("View: Close All Editors");
  await editor.openFile(sampleName);
  await editor.openProblems();
  await editor.followProblem("AUP#CXCNCT");
  await panel(/AUP#CXCNCT/);
  const inks = new Set<string>();
  for (const theme of ["light", "dark", "highContrast", "highContrastLight"] as const) {
    await editor.theme(theme);
    await editor.screenshot(`theme-${theme}`);
    const { title } = await panel(/AUP#CXCNCT/);
    const [ink] = await coloursOf(title);
    inks.add(ink ?? "");
  }
  assert.ok(inks.size >= 2, "the panel takes its colours from the theme");
});

test("nothing was fetched from any other machine", () => {
  assert.deepEqual(editor.remoteRequests(), []);
});
