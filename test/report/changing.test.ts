// Logs that change while they are read, and those who read them ending: what was read counts, and the next log is read.
import assert from "node:assert/strict";
import { appendFileSync, closeSync, ftruncateSync, openSync, renameSync, rmSync } from "node:fs";
import { after, test } from "node:test";
import { readLogs } from "../../server/src/node/tally/readLogs.ts";
import { createThreads, type Readers } from "../../server/src/node/tally/threads.ts";
import { here, log, logFolder } from "./someLogs.ts";

const { files, write } = logFolder();
after(() => files.remove());

test("a file that becomes shorter while it is read is told so, and what was left counts", async () => {
  const path = write("shrinking.log", log.repeat(5000));
  const descriptor = openSync(path, "r+");
  let parts = 0;
  const shrinking: Readers = {
    ...here,
    read(task) {
      if (parts++ === 1) ftruncateSync(descriptor, 3 * log.length * 100);
      return here.read(task);
    },
  };
  const { tally } = await readLogs([path, files.path("mail.log")], { readers: shrinking, rangeSize: 100 * log.length });
  closeSync(descriptor);
  assert.match(tally.files[0]?.fault ?? "", /it became shorter while it was read/);
  assert.equal(tally.files[0]?.end, undefined);
  assert.ok((tally.files[0]?.failures ?? 0) >= 200);
  assert.equal(tally.files[1]?.failures, 1);
});

test("a thread that runs out of memory costs the log that it read, and no other", async () => {
  const [starving, well] = [
    createThreads(1, { maxYoungGenerationSizeMb: 1, maxOldGenerationSizeMb: 10 }),
    createThreads(1),
  ];
  let parts = 0;
  const readers: Readers = { count: 1, read: (task) => (parts++ === 2 ? starving : well).read(task), stop: well.stop };
  const path = write("hungry.log", log.repeat(500));
  const rangeSize = 100 * log.length;
  const { tally } = await readLogs([path, path, files.path("mail.log")], { readers, rangeSize });
  const again = await readLogs([path], { readers: starving });
  await Promise.all([starving.stop(), well.stop()]);
  const [hungry, ...others] = tally.files;
  assert.match(hungry?.fault ?? "", /could not be read: .* ran out of memory\. What came before is counted\./);
  assert.deepEqual([hungry?.failures, hungry?.lines], [200, 600], "nothing behind the part that is missing is counted");
  assert.deepEqual(
    others.map(({ fault, failures }) => [fault, failures]),
    [
      [undefined, 500],
      [undefined, 1],
    ],
  );
  assert.match(again.tally.files[0]?.fault ?? "", /ran out of memory/, "one that has ended is not waited for");
});

test("a log that is deleted, or grows, while it is read is read as it was when it was opened", {
  skip: process.platform === "win32" && "an open file stays",
}, async () => {
  for (const change of [rmSync, (path: string) => appendFileSync(path, log)]) {
    const path = write("changing.log", log.repeat(500));
    const readers: Readers = {
      ...here,
      read(task) {
        if ("range" in task.part && task.part.range.from === 0) change(path);
        return here.read(task);
      },
    };
    const { tally } = await readLogs([path], { readers, rangeSize: 100 * log.length });
    assert.deepEqual([tally.files[0]?.fault, tally.failures], [undefined, 500]);
  }
});

test("a log whose name another file takes before it is read is told so", async () => {
  const [first, second] = [write("first.log", log), write("second.log", log)];
  const readers: Readers = {
    ...here,
    read(task) {
      renameSync(write("new.log", log + log), second);
      return here.read(task);
    },
  };
  const { tally } = await readLogs([first, second], { readers });
  assert.deepEqual(tally.files[0]?.fault, undefined);
  assert.match(tally.files[1]?.fault ?? "", /another file has taken its name\. Read it again/);
});
