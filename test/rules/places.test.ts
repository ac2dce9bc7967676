// Where files of rules are looked for on a disk.
import assert from "node:assert/strict";
import { homedir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { rulesFiles } from "../../server/src/node/rulesFiles.ts";

function places(folders: readonly string[], named: readonly string[]): string[] {
  return rulesFiles.places(folders, named).map(({ uri }) => uri);
}

const uri = (path: string): string => pathToFileURL(path).href;
const root = join(homedir(), "logs");

test("each folder may have one file, and the named ones come behind, each once", () => {
  const folders = [uri(root), uri(join(root, "b"))];
  const own = [uri(join(root, ".smtp-log-lens.json")), uri(join(root, "b", ".smtp-log-lens.json"))];
  assert.deepEqual(places(folders, [join(root, "x.json"), join(root, ".smtp-log-lens.json")]), [
    ...own,
    uri(join(root, "x.json")),
  ]);
});

test("~ is the home, and a relative path starts at the first folder", () => {
  assert.deepEqual(places([], ["~/mine.json"]), [uri(join(homedir(), "mine.json"))]);
  assert.deepEqual(places([uri(root)], ["../x.json"]).slice(1), [uri(join(homedir(), "x.json"))]);
});

test("without a folder a relative path leads nowhere, and a folder that is on no disk has no file", () => {
  assert.deepEqual(places([], ["x.json"]), []);
  assert.deepEqual(places(["vscode-vfs://github/a/b", "untitled:x", "%"], []), []);
});

test("what is no file of a disk, or cannot be, is not read", () => {
  assert.equal(rulesFiles.read("vscode-vfs://github/a/b"), undefined);
  assert.equal(rulesFiles.read(uri(join(root, "no", "such", "file.json"))), undefined);
  const folder = rulesFiles.read(uri(homedir()));
  assert.deepEqual(folder, { fault: "is no file" });
});
