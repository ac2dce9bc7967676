// What the server keeps from one window to the next: lists' health, in the folder that our client lends, else in the user's for caches.
import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { type CheckRefusal, methods, type PlanAnswer } from "../../server/src/protocol.ts";
import { useOwnCache } from "../support/cache.ts";
import type { TestDns } from "../support/dns.ts";
import { startServer, type TestEditor } from "../support/server.ts";
import { coxLog, listed, questionsDuring, startLists } from "./checkDns.ts";

const cache = join(useOwnCache(), "smtp-log-lens");
let dns: TestDns;
let lent: string;
before(async () => {
  dns = await startLists();
});
beforeEach(() => {
  lent = mkdtempSync(join(tmpdir(), "storage-"));
});
afterEach(() => {
  for (const folder of [lent, cache]) rmSync(folder, { recursive: true, force: true });
});
after(() => dns?.stop());

/** What a window of its own asks when a check is agreed to in it, or not. */
async function askedInWindow(editor: TestEditor, consent = true): Promise<readonly string[]> {
  const server = await startServer({ ...editor, settings: { check: { resolver: [dns.address] } } });
  try {
    await server.open({ uri: "file:///var/log/mail.log", text: coxLog });
    return await questionsDuring(dns, async () => {
      const wish = { ips: [listed], typed: {}, extras: false, keys: {} };
      const planned = await server.connection.sendRequest<PlanAnswer | CheckRefusal>(methods.plan, wish);
      assert.ok("id" in planned, JSON.stringify(planned));
      const params = { id: "1", plan: planned.id, index: 0, consent, fresh: false };
      const report = await server.connection.sendRequest<object>(methods.check, params);
      assert.equal("rows" in report, consent);
    });
  } finally {
    await server.stop();
  }
}

const tests = (asked: readonly string[]) => asked.filter((question) => /^[12]\.0\.0\.127\./.test(question));

test("the next window does not ask for the test entries again, and only the folder that our client lends is used", async () => {
  const editor = { panel: true, storage: join(lent, "globalStorage", "smtp-log-lens") };
  assert.ok(tests(await askedInWindow(editor)).includes("2.0.0.127.zen.spamhaus.org A"));
  const again = await askedInWindow(editor);
  assert.deepEqual(tests(again), []);
  assert.ok(again.includes("160.69.2.81.zen.spamhaus.org A"));
  assert.deepEqual(readdirSync(editor.storage), ["health.json"]);
  assert.ok(!readFileSync(join(editor.storage, "health.json"), "utf8").includes("zen"));
  assert.ok(!existsSync(cache));
});

test("an editor that lends no folder, or none that is one, shares the command line's", async () => {
  assert.notDeepEqual(tests(await askedInWindow({})), []);
  assert.deepEqual(readdirSync(cache), ["health.json"]);
  for (const storage of ["here", "//host.invalid/share", "", 7, null, { path: lent }, `/${"x".repeat(9_000)}`])
    assert.deepEqual(tests(await askedInWindow({ storage })), [], JSON.stringify(storage).slice(0, 40));
});

test("without consent nothing is written, in either folder", async () => {
  const storage = join(lent, "globalStorage");
  assert.deepEqual(await askedInWindow({ panel: true, storage }, false), []);
  assert.deepEqual(await askedInWindow({}, false), []);
  assert.ok(!existsSync(storage) && !existsSync(cache));
});
