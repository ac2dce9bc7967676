// Strangers' words and times in the panel, and the empty page it starts from.
import assert from "node:assert/strict";
import { test } from "node:test";
import { html } from "../../client/src/panel/html.ts";
import { readableTime, visible } from "../../client/src/panel/page/text.ts";

test("invisible characters of a log line are shown", () => {
  assert.equal(visible("a\u0000b\u001b[31m"), "a␀b␛[31m");
  assert.equal(visible("user\u202egro.elpmaxe@"), "user‹U+202E›gro.elpmaxe@");
  assert.equal(visible("zero\u200bwidth\ufeff"), "zero‹U+200B›width‹U+FEFF›");
  assert.equal(visible("Grüße, メール 😀"), "Grüße, メール 😀");
});

test("a time is shown without its fraction, with its zone", () => {
  assert.equal(readableTime("2024-06-03T09:14:05.123456+02:00"), "2024-06-03 09:14:05 +02:00");
  assert.equal(readableTime("2024-06-03T09:14:05"), "2024-06-03 09:14:05");
  assert.equal(readableTime("yesterday\u202e"), "yesterday‹U+202E›");
});

test("the panel's page allows its own script and nothing else", () => {
  const page = html("abc123", "https://webview.example/dist/panel.js");
  assert.match(page, /default-src 'none'; script-src 'nonce-abc123'/);
  assert.doesNotMatch(page, /unsafe-|style-src|img-src|connect-src/);
});
