// How failures are put together and counted.
import assert from "node:assert/strict";
import { test } from "node:test";
import { explained } from "../../server/src/analyse.ts";
import { createClusters } from "../../server/src/cluster/clusters.ts";
import type { Finding } from "../../server/src/model.ts";
import { createUnknown, isUnknown } from "../../server/src/unknown.ts";
import { failed, refused, through } from "../catalogue/delivery.ts";
import { nasty } from "./words.ts";

function finding(words: string, line = 0, host?: string): Finding {
  return explained(refused(words, { line, ...(host === undefined ? {} : through(host)) }));
}

test("replies that say the same are one cluster, with count, first and last line and the first as its example", () => {
  const clusters = createClusters(() => false);
  for (const [line, n] of [4, 2, 9].entries()) clusters.add(finding(`550 qqq ${n} zzz`, n), `a.log${line > 9}`);
  const [one, ...others] = clusters.list();
  assert.deepEqual(others, []);
  assert.deepEqual([one?.template, one?.count, one?.first.line, one?.last.line], ["550 qqq {n} zzz", 3, 2, 9]);
  assert.equal(one?.example.delivery.words, "550 qqq 2 zzz");
});

test("the same words by two providers are two clusters", () => {
  const clusters = createClusters(() => false);
  clusters.add(finding("550 qqq zzz", 0, "mx1.cox.net"), "a");
  clusters.add(finding("550 qqq zzz", 1, "gmail-smtp-in.l.google.com"), "a");
  assert.deepEqual(
    clusters
      .list()
      .map(({ provider }) => provider)
      .sort(),
    ["cox", "gmail"],
  );
});

test("the list is the same in whatever order files and lines come", () => {
  const added = ["550 a b", "550 c d", "550 a b", "551 e 7", "551 e 8"].map((words, line) => finding(words, line));
  const listOf = (order: readonly number[]) => {
    const clusters = createClusters(() => false);
    for (const at of order) clusters.add(added[at] ?? assert.fail(), at % 2 === 0 ? "even.log" : "odd.log");
    return clusters.list();
  };
  assert.deepEqual(listOf([4, 2, 0, 3, 1]), listOf([0, 1, 2, 3, 4]));
});

test("what is beyond ten thousand templates is counted and not kept", () => {
  const clusters = createClusters(() => false);
  const letters = (number: number) => [...String(number)].map((digit) => "abcdefghij"[Number(digit)]).join("");
  for (let number = 0; number < 12_000; number++) clusters.add(finding(`550 ${letters(number)} qqq`, number), "a");
  assert.deepEqual([clusters.list().length, clusters.count, clusters.left], [10_000, 12_000, 2_000]);
  clusters.add(finding(`550 ${letters(3)} qqq`, 20_000), "a");
  assert.deepEqual([clusters.left, clusters.list()[0]?.count], [2_000, 2]);
});

test("hostile words are clusters like any others", () => {
  const unknown = createUnknown();
  for (const words of nasty()) unknown.add(finding(words), "a");
  assert.equal(unknown.left, 0);
  for (const { template } of unknown.list()) assert.ok(template.length <= 300);
});

test("only what the code or its class explains is unknown, and rows for whatever is left", () => {
  const known = ["550 5.1.1 unknown user", "550 mailbox is full", "421 AUP#CXCNCT", "550 5.7.26 x"];
  for (const words of known) assert.equal(isUnknown(finding(words, 0, "mx1.cox.net")), false, words);
  const unknown = ["550 qqq", "599 qqq", "550 5.7.999 qqq", "550 5.0.0 qqq", "554 AUP#CXZZZZ", "qqq"];
  for (const words of unknown) assert.equal(isUnknown(finding(words)), true, words);
  assert.equal(isUnknown(explained(failed("qqq", { direction: "we-refused-them" }))), true);
});
