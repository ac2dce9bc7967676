// The plot of what was measured: drawn in the theme's colours, zoomed by mouse and keys, a way to the lines.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type DrawnPage, type PageBrowser, startPages } from "./drawnPage.ts";
import { log, measuredOf, remedyPage, viewOf } from "./remedyPage.ts";

let browser: PageBrowser;
before(async () => {
  browser = await startPages();
});
after(() => browser?.close());

const colours = { "charts-blue": "#0000ff", "charts-green": "#00c000", "charts-red": "#ff0000" };

async function showPlot(drawn: DrawnPage, given: Parameters<typeof measuredOf>[1] = {}): Promise<void> {
  await dress(drawn, colours);
  const measured = [measuredOf("Cox from 203.0.113.7", given)];
  await drawn.show(viewOf(remedyPage({ measured })), { state: "idle" });
  await drawn.page.locator(".plot").scrollIntoViewIfNeeded();
  await drawn.page.locator("canvas").nth(1).waitFor();
}

function dress({ page }: DrawnPage, wanted: Readonly<Record<string, string>>): Promise<unknown> {
  const set = Object.entries(wanted).map(
    ([name, value]) => `document.documentElement.style.setProperty("--vscode-${name}", "${value}")`,
  );
  return page.evaluate(set.join(";"));
}

/** An expression for how many pixels of a canvas have the colour, those at the edge of a stroke too. */
function pixels(canvas: number, colour: readonly [number, number, number]): string {
  return `(() => {
    const canvas = document.querySelectorAll("canvas")[${canvas}];
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    let count = 0;
    for (let at = 0; at < data.length; at += 4)
      if (data[at + 3] > 64 && [${colour}].every((part, index) => Math.abs(part - data[at + index]) < 24)) count += 1;
    return count;
  })()`;
}

const blue = [0, 0, 255] as const;
const green = [0, 192, 0] as const;
const red = [255, 0, 0] as const;

/** The middle of the upper plot, where a click lands. */
async function clickMiddle({ page }: DrawnPage): Promise<void> {
  const box = await page.locator(".u-over").first().boundingBox();
  assert.ok(box);
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
}

function zoomedOut({ page }: DrawnPage): Promise<string | null> {
  return page.getByRole("button", { name: "Whole time" }).getAttribute("aria-disabled");
}

test("sessions, accepted and refused are drawn in the colours of the theme", async () => {
  await browser.use(async (drawn) => {
    await showPlot(drawn);
    for (const [canvas, colour] of [
      [0, blue],
      [1, green],
      [1, red],
    ] as const)
      await drawn.until(`${pixels(canvas, colour)} > 50`);
    assert.equal(await drawn.page.evaluate(pixels(0, red)), 0);
  });
});

test("nothing is drawn before the plot comes into sight", async () => {
  await browser.use(async (drawn) => {
    await drawn.show(viewOf(remedyPage()), { state: "idle" });
    assert.equal(await drawn.page.locator(".plot").count(), 2);
    assert.equal(await drawn.page.locator("canvas").count(), 0);
    await drawn.page.locator(".plot").first().scrollIntoViewIfNeeded();
    await drawn.page.locator("canvas").nth(1).waitFor();
    // The second measurement is folded.
    assert.equal(await drawn.page.locator("canvas").count(), 2);
  });
});

test("another theme draws the plot anew", async () => {
  await browser.use(async (drawn) => {
    await showPlot(drawn);
    await drawn.until(`${pixels(0, blue)} > 50`);
    await dress(drawn, { "charts-blue": "#ff00ff" });
    await drawn.page.evaluate('document.body.className = "vscode-light"');
    await drawn.until(`${pixels(0, [255, 0, 255])} > 50`);
    assert.equal(await drawn.page.evaluate(pixels(0, blue)), 0);
  });
});

test("every series is named beside the stroke or filling that it is drawn with", async () => {
  await browser.use(async (drawn) => {
    await showPlot(drawn);
    assert.deepEqual(await drawn.page.locator(".legend li").allInnerTexts(), [
      "Sessions open at the same moment, the most in each step",
      "Cox publishes 10",
      "Postfix’s default, 20",
      "Attempts in each 5 seconds:",
      "accepted",
      "refused or put off, on top",
    ]);
    const looks = await drawn.page.evaluate(
      `[...document.querySelectorAll(".key")].map((key) => {
        const { borderTopStyle, backgroundImage } = getComputedStyle(key);
        return borderTopStyle + (backgroundImage === "none" ? "" : " striped");
      })`,
    );
    assert.deepEqual(looks, ["solid", "dashed", "dashed", "none", "solid striped"]);
  });
});

test("a published limit is a labelled dashed line, the lower the nearer to the ground", async () => {
  await browser.use(async (drawn) => {
    await showPlot(drawn, {
      limits: [
        { value: 10, label: "Cox publishes 10" },
        { value: 10, label: "an older page says the same" },
        { value: 20, label: "Postfix’s default, 20" },
        { value: 1_000, label: "an hourly figure" },
      ],
    });
    const lines = drawn.page.locator(".limit-line");
    assert.deepEqual(await lines.allInnerTexts(), [
      "Cox publishes 10, an older page says the same",
      "Postfix’s default, 20",
    ]);
    const [low, high] = [await lines.first().boundingBox(), await lines.nth(1).boundingBox()];
    assert.ok(low && high && low.y > high.y);
    assert.match(await drawn.page.locator(".legend").first().innerText(), /an hourly figure \(far above this plot\)/);
  });
});

test("the busiest step is told in words, then the one that the mouse points at", async () => {
  await browser.use(async (drawn) => {
    await showPlot(drawn);
    const readout = drawn.page.locator(".readout");
    const busiest = "10:02:05 to 10:02:10: 14 sessions at once, 10 accepted, 8 refused or put off, line 801";
    assert.equal(await readout.innerText(), busiest);
    await drawn.page.locator(".u-over").first().hover();
    await drawn.until(
      `document.querySelector(".readout").textContent.startsWith("10:02:30 to 10:02:35: 1 session at once")`,
    );
  });
});

test("a click leads to the line of its step, a drag zooms, a double click shows all again and leads nowhere", async () => {
  await browser.use(async (drawn) => {
    await showPlot(drawn);
    await clickMiddle(drawn);
    await drawn.until("globalThis.sent.some(({ type }) => type === 'jump')");
    assert.deepEqual(await drawn.sent(), [{ type: "jump", uri: log, line: 820 }]);
    assert.equal(await zoomedOut(drawn), "true");
    const box = await drawn.page.locator(".u-over").nth(1).boundingBox();
    assert.ok(box);
    await drawn.page.mouse.move(box.x + box.width * 0.35, box.y + 20);
    await drawn.page.mouse.down();
    await drawn.page.mouse.move(box.x + box.width * 0.55, box.y + 40, { steps: 5 });
    await drawn.page.mouse.up();
    await drawn.until(`document.querySelector(".zoom button:last-child").ariaDisabled === "false"`);
    await drawn.page.locator(".u-over").first().dblclick();
    await drawn.until(`document.querySelector(".zoom button:last-child").ariaDisabled === "true"`);
    // A click that was to lead somewhere would have by the time that the next one does.
    await clickMiddle(drawn);
    await drawn.until("globalThis.sent.filter(({ type }) => type === 'jump').length === 2");
    assert.deepEqual((await drawn.sent()).at(-1), { type: "jump", uri: log, line: 820 });
  });
});

test("buttons zoom in on the busiest step, move, and show all again", async () => {
  await browser.use(async (drawn) => {
    await showPlot(drawn);
    const press = (name: string) => drawn.page.getByRole("button", { name, exact: true }).press("Enter");
    for (const name of ["Zoom in", "Zoom in", "Zoom in"]) await press(name);
    assert.equal(await zoomedOut(drawn), "false");
    await clickMiddle(drawn);
    await drawn.until("globalThis.sent.length > 1");
    assert.deepEqual(await drawn.sent(), [{ type: "jump", uri: log, line: 800 }]);
    await press("Later");
    assert.equal(await zoomedOut(drawn), "false");
    await press("Whole time");
    assert.equal(await zoomedOut(drawn), "true");
  });
});

test("with the keyboard alone the reader goes from step to step, hears it, and goes to its line", async () => {
  await browser.use(async (drawn) => {
    await showPlot(drawn);
    const plot = drawn.page.locator(".plot");
    await plot.focus();
    await plot.press("+");
    await plot.press("ArrowRight");
    const heard = "10:02:10 to 10:02:15: 13 sessions at once, 10 accepted, 6 refused or put off, line 805";
    assert.equal(await drawn.page.locator("figure [role=status]").innerText(), heard);
    await plot.press("Enter");
    assert.deepEqual(await drawn.sent(), [{ type: "jump", uri: log, line: 804 }]);
    await plot.press("Home");
    assert.match(await drawn.page.locator(".readout").innerText(), /^10:00:00 to 10:00:05/);
    await plot.press("0");
    assert.equal(await zoomedOut(drawn), "true");
  });
});

test("the plot is as wide as the panel, and stays zoomed while the log grows", async () => {
  await browser.use(async (drawn) => {
    await showPlot(drawn);
    await drawn.page.getByRole("button", { name: "Zoom in" }).click();
    await drawn.page.setViewportSize({ width: 500, height: 800 });
    await drawn.until(`document.querySelector(".uplot").offsetWidth <= document.querySelector(".plot").clientWidth`);
    await showPlot(drawn, { method: "Counted anew." });
    await drawn.page.getByText("Counted anew.").waitFor();
    assert.equal(await zoomedOut(drawn), "false");
  });
});

test("times are those of the log's own clock", async () => {
  await browser.use(async (drawn) => {
    const page = remedyPage({ measured: [measuredOf("Cox from 203.0.113.7")] });
    assert.ok(page.log);
    const first = "2026-11-20T12:02:06+02:00";
    await drawn.show(viewOf({ ...page, log: { ...page.log, first } }), { state: "idle" });
    await drawn.page.locator(".plot").scrollIntoViewIfNeeded();
    await drawn.page.locator("canvas").first().waitFor();
    assert.match(await drawn.page.locator(".readout").innerText(), /^12:02:05 to 12:02:10: 14 sessions/);
  });
});

test("a measurement without steps has its figures and no plot", async () => {
  const { series } = measuredOf("x");
  const none = { ...series, sessions: [], accepted: [], refused: [], lines: [] };
  await browser.use(async (drawn) => {
    const measured = [measuredOf("Cox from 203.0.113.7", { series: none, table: [] })];
    await drawn.show(viewOf(remedyPage({ measured })), { state: "idle" });
    assert.equal(await drawn.page.locator("figure, details.as-table").count(), 0);
    assert.match(await drawn.page.locator("#measured").innerText(), /Most sessions at once/);
  });
});
