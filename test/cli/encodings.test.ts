// Logs that are not UTF-8 as they lie there: UTF-16 with a byte order mark, and zstd as KumoMTA packs its segments.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, test } from "node:test";
import * as zlib from "node:zlib";
import { annotatedLog } from "../log/support/annotated.ts";
import { anotherNode, folderWith, run, start, versionOf } from "./program.ts";

const tracking = annotatedLog("exchange-tracking.log").text.replaceAll("\n", "\r\n");
const kumomta = annotatedLog("kumomta.log").text;
const little = Buffer.from(`\ufeff${tracking}`, "utf16le");
const big = Buffer.from(little).swap16();
// A Node of before 22.15 has no zstd, and Node's types lag behind.
const zstd = "zstdCompressSync" in zlib ? (zlib.zstdCompressSync as (bytes: Buffer) => Buffer) : undefined;
const packed = zstd?.(Buffer.from(kumomta)) ?? Buffer.from("28b52ffd04580000", "hex");

const logs = folderWith({
  "MSGTRK.LOG": tracking,
  "MSGTRK-LE.LOG": little,
  "MSGTRK-BE.LOG": big,
  "kumomta.log": kumomta,
  "20261123-181604.zst": packed,
  "cut.zst": packed.subarray(0, packed.length - 40),
  "two.zst": Buffer.concat([packed, packed]),
});
after(() => logs.remove());

async function found(file: string, input?: Buffer): Promise<readonly unknown[]> {
  const { code, stdout, stderr } = await run(["analyse", file, "--ndjson"], input);
  assert.deepEqual([code, stderr], [0, ""]);
  const records = stdout.trimEnd().split("\n");
  return records.map((record) => ({ ...JSON.parse(record), file: "" }));
}

test("a log in UTF-16 of either order gives what it gives in UTF-8, from a file and from a pipe", async () => {
  const plain = await found(logs.path("MSGTRK.LOG"));
  assert.equal(plain.length, 6);
  assert.deepEqual(await found(logs.path("MSGTRK-LE.LOG")), plain);
  assert.deepEqual(await found(logs.path("MSGTRK-BE.LOG")), plain);
  assert.deepEqual(await found("-", little), plain);
  assert.deepEqual(await found("-", big), plain);
});

if (zstd !== undefined) {
  test("KumoMTA's packed log gives what it gives unpacked", async () => {
    const plain = await found(logs.path("kumomta.log"));
    assert.ok(plain.length > 5);
    assert.deepEqual(await found(logs.path("20261123-181604.zst")), plain);
    assert.deepEqual(await found("-", readFileSync(logs.path("20261123-181604.zst"))), plain);
  });

  test("a packed log that is cut off, or of several parts, is never taken for whole", async () => {
    const cut = await run(["analyse", logs.path("cut.zst")]);
    assert.equal(cut.code, 1);
    assert.match(cut.stderr, /could not be unpacked to its end: it ends too early/);
    const two = await run(["analyse", logs.path("two.zst")]);
    assert.equal(two.code, 1);
    assert.match(two.stderr, /packed in several parts\. Unpack it first: zstd -dc FILE \| smtp-log-lens analyse -\n$/);
  });
}

test("a Node without zstd says how to unpack it", async () => {
  const old = [process.execPath, anotherNode().path].find((node) => !hasZstd(node));
  if (old === undefined) return;
  const { child, ended } = start(["analyse", logs.path("20261123-181604.zst")], old);
  child.stdin.end();
  const { code, stderr } = await ended;
  assert.equal(code, 1);
  assert.match(stderr, /it is compressed\. Unpack it first: zstd -dc FILE \| smtp-log-lens analyse -\n$/);
});

function hasZstd(node: string): boolean {
  const [, major = 0, minor = 0] = (/^v(\d+)\.(\d+)/.exec(versionOf(node)) ?? []).map(Number);
  return major > 23 || (major === 23 && minor >= 8) || (major === 22 && minor >= 15);
}
