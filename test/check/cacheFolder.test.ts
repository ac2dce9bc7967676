// Where the health of lists is kept: the folder for caches of each system, and what is no folder for it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { cacheFolder, isLocalFolder } from "../../server/src/node/cacheFolder.ts";

const home = "/home/pat";
const named = "/var/cache/pat";

test("each system has its own place for what can be lost", () => {
  assert.equal(cacheFolder({ platform: "linux", env: {}, home }), "/home/pat/.cache/smtp-log-lens");
  assert.equal(cacheFolder({ platform: "darwin", env: {}, home }), "/home/pat/Library/Caches/smtp-log-lens");
  const windows = { platform: "win32", home: "C:\\Users\\pat" } as const;
  assert.equal(cacheFolder({ ...windows, env: {} }), "C:\\Users\\pat\\AppData\\Local\\smtp-log-lens");
  assert.equal(cacheFolder({ ...windows, env: { LOCALAPPDATA: "D:\\Local" } }), "D:\\Local\\smtp-log-lens");
});

test("the folder that the user names for caches is used, unless its path is relative", () => {
  for (const platform of ["linux", "darwin", "freebsd"] as const)
    assert.equal(cacheFolder({ platform, env: { XDG_CACHE_HOME: named }, home }), `${named}/smtp-log-lens`);
  for (const relative of ["", "cache", "./cache", "../cache"])
    assert.equal(
      cacheFolder({ platform: "linux", env: { XDG_CACHE_HOME: relative }, home }),
      "/home/pat/.cache/smtp-log-lens",
    );
});

test("a user without a home has no such folder, unless one is named", () => {
  for (const platform of ["linux", "darwin", "win32"] as const)
    assert.equal(cacheFolder({ platform, env: {}, home: "" }), undefined);
  assert.equal(cacheFolder({ platform: "linux", env: { XDG_CACHE_HOME: named }, home: "" }), `${named}/smtp-log-lens`);
});

test("a client may lend a folder of this machine, by its whole path, and nothing else", () => {
  assert.ok(isLocalFolder(import.meta.dirname));
  for (const folder of [undefined, "", "here", "../here", "//host/share", "\\\\host\\share", `${home}\0x`])
    assert.ok(!isLocalFolder(folder), folder);
});
