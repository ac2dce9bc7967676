// No pattern of the catalogue can be made to run for ever by the text of a log.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import * as patterns from "../../server/src/catalogue/patterns.ts";
import { assertLinear, backtracks } from "../support/backtracking.ts";

for (const [name, pattern] of Object.entries(patterns)) {
  test(`${name} is free of catastrophic backtracking`, () => {
    assertLinear(pattern, name);
  });
}

test("a pattern that does backtrack is found out", () => {
  assert.ok(backtracks(/^(a+)+$/));
  assert.ok(backtracks(/\s+$/));
});

test("no other file of the room hides a regular expression", () => {
  const folder = new URL("../../server/src/catalogue/", import.meta.url);
  const files = readdirSync(folder).filter((file) => file !== "patterns.ts");
  const hiding = files.filter((file) =>
    /(?:[=(,:]\s*\/[^/*\s].*\/[dgimsuvy]*[.,;)])|new RegExp|RegExp\(/.test(readFileSync(new URL(file, folder), "utf8")),
  );
  assert.deepEqual(hiding, []);
});
