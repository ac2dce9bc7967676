// What the check looks like on the panel's page: strangers' words are words, nothing is too wide, several addresses are a table.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { carried, done, ip, many, planned, run, view } from "./checkStates.ts";
import { type PageBrowser, startPages } from "./drawnPage.ts";
import { planOf, refusalOf, reportOf, rowOf } from "./values.ts";

let browser: PageBrowser;
before(async () => {
  browser = await startPages();
});
after(() => browser?.close());

const evil = '<img src=x onerror="globalThis.pwned=1">[x](command:y)\u202e';

test("strangers' words in a plan, a row or a verdict are words", async () => {
  const row = rowOf("zen", {
    question: evil,
    asked: [evil],
    answers: [evil],
    answer: evil,
    details: [evil],
    lists: [evil],
    verdict: "listed",
    remedy: evil,
    link: "javascript:alert(1)",
  });
  const refusal = refusalOf({ label: evil, time: evil });
  const report = reportOf({ refusal, rows: [row], verdict: evil, next: { text: evil, turn: "you" } });
  const plan = planOf(ip, refusal);
  const plans = [
    {
      ...plan,
      resolver: evil,
      leftOut: [evil],
      questions: plan.questions.map((one) => ({ ...one, what: evil, whom: evil })),
    },
  ];
  await browser.use(async (drawn) => {
    for (const state of [planned(plans), carried("ended", [run("done", [row], report)], plan)]) {
      await drawn.show(view, state);
      assert.equal(await drawn.page.locator("img, script:not(:first-of-type), a[href^=javascript]").count(), 0);
      assert.equal(await drawn.page.evaluate("globalThis.pwned"), undefined);
      const text = await drawn.page.locator("main").innerText();
      assert.ok(text.includes("<img src=x"));
      assert.ok(!text.includes("\u202e"));
    }
  });
});

test("nothing is wider than a narrow panel", async () => {
  const long = planOf("2001:db8:1111:2222:3333:4444:5555:6666");
  await browser.use(
    async (drawn) => {
      const states = [planned([long]), planned(many), carried("ended", [done]), carried("ended", [done, done], long)];
      for (const state of states) {
        await drawn.show(view, state);
        const width = await drawn.page.evaluate("document.documentElement.scrollWidth");
        assert.ok(Number(width) <= 400, `${width} pixels in state ${state.state}`);
      }
    },
    { width: 400 },
  );
});

test("several addresses are a table that opens to the rows of each", async () => {
  await browser.use(async (drawn) => {
    const { page } = drawn;
    await drawn.show(view, carried("ended", [done, run("stopped", [])]));
    assert.match(
      await page.locator("table.addresses").innerText(),
      /Explains it\s+1\s+0[\s\S]*Cancelled, 0 of 3 answered/,
    );
    const toggle = page.getByRole("button", { name: ip }).first();
    await toggle.click();
    assert.equal(await toggle.getAttribute("aria-expanded"), "true");
    await page.locator(".state", { hasText: "Listed: PBL" }).waitFor();
  });
});
