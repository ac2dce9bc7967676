// A log that is read as bytes, in parts and by threads, holds what it holds when it is read as one text.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { type ReadLogsOptions, readLogs } from "../../server/src/node/tally/readLogs.ts";
import { createReaderHere, createThreads } from "../../server/src/node/tally/threads.ts";
import { logFolder, logs, readWhole } from "./support.ts";

const threads = createThreads(2);
after(() => threads.stop());

async function assertEqual(path: string, options: ReadLogsOptions): Promise<void> {
  const whole = readWhole(path);
  const { tally, places } = await readLogs([path], { places: 1_000_000, ...options });
  const failures = Array.from(places.lines, (line, at) => `${line} ${places.ids[places.groups[at] ?? -1]}`);
  assert.deepEqual(failures, whole.failures);
  assert.deepEqual(tally.groups, whole.groups);
  assert.equal(tally.files[0]?.fault, undefined);
  assert.equal(tally.lines, whole.lines);
}

for (const path of logs) {
  const name = path.slice(logFolder.length + 1);

  test(`${name} holds the same when it is read whole, in parts of any size, and by threads`, async () => {
    const readers = createReaderHere();
    for (const rangeSize of [1 << 24, 65_536, 4099, 997, 251]) await assertEqual(path, { readers, rangeSize });
    await assertEqual(path, { readers: threads, rangeSize: 10_007 });
  });
}
