// The addresses of explanation pages: only ours are opened.
import assert from "node:assert/strict";
import { test } from "node:test";
import { checkPath, isAddress, pagePath } from "../../client/src/pages.ts";

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

test("IPv4 and IPv6 addresses are known by their shape", () => {
  for (const ip of ["203.0.113.7", "0.0.0.0", "::", "::1", "2001:db8::7", "1:2:3:4:5:6:7:8", "::ffff:192.0.2.1"]) {
    assert.ok(isAddress(ip), ip);
  }
});

test("host names, sums and broken addresses are no addresses", () => {
  const others = [
    "",
    "example.org",
    "256.1.1.1",
    "1.2.3",
    "1.2.3.4.5",
    "1:2:3",
    ":::",
    "1::2::3",
    "g::1",
    "1:2:3:4:5:6:7:8:9",
  ];
  for (const other of others) assert.ok(!isAddress(other), other);
});
