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
    id: `cox ${label} ${kind}`,
    ...{ page: `smtp-explain:/cox/${label}.md`, label, title: "Too many connections", kind, count, share: "50.0 %" },
    ...{ first: at(1), last: at(4), delays: "half within 2 s, nine tenths within 3 min, at most 2 h" },
    domains: { named: [["cox.net", 3]], others: 1 },
    sources: { named: [["203.0.113.7", 3]], others: 0 },
  };
}

const page: ReportPage = {
  files: [
    {
      uri: "file:///var/log/mail.log",
      name: "mail.log",
      about: "Postfix, 900 lines, 6 failures",
      isLog: true,
      fault: false,
    },
  ],
  ...{ failures: 6, lines: 900, bytes: 90_000, merged: false, notes: [] },
  providers: [
    { name: "Cox", count: 6, share: "100.0 %", codes: [code("CXCNCT", 4, "temporary"), code("CXBL", 2, "permanent")] },
  ],
  templates: [{ text: "421 <b>… blocked", count: 4, first: at(1), provider: 0, code: 0 }],
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
    assert.deepEqual(
      rows.map((row) => row.replace(/\s+/g, " ").trim()),
      [
        "Cox 6 100.0 % 2 codes",
        "CXCNCT 4 50.0 % 2024-06-03 10:01:07 2024-06-03 10:04:07",
        ...["Temporary. Too many connections Recipients at cox.net 3, 1 to others Sent from 203.0.113.7 3"].map(
          (facts) => `${facts} In the queue half within 2 s, nine tenths within 3 min, at most 2 h`,
        ),
        "CXBL 2 50.0 % 2024-06-03 10:01:07 2024-06-03 10:04:07",
        ...["Permanent. Too many connections Recipients at cox.net 3, 1 to others Sent from 203.0.113.7 3"].map(
          (facts) => `${facts} In the queue half within 2 s, nine tenths within 3 min, at most 2 h`,
        ),
      ],
    );
    assert.equal(await drawn.locator("q.words").innerText(), "421 <b>… blocked");
  }));

test("a code asks for its explanation, a time for its line, an export for its form", () =>
  shown(async (drawn) => {
    await drawn.page.getByRole("button", { name: "CXCNCT", exact: true }).first().click();
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
    assert.match(await readout.innerText(), /10:03 to 10:04: 1 permanent, 3 temporary; the first on line 4/);
    await plot.focus();
    await drawn.page.keyboard.press("ArrowLeft");
    assert.match(await readout.innerText(), /10:02 to 10:03: no failure/);
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

test("every number asks for its lines, by nothing but its place in the report", () =>
  shown(async (drawn) => {
    const names = [
      "6 failures: all of the report. Show the lines",
      "4 failures: Temporary. Show the lines",
      "6 failures: Cox. Show the lines",
      "2 failures: Cox, CXBL. Show the lines",
      "3 failures: Cox, CXCNCT to cox.net. Show the lines",
      "3 failures: Cox, CXCNCT from 203.0.113.7. Show the lines",
      "4 failures: 421 <b>… blocked. Show the lines",
    ];
    for (const name of names) await drawn.page.getByRole("button", { name, exact: true }).first().click();
    await drawn.page.locator("summary", { hasText: "The same as a table" }).click();
    await drawn.page
      .getByRole("button", { name: "3 failures: temporary, Jun 3 10:03 to 10:04. Show the lines", exact: true })
      .click();
    assert.deepEqual(
      (await drawn.sent()).map((message) => message.type === "lines" && message.of),
      [
        {},
        { kind: "temporary" },
        { provider: 0 },
        { provider: 0, code: 1 },
        { provider: 0, code: 0, domain: 0 },
        { provider: 0, code: 0, source: 0 },
        { wording: 0 },
        { step: 3, kind: "temporary" },
      ],
    );
  }));

test("what a share is of is told above the table", () =>
  shown(async ({ page: drawn }) => {
    await drawn.getByText("A provider’s share is of all failures, a code’s is of its provider’s.").waitFor();
  }));

test("the clock of the times is told once, and stands beside no time", () =>
  shown(async ({ page: drawn }) => {
    await drawn.getByText("Times are in the log’s own clock, UTC.").waitFor();
    assert.equal(await drawn.locator("table.report", { hasText: "+00:00" }).count(), 0);
  }));

const many: ReportPage = {
  ...page,
  providers: Array.from({ length: 30 }, (_, at) => ({
    ...{ name: `Provider ${at}`, count: 100 - at, share: "3.3 %" },
    codes: Array.from({ length: 15 }, (_, n) => code(`550 5.7.${n}`, 15 - n, "permanent")),
  })),
};

test("of hundreds of kinds the largest provider is unfolded, and the others are a key away", () =>
  pages.use(async (drawn) => {
    await drawn.post({ type: "view", view: { state: "report", page: many } });
    const codes = drawn.page.locator("table.report tr.entry:visible");
    await drawn.page.locator("table.report").waitFor();
    assert.equal(await codes.count(), 10);
    await drawn.page.getByRole("button", { name: "Show 5 more codes of Provider 0" }).press("Enter");
    assert.equal(await codes.count(), 15);
    assert.equal(await drawn.page.locator(":focus").innerText(), "550 5.7.10");
    const second = drawn.page.getByRole("button", { name: "Provider 1", exact: true });
    assert.equal(await second.getAttribute("aria-expanded"), "false");
    await second.press("Enter");
    assert.equal(await second.getAttribute("aria-expanded"), "true");
    assert.equal(await codes.count(), 25);
    // What was unfolded stays so when the logs are counted again.
    await drawn.post({ type: "view", view: { state: "report", page: many } });
    assert.equal(await codes.count(), 25);
    await drawn.page.getByRole("button", { name: "Unfold all" }).click();
    assert.equal(await codes.count(), 15 + 29 * 10);
    await drawn.page.getByRole("button", { name: "Fold all", exact: true }).click();
    assert.equal(await codes.count(), 0);
  }));

test("nothing of a report is wider than its panel, however narrow it is and however long a stranger's word", async () => {
  const long = "W".repeat(300);
  const one = {
    ...code(long.slice(0, 60), 4, "ours"),
    domains: { named: [[`${long}.example`, 3] as const], others: 0 },
    title: long,
  };
  const wide: ReportPage = {
    ...page,
    files: [{ uri: "file:///x", name: `${long}.log`, about: long, isLog: true, fault: true }],
    providers: [{ name: long, count: 4, share: "100.0 %", codes: [one] }],
    templates: [{ text: long, count: 4, first: at(1), provider: 0, code: 0 }],
  };
  for (const width of [320, 600, 1200])
    await pages.use(
      async (drawn) => {
        await drawn.post({ type: "view", view: { state: "report", page: wide } });
        await drawn.page.locator("table.report").waitFor();
        await drawn.until("document.documentElement.scrollWidth <= document.documentElement.clientWidth");
        await drawn.until(
          "(({ scrollWidth, clientWidth }) => scrollWidth <= clientWidth)(document.querySelector('.scroll:has(> table.report)'))",
        );
      },
      { width },
    );
});

test("a log that could not be read is told with what to do, and no number is made up", () =>
  pages.use(async (drawn) => {
    const files = [{ uri: "file:///x", name: "mail.log", about: "does not exist.", isLog: false, fault: true }];
    const gone = { ...page, files, failures: 0, lines: 0, providers: [], templates: [], times: undefined };
    await drawn.post({ type: "view", view: { state: "report", page: gone } });
    await drawn.page.locator("h1", { hasText: "Nothing could be read" }).waitFor();
    await drawn.page.getByText("then count again").waitFor();
  }));

test("a file that is no mail log is not told to be free of failures", () =>
  pages.use(async (drawn) => {
    const files = [{ uri: "file:///x", name: "x", about: "no mail log, 1 line", isLog: false, fault: false }];
    const other = { ...page, files, failures: 0, lines: 1, bytes: 17, providers: [], templates: [], times: undefined };
    await drawn.post({ type: "view", view: { state: "report", page: other } });
    await drawn.page.getByText("Nothing here looks like a mail log").waitFor();
    assert.equal(await drawn.page.getByText("No message was refused").count(), 0);
  }));

test("while logs are counted the page says how far", () =>
  pages.use(async (drawn) => {
    await drawn.post({ type: "view", view: { state: "counting", message: "43 % · 900 MB/s · 12 failures" } });
    await drawn.page.getByText("43 % · 900 MB/s").waitFor();
  }));
