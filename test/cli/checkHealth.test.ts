// `check` from one run to the next: the test entries of a list are asked once a day, and what is kept for that tells nobody anything.
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, beforeEach, test } from "node:test";
import { useOwnCache } from "../support/cache.ts";
import type { TestDns } from "../support/dns.ts";
import { fine, key, listed, questionsDuring, startLists } from "./checkDns.ts";
import { run } from "./program.ts";

const folder = join(useOwnCache(), "smtp-log-lens");
const file = join(folder, "health.json");
let dns: TestDns;
before(async () => {
  dns = await startLists();
});
beforeEach(() => rmSync(folder, { recursive: true, force: true }));
after(() => dns?.stop());

function check(...args: string[]) {
  return run(["check", "--resolver", dns.address, ...args]);
}

const tests = (asked: readonly string[]) => asked.filter((question) => /^[12]\.0\.0\.127\./.test(question));

test("the second run does not ask for the test entries again, and comes to the same verdicts", async () => {
  const first = await questionsDuring(dns, () => check(listed, "--yes"));
  assert.ok(tests(first).includes("2.0.0.127.zen.spamhaus.org A"));
  assert.ok(tests(first).includes("1.0.0.127.zen.spamhaus.org A"));
  const second = await questionsDuring(dns, async () => {
    const { code, stdout, stderr } = await check(fine, "--yes");
    assert.deepEqual([code, stderr], [0, ""]);
    assert.match(stdout, /✓ not listed: Is it on Spamhaus ZEN\?[^\n]*\n[^\n]*Its test entries answer as they should/);
  });
  assert.deepEqual(tests(second), []);
  assert.ok(second.includes("161.69.2.81.zen.spamhaus.org A"));
  assert.deepEqual(readdirSync(folder), ["health.json"]);
});

test("a list that was not asked before is tested, with its key kept out of the file", async () => {
  await check(fine, "--yes");
  process.env.SMTP_LOG_LENS_KEY_DQS = key;
  try {
    const asked = await questionsDuring(dns, () => check(fine, "--yes"));
    assert.deepEqual(
      tests(asked).sort(),
      [1, 2].map((last) => `${last}.0.0.127.${key}.zen.dq.spamhaus.net A`),
    );
  } finally {
    delete process.env.SMTP_LOG_LENS_KEY_DQS;
  }
  const text = readFileSync(file, "utf8");
  for (const word of [key, "spamhaus", "zen", "127.0.0.1", fine]) assert.ok(!text.includes(word), word);
});

test("nothing is written before consent, nor about an address that is never asked about", async () => {
  await check(listed);
  await check("203.0.113.7", "--yes");
  assert.ok(!existsSync(folder));
});

test("runs at the same time disturb each other in nothing", async () => {
  const runs = await Promise.all([1, 2, 3].map(() => check(fine, "--yes", "--json")));
  for (const { code, stderr } of runs) assert.deepEqual([code, stderr], [0, ""]);
  assert.deepEqual(readdirSync(folder), ["health.json"]);
  assert.deepEqual(tests(await questionsDuring(dns, () => check(fine, "--yes"))), []);
});

test("where nothing can be kept the check is the same, and says nothing of it", async () => {
  writeFileSync(folder, "somebody's file\n");
  for (let at = 0; at < 2; at++) {
    const asked = await questionsDuring(dns, async () => {
      const { code, stderr } = await check(fine, "--yes");
      assert.deepEqual([code, stderr], [0, ""]);
    });
    assert.ok(tests(asked).length > 0);
  }
  assert.equal(readFileSync(folder, "utf8"), "somebody's file\n");
});
