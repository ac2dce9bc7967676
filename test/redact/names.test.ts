// Pseudonyms over several texts, with a key, and when there are too many.
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { test } from "node:test";
import { createAddresses } from "../../server/src/redact/addresses.ts";
import { hexOf, hexText } from "../../server/src/redact/hex.ts";
import { createTable, mostValues } from "../../server/src/redact/table.ts";
import { createRedactor } from "../../server/src/redacting.ts";
import { allLogs, comparable, textOf } from "./logs.ts";

const digest = (text: string): string => createHmac("sha256", "not a secret").update(text).digest("hex");

test("one redactor names the same value alike in several logs", () => {
  const redactor = createRedactor();
  assert.deepEqual(redactor.redact("from ann@example.org and bob@example.net\n"), {
    text: "from user-1@domain-1.example and user-2@domain-2.example\n",
    values: 4,
  });
  assert.deepEqual(redactor.redact("to bob@example.net"), { text: "to user-2@domain-2.example", values: 2 });
});

test("a log in chunks is redacted as it is whole", () => {
  const text = textOf("test/logs/real/exim-mainlog.log");
  const redactor = createRedactor();
  const chunks = text.match(/(?:.*\n){1,100}|.+$/g) ?? [];
  assert.equal(chunks.map((chunk) => redactor.redact(chunk).text).join(""), createRedactor().redact(text).text);
});

test("with a key the names do not depend on what came before", () => {
  const alone = createRedactor(digest).redact("bob@example.net mx.example.org 203.0.113.7 2a02:2e0::1").text;
  const later = createRedactor(digest);
  later.redact("ann@example.org 203.0.113.9 mx2.example.com");
  assert.equal(later.redact("bob@example.net mx.example.org 203.0.113.7 2a02:2e0::1").text, alone);
  assert.match(alone, /^user-[0-9a-f]{12}@domain-[0-9a-f]{12}\.example mx-[0-9a-f]{12}\.domain-[0-9a-f]{12}\.example /);
});

test("with another key they are others", () => {
  const other = (text: string): string => digest(`another ${text}`);
  assert.notEqual(
    createRedactor(other).redact("ann@example.org").text,
    createRedactor(digest).redact("ann@example.org").text,
  );
});

test("names from a key change no finding", () => {
  for (const path of allLogs) {
    const text = textOf(path);
    assert.deepEqual(comparable(createRedactor(digest).redact(text).text), comparable(text), path);
  }
});

test("line ends of every kind stay, and a redactor counts no line that is not there", () => {
  const text = "ann@example.org\r\nbob@example.org\rann@example.org\n\n";
  assert.equal(
    createRedactor().redact(text).text,
    "user-1@domain-1.example\r\nuser-2@domain-1.example\ruser-1@domain-1.example\n\n",
  );
});

test("different public addresses become different addresses that are nobody's, first of RFC 5737, then of RFC 2544", () => {
  const addresses = createAddresses(createTable(undefined));
  const made = new Set<string>();
  for (let at = 0; at < 2_000; at++) {
    made.add(hexText(addresses.replaced((0x08000001 + at * 257).toString(16).padStart(8, "0"))));
  }
  assert.equal(made.size, 2_000);
  assert.equal([...made].filter((ip) => /^(?:192\.0\.2|198\.51\.100|203\.0\.113)\./.test(ip)).length, 762);
  assert.equal([...made].filter((ip) => /^198\.1[89]\./.test(ip)).length, 2_000 - 762);
});

test("with a key, too, different addresses become different ones", () => {
  const addresses = createAddresses(createTable(digest));
  const made = new Set<string>();
  for (let at = 0; at < 5_000; at++) made.add(addresses.replaced((0x08000001 + at).toString(16).padStart(8, "0")));
  assert.equal(made.size, 5_000);
});

test("beyond the bound later values share a name, and those before keep theirs", () => {
  const table = createTable(undefined);
  for (let at = 0; at < mostValues; at++) table.tag("user", `u${at}`);
  assert.equal(table.full, false);
  assert.equal(table.tag("user", "one more"), "other");
  assert.equal(table.tag("user", "yet another"), "other");
  assert.equal(table.full, true);
  assert.equal(table.tag("user", "u7"), "8");
  const addresses = createAddresses(table);
  assert.equal(
    hexText(addresses.replaced(hexOf("203.0.113.7") ?? "")),
    hexText(addresses.replaced(hexOf("203.0.113.8") ?? "")),
  );
});

test("an IPv6 address has one text", () => {
  const texts = {
    "2001:0DB8:0:0:0:0:0:1": "2001:db8::1",
    "1:0:0:2:0:0:0:3": "1:0:0:2::3",
    "::": "::",
    "0:0:0:0:0:0:0:1": "::1",
  };
  for (const [from, to] of Object.entries({ ...texts, "1:2:3:4:5:6:7:8": "1:2:3:4:5:6:7:8", "fe80::": "fe80::" })) {
    assert.equal(hexText(hexOf(from) ?? ""), to);
  }
});
