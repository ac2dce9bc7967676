// What the panel and its page accept from each other.
import assert from "node:assert/strict";
import { test } from "node:test";
import { readFromPage, readToPage } from "../../client/src/panel/page/messages.ts";

const wish = {
  ips: ["203.0.113.7", "::1"],
  typed: { helo: "mail.example.org", sender: "", dkim: ["s1"] },
  extras: true,
};

test("a jump to a line is read without what else came with it", () => {
  const message = { type: "jump", uri: "file:///mail.log", line: 41, column: 7 };
  assert.deepEqual(readFromPage(message), { type: "jump", uri: "file:///mail.log", line: 41 });
});

test("the page's plain wishes are read", () => {
  for (const type of ["ready", "reload", "cancel", "refresh", "forget"])
    assert.deepEqual(readFromPage({ type }), { type });
  for (const to of ["trust", "key", "consent-setting", "dns-settings", "explanation"])
    assert.deepEqual(readFromPage({ type: "go", to }), { type: "go", to });
});

test("a plan is read with what was typed about the mail, the null sender too", () => {
  assert.deepEqual(readFromPage({ type: "plan", wish, atOnce: true }), { type: "plan", wish, atOnce: true });
  const more = { ...wish, typed: { ...wish.typed, keys: { dqs: "x" } }, origin: "file:///etc/passwd" };
  assert.deepEqual(readFromPage({ type: "plan", wish: more }), { type: "plan", wish, atOnce: false });
});

test("the answer to a plan names it and says how long it holds", () => {
  for (const how of ["now", "always", "never"])
    assert.deepEqual(readFromPage({ type: "ask", plan: "p1", how }), { type: "ask", plan: "p1", how, many: false });
});

test("a copy is redacted only when the page says so", () => {
  const copy = { type: "copy", format: "markdown" };
  assert.deepEqual(readFromPage(copy), { ...copy, redact: false });
  assert.deepEqual(readFromPage({ ...copy, redact: true }), { ...copy, redact: true });
});

test("lines of a configuration are copied as they are, and a letter is asked for about an address or about none", () => {
  const text = "cox.net\tcox:\n";
  assert.deepEqual(readFromPage({ type: "copy-setting", text, server: "x" }), { type: "copy-setting", text });
  for (const ip of ["203.0.113.7", "2001:db8::7", undefined])
    assert.deepEqual(readFromPage({ type: "request", ip, log: "file:///x" }), { type: "request", ip });
});

test("anything else that reaches the panel is ignored", () => {
  const others: unknown[] = [
    undefined,
    null,
    "ready",
    [],
    {},
    { type: "jump", uri: "file:///mail.log", line: -1 },
    { type: "jump", uri: "file:///mail.log", line: 1.5 },
    { type: "jump", uri: "file:///mail.log", line: "4" },
    { type: "jump", line: 4 },
    { type: "open", url: "" },
    { type: "open", url: `https://example.org/${"a".repeat(3_000)}` },
    { type: "go", to: "workbench.action.quit" },
    { type: "plan", ip: "203.0.113.7" },
    { type: "plan", wish: { ...wish, ips: [] } },
    { type: "plan", wish: { ...wish, ips: [{ text: "203.0.113.7" }] } },
    { type: "plan", wish: { ...wish, ips: Array.from({ length: 51 }, () => "::1") } },
    { type: "plan", wish: { ...wish, typed: { helo: 7 } } },
    { type: "plan", wish: { ...wish, typed: { dkim: "s1" } } },
    { type: "plan", wish: { ...wish, typed: { sender: "a".repeat(400) } } },
    { type: "ask", plan: "p1", how: "forever" },
    { type: "ask", how: "now" },
    { type: "copy", format: "html" },
    { type: "copy-setting", text: "" },
    { type: "copy-setting", text: ["relayhost = x"] },
    { type: "copy-setting", text: "a".repeat(30_000) },
    { type: "request", ip: "example.org" },
    { type: "request", ip: 7 },
    { type: "request", ip: null },
    { type: "command", id: "workbench.action.quit" },
    { type: "row", uri: "file:///mail.log", line: -1, template: "550 x" },
    { type: "row", uri: "file:///mail.log", line: 1, template: "" },
    { type: "row", uri: "file:///mail.log", line: 1, template: "x".repeat(401) },
    { type: "row", uri: 7, line: 1, template: "550 x" },
  ];
  for (const other of others) assert.equal(readFromPage(other), undefined, JSON.stringify(other));
});

test("the page draws only what it knows", () => {
  assert.ok(readToPage({ type: "view", view: { state: "loading" } }));
  assert.ok(readToPage({ type: "check", check: { state: "idle" }, standing: false }));
  assert.ok(readToPage({ type: "run", index: 0, run: { state: "waiting" } }));
  for (const about of ["check", "setting", "request"]) assert.ok(readToPage({ type: "said", about, text: "Copied." }));
  for (const other of [
    undefined,
    "x",
    { type: "view" },
    { type: "view", view: { state: "html" } },
    { type: "check", check: 1 },
    { type: "run", index: -1, run: { state: "waiting" } },
    { type: "run", index: 0, run: { state: "html" } },
    { type: "row", index: 0 },
    { type: "said" },
    { type: "said", text: "Copied." },
    { type: "said", about: "]", text: "Copied." },
    { type: "said", about: "setting" },
  ]) {
    assert.equal(readToPage(other), undefined, JSON.stringify(other));
  }
});

test("a wish for a row carries its line and words, and nothing else", () => {
  const wish = { type: "row", uri: "file:///mail.log", line: 3, template: "559 qqq" };
  assert.deepEqual(readFromPage({ ...wish, more: 1 }), wish);
});
