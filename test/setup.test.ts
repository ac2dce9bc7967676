// `node build.mjs setup`: it installs into a folder of its own, and never through a link into somebody else's.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { type TestContext, test } from "node:test";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));

/** A checkout without dependencies, an npm that only notes its arguments, and a folder that somebody else installed into. */
function checkout(t: TestContext) {
  const top = mkdtempSync(join(tmpdir(), "setup-"));
  t.after(() => rmSync(top, { recursive: true, force: true }));
  const own = join(top, "own");
  const bin = join(top, "bin");
  const theirs = join(top, "theirs");
  for (const folder of [own, bin, theirs]) mkdirSync(folder);
  for (const name of ["build.mjs", "package.json", "package-lock.json"])
    copyFileSync(join(root, name), join(own, name));
  writeFileSync(join(bin, "npm"), '#!/bin/sh\necho "$@" >> npm-ran\n', { mode: 0o755 });
  writeFileSync(join(bin, "npm.cmd"), "@echo %* >> npm-ran\r\n");
  writeFileSync(join(theirs, "precious"), "theirs\n");
  const setup = () => {
    const env = { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH}` };
    const { status, stderr } = spawnSync(process.execPath, ["build.mjs", "setup"], { cwd: own, env, encoding: "utf8" });
    const ran = join(own, "npm-ran");
    return { status, stderr, npm: existsSync(ran) ? readFileSync(ran, "utf8").trim() : undefined };
  };
  return { theirs, modules: join(own, "node_modules"), setup };
}

/** Marks the dependencies as installed before or after the lock file was written. */
function installed(folder: string, when: Date): void {
  writeFileSync(join(folder, ".package-lock.json"), "{}\n");
  utimesSync(join(folder, ".package-lock.json"), when, when);
}

const long = new Date("2020-01-01T00:00:00Z");
const later = new Date(Date.now() + 3_600_000);

test("dependencies that are missing or older than the lock file are installed", (t) => {
  const { modules, setup } = checkout(t);
  assert.match(setup().npm ?? "", /^ci /);
  mkdirSync(modules);
  installed(modules, long);
  const { status, npm } = setup();
  assert.equal(status, 0);
  assert.equal(npm?.split("\n").length, 2);
});

test("a link in place of node_modules is never installed through: setup says what to do, and ends with 1", (t) => {
  const { theirs, modules, setup } = checkout(t);
  symlinkSync(theirs, modules, "junction");
  installed(theirs, long);
  const { status, stderr, npm } = setup();
  assert.deepEqual([status, npm], [1, undefined]);
  assert.match(stderr, /^node_modules is a symbolic link.*Remove the link, then run the command again/);
  assert.equal(readFileSync(join(theirs, "precious"), "utf8"), "theirs\n");
});

test("neither is a link that leads nowhere", (t) => {
  const { theirs, modules, setup } = checkout(t);
  symlinkSync(theirs, modules, "junction");
  rmSync(theirs, { recursive: true });
  assert.deepEqual([setup().status, setup().npm], [1, undefined]);
  assert.ok(!existsSync(theirs));
});

test("a link to dependencies that are up to date is as good as a folder", (t) => {
  const { theirs, modules, setup } = checkout(t);
  symlinkSync(theirs, modules, "junction");
  installed(theirs, later);
  assert.deepEqual(setup(), { status: 0, stderr: "", npm: undefined });
});
