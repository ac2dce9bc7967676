// Files of every kind are read as far as they go: rotated, growing, or no logs at all.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { appendFileSync, mkdirSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { after, test } from "node:test";
import zlib from "node:zlib";
import { readLogs } from "../../server/src/node/tally/readLogs.ts";
import { inTimeOrder, rotationOf } from "../../server/src/node/tally/rotation.ts";
import { here, log, logFolder, read, refusal, removed } from "./someLogs.ts";

const { files, write } = logFolder();
after(() => files.remove());

test("a directory, a device, a disk image, UTF-16 and a missing file are told as what they are, and the others are read", async () => {
  mkdirSync(files.path("folder"));
  const utf16 = write("utf16.log", Buffer.from(`\ufeff${log}`, "utf16le"));
  const paths = [files.path("folder"), "/dev/null", files.path("zeros.img"), utf16, files.path("gone.log")];
  const { files: told, failures } = await read(...paths, files.path("empty.log"), files.path("mail.log"));
  const wanted = [/it is a directory/, /it is a device/, /it is no text/, /it is UTF-16/, /does not exist\.$/];
  for (const [at, shape] of wanted.entries()) assert.match(told[at]?.fault ?? "", shape);
  assert.deepEqual([told[5]?.fault, told[5]?.format, told[5]?.lines], [undefined, undefined, 0]);
  assert.deepEqual([told[6]?.fault, failures], [undefined, 1]);
});

test("a pipe is read, and refused where only files are wanted", {
  skip: process.platform === "win32" && "no named pipes",
}, async () => {
  const pipe = files.path("pipe");
  execFileSync("mkfifo", [pipe]);
  const refused = await readLogs([pipe], { onlyFiles: true, readers: here });
  assert.match(refused.tally.files[0]?.fault ?? "", /it is a pipe/);
  const writing = writeFile(pipe, log);
  const { tally } = await readLogs([pipe], { readers: here });
  await writing;
  assert.deepEqual([tally.failures, tally.lines, tally.files[0]?.format], [1, 3, "postfix"]);
});

test("a line of a hundred megabytes hides no other, and only its beginning is read", async () => {
  const long = refusal("Nov 23", "044B211F9").replace("blocked.", `blocked. ${"550 5.7.1 x ".repeat(9_000_000)}`);
  const { failures, lines, groups } = await read(write("long.log", log + long + log));
  assert.deepEqual([failures, lines], [3, 7]);
  assert.ok(groups.every(({ templates }) => templates.every(({ text }) => text.length < 500)));
});

test("a log that has grown is read from where it ended, also within a line", async () => {
  const path = write("growing.log", log + refusal("Nov 23", "044B211F9").slice(0, 60));
  const first = await readLogs([path], { readers: here });
  assert.deepEqual([first.tally.failures, first.tally.lines], [1, 4]);
  appendFileSync(path, refusal("Nov 23", "044B211F9").slice(60) + log);
  const end = first.tally.files[0]?.end;
  assert.ok(end !== undefined && end.offset === log.length && end.line === 3);
  const next = await readLogs([path], { readers: here, from: new Map([[path, end]]), into: first.counts, places: 9 });
  assert.equal(next.tally.failures, 3);
  assert.deepEqual([...next.places.lines], [3, 5]);
  assert.deepEqual(next.tally.groups[0]?.last.line, 5);
});

test("the files of a rotation come in time order, whatever the order in which they are named", () => {
  const logs = [
    "mail.log",
    "mail.log.10.gz",
    "mail.log.2.zst",
    "mail.log.1",
    "a/maillog-20240609.xz",
    "a/maillog",
    "a/maillog-20240602",
  ];
  assert.deepEqual(inTimeOrder(logs), [
    ...["mail.log.10.gz", "mail.log.2.zst", "mail.log.1", "mail.log"],
    ...["a/maillog-20240602", "a/maillog-20240609.xz", "a/maillog"],
  ]);
});

test("a rotation is found by one of its files, and its years by the whole: no line is younger than what follows it", async () => {
  const now = new Date("2025-02-03T00:00:00Z");
  write("turn.log.2.gz", zlib.gzipSync(refusal("Dec 20", "A000000001") + removed("Dec 30")), now);
  write("turn.log.1", refusal("Dec 31", "A000000002") + refusal("Jan  1", "A000000003"), now);
  write("turn.log", refusal("Jan  2", "A000000004") + refusal("Feb  2", "A000000005"), now);
  const paths = rotationOf(files.path("turn.log.1"));
  assert.deepEqual(
    paths,
    ["turn.log.2.gz", "turn.log.1", "turn.log"].map((name) => files.path(name)),
  );
  const { groups } = await read(...paths);
  assert.deepEqual(
    [groups[0]?.count, groups[0]?.first.time, groups[0]?.last.time],
    [5, "2024-12-20T18:16:04", "2025-02-02T18:16:04"],
  );
});

test("of a set whose old files were copied lately, the years go back from the newest", async () => {
  const copied = new Date("2025-12-01T00:00:00Z");
  const [old, young] = [
    write("copy.log.1", refusal("Nov 28", "A000000001"), copied),
    write("copy.log", refusal("Nov 20", "A000000002"), new Date("2024-11-21T00:00:00Z")),
  ];
  const { groups } = await read(old, young);
  assert.deepEqual([groups[0]?.first.time, groups[0]?.last.time], ["2023-11-28T18:16:04", "2024-11-20T18:16:04"]);
});

test("reading ends at once when it is given up", async () => {
  const signal = AbortSignal.abort(new Error("given up"));
  await assert.rejects(readLogs([files.path("mail.log")], { signal, readers: here }), /given up/);
});
