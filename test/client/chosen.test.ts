// What a number of a report searches for: the report's own data, whatever a page asks.
import assert from "node:assert/strict";
import { test } from "node:test";
import { readFromPage } from "../../client/src/panel/page/messages.ts";
import { chosenBy } from "../../client/src/panel/page/report/chosen.ts";
import type { ReportCode, ReportPage } from "../../server/src/logProtocol.ts";

const first = { file: 0, line: 1, time: undefined };
const code: ReportCode = {
  ...{ id: "cox CXCNCT", page: "smtp-explain:/cox/CXCNCT.md", label: "AUP#CXCNCT", title: "", kind: "temporary" },
  ...{ count: 4, share: "100.0 %", first, last: first, delays: "" },
  domains: { named: [["cox.net", 3]], others: 1 },
  sources: { named: [["203.0.113.7", 3]], others: 0 },
};
const page: ReportPage = {
  files: [{ uri: "file:///mail.log", name: "mail.log", about: "", isLog: true, fault: false }],
  ...{ failures: 4, lines: 9, bytes: 900, merged: false, notes: [] },
  providers: [{ name: "Cox", count: 4, share: "100.0 %", codes: [code] }],
  templates: [{ text: "421 … blocked", count: 4, first, provider: 0, code: 0 }],
  times: {
    ...{ start: Date.UTC(2024, 5, 3, 10), step: 60_000 },
    counts: { permanent: [0], temporary: [4], ours: [0] },
    places: [first],
  },
};
const uris = ["file:///mail.log"];

test("a number stands for what its row, its name and its step of time say together", () => {
  assert.deepEqual(chosenBy(page, {}), { uris, name: "All failures" });
  assert.deepEqual(chosenBy(page, { provider: 0, code: 0, domain: 0 }), {
    ...{ uris, name: "Cox, AUP#CXCNCT, to cox.net", provider: "Cox", group: "cox CXCNCT", domain: "cox.net" },
  });
  assert.deepEqual(chosenBy(page, { step: 0, kind: "temporary" }), {
    ...{ uris, name: "temporary, Jun 3 10:00 to 10:01", kind: "temporary" },
    ...{ from: Date.UTC(2024, 5, 3, 10), until: Date.UTC(2024, 5, 3, 10, 1) },
  });
  assert.deepEqual(chosenBy(page, { wording: 0 }), {
    ...{ uris, name: "421 … blocked", wording: "421 … blocked", group: "cox CXCNCT" },
  });
});

test("a number that the report does not have stands for nothing", () => {
  for (const asked of [
    { provider: 1 },
    { provider: 0, code: 7 },
    { code: 0 },
    { wording: 3 },
    { step: 1 },
    { domain: 0 },
  ])
    assert.equal(chosenBy(page, asked), undefined, JSON.stringify(asked));
});

test("a page asks for lines by numbers only", () => {
  assert.deepEqual(readFromPage({ type: "lines", of: { provider: 2, kind: "ours" } }), {
    type: "lines",
    of: { provider: 2, kind: "ours" },
  });
  for (const asked of [undefined, 7, { provider: "0" }, { step: -1 }, { kind: "other" }, { provider: 1.5 }])
    assert.equal(readFromPage({ type: "lines", of: asked }), undefined, JSON.stringify(asked));
});
