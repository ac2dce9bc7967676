// The addresses of explanation pages: only ours are opened.
import assert from "node:assert/strict";
import { test } from "node:test";
import { checkPath, entryPath, pageEntry, pagePath, unknownPath } from "../../client/src/pages.ts";
import type { Finding } from "../../server/src/model.ts";
import { checkPage, findingCheckPage } from "../../server/src/tell/pages.ts";

test("the page of a catalogue entry is opened by its path", () => {
  assert.equal(pagePath("smtp-explain:/cox/CXCNCT.md"), "/cox/CXCNCT.md");
  assert.equal(pagePath("smtp-explain:/standard/5.7.1.md"), "/standard/5.7.1.md");
});

test("the colons of an IPv6 address may come percent-encoded", () => {
  assert.equal(pagePath("smtp-explain:/check/2001%3Adb8%3A%3A1.md"), "/check/2001:db8::1.md");
});

test("anything but a page of ours is not opened", () => {
  const others = [
    "https://example.org/cox/CXCNCT.md",
    "command:workbench.action.terminal.new",
    "smtp-explain:/../../etc/passwd.md",
    "smtp-explain:/cox/CX%ZZ.md",
    "smtp-explain:/cox/a b.md",
    `smtp-explain:/cox/${"A".repeat(300)}.md`,
    "smtp-explain:/CXCNCT.md",
    "smtp-explain:/cox/CXCNCT",
    42,
    undefined,
    { toString: () => "smtp-explain:/cox/CXCNCT.md" },
  ];
  for (const other of others) assert.equal(pagePath(other), undefined, String(other));
});

test("the page that checks an address has an address of ours", () => {
  for (const ip of ["203.0.113.7", "2001:db8::1"]) {
    assert.equal(pagePath(`smtp-explain:${checkPath(ip)}`), checkPath(ip));
  }
});

test("the page that checks an address because of a refusal is opened by code and line", () => {
  assert.equal(pagePath("smtp-explain:/check/cox/IPBL0001/12/81.2.69.160.md"), "/check/cox/IPBL0001/12/81.2.69.160.md");
  const six = "smtp-explain:/check/standard/4.7.1/3/2001%3A0db8%3A%3A7.md";
  assert.equal(pagePath(six), "/check/standard/4.7.1/3/2001:0db8::7.md");
  for (const other of ["cox/IPBL0001/12", "cox/IPBL0001/x/192.0.2.1", "cox/12/192.0.2.1", "cox/A/1/2/192.0.2.1"])
    assert.equal(pagePath(`smtp-explain:/check/${other}.md`), undefined, other);
});

test("every address that the server gives a check is opened", () => {
  const finding = { entry: { id: "cox/IPBL" }, decoded: { bits: "0001" }, delivery: { line: 11 } };
  const page = findingCheckPage(finding as unknown as Finding, "81.2.69.160");
  assert.equal(page, "smtp-explain:/check/cox/IPBL0001/12/81.2.69.160.md");
  assert.ok(pagePath(page));
  assert.ok(pagePath(checkPage("2001:db8::1")));
});

test("the id of an entry names its page, anything else names none", () => {
  assert.equal(entryPath("cox/IPBL0001"), "/cox/IPBL0001.md");
  for (const other of ["", "cox", "../../etc/passwd", "cox/a b"]) assert.equal(entryPath(other), undefined, other);
});

test("the page of unknown replies is a page, and no entry", () => {
  const page = "smtp-explain:/unknown/replies.md";
  assert.equal(pagePath(page), unknownPath);
  assert.equal(pageEntry(page), undefined);
});
