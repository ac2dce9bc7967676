// The page of a report in a real browser: its numbers, its plot without a mouse, and what a click asks for.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { ReportCode, ReportPage } from "../../server/src/logProtocol.ts";
import { type DrawnPage, type PageBrowser, startPages } from "./drawnPage.ts";

let pages: PageBrowser;

before(async () => {
  pages = await startPages();
});
after(() => pages.close());

const start = Date.UTC(2024, 5, 3, 10);
const at = (line: number) => ({ file: 0, line, time: `2024-06-03T10:0${line}:07+00:00` });

function code(label: string, count: number, kind: ReportCode["kind"]): ReportCode {
  return {
    ...{ page: `smtp-explain:/cox/${label}.md`, label, title: "Too many connections", kind, count, share: "50.0 %" },
    ...{ first: at(1), last: at(4), domains: "cox.net (3)", sources: "203.0.113.7 (3)", delays: "" },
  };
}

const page: ReportPage = {
  files: [{ uri: "file:///var/log/mail.log", name: "mail.log", about: "Postfix, 900 lines, 6 failures", fault: false }],
  ...{ failures: 6, lines: 900, bytes: 90_000, notes: [] },
  providers: [
    { name: "Cox", count: 6, share: "100.0 %", codes: [code("CXCNCT", 4, "temporary"), code("CXBL", 2, "permanent")] },
  ],
  templates: [{ text: "421 <b>… blocked", count: 4, first: at(1) }],
  times: {
    ...{ start, step: 60_000 },
    counts: { permanent: [0, 1, 0, 1], temporary: [1, 0, 0, 3], ours: [0, 0, 0, 0] },
    places: [at(1), at(2), undefined, at(3)],
  },
};

async function shown(work: (drawn: DrawnPage) => Promise<void>): Promise<void> {
  await pages.use(async (drawn) => {
    await drawn.post({ type: "view", view: { state: "report", page } });
    await drawn.page.locator("table.report").waitFor();
    await work(drawn);
    assert.deepEqual(await drawn.broken(), []);
  });
}

test("a report tells how much failed, by provider and code, with a stranger's words as text", () =>
  shown(async ({ page: drawn }) => {
    assert.match((await drawn.locator("h1").innerText()).replace(/\s+/g, " "), /mail\.log 6 failures in 900 lines/);
    const rows = await drawn.locator("table.report tbody tr").allInnerTexts();
    assert.equal(rows.length, 3);
    assert.match(rows[1] ?? "", /CXCNCT\s+4\s+50\.0 %\s+Temporary\. Too many connections/);
    assert.equal(await drawn.locator("q.words").innerText(), "421 <b>… blocked");
  }));

test("a code asks for its explanation, a time for its line, an export for its form", () =>
  shown(async (drawn) => {
    await drawn.page.getByRole("button", { name: "CXCNCT" }).click();
    await drawn.page.getByRole("button", { name: "Go to the last, line 5" }).first().click();
    await drawn.page.getByRole("button", { name: "Export as CSV" }).click();
    await drawn.page.getByRole("button", { name: "Count again" }).click();
    assert.deepEqual(await drawn.sent(), [
      { type: "explain", page: "smtp-explain:/cox/CXCNCT.md" },
      { type: "place", file: 0, line: 4 },
      { type: "export", form: "csv" },
      { type: "reload" },
    ]);
  }));

test("the plot begins at the worst step; keys go from step to step and to the first line of one", () =>
  shown(async (drawn) => {
    const plot = drawn.page.locator(".plot");
    await plot.scrollIntoViewIfNeeded();
    await drawn.page.locator("canvas").waitFor();
    const readout = drawn.page.locator(".readout");
    assert.match(await readout.innerText(), /10:03, minute: 1 permanent, 3 temporary, the first on line 4/);
    await plot.focus();
    await drawn.page.keyboard.press("ArrowLeft");
    assert.match(await readout.innerText(), /10:02, minute: no failure/);
    await drawn.page.keyboard.press("ArrowLeft");
    await drawn.page.keyboard.press("Enter");
    assert.deepEqual(await drawn.sent(), [{ type: "place", file: 0, line: 2 }]);
  }));

test("the plot's numbers are in a table for those who do not see it", () =>
  shown(async ({ page: drawn }) => {
    await drawn.locator("summary", { hasText: "The same as a table" }).click();
    const rows = await drawn.locator("table.numbers tbody tr").allInnerTexts();
    assert.deepEqual(
      rows.map((row) =>
        row
          .split(/\s{1,}/)
          .slice(-4)
          .map(Number),
      ),
      [
        [0, 1, 0, 2],
        [1, 0, 0, 3],
        [1, 3, 0, 4],
      ],
    );
  }));

test("while logs are counted the page says how far", () =>
  pages.use(async (drawn) => {
    await drawn.post({ type: "view", view: { state: "counting", message: "43 % · 900 MB/s · 12 failures" } });
    await drawn.page.getByText("43 % · 900 MB/s").waitFor();
  }));
