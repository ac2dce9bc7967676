// Which wishes of a page the panel follows.
import assert from "node:assert/strict";
import { test } from "node:test";
import { pageLinks, pageLog, pagePlaces } from "../../client/src/panel/page/links.ts";
import { offersRow, offersToCopy, requestOf } from "../../client/src/panel/wishes.ts";
import type { Page } from "../../server/src/protocol.ts";
import { exim, log, remedyPage } from "./remedyPage.ts";

const page = remedyPage();
const check: Page = { kind: "check", ip: "203.0.113.7", origin: undefined };

test("only lines that the page offers reach the clipboard, whole files of them", () => {
  assert.ok(offersToCopy(page, "cox.net\tcox:\n"));
  assert.ok(offersToCopy(page, "remote_max_parallel = 2\n"));
  for (const other of ["", "rm -rf /", "cox.net\tcox:", "transport_maps =\n"])
    assert.ok(!offersToCopy(page, other), other);
  assert.ok(!offersToCopy(check, "cox.net\tcox:\n"));
  assert.ok(!offersToCopy(undefined, "cox.net\tcox:\n"));
});

test("a file that only loses lines offers nothing to copy", () => {
  const lines = [{ kind: "remove" as const, text: "remote_max_parallel = 20", why: undefined }];
  const losing = remedyPage({ settings: [{ ...exim, files: [{ path: "/etc/exim4/exim4.conf", lines }] }] });
  assert.ok(!offersToCopy(losing, ""));
});

test("a letter is drafted about an address of the page's log, or about the log's most frequent", () => {
  assert.deepEqual(requestOf(page, "203.0.113.8"), { page: "cox/CXCNCT", log, ip: "203.0.113.8" });
  assert.deepEqual(requestOf(page, undefined), { page: "cox/CXCNCT", log, ip: undefined });
  assert.equal(requestOf(page, "198.51.100.1"), undefined);
});

test("no letter is drafted where none helps, without a log, or for a page that only checks", () => {
  assert.equal(requestOf(remedyPage({ noRequest: "It ends by itself." }), "203.0.113.7"), undefined);
  assert.equal(requestOf(remedyPage({ log: undefined }), "203.0.113.7"), undefined);
  assert.equal(requestOf(check, "203.0.113.7"), undefined);
  assert.equal(requestOf(undefined, undefined), undefined);
});

test("judgements, figures, steps of the plot and rows of the table are places to go to", () => {
  const places = pagePlaces(page);
  for (const line of [811, 402, 802, 930, 800, 700]) assert.ok(places.includes(line), String(line));
  assert.ok(!places.includes(701));
});

test("the sources of settings and of good practice may be opened, unsafe ones not", () => {
  const sources = [{ name: "x", url: "file:///etc/passwd" }];
  const links = pageLinks(remedyPage({ settings: [...page.settings, { ...exim, sources }] }));
  assert.ok(links.includes("https://www.postfix.org/transport.5.html"));
  assert.ok(links.includes("https://www.m3aawg.org/sender-bcp"));
  assert.ok(!links.includes("file:///etc/passwd"));
});

test("a row is made only of a reply that the page of unknown ones shows", () => {
  const unknown: Page = {
    kind: "unknown",
    log: { uri: log, failures: 2, unknown: 2, kinds: 1, left: 0 },
    replies: [{ template: "559 qqq", count: 2, provider: "Cox", direction: "they-refused-us", first: 3, last: 9 }],
  };
  const wish = { uri: log, line: 3, template: "559 qqq" };
  assert.ok(offersRow(unknown, wish));
  for (const other of [
    { ...wish, line: 9 },
    { ...wish, template: "559" },
    { ...wish, uri: "file:///etc/passwd" },
  ])
    assert.ok(!offersRow(unknown, other));
  for (const other of [page, check, undefined]) assert.ok(!offersRow(other, wish));
  assert.deepEqual([pagePlaces(unknown), pageLinks(unknown), pageLog(unknown)], [[3, 9], [], log]);
  assert.deepEqual([pageLog(page), pageLog(check)], [log, undefined]);
});
