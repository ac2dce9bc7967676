// A text that is scanned as bytes shows the lines that the patterns find.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { formats } from "../../server/src/log/formats/index.ts";
import { baitsFor } from "../../server/src/log/readAs.ts";
import { scan, wholeOf } from "../../server/src/log/scan.ts";
import { sniff } from "../../server/src/log/sniff.ts";
import type { FormatId } from "../../server/src/model.ts";
import { scanText } from "../../server/src/node/scanText.ts";
import { logFolder, logs } from "./support.ts";

const enough = 100_000;

function assertSame(text: string, format: FormatId, stretch = wholeOf(text)): void {
  const found = scanText(text, stretch, format);
  assert.ok(found !== undefined, "the text is long enough to be scanned as bytes");
  assert.deepEqual(found, scan(text, stretch, baitsFor(format)));
}

/** The log over and over, until it is long enough. */
function longOf(text: string): string {
  const whole = text.endsWith("\n") ? text : `${text}\n`;
  return whole.repeat(Math.ceil(enough / Math.max(1, whole.length)));
}

for (const path of logs) {
  test(`${path.slice(logFolder.length + 1)} shows the same lines both ways`, () => {
    const text = longOf(new TextDecoder().decode(readFileSync(path)));
    assertSame(text, sniff(text) ?? "plain");
    assertSame(text.trimEnd(), sniff(text) ?? "plain");
  });
}

const refusal =
  "Nov 23 18:16:04 mx1 postfix/smtp[904]: 044B211F7: to=<you@cox.net>, relay=mx.example.net[192.0.2.9]:25, delay=4, delays=0/0/0/4, dsn=4.0.0, status=deferred (host mx.example.net[192.0.2.9] said: 421 try later)";
const quiet = "Nov 23 18:16:05 mx1 postfix/qmgr[902]: 044B211F8: removed";

test("letters beyond ASCII, emoji, halves of them and both kinds of line ends move no line and no column", () => {
  const rows = [
    quiet,
    refusal,
    "größer 550 nö",
    "😀 550 5.1.1 no 😀",
    "\ud83d 550 half",
    "\ufeff550 x",
    "550 nô\r",
    "",
    "日本 421 後で",
  ];
  const text = Array.from({ length: 9000 }, (_, at) => rows[(at * 7) % rows.length]).join("\n");
  for (const { id } of formats) assertSame(text, id);
});

test("lines longer than what is scanned at a time, with and without a bait at their beginning, hide no other line", () => {
  for (const filler of ["x", "ö"]) {
    const long = filler.repeat(900_000);
    const text = [quiet, `${refusal}${long}`, quiet, long, refusal, `${long} 550 too far`, refusal].join("\n");
    assertSame(text, "postfix");
    assertSame(`${text}\n`, "postfix");
  }
});

test("a stretch within a text counts its lines from where it begins, and does not look behind its end", () => {
  const before = `${refusal}\n`.repeat(20);
  const text = `${before}${`${quiet}\n${refusal}\n`.repeat(2000)}${refusal}\n`;
  const end = text.length - refusal.length - 1;
  assertSame(text, "postfix", { start: before.length, end, line: 20 });
});

test("a short stretch is left to the patterns", () => {
  assert.equal(scanText(refusal, wholeOf(refusal), "postfix"), undefined);
});
