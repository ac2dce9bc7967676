// What the panel and its page accept from each other.
import assert from "node:assert/strict";
import { test } from "node:test";
import { readFromPage, readToPage } from "../../client/src/panel/page/messages.ts";

test("a jump to a line is read without what else came with it", () => {
  const message = { type: "jump", uri: "file:///mail.log", line: 41, column: 7 };
  assert.deepEqual(readFromPage(message), { type: "jump", uri: "file:///mail.log", line: 41 });
});

test("the page's plain wishes are read", () => {
  for (const type of ["ready", "reload", "cancel"]) assert.deepEqual(readFromPage({ type }), { type });
  assert.deepEqual(readFromPage({ type: "plan", ip: "203.0.113.7" }), { type: "plan", ip: "203.0.113.7" });
  assert.deepEqual(readFromPage({ type: "check", ip: "::1" }), { type: "check", ip: "::1" });
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
    { type: "plan", ip: { text: "203.0.113.7" } },
    { type: "check" },
    { type: "command", id: "workbench.action.quit" },
  ];
  for (const other of others) assert.equal(readFromPage(other), undefined, JSON.stringify(other));
});

test("the page draws only views and checks that it knows", () => {
  assert.ok(readToPage({ type: "view", view: { state: "loading" } }));
  assert.ok(readToPage({ type: "check", check: { state: "idle" } }));
  for (const other of [
    undefined,
    "x",
    { type: "view" },
    { type: "view", view: { state: "html" } },
    { type: "check", check: 1 },
  ]) {
    assert.equal(readToPage(other), undefined, JSON.stringify(other));
  }
});
