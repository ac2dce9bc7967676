// Bytes that are scanned sixteen at a time show the lines that the patterns themselves find in the text.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { formats } from "../../server/src/log/formats/index.ts";
import { baitsFor } from "../../server/src/log/readAs.ts";
import { sequencesOf } from "../../server/src/node/bytes/anchors.ts";
import type { Scanner } from "../../server/src/node/bytes/contract.ts";
import { createFastScanner } from "../../server/src/node/bytes/scanner.ts";
import { createTextScanner } from "../../server/src/node/bytes/textScanner.ts";
import { logs } from "./support.ts";

interface Seen {
  readonly line: number;
  readonly start: number;
  readonly end: number;
}

/** The lines that a scanner finds, but those that it is not sure of and on which no bait bites. */
function scanned(scanner: Scanner, bytes: Buffer, baits: readonly RegExp[]): { seen: Seen[]; lines: number } {
  scanner.buffer.fill(0);
  scanner.buffer.set(bytes);
  const seen: Seen[] = [];
  const lines = scanner.scan({ from: 0, end: bytes.length, line: 7 }, (line, start, end, sure) => {
    const text = bytes.toString("latin1", start, end + 1);
    const bites = baits.some((bait) => {
      bait.lastIndex = 0;
      return bait.test(text);
    });
    assert.ok(bites || !sure, `nothing bites on ${JSON.stringify(text.slice(0, 200))}`);
    if (bites) seen.push({ line, start, end });
  });
  return { seen, lines };
}

function assertAgree(bytes: Buffer, baits: readonly RegExp[], sample = bytes): void {
  const fast = createFastScanner(baits, sample, bytes.length);
  assert.ok(fast !== undefined, "this machine has SIMD, and each bait can be looked for in bytes");
  assert.deepEqual(scanned(fast, bytes, baits), scanned(createTextScanner(baits, bytes.length), bytes, baits));
}

for (const { id } of formats) {
  test(`on all test logs, taken for ${id}, both ways find the same lines`, () => {
    for (const path of logs) assertAgree(readFileSync(path), baitsFor(id));
  });
}

test("what a bait wants is found at every distance from the start of a line and of the text", () => {
  for (let before = 0; before < 70; before++)
    for (const bait of ["status=bounced", " 550 no", "x said: \t", "AUP#C", "a said:\r"]) {
      const text = `${"-".repeat(before)}${bait}\nnext line\n${" ".repeat(before)}\n${bait}`;
      assertAgree(Buffer.from(text), baitsFor("postfix"));
    }
});

test("a letter beyond ASCII beside a bait, invalid bytes, NULs and lone carriage returns change nothing", () => {
  const parts = ["é550 no", "550 né", "\u0000\u0000550 x", "a\rb 550 c\r", "„AUP#CXBL“", "\u2028reject", ""];
  for (const end of ["\n", "\r\n", "\n\n\n", ""])
    assertAgree(
      Buffer.concat([Buffer.from(parts.join(end)), Buffer.from([0xff, 0xc3, 10, 0xe2, 0x80])]),
      baitsFor("postfix"),
    );
});

test("on a hundred texts made of pieces of baits both ways find the same lines", () => {
  let state = 11;
  const random = (most: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 0x1_0000_0000) * most);
  };
  const pieces = [
    "stat",
    "us=b",
    "reje",
    "ct",
    " ",
    "4",
    "5",
    "50",
    "-",
    "said",
    ":",
    "\n",
    "\r\n",
    "AUP",
    "#C",
    "é",
    "= ",
    "==",
  ];
  for (let round = 0; round < 100; round++) {
    const text = Array.from({ length: 400 }, () => pieces[random(pieces.length)]).join("");
    for (const id of ["postfix", "sendmail"] as const) assertAgree(Buffer.from(text), baitsFor(id));
  }
});

test("more lines than fit at once are all found, with their numbers", () => {
  const bytes = Buffer.from("connect from a\n550 no\n".repeat(20_000));
  const scanner = createFastScanner(baitsFor("postfix"), bytes, bytes.length);
  assert.ok(scanner !== undefined);
  const { seen, lines } = scanned(scanner, bytes, baitsFor("postfix"));
  assert.equal(lines, 40_000);
  assert.deepEqual(
    seen.map(({ line }) => line),
    Array.from({ length: 20_000 }, (_, at) => 7 + 2 * at + 1),
  );
});

test("a pattern is looked for by what all its bites begin with, and taken on trust only when that is all of it", () => {
  const told = (bait: RegExp) =>
    sequencesOf(bait)?.map(
      ({ sets, sure }) =>
        `${sure ? "" : "?"}${sets.map((set) => (set.size === 1 ? String.fromCharCode(...set) : set.size)).join("")}`,
    );
  assert.deepEqual(told(/stat=(?!Sent)|reply=[45]/g), ["?stat=", "reply=2"]);
  assert.deepEqual(told(/(?<![\w.-])[45]\d\d(?=[ -])/g), ["191210102"]);
  assert.deepEqual(told(/delivery \d{1,10}: fail/g), ["?delivery 10"]);
  assert.deepEqual(told(/code"?=x/g), ['code"=x', "code=x"]);
  assert.deepEqual(told(/\b(?:ab|cd) z/g), ["?ab z", "?cd z"]);
  assert.deepEqual(told(/ab{2}c/g), ["abbc"]);
  assert.deepEqual(told(/a[^b]c/g), ["?a255"]);
  assert.equal(sequencesOf(/x*y/g), undefined);
  assert.equal(sequencesOf(/abc/gi), undefined);
});
