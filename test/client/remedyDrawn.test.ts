// What a log adds to an explanation page: judgements, figures, the setting, the letter. Drawn by the page's own script.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { CheckState } from "../../client/src/panel/page/checkState.ts";
import { type PageBrowser, startPages } from "./drawnPage.ts";
import { cannotTell, contradicted, log, measuredOf, postfix, remedyPage, supported, viewOf } from "./remedyPage.ts";

let browser: PageBrowser;
before(async () => {
  browser = await startPages();
});
after(() => browser?.close());

const idle: CheckState = { state: "idle" };

test("each judgement is a word with its own sign, the numbers and the line, and repeated numbers are read once", async () => {
  await browser.use(async (drawn) => {
    await drawn.show(viewOf(remedyPage()), idle);
    const lines = await drawn.page.locator(".judgement").allInnerTexts();
    assert.deepEqual(lines, [
      "Supported by this log. Peak 14 sessions at 10:02:07, Cox publishes 10; the default of Postfix is 20. line 812",
      "Supported by this log, as above.",
      "Contradicted by this log. The busiest hour held 212 messages, a tenth of the 2,000 that this source names. line 403",
      "This log cannot tell. Whether the address is on a list stands in no log; check the address below. ".trim(),
    ]);
    const glyphs = await drawn.page.evaluate(
      "[...document.querySelectorAll('.judgement .sign')].map((sign) => getComputedStyle(sign, '::before').content)",
    );
    assert.deepEqual(glyphs, ['"✓"', '"✓"', '"✕"', '"?"']);
    assert.deepEqual(await drawn.page.locator(".card.stands h3").allInnerTexts(), ["Too many connections at once"]);
  });
});

test("a judgement, a figure and a row of the table lead to their lines", async () => {
  await browser.use(async (drawn) => {
    await drawn.show(viewOf(remedyPage()), idle);
    await drawn.page.locator(".judgement.contradicted").getByRole("button", { name: "line 403" }).click();
    await drawn.page.locator(".figures").first().getByRole("button", { name: "line 816" }).click();
    await drawn.page.getByText("The same as a table").first().click();
    await drawn.page.getByRole("row", { name: "2026-11-20 10:02:05" }).first().getByRole("button").click();
    assert.deepEqual(
      await drawn.sent(),
      [contradicted.line, 815, 800].map((line) => ({ type: "jump", uri: log, line })),
    );
  });
});

test("without an open log there are no lines to go to, and no letter to draft", async () => {
  const { log: _, ...page } = remedyPage();
  await browser.use(async (drawn) => {
    await drawn.show(viewOf({ ...page, log: undefined }), idle);
    assert.equal(await drawn.page.locator("button.jump").count(), 0);
    assert.match(await drawn.page.locator("#contacts").innerText(), /Open the log with the refusals/);
  });
});

test("the table of the plot has a caption and a header for every cell", async () => {
  await browser.use(async (drawn) => {
    await drawn.show(viewOf(remedyPage({ measured: [measuredOf("Cox from 203.0.113.7")] })), idle);
    const table = drawn.page.locator("table.numbers");
    await drawn.page.getByText("The same as a table").click();
    assert.equal(
      await table.locator("caption").innerText(),
      "Cox from 203.0.113.7: each 5 seconds in which anything happened",
    );
    assert.deepEqual(await table.locator("th[scope=col]").allInnerTexts(), [
      "Time",
      "Sessions at once",
      "Accepted",
      "Refused or put off",
      "Line",
    ]);
    const peak = table.getByRole("row", { name: "2026-11-20 10:02:05" });
    assert.deepEqual(await peak.locator("td").allInnerTexts(), ["14", "10", "8", "line 801"]);
  });
});

test("of several measurements the first is open, and what the reader unfolded stays so while the log grows", async () => {
  await browser.use(async (drawn) => {
    await drawn.show(viewOf(remedyPage()), idle);
    const open = () => drawn.page.evaluate("[...document.querySelectorAll('details.measured')].map((one) => one.open)");
    assert.deepEqual(await open(), [true, false]);
    await drawn.page.getByRole("heading", { name: "Cox from 203.0.113.8" }).click();
    await drawn.page.getByRole("heading", { name: "Cox from 203.0.113.7" }).click();
    await drawn.page.getByLabel("Mail server").selectOption("exim");
    await drawn.show(viewOf(remedyPage({ title: "Another title" })), idle);
    await drawn.page.getByText("Another title").waitFor();
    assert.deepEqual(await open(), [false, true]);
    assert.match(await drawn.page.locator("#settings").innerText(), /remote_max_parallel/);
  });
});

test("the setting is a difference with a reason under each line, in words for those who do not see the signs", async () => {
  await browser.use(async (drawn) => {
    await drawn.show(viewOf(remedyPage()), idle);
    const main = drawn.page.getByRole("list", { name: "Changes of /etc/postfix/main.cf" });
    assert.deepEqual(await main.locator("li").allTextContents(), [
      " smtp_tls_security_level = may",
      "−Remove: transport_maps =It names no table yet.",
      "+Add: transport_maps = hash:/etc/postfix/transportPostfix looks the transport up in this table.",
      "+Add: cox_destination_concurrency_limit = 8At most 8 sessions at once, two below the 10 that Cox publishes.",
    ]);
    const text = await drawn.page.locator("#settings").innerText();
    for (const part of [
      "Nothing is applied for you",
      "Postfix, which wrote this log",
      "postmap /etc/postfix/transport",
      "What it costs: The burst of 10:02",
      "Several servers behind one address",
      "Postfix: transport(5)",
    ])
      assert.ok(text.includes(part), part);
  });
});

test("Copy asks for exactly the added lines of its file, and says so when it is done", async () => {
  await browser.use(async (drawn) => {
    await drawn.show(viewOf(remedyPage()), idle);
    await drawn.page.getByRole("button", { name: "Copy the lines to add to /etc/postfix/transport" }).click();
    await drawn.page.getByRole("button", { name: "Copy the lines to add to /etc/postfix/main.cf" }).click();
    assert.deepEqual(await drawn.sent(), [
      { type: "copy-setting", text: "cox.net\tcox:\n" },
      {
        type: "copy-setting",
        text: "transport_maps = hash:/etc/postfix/transport\ncox_destination_concurrency_limit = 8\n",
      },
    ]);
    await drawn.post({ type: "said", about: "setting", text: "Copied." });
    await drawn.page.getByText("Copied.").waitFor();
    assert.match(await drawn.page.locator(".file").nth(1).innerText(), /Copied\./);
    assert.doesNotMatch(await drawn.page.locator(".file").first().innerText(), /Copied\./);
  });
});

test("a letter is drafted about the address that the reader picks", async () => {
  await browser.use(async (drawn) => {
    await drawn.show(viewOf(remedyPage()), idle);
    await drawn.page.getByLabel("About").first().selectOption("203.0.113.8");
    await drawn.page.getByRole("button", { name: "Draft the request" }).click();
    assert.deepEqual(await drawn.sent(), [{ type: "request", ip: "203.0.113.8" }]);
    await drawn.post({ type: "said", about: "request", text: "Nothing was drafted: no contact." });
    assert.match(await drawn.page.locator("#contacts").innerText(), /Nothing was drafted: no contact\./);
  });
});

test("where no letter helps, the reason stands in the place of the button, above the contacts", async () => {
  await browser.use(async (drawn) => {
    await drawn.show(viewOf(remedyPage({ noRequest: "The listing ends by itself within 24 hours." })), idle);
    const text = await drawn.page.locator("#contacts").innerText();
    assert.match(text, /A letter would not help\. The listing ends by itself[\s\S]*unblock\.request@cox\.net/);
    assert.equal(await drawn.page.getByRole("button", { name: "Draft the request" }).count(), 0);
  });
});

test("good practice is numbered steps with their sources", async () => {
  await browser.use(async (drawn) => {
    await drawn.show(viewOf(remedyPage()), idle);
    assert.equal(await drawn.page.locator("#practice li").count(), 2);
    await drawn.page.locator("#practice").getByRole("link").first().click();
    assert.deepEqual(await drawn.sent(), [{ type: "open", url: "https://www.m3aawg.org/sender-bcp" }]);
  });
});

test("a page without any of it has none of the sections", async () => {
  const bare = { measured: [], settings: [], practice: [], contacts: [], claims: [] };
  await browser.use(async (drawn) => {
    await drawn.show(viewOf(remedyPage(bare)), idle);
    const ids = await drawn.page.evaluate("[...document.querySelectorAll('section')].map(({ id }) => id)");
    assert.deepEqual(ids, ["meaning", "steps", "log", "check", "sources"]);
  });
});

const evil = '<img src=x onerror="globalThis.pwned=1">[x](command:y)\u202e';

test("strangers' words in a judgement, a figure, a limit or a setting are words", async () => {
  const measured = measuredOf(evil, {
    figures: [{ label: evil, value: evil, line: 1 }],
    method: evil,
    limits: [{ value: 10, label: evil }],
    table: [{ time: evil, sessions: 1, accepted: 1, refused: 0, line: 1 }],
  });
  const setting = {
    ...postfix,
    serverName: evil,
    files: [{ path: evil, lines: [{ kind: "add" as const, text: `${evil}\nrelayhost = x`, why: evil }] }],
    commands: [evil],
    cost: evil,
    notes: [evil],
    sources: [{ name: evil, url: "javascript:alert(1)" }],
  };
  const claims = remedyPage().claims.map((group) => ({
    ...group,
    claims: group.claims.map((one) => ({ ...one, judgement: { ...supported, words: evil } })),
  }));
  await browser.use(async (drawn) => {
    await drawn.show(viewOf(remedyPage({ measured: [measured], settings: [setting], claims, noRequest: evil })), idle);
    await drawn.page.locator(".plot").first().scrollIntoViewIfNeeded();
    await drawn.page.locator("canvas").first().waitFor();
    assert.equal(await drawn.page.locator("img, script:not(:first-of-type), a[href^=javascript]").count(), 0);
    assert.equal(await drawn.page.evaluate("globalThis.pwned"), undefined);
    const text = String(await drawn.page.evaluate("document.querySelector('main').textContent"));
    assert.ok(text.includes("<img src=x"));
    assert.ok(!text.includes("\u202e"));
    // A line that hides another one is copied as it is shown: as one line.
    await drawn.page.getByRole("button", { name: /^Copy the lines/ }).click();
    const [message] = await drawn.sent();
    assert.match(message?.type === "copy-setting" ? message.text : "", /^[^\n]+␊relayhost = x\n$/);
  });
});

test("nothing of it is wider than a narrow panel, and nothing breaks the page's content security policy", async () => {
  await browser.use(
    async (drawn) => {
      await drawn.show(viewOf(remedyPage()), idle);
      await drawn.page.locator(".plot").first().scrollIntoViewIfNeeded();
      await drawn.page.locator("canvas").first().waitFor();
      const width = await drawn.page.evaluate("document.documentElement.scrollWidth");
      assert.ok(Number(width) <= 400, `${width} pixels`);
      assert.deepEqual(await drawn.broken(), []);
    },
    { width: 400 },
  );
});

test("a claim that no log can judge says nothing of a log", async () => {
  const claims = remedyPage().claims.map((group) => ({
    ...group,
    claims: group.claims.map((one) => ({ ...one, judgement: one.judgement === cannotTell ? cannotTell : undefined })),
  }));
  await browser.use(async (drawn) => {
    await drawn.show(viewOf(remedyPage({ claims })), idle);
    assert.deepEqual(await drawn.page.locator(".judgement strong").allInnerTexts(), ["This log cannot tell"]);
  });
});
