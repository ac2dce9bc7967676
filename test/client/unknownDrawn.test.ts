// The page of replies that nobody knows, drawn by the page's own script.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { View } from "../../client/src/panel/page/messages.ts";
import type { UnknownPage } from "../../server/src/protocol.ts";
import { type DrawnPage, type PageBrowser, startPages } from "./drawnPage.ts";

let browser: PageBrowser;
before(async () => {
  browser = await startPages();
});
after(() => browser?.close());

const uri = "file:///var/log/mail.log";
const they = "they-refused-us" as const;

const page: UnknownPage = {
  kind: "unknown",
  log: { uri, failures: 1_328, unknown: 123, kinds: 21, left: 2 },
  replies: [
    {
      template: "421 HL:REP mx#,{id} {n} {link}",
      count: 20,
      provider: undefined,
      direction: they,
      first: 103,
      last: 2_000,
    },
    { template: "559 Qqq zzz", count: 3, provider: "Cox", direction: they, first: 7, last: 7 },
    {
      template: "HELO name {name} refused",
      count: 1,
      provider: undefined,
      direction: "we-refused-them",
      first: 9,
      last: 9,
    },
  ],
};

async function show(drawn: DrawnPage, shown: UnknownPage): Promise<void> {
  const view: View = { state: "page", page: shown, logOpen: shown.log !== undefined };
  await drawn.post({ type: "view", view });
  await drawn.page.getByRole("heading", { level: 1 }).waitFor();
}

test("each wording is a row with its count, who said it and its lines, and a caption and headers tell which", async () => {
  await browser.use(async (drawn) => {
    await show(drawn, page);
    assert.match(
      await drawn.page.locator("main").innerText(),
      /123 of 1,328 failures, in 21 wordings\. 2 of them are not listed/,
    );
    const table = drawn.page.getByRole("table");
    assert.equal(await table.locator("caption").innerText(), "The 3 most frequent of 21");
    assert.deepEqual(await table.locator("th[scope=col]").allInnerTexts(), [
      "Times",
      "What is said",
      "By",
      "First",
      "Last",
      "Catalogue",
    ]);
    const rows = await table.locator("tbody tr").all();
    const cells = await Promise.all(rows.map((row) => row.locator("td").allInnerTexts()));
    assert.deepEqual(cells, [
      ["20", "421 HL:REP mx#,{id} {n} {link}", "not known", "line 104", "line 2,001", "Make a row"],
      ["3", "559 Qqq zzz", "Cox", "line 8", "–", "Make a row"],
      ["1", "HELO name {name} refused", "your own server", "line 10", "–", "Make a row"],
    ]);
  });
});

test("lines are jumped to, and a row is wished for by its line and words", async () => {
  await browser.use(async (drawn) => {
    await show(drawn, page);
    await drawn.page.getByRole("button", { name: "line 2,001" }).click();
    await drawn.page.getByRole("button", { name: "Make a catalogue row of 559 Qqq zzz" }).click();
    assert.deepEqual(await drawn.sent(), [
      { type: "jump", uri, line: 2_000 },
      { type: "row", uri, line: 7, template: "559 Qqq zzz" },
    ]);
  });
});

test("the focus stays on its button while the log grows", async () => {
  await browser.use(async (drawn) => {
    await show(drawn, page);
    await drawn.page.getByRole("button", { name: "Make a catalogue row of 559 Qqq zzz" }).focus();
    const [first, ...others] = page.replies;
    await show(drawn, { ...page, replies: [...others, ...(first === undefined ? [] : [first])] });
    await drawn.until("document.activeElement.getAttribute('aria-label') === 'Make a catalogue row of 559 Qqq zzz'");
  });
});

test("where all is known, nothing failed or no log is open, it says so", async () => {
  const log = { uri, failures: 12, unknown: 0, kinds: 0, left: 0 };
  const said: readonly (readonly [UnknownPage["log"], RegExp])[] = [
    [log, /All 12 failures of this log are explained by more than a code\./],
    [{ ...log, failures: 1 }, /The one failure of this log/],
    [{ ...log, failures: 0 }, /The log holds no failure\./],
    [undefined, /Open a mail log to see/],
  ];
  await browser.use(async (drawn) => {
    for (const [log, words] of said) {
      await show(drawn, { kind: "unknown", log, replies: [] });
      await drawn.page.getByText(words).waitFor();
      assert.equal(await drawn.page.getByRole("button").count(), 0);
    }
  });
});

test("what a stranger says stays text: no element, no link, no hidden letter, nothing fetched", async () => {
  await browser.use(async (drawn) => {
    const template = `<img src="https://evil.example/x.png" onerror=x> [a](command:x) \u202eabc\u0007 </td></table><script>1</script>`;
    await show(drawn, {
      ...page,
      replies: [{ template, count: 1, provider: undefined, direction: they, first: 0, last: 0 }],
    });
    const cell = drawn.page.locator("td.words");
    assert.match(await cell.innerText(), /^<img src=.*‹U\+202E›abc␇ <\/td>/);
    assert.equal(await drawn.page.locator("main img, main script, main a").count(), 0);
    assert.deepEqual(await drawn.broken(), []);
  });
});
