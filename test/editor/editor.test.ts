// Plays the journeys of suite/ in a real VS Code; each journey is a test of its own.
import assert from "node:assert/strict";
import { test } from "node:test";
import { playSuite } from "./playSuite.ts";

test("SMTP Log Lens in a real VS Code", { timeout: 600_000 }, async (t) => {
  const played = await playSuite();
  t.diagnostic(`played in ${played.home}`);
  for (const { name, milliseconds, failure } of played.results) {
    await t.test(`${name} (${milliseconds} ms)`, () => assert.ok(failure === undefined, failure));
  }
  assert.ok(played.toTheEnd, `VS Code ended before the last journey:\n${played.output}`);
});
