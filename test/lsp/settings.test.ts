// Settings decide what is shown, and bad ones fall back to the default.
import assert from "node:assert/strict";
import { test } from "node:test";
import { readSettings } from "../../server/src/lsp/settings.ts";

test("an editor that sends nothing useful gets the defaults", () => {
  for (const section of [undefined, null, 7, "x", [], {}]) {
    assert.deepEqual(readSettings(section), {
      diagnostics: true,
      severity: { permanent: "error", temporary: "warning", ours: "information" },
      resolving: { servers: [], endpoint: undefined },
      limits: {},
      lists: {},
      rules: [],
    });
  }
});

test("files of rules are a list of paths, and what is no path is ignored", () => {
  assert.deepEqual(readSettings({ rules: ["~/a.json", 7, "", " ", null, "b.json"] }).rules, ["~/a.json", "b.json"]);
  assert.deepEqual(readSettings({ rules: "a.json" }).rules, []);
  assert.equal(readSettings({ rules: Array(100).fill("a.json") }).rules.length, 16);
});

test("each kind has a severity of its own, and a word that is none is ignored", () => {
  const { severity } = readSettings({ severity: { permanent: "off", temporary: "loud", ours: "hint" } });
  assert.deepEqual(severity, { permanent: "off", temporary: "warning", ours: "hint" });
});

test("resolvers may be a text or a list", () => {
  assert.deepEqual(readSettings({ check: { resolver: "127.0.0.1:53, [::1]:53" } }).resolving.servers, [
    "127.0.0.1:53",
    "[::1]:53",
  ]);
  assert.deepEqual(readSettings({ check: { resolver: ["127.0.0.1:53", 7] } }).resolving.servers, ["127.0.0.1:53"]);
});

test("a DNS over HTTPS address, time limits and lists are read, and what is none of them is ignored", () => {
  const check = {
    dnsOverHttps: " https://dns.example/dns-query ",
    timeout: { question: 1_000, total: 1e9 },
    lists: { "BL.spamcop.net": false, "dnsbl.example.org": true, "bad.example": "yes" },
  };
  const { resolving, limits, lists } = readSettings({ check });
  assert.equal(resolving.endpoint, "https://dns.example/dns-query");
  assert.deepEqual(limits, { questionMs: 1_000 });
  assert.deepEqual(lists, { "bl.spamcop.net": false, "dnsbl.example.org": true });
});
