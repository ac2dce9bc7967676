// A log full of attacks in a real VS Code: hover and panel show its words as words, and nothing is fetched.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import type { Frame, Locator } from "playwright-core";
import { temporaryFolder } from "../editor/lifetime.ts";
import { type EditorPage, openEditor } from "../editor/page.ts";
import { root } from "../editor/paths.ts";
import { enemy, nastyLog } from "../support/nasty.ts";
import { isOurs, unseen } from "./markup.ts";

const file = "mail.log";

let editor: EditorPage;

before(async () => {
  const folder = temporaryFolder("nasty");
  writeFileSync(join(folder, file), nastyLog());
  // VS Code would ask what to do about U+2028, before anything else can be done.
  const settings = { "editor.unicodeHighlight.ambiguousCharacters": false, "editor.unusualLineTerminators": "off" };
  editor = await openEditor({ extension: root, folder, file, settings });
});
after(() => editor?.close());

/** What markup made: live elements, and where every link leads. */
interface Drawn {
  readonly live: readonly string[];
  readonly links: readonly string[];
  readonly text: string;
  readonly pwned: boolean;
}

/** An element as the browser of the test knows it. */
interface Element {
  readonly outerHTML: string;
  readonly textContent: string;
  getAttribute(name: string): string | null;
  querySelectorAll(selector: string): Iterable<Element>;
}

const liveElements =
  "img,picture,video,audio,iframe,object,embed,svg,math,form:not(:has(#check-ip)),base,link,meta[http-equiv=refresh],style,script:not([nonce])";

async function drawn(of: Locator): Promise<Drawn> {
  return of.evaluate((node, live) => {
    const element = node as unknown as Element;
    const hrefs = [...element.querySelectorAll("a")].flatMap((a) => [
      a.getAttribute("href"),
      a.getAttribute("data-href"),
    ]);
    return {
      live: [...element.querySelectorAll(live)].map(({ outerHTML }) => outerHTML),
      links: hrefs.flatMap((href) => href ?? []).filter((href) => href !== ""),
      text: element.textContent,
      pwned: "pwned" in globalThis,
    };
  }, liveElements);
}

/** The panel's page, once it shows `heading` as its title. */
async function panel(heading: string): Promise<Frame> {
  const found = await editor.titledPage(heading);
  if (found !== undefined) return found;
  return assert.fail(`expected the panel to explain ${heading}`);
}

function assertOurs({ live, links, pwned }: Drawn, more: RegExp): void {
  assert.deepEqual(live, []);
  assert.deepEqual(
    links.filter((link) => !isOurs(link) && !more.test(link)),
    [],
  );
  assert.equal(pwned, false, "no script of the log has run");
}

/** Rests the mouse on `word` on the first line that holds `text` as well, and returns its hover. */
async function hoverAt(text: string, word: string): Promise<Locator> {
  const line =
    nastyLog()
      .split(/\r\n|\r|\n/)
      .findIndex((one) => one.includes(text) && one.includes(word)) + 1;
  assert.ok(line > 0, `the log holds ${text}`);
  await editor.goTo(line, 1);
  // The rows are drawn anew after a jump.
  await editor.page.waitForTimeout(500);
  return editor.hover(word, text);
}

// Our own client turns links to our pages into its one command.
const explains = /^command:smtpLogLens\.explain\?%5B%22smtp-explain%3A%2F(?:cox|check|standard)%2F[\w.%-]+\.md%22%5D$/;

test("the log opens as a mail log, its refusals underlined", async () => {
  await editor.page.locator(".squiggly-warning, .squiggly-error").first().waitFor({ timeout: 60_000 });
});

for (const attack of ["![x](https://", "<img src=x", "[Explain](command:"]) {
  test(`the hover of a refusal that says ${attack} shows no link and no image of the log's making`, async () => {
    const hover = await drawn(await hoverAt(attack, "AUP#CXCNCT"));
    assert.match(hover.text, /Temporary/);
    assertOurs(hover, explains);
  });
}

async function assertPanel(code: string): Promise<void> {
  const frame = await panel(code);
  await frame.getByText("In this log").first().waitFor();
  const page = await drawn(frame.locator("main"));
  assertOurs(page, /^#[a-z]+$/);
  assert.ok(page.text.includes(`![x](https://${enemy}/x.png)`), "Markdown is shown as it was written");
  assert.ok(page.text.includes("<script>globalThis.pwned = 1</script>"), "so are tags");
  // A line of a configuration keeps its tabs.
  assert.doesNotMatch(
    page.text.replaceAll("\t", " "),
    unseen,
    "what would hide or reorder text is shown by its number",
  );
  await editor.screenshot(`hostile-${code.slice(4)}`);
}

test("the panel behind a hover's Explain link shows the attacks as text", async () => {
  await editor.clickLink(await hoverAt("![x](https://", "AUP#CXCNCT"), "Explain");
  await assertPanel("AUP#CXCNCT");
});

test("the panel behind a code in Problems shows the attacks as text", async () => {
  await editor.runCommand("View: Close All Editors");
  await editor.openFile(file);
  await editor.followProblem("AUP#IPBL0011");
  await assertPanel("AUP#IPBL0011");
});

test("nothing was fetched from any other machine", () => {
  assert.deepEqual(editor.remoteRequests(), []);
});
