// What a user's hands do in VS Code's window, for click journeys. Each waits for what it needs and fails by time-out.
import type { Frame, Locator, Page } from "playwright-core";

const command = process.platform === "darwin" ? "Meta" : "Control";

/** Opens a file by quick open; the path is absolute or the file's name in the folder. */
export async function openFile(page: Page, path: string): Promise<void> {
  const name = path.slice(path.lastIndexOf("/") + 1);
  const tab = page.locator(".tab.active", { hasText: name }).first();
  // On a busy machine the list takes the key before it shows what was typed: ask again.
  for (let attempt = 0; attempt < 3; attempt++) {
    await page.keyboard.press(`${command}+P`);
    await quickInput(page).fill(path);
    await page.locator(".quick-input-list .monaco-list-row.focused", { hasText: name }).first().waitFor();
    await page.keyboard.press("Enter");
    if (await appears(tab, 5000)) break;
    await page.keyboard.press("Escape");
  }
  await tab.waitFor();
  await page.locator(".editor-group-container.active .view-line").first().waitFor();
}

/** Puts the caret into the active text editor and that line into view; line and column from 1, as the editor shows them. */
export async function goTo(page: Page, line: number, column: number): Promise<void> {
  const shown = page.locator(".editor-group-container.active .line-numbers").getByText(String(line), { exact: true });
  // Lines that wrap later push the line out of view again, and a page that still has the focus takes the key.
  for (let attempt = 0; attempt < 5; attempt++) {
    await focusText(page);
    await page.keyboard.press("Control+G");
    await quickInput(page).fill(`:${line}:${column}`);
    await page.keyboard.press("Enter");
    if (!(await appears(page.locator(".statusbar-item", { hasText: `Ln ${line}, Col ${column}` }), 5000))) {
      await page.keyboard.press("Escape");
      continue;
    }
    await page.waitForTimeout(500);
    if (await shown.isVisible()) return;
  }
  throw new Error(`line ${line} did not come into view`);
}

/** Gives the focus to the text beside a page that has it. */
async function focusText(page: Page): Promise<void> {
  const text = page.locator(".editor-group-container", { has: page.locator(".view-line") });
  const active = page.locator(".editor-group-container.active", { has: page.locator(".view-line") });
  if ((await active.count()) === 0) await text.first().locator(".tab.active").first().click();
}

/** Runs a command by its title in the palette, "SMTP Log Lens: Explain a Code". */
export async function runCommand(page: Page, title: string): Promise<void> {
  const entry = page.locator(".quick-input-list").getByText(title, { exact: true }).first();
  // The palette does not learn what comes after it opened, such as that a log is a mail log: ask again.
  for (let attempt = 0; attempt < 4; attempt++) {
    await page.keyboard.press("F1");
    // A page that is just being drawn swallows the key.
    if (!(await appears(quickInput(page), 3000))) continue;
    await quickInput(page).fill(`>${title}`);
    if (await appears(entry, 4000)) break;
    await page.keyboard.press("Escape");
  }
  await entry.click();
  // The palette takes a while to go; until then its input would swallow what is typed for the command.
  await page
    .locator('.quick-input-widget:visible input[placeholder*="name of a command"]')
    .waitFor({ state: "hidden" });
}

/** The themes every picture is wanted in: VS Code's name for it and the class it gives to its window. */
const themes = {
  light: ["Light Modern", "vs"],
  dark: ["Dark Modern", "vs-dark"],
  highContrast: ["Dark High Contrast", "hc-black"],
  highContrastLight: ["Light High Contrast", "hc-light"],
} as const;

/** A theme, by its kind. */
export type Theme = keyof typeof themes;

/** Chooses a colour theme and waits until it is drawn. */
export async function chooseTheme(page: Page, theme: Theme): Promise<void> {
  const [title, style] = themes[theme];
  await runCommand(page, "Preferences: Color Theme");
  await quickInput(page).fill(title);
  await page.locator(".quick-input-list .monaco-list-row.focused", { hasText: title }).waitFor();
  await page.locator(`.monaco-workbench.${style}`).waitFor();
  await page.keyboard.press("Enter");
  await page.locator(".quick-input-widget").waitFor({ state: "hidden" });
}

/** A text (ASCII) in the rows in view, in a row that holds another one as well. */
export interface Spot {
  readonly text: string;
  readonly beside?: string | undefined;
}

/** Rests the mouse on a text in the rows in view and returns the hover once it is filled. */
export async function hover(page: Page, spot: Spot): Promise<Locator> {
  await scrollTo(page, spot);
  const content = page.locator(".monaco-hover:not(.hidden) .monaco-hover-content:visible");
  const filled = content.filter({ hasNotText: /^Loading/, hasText: /./ }).first();
  // A hover asked for before the extension has woken stays empty: ask again.
  for (let attempt = 0; attempt < 5; attempt++) {
    await restOn(page, spot, content);
    if (await appears(filled, 3000)) return filled;
  }
  throw new Error(`"${spot.text}" has no hover`);
}

/** Comes to the text from where nothing has a hover: on a busy machine a stay over another row would bring that row's. */
async function restOn(page: Page, spot: Spot, content: Locator): Promise<void> {
  const bar = await page.locator(".part.statusbar").boundingBox();
  if (bar === null) throw new Error("the window has no status bar");
  await page.mouse.move(bar.x + bar.width / 2, bar.y - 2);
  await page.mouse.move(bar.x + bar.width / 2, bar.y + bar.height / 2);
  await content.first().waitFor({ state: "hidden", timeout: 5000 });
  const { x, y } = await middleOf(page, spot);
  await page.mouse.move(x - 1, y);
  await page.mouse.move(x, y);
}

/** True once it is in view within so many milliseconds. */
async function appears(what: Locator, timeout: number): Promise<boolean> {
  return what.waitFor({ timeout }).then(
    () => true,
    () => false,
  );
}

/** Clicks a link of a hover by the words it shows; the code of a diagnostic is such a link. */
export async function clickLink(hovered: Locator, words: string): Promise<void> {
  await hovered.locator("a", { hasText: words }).first().click();
}

/** Opens the Problems panel and returns it. */
export async function openProblems(page: Page): Promise<Locator> {
  const panel = page.locator(".markers-panel");
  if (!(await panel.isVisible())) await page.keyboard.press(`${command}+Shift+M`);
  await panel.locator(".monaco-list-row").first().waitFor();
  return panel;
}

/** Follows the link of a code in the Problems panel, as VS Code wants it: with the control key held. */
export async function followProblem(page: Page, code: string): Promise<void> {
  const panel = await openProblems(page);
  await panel
    .locator("a:has(.marker-code)", { hasText: code })
    .first()
    .click({ modifiers: ["ControlOrMeta"] });
}

/** The page inside the webview that is in view. */
export async function webview(page: Page): Promise<Frame> {
  const outer = await frameIn(page.locator("iframe.webview.ready:visible").last());
  return frameIn(outer.locator("iframe#active-frame"));
}

async function frameIn(iframe: Locator): Promise<Frame> {
  await iframe.waitFor({ state: "attached" });
  const frame = await (await iframe.elementHandle())?.contentFrame();
  if (!frame) throw new Error("the webview has no page");
  return frame;
}

/** A page of ours in any of the webviews, once this stands in its title; undefined when it does not come. */
export async function titledPage(page: Page, title: string | RegExp): Promise<Frame | undefined> {
  const deadline = Date.now() + 30_000;
  while (Date.now() < deadline) {
    for (const frame of page.frames()) {
      const heading = frame.locator("h1").filter({ hasText: title });
      if (await heading.isVisible().catch(() => false)) return frame;
    }
    await page.waitForTimeout(200);
  }
  return undefined;
}

function quickInput(page: Page): Locator {
  return page.locator(".quick-input-widget:visible .quick-input-box input");
}

/** Scrolls sideways until the text is in the middle, when it is not in view. */
async function scrollTo(page: Page, spot: Spot): Promise<void> {
  const view = await page.locator(".editor-group-container.active .lines-content").locator("..").boundingBox();
  const { x, y } = await middleOf(page, spot);
  if (view === null || (x > view.x && x < view.x + view.width - 20)) return;
  const middle = view.x + view.width / 2;
  await page.mouse.move(middle, y);
  for (let left = Math.abs(x - middle); left > 0; left -= wheelStep) await page.mouse.wheel(Math.sign(x - middle), 0);
  await page.waitForTimeout(200);
}

// The editor scrolls so many pixels for one turn of the wheel, however fast it turns.
const wheelStep = 50;

/** Where a text stands in the window: the editor's letters all have one width, its spaces are non-breaking. */
async function middleOf(page: Page, { text, beside = text }: Spot): Promise<{ x: number; y: number }> {
  const pattern = patternOf(text);
  const row = page.locator(".editor-group-container.active .view-line > span", { hasText: patternOf(beside) });
  const line = row.filter({ hasText: pattern }).first();
  await line.waitFor();
  const [box, shown] = [await line.boundingBox(), await line.textContent()];
  if (box === null || !shown) throw new Error(`"${text}" is not in view`);
  const middle = shown.search(pattern) + text.length / 2;
  return { x: box.x + (middle * box.width) / shown.length, y: box.y + box.height / 2 };
}

function patternOf(text: string): RegExp {
  return new RegExp(text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replaceAll(" ", "[ \\u00a0]"));
}
