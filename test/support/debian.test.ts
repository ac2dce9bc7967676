// The programs that tests drive: the test command installs them before any test begins.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { test } from "node:test";
import { ensurePrograms, programPath, programs } from "./debian.ts";

test("every program that tests need is here, and then nothing is installed", () => {
  for (const name of programs) {
    const path = programPath(name);
    assert.ok(path !== undefined && existsSync(path), name);
  }
  ensurePrograms();
});

test("the Python that is named can evaluate SPF", () => {
  // Without a question to any DNS.
  const code =
    "import spf; print(spf.query(i='192.0.2.1', s='a@example.net', h='h').validate_mechanism('ip4:192.0.2.0/24')[4])";
  const { stdout } = spawnSync(programPath("python3-spf") ?? "", ["-c", code], { encoding: "utf8" });
  assert.match(stdout, /^pass/);
});
