// No pattern of this room can be made to run for ever by the text of a log.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import * as patterns from "../../server/src/trace/patterns.ts";
import { groupNames, wordings } from "../../server/src/trace/wordings.ts";
import { assertLinear } from "../support/backtracking.ts";

const named: readonly (readonly [string, RegExp])[] = [
  ...Object.entries(patterns).flatMap(([name, pattern]) => [pattern].flat().map((one) => [name, one] as const)),
  ...wordings.map(({ frame, shape }) => [`a wording of ${frame}`, shape] as const),
];

for (const [name, pattern] of named) {
  test(`${name} is free of catastrophic backtracking: ${pattern.source.slice(0, 60)}`, () => {
    assertLinear(pattern, name);
  });
}

test("every group of a wording has a name that is read", () => {
  const names = wordings.flatMap(({ shape }) => [...shape.source.matchAll(/\(\?<(\w+)>/g)].map((match) => match[1]));
  assert.deepEqual(
    names.filter((name) => !groupNames.some((known) => known === name)),
    [],
  );
  assert.ok(wordings.every(({ shape }) => shape.source.includes("(?<")));
});

test("no other file of the room hides a regular expression", () => {
  const folder = new URL("../../server/src/trace/", import.meta.url);
  const files = readdirSync(folder).filter((file) => file !== "patterns.ts" && file !== "wordings.ts");
  const hiding = files.filter((file) =>
    /(?:[=(,:]\s*\/[^/*\s].*\/[dgimsuvy]*[.,;)])|new RegExp|RegExp\(/.test(readFileSync(new URL(file, folder), "utf8")),
  );
  assert.deepEqual(hiding, []);
});
