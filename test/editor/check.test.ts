// The check of the sending IP in a real VS Code: from a refusal's line, through consent, to the verdict that belongs to its code.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import type { Frame, Locator } from "playwright-core";
import { startDns, type TestDns } from "../support/dns.ts";
import { temporaryFolder } from "./lifetime.ts";
import { type EditorPage, openEditor } from "./page.ts";
import { root } from "./paths.ts";
import { coxRefusal, tooMany } from "./suite/logs.ts";

const listed = "81.2.69.160";
const clean = "81.2.69.161";
const file = "mail.log";

let dns: TestDns;
let editor: EditorPage;

/** Lines of the log, by what is found on them. */
const lines = {
  tooManyListed: coxRefusal(tooMany.replace("203.0.113.7", listed)),
  blockedListed: coxRefusal(tooMany.replace("203.0.113.7", listed).replace("421", "554").replace("CXCNCT", "IPBL0001")),
  tooManyClean: coxRefusal(tooMany.replace("203.0.113.7", clean)),
};

before(async () => {
  dns = await startDns({
    lists: {
      "zen.spamhaus.org": { [listed]: ["127.0.0.11"] },
      "bl.spamcop.net": {},
      "psbl.surriel.com": {},
      "bl.mailspike.net": {},
      "list.dnswl.org": {},
    },
    records: [
      "160.69.2.81.in-addr.arpa. PTR mail.example.net.",
      `mail.example.net. A ${listed}`,
      "161.69.2.81.in-addr.arpa. PTR mail2.example.net.",
      `mail2.example.net. A ${clean}`,
      'example.org. TXT "v=spf1 ip4:81.2.69.160/31 -all"',
      '_dmarc.example.org. TXT "v=DMARC1; p=reject"',
      "example.org. MX 10 mail.example.net.",
      "cox.net. MX 10 mx-cox.mail.am0.yahoodns.net.",
    ],
  });
  editor = await open(dns.address);
});

after(async () => {
  await editor?.close();
  await dns?.stop();
});

function open(resolver: string): Promise<EditorPage> {
  const folder = temporaryFolder("check");
  const mail =
    "2024-06-03T10:02:06+00:00 mx1 postfix/qmgr[902]: 4VtCqB1abcz9: from=<news@example.org>, size=20480, nrcpt=1 (queue active)";
  writeFileSync(join(folder, file), `${[mail, ...Object.values(lines)].join("\n")}\n`);
  return openEditor({ extension: root, folder, file, settings: { "smtpLogLens.check.resolver": resolver } });
}

/** The page that checks `ip`, in front. */
async function checkPage(ip: string): Promise<Frame> {
  const found = await editor.titledPage(ip);
  if (found !== undefined) return found;
  await editor.screenshot("missing-check");
  return assert.fail(`expected the page that checks ${ip}`);
}

/** The text that is drawn, as a reader sees it. */
async function shown(of: Locator): Promise<string> {
  return of.evaluate((element) => (element as unknown as { innerText: string }).innerText);
}

/** Opens the check from the hover of the code on line `line` (from 1), and returns its page. */
async function checkFrom(line: number, ip: string): Promise<Frame> {
  await editor.runCommand("View: Close All Editors");
  await editor.openFile(file);
  await editor.goTo(line, 200);
  await editor.runCommand("SMTP Log Lens: Check a Sending IP");
  return checkPage(ip);
}

/** Waits until something is true of the test's own servers. */
async function eventually(holds: () => boolean, expected: string): Promise<void> {
  const deadline = Date.now() + 15_000;
  while (!holds()) {
    if (Date.now() > deadline) assert.fail(`expected within 15 seconds: ${expected}`);
    await editor.page.waitForTimeout(100);
  }
}

/** Agrees to the plan, which names the test's own resolver: no question may leave this machine. */
async function verdictOf(frame: Frame): Promise<string> {
  await frame.getByText(dns.address).first().waitFor();
  await frame.getByRole("button", { name: "Ask now" }).click();
  await frame.getByRole("button", { name: "Refresh" }).waitFor();
  return shown(frame.locator("#check"));
}

test("a refusal that names Spamhaus ZEN is explained by the listing there", async () => {
  const frame = await checkFrom(3, listed);
  const words = await verdictOf(frame);
  assert.match(words, /Explains it/);
  assert.match(words, /AUP#IPBL0001/);
  assert.match(words, /PBL/);
  assert.match(words, /2024-06-03/, "the time of the line is told beside the time of the check");
  await editor.screenshot("check-explains");
});

test("the report is copied with its addresses replaced, and Refresh asks the same questions again", async () => {
  const frame = await checkPage(listed);
  await frame.getByLabel("Redact addresses").check();
  await frame.getByRole("button", { name: "Copy as Markdown" }).click();
  await frame
    .getByText(/Copied as Markdown, addresses and names replaced/)
    .first()
    .waitFor();
  const before = dns.queries().length;
  await frame.getByRole("button", { name: "Refresh" }).click();
  await eventually(() => dns.queries().length > before, "the list is asked again after Refresh");
  await frame.getByRole("button", { name: "Refresh" }).waitFor();
  assert.match(await shown(frame.locator("#check")), /Explains it/);
});

test("a refusal for too many connections is not explained by that same listing, only consistent with it", async () => {
  const frame = await checkFrom(2, listed);
  const words = await verdictOf(frame);
  assert.match(words, /Consistent/);
  assert.match(words, /AUP#CXCNCT/);
  assert.match(words, /connections/);
  await editor.screenshot("check-consistent");
});

test("too many connections from an address on no list is not refuted: look at the connections", async () => {
  const frame = await checkFrom(4, clean);
  const words = await verdictOf(frame);
  assert.match(words, /Cannot be checked/);
  assert.match(words, /do not refute/);
  assert.match(words, /connections/);
  assert.doesNotMatch(words, /\bclean\b/i);
  await editor.screenshot("check-not-refuted");
});

test("a consent for the workspace starts the next check by itself, and can be taken back on its page", async () => {
  const frame = await checkFrom(4, clean);
  await frame.getByRole("button", { name: "Always in this workspace" }).click();
  await frame.getByRole("button", { name: "Refresh" }).waitFor();
  const next = await checkFrom(2, listed);
  await next.getByRole("button", { name: "Refresh" }).waitFor();
  assert.match(await shown(next.locator("#check")), /You agreed/);
  await next.getByRole("button", { name: /Ask me again/ }).click();
  const last = await checkFrom(3, listed);
  await last.getByRole("button", { name: "Ask now" }).waitFor();
});

test("several addresses make a table, and documentation addresses among them are not asked about", async () => {
  const frame = await checkFrom(3, listed);
  const before = dns.queries().length;
  await frame.locator("#check-ip").fill(`${listed} ${clean}, 203.0.113.7`);
  await frame.getByRole("button", { name: "Show what would be asked" }).click();
  await frame
    .getByText(/2 addresses/)
    .first()
    .waitFor();
  assert.equal(dns.queries().length, before, "the plan itself asks nobody");
  await frame.getByRole("button", { name: "Ask now" }).click();
  await frame.getByRole("button", { name: "Refresh" }).waitFor();
  const table = frame.locator("#check table");
  const words = await shown(table);
  for (const ip of [listed, clean, "203.0.113.7"]) assert.ok(words.includes(ip), `${ip} stands in the table: ${words}`);
  assert.ok(!dns.queries().some((query) => query.includes("7.113.0.203")), "a documentation address never leaves");
  await editor.screenshot("check-several");
});

test("with no DNS server at all there is one clear message within three seconds, and the log is explained as before", async () => {
  const frame = await checkFrom(3, listed);
  await frame.getByRole("button", { name: "Ask now" }).waitFor();
  await dns.stop();
  const start = Date.now();
  await frame.getByRole("button", { name: "Ask now" }).click();
  await frame
    .getByText(/No DNS server answered/)
    .first()
    .waitFor();
  const took = Date.now() - start;
  assert.ok(took < 3_000, `one clear message in under 3 seconds, not after ${took} ms`);
  const words = await shown(frame.locator("#check"));
  assert.equal(words.match(/No DNS server answered at /g)?.length, 1, words);
  assert.deepEqual(await frame.locator(".row.error").allInnerTexts(), [], "what could not be asked is no finding");
  await editor.screenshot("check-offline");
  await editor.openProblems();
  await editor.followProblem("AUP#IPBL0001");
  await checkPage("AUP#IPBL0001");
});

test("nothing was fetched from any other machine", () => {
  assert.deepEqual(editor.remoteRequests(), []);
});
