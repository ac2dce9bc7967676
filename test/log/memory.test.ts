// What is kept of a log holds on to little: neither to the text that it was read from, nor to every message that came.
import assert from "node:assert/strict";
import { test } from "node:test";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { createMessages } from "../../server/src/log/messages.ts";
import { readLog } from "../../server/src/log/read.ts";
import { createReader } from "../../server/src/log/reader.ts";
import type { Delivery } from "../../server/src/model.ts";
import { postfixLog } from "../bench/log.ts";

setFlagsFromString("--expose-gc");
const tidyUp = runInNewContext("gc") as () => void;
const mebibyte = 1024 * 1024;

/** The bytes of memory that stay in use when `work` is done and its result is kept. */
function heldBy(work: () => unknown): number {
  tidyUp();
  const before = process.memoryUsage().heapUsed;
  const kept = work();
  tidyUp();
  const held = process.memoryUsage().heapUsed - before;
  assert.ok(kept !== undefined);
  return held;
}

const texts = (seed: number) => postfixLog({ bytes: 4 * mebibyte, failures: 0.001, seed });

test("the failures of a log do not hold on to its whole text", () => {
  readLog(texts(1), { fileDate: undefined });
  const held = heldBy(() =>
    Array.from({ length: 15 }, (_, n) => readLog(texts(n), { fileDate: undefined }).deliveries),
  );
  assert.ok(held < 15 * mebibyte, `60 MB of logs were read, and their failures hold on to ${held} bytes`);
});

test("nor do those of a log that comes in pieces", () => {
  const held = heldBy(() => {
    const reader = createReader({ fileDate: undefined });
    const kept: Delivery[] = [];
    for (let n = 0; n < 15; n++) kept.push(...reader.push(texts(n)));
    return kept;
  });
  assert.ok(held < 15 * mebibyte, `60 MB were read, and their failures hold on to ${held} bytes`);
});

const now = { at: 0, grain: 1000, line: 1 };

test("a message is remembered while a hundred thousand others come, and longer when it is spoken of", () => {
  const messages = createMessages();
  messages.announce("first", { sender: "you@example.org", now, relay: undefined });
  for (let n = 0; n < 99_000; n++) messages.of(`other ${n}`);
  assert.equal(messages.of("first").sender, "you@example.org");
  for (let n = 99_000; n < 190_000; n++) messages.of(`other ${n}`);
  assert.equal(messages.of("first").sender, "you@example.org");
});

test("a message that is not spoken of any more is forgotten after two hundred thousand others", () => {
  const messages = createMessages();
  messages.announce("first", { sender: "you@example.org", now, relay: undefined });
  for (let n = 0; n < 200_001; n++) messages.of(`other ${n}`);
  assert.equal(messages.of("first").sender, undefined);
});
