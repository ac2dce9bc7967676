// The check on the panel's page, in a real browser: keyboard and focus, what is sent, what is never markup.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { CheckState } from "../../client/src/panel/page/checkState.ts";
import { carried, done, ip, listed, many, planned, run, view, wish } from "./checkStates.ts";
import { type DrawnPage, type PageBrowser, startPages } from "./drawnPage.ts";
import { noMail, planOf, quietPlan, reportOf, rowOf } from "./values.ts";

let browser: PageBrowser;
before(async () => {
  browser = await startPages();
});
after(() => browser?.close());

function focused({ page }: DrawnPage): Promise<string> {
  return page.evaluate("document.activeElement?.textContent || document.activeElement?.id || ''");
}

test("the plan names what goes to whom, the refusal and its line, and one click agrees to just this plan", async () => {
  await browser.use(async (drawn) => {
    await drawn.show(view, planned([planOf(ip)]));
    const text = await drawn.page.locator("#check").innerText();
    for (const part of [
      "Because of AUP#IPBL0001",
      "refused 2026-11-20 10:00:01",
      "line 12",
      "to Spamhaus",
      "127.0.0.1:53",
    ])
      assert.ok(text.includes(part), part);
    assert.ok(text.indexOf("What AUP#IPBL0001 names") < text.indexOf("For context"));
    await drawn.page.getByRole("button", { name: "line 12" }).click();
    await drawn.page.getByRole("button", { name: "Ask now" }).click();
    assert.deepEqual(await drawn.sent(), [
      { type: "jump", uri: "file:///mail.log", line: 11 },
      { type: "ask", plan: "p1", how: "now", many: false },
    ]);
  });
});

test("six addresses are asked about only after the box is ticked", async () => {
  await browser.use(async (drawn) => {
    await drawn.show(view, planned(many));
    const now = drawn.page.getByRole("button", { name: "Ask now" });
    assert.equal(await now.getAttribute("aria-disabled"), "true");
    await now.press("Enter");
    assert.deepEqual(await drawn.sent(), []);
    await drawn.page.getByLabel("Yes, ask about 6 addresses").check();
    assert.equal(await now.getAttribute("aria-disabled"), "false");
    await now.click();
    assert.deepEqual(await drawn.sent(), [{ type: "ask", plan: "p1", how: "now", many: true }]);
  });
});

test("what is typed about the mail plans anew, and the cursor stays where it is", async () => {
  await browser.use(async (drawn) => {
    await drawn.show(view, planned([planOf(ip)]));
    await drawn.page.getByText("About the refused mail").click();
    const helo = drawn.page.getByLabel("Name in HELO or EHLO");
    await helo.pressSequentially("mail.example.org");
    await drawn.until("globalThis.sent.some(({ type }) => type === 'plan')");
    const typed = { helo: "mail.example.org" };
    assert.deepEqual((await drawn.sent()).at(-1), { type: "plan", wish: { ...wish, typed }, atOnce: false });
    await drawn.post({ type: "check", check: { state: "planning" }, standing: false });
    const next: CheckState = {
      state: "planned",
      wish: { ...wish, typed },
      answer: { id: "p2", plans: [planOf(ip)] },
      consent: { go: "ask", changed: false },
    };
    await drawn.post({ type: "check", check: next, standing: false });
    assert.equal(await drawn.page.evaluate("document.activeElement.id"), "mail-helo");
    await drawn.page.getByText("as typed", { exact: true }).waitFor();
  });
});

test("what the log tells of the mail stands in its field, and says where it is from", async () => {
  const plan = planOf(ip);
  const mail = { ...noMail, helo: "mx1.example.net", recipientDomain: "cox.net", assumed: ["helo" as const] };
  await browser.use(async (drawn) => {
    await drawn.show(view, planned([{ ...plan, subject: { ...plan.subject, mail } }]));
    await drawn.page.getByText("About the refused mail").click();
    const helo = drawn.page.getByLabel("Name in HELO or EHLO");
    assert.equal(await helo.getAttribute("placeholder"), "mx1.example.net");
    assert.equal(await helo.inputValue(), "");
    assert.match(await drawn.page.locator(".mail").innerText(), /assumed, not in the log[\s\S]*from the log/);
  });
});

test("focus goes from the consent to Cancel, and from there to the verdict", async () => {
  await browser.use(async (drawn) => {
    await drawn.show(view, planned([planOf(ip)]));
    await drawn.page.getByRole("button", { name: "Ask now" }).focus();
    await drawn.post({ type: "check", check: carried("running", [run("running", [])]), standing: false });
    await drawn.until("document.activeElement?.textContent === 'Cancel'");
    await drawn.post({ type: "check", check: carried("ended", [done]), standing: false });
    await drawn.until("document.activeElement?.classList.contains('said')");
    assert.match(await focused(drawn), /Explains it.*Explained\./);
  });
});

test("rows replace what waits, and what the reader opened stays open while more come", async () => {
  await browser.use(async (drawn) => {
    const { page } = drawn;
    await drawn.show(view, carried("running", [run("running", [])]));
    assert.equal(await page.locator(".row.open").count(), 3);
    await drawn.post({ type: "row", index: 0, row: listed });
    await page.locator(".state", { hasText: "Listed: PBL" }).waitFor();
    await page.locator(".raw summary").click();
    await drawn.post({ type: "row", index: 0, row: rowOf("ptr", { verdict: "unknown" }) });
    await page.getByText("1 of 3 answered").waitFor();
    assert.equal(await page.locator(".raw").first().getAttribute("open"), "");
    assert.match(
      await page.locator(".raw").first().innerText(),
      /160\.69\.2\.81\.zen\.spamhaus\.org A[\s\S]*127\.0\.0\.11/,
    );
    await drawn.post({ type: "run", index: 0, run: done });
    await drawn.post({ type: "check", check: carried("ended", [done]), standing: false });
    await page.getByRole("button", { name: "Refresh" }).waitFor();
    assert.equal(await page.locator(".raw").first().getAttribute("open"), "");
  });
});

test("the verdict comes with its conclusion, whose turn it is and both times, and can be copied redacted", async () => {
  await browser.use(async (drawn) => {
    const report = reportOf({ rows: [listed], next: { text: "Use a relay.", turn: "you" } });
    await drawn.show(view, carried("ended", [run("done", [listed], report)]));
    const said = await drawn.page.locator(".said").innerText();
    for (const part of [
      "Explains it",
      "Your turn: Use a relay.",
      "Refused 2026-11-20 10:00:01",
      "checked 2026-11-24 00:04:41",
    ])
      assert.ok(said.includes(part), part);
    await drawn.page.getByLabel("Redact addresses").check();
    await drawn.page.getByRole("button", { name: "Copy as JSON" }).click();
    await drawn.page.getByRole("button", { name: "Refresh" }).click();
    assert.deepEqual(await drawn.sent(), [{ type: "copy", format: "json", redact: true }, { type: "refresh" }]);
  });
});

test("an address set aside for examples is explained, and another one is offered", async () => {
  await browser.use(async (drawn) => {
    await drawn.show(view, planned([quietPlan("203.0.113.7")]));
    assert.match(await drawn.page.locator(".said").innerText(), /set aside for examples[\s\S]*documentation addresses/);
    assert.equal(await drawn.page.getByRole("button", { name: "Ask now" }).count(), 0);
    await drawn.page.getByRole("button", { name: "Type another address" }).click();
    assert.equal(await drawn.page.evaluate("document.activeElement.id"), "check-ip");
  });
});

test("a word that is no address is named, and nothing is sent", async () => {
  await browser.use(async (drawn) => {
    await drawn.show(view, { state: "idle" });
    await drawn.page.locator("#check-ip").fill("81.2.69.160 mail.example.org");
    await drawn.page.getByRole("button", { name: "Show what would be asked" }).click();
    assert.match(await drawn.page.locator("#check-hint").innerText(), /“mail\.example\.org” is no IP address/);
    assert.deepEqual(await drawn.sent(), []);
  });
});

test("with a standing yes the check begins by one click, and the way back is beside it", async () => {
  await browser.use(async (drawn) => {
    await drawn.show(view, { state: "idle" }, true);
    await drawn.page.locator("#check-ip").press("Enter");
    const state = { ...carried("ended", [done]), consent: { go: "yes", by: "workspace" } } as CheckState;
    await drawn.post({ type: "check", check: state, standing: true });
    await drawn.page.getByRole("button", { name: "Ask me again" }).click();
    assert.deepEqual(await drawn.sent(), [{ type: "plan", wish, atOnce: true }, { type: "forget" }]);
  });
});

test("what was typed is there again when the panel comes back", async () => {
  const form = { ip: "81.2.69.1, 81.2.69.2", mail: { helo: "mail.example.org" }, extras: true };
  await browser.use(
    async (drawn) => {
      await drawn.show(view, { state: "idle" });
      assert.equal(await drawn.page.locator("#check-ip").inputValue(), form.ip);
      assert.equal(await drawn.page.locator("#mail-helo").inputValue(), "mail.example.org");
      await drawn.page.locator("#check-ip").fill(ip);
      assert.deepEqual(((await drawn.kept()) as { form: { ip: string } }).form.ip, ip);
    },
    { kept: { scroll: 0, form } },
  );
});
