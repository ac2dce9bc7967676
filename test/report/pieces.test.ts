// A log on disk that is read as bytes, piece by piece, holds what it holds as text.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { readLog } from "../../server/src/log/read.ts";
import { createReader } from "../../server/src/log/reader.ts";
import { sniff } from "../../server/src/log/sniff.ts";
import type { Delivery } from "../../server/src/model.ts";
import { createPieceReader } from "../../server/src/node/pieceReader.ts";
import { piecesOf } from "../../server/src/node/pieces.ts";
import { logFolder, logs } from "./support.ts";

const fileDate = new Date("2026-11-24T12:00:00Z");

async function* chunked(bytes: Buffer, size: number): AsyncIterable<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

interface Read {
  readonly asBytes: readonly Delivery[];
  readonly asText: readonly Delivery[];
}

/** What the log holds, read both ways in the same pieces. */
async function read(bytes: Buffer, size: number): Promise<Read> {
  const text = new TextDecoder().decode(bytes);
  const format = sniff(text) ?? "plain";
  const options = { format, fileDate, ends: text };
  const [reader, texts] = [createPieceReader(options), createReader(options)];
  const asBytes: Delivery[] = [];
  const asText: Delivery[] = [];
  for await (const piece of piecesOf(chunked(bytes, size), 0, new AbortController().signal)) {
    asBytes.push(...reader.push(piece));
    asText.push(...texts.push(piece.bytes.toString("utf8")));
  }
  return { asBytes, asText };
}

for (const path of logs) {
  test(`${path.slice(logFolder.length + 1)} holds the same as bytes and as text, in pieces of any size`, async () => {
    const bytes = readFileSync(path);
    // A byte order mark is no letter of the first line.
    const text = bytes.subarray(0, 3).equals(mark) ? bytes.subarray(3) : bytes;
    for (const size of [1 << 20, 65_536, 4099]) {
      const { asBytes, asText } = await read(text, size);
      assert.deepEqual(asBytes, asText);
    }
  });
}

const mark = Buffer.from([0xef, 0xbb, 0xbf]);

const refusal = (id: string) =>
  `Nov 23 18:16:04 mx1 postfix/smtp[904]: ${id}: to=<you@cox.net>, relay=cxr.mx.a.cloudfilter.net[192.0.2.9]:25, delay=4, delays=0/0/0/4, dsn=4.0.0, status=deferred (host cxr.mx.a.cloudfilter.net[192.0.2.9] said: 421 cmsmtp 81.2.69.160 blocked. AUP#CXCNCT (in reply to MAIL FROM command))`;
const quiet = "Nov 23 18:16:05 mx1 postfix/qmgr[902]: 044B211F8: removed";

function placesOf(all: readonly Delivery[]): readonly (readonly [number, string | undefined])[] {
  return all.map(({ line, queueId }) => [line, queueId]);
}

test("lines end at line feeds, at both, and at carriage returns alone, as an editor counts them", async () => {
  const rows = [quiet, refusal("044B211F1"), quiet, quiet, refusal("044B211F2"), refusal("044B211F3"), quiet];
  for (const [size, ends] of [
    [1 << 20, ["\n", "\r\n", "\r", "\r", "\n", "\r\n", "\n"]],
    [1 << 20, ["\r\n", "\r\n", "\r\n", "\r\n", "\r\n", "\r\n", ""]],
    [97, ["\n", "\r\n", "\r", "\n", "\r\n", "\n", "\r\n"]],
  ] as const) {
    const text = rows.map((row, at) => row + ends[at]).join("");
    const { asBytes, asText } = await read(Buffer.from(text), size);
    assert.deepEqual(asBytes, asText);
    assert.deepEqual(placesOf(asBytes), [
      [1, "044B211F1"],
      [4, "044B211F2"],
      [5, "044B211F3"],
    ]);
  }
});

test("a byte order mark moves no column of the first line", async () => {
  const { asBytes } = await read(Buffer.concat([mark, Buffer.from(`${refusal("044B211F1")}\n`)]), 1 << 20);
  const [expected] = readLog(`${refusal("044B211F1")}\n`, { fileDate }).deliveries;
  assert.deepEqual(asBytes, [expected]);
});

test("a line of three megabytes is read by its beginning, and those behind it keep their numbers", async () => {
  const long = `${refusal("044B211F1")} ${"x".repeat(3_000_000)}`;
  const text = [quiet, long, quiet, refusal("044B211F2"), "y".repeat(2_000_000), refusal("044B211F3"), ""].join("\n");
  for (const size of [1 << 23, 262_144]) {
    const { asBytes } = await read(Buffer.from(text), size);
    assert.deepEqual(placesOf(asBytes), [
      [1, "044B211F1"],
      [3, "044B211F2"],
      [5, "044B211F3"],
    ]);
  }
});
