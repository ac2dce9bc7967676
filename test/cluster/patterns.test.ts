// No pattern of the templates can be made to run for ever by what a stranger says.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import recheck from "recheck";
import * as patterns from "../../server/src/cluster/patterns.ts";

for (const [name, pattern] of Object.entries(patterns)) {
  test(`${name} is free of catastrophic backtracking`, () => {
    const result = recheck.checkSync(pattern.source, pattern.flags);
    assert.equal(result.status, "safe", JSON.stringify(result));
  });
}

test("no other file of the room hides a regular expression but for blanks", () => {
  const folder = new URL("../../server/src/cluster/", import.meta.url);
  for (const file of readdirSync(folder).filter((file) => file !== "patterns.ts")) {
    const text = readFileSync(new URL(file, folder), "utf8").replace("/\\s+/g", "");
    assert.doesNotMatch(text, /[=(,:]\s*\/[^/*\s].*\/[dgimsuvy]*[.,;)]|RegExp\(/, file);
  }
});
