// No pattern of the catalogue can be made to run for ever by the text of a log.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import recheck from "recheck";
import * as patterns from "../../server/src/catalogue/patterns.ts";

for (const [name, pattern] of Object.entries(patterns)) {
  test(`${name} is free of catastrophic backtracking`, () => {
    const result = recheck.checkSync(pattern.source, pattern.flags);
    assert.equal(result.status, "safe", JSON.stringify(result));
  });
}

test("a pattern that does backtrack is found out", () => {
  assert.equal(recheck.checkSync("^(a+)+$", "").status, "vulnerable");
});

test("no other file of the room hides a regular expression", () => {
  const folder = new URL("../../server/src/catalogue/", import.meta.url);
  const files = readdirSync(folder).filter((file) => file !== "patterns.ts");
  const hiding = files.filter((file) =>
    /(?:[=(,:]\s*\/[^/*\s].*\/[dgimsuvy]*[.,;)])|new RegExp|RegExp\(/.test(readFileSync(new URL(file, folder), "utf8")),
  );
  assert.deepEqual(hiding, []);
});
