// Files of every kind are read as far as they go: packed, rotated, growing, damaged, or no logs at all.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { appendFileSync, closeSync, ftruncateSync, mkdirSync, openSync, utimesSync, writeFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { after, test } from "node:test";
import zlib from "node:zlib";
import { readLogs } from "../../server/src/node/tally/readLogs.ts";
import { inTimeOrder, rotationOf } from "../../server/src/node/tally/rotation.ts";
import { createReaderHere, type Readers } from "../../server/src/node/tally/threads.ts";
import { folderWith } from "../cli/program.ts";
import { findProgram } from "../editor/homes/machine.ts";

const relay = "cxr.mx.a.cloudfilter.net[192.0.2.9]";
const refusal = (day: string, id: string, code = "AUP#CXCNCT") =>
  `${day} 18:16:04 mx1 postfix/smtp[904]: ${id}: to=<you@cox.net>, relay=${relay}:25, delay=0.1, delays=0/0/0.1/0, dsn=4.0.0, status=deferred (host ${relay} said: 421 cmsmtp 81.2.69.160 blocked. ${code} (in reply to MAIL FROM command))\n`;
const removed = (day: string) => `${day} 18:16:05 mx1 postfix/qmgr[902]: 044B211F8: removed\n`;
const log = removed("Nov 23") + refusal("Nov 23", "044B211F7") + removed("Nov 23");

const files = folderWith({ "mail.log": log, "empty.log": "", "zeros.img": Buffer.alloc(300_000) });
after(() => files.remove());

const here = createReaderHere();

function write(name: string, content: string | Buffer, date = new Date()): string {
  writeFileSync(files.path(name), content);
  utimesSync(files.path(name), date, date);
  return files.path(name);
}

async function read(...paths: string[]) {
  return (await readLogs(paths, { readers: here, places: 100 })).tally;
}

type Program = "xz" | "bzip2" | "zstd";

const packers: Readonly<Record<string, (text: string) => Buffer>> = {
  gz: (text) => zlib.gzipSync(text),
  ...Object.fromEntries(
    (["xz", "bzip2", "zstd"] satisfies Program[])
      .filter((program) => findProgram([program]) !== undefined)
      .map((program) => [program, (text: string) => execFileSync(program, ["-c"], { input: text })]),
  ),
};

for (const [name, pack] of Object.entries(packers)) {
  test(`a log packed as ${name} is read, whatever its name`, async () => {
    const { files, failures, lines, groups } = await read(write(`packed-${name}`, pack(log)));
    assert.deepEqual([files[0]?.fault, files[0]?.format, failures, lines], [undefined, "postfix", 1, 3]);
    assert.equal(groups[0]?.first.offset, removed("Nov 23").length);
  });

  test(`a log packed as ${name} that ends too early is told as damaged, and the next one is read`, async () => {
    const packed = pack(log.repeat(2000));
    const path = write(`short-${name}`, packed.subarray(0, packed.length - 12));
    const { files: told, failures } = await read(path, files.path("mail.log"));
    assert.match(told[0]?.fault ?? "", /could not be read: its \w+ data (?:ends too early|is damaged)/);
    assert.deepEqual([told[1]?.fault, told[1]?.failures], [undefined, 1]);
    assert.equal(failures, (told[0]?.failures ?? 0) + 1);
  });
}

test("a packed log of a gigabyte of zeros in a megabyte is refused without being unpacked", async () => {
  const bomb = Buffer.concat(Array.from({ length: 64 }, () => zlib.gzipSync(Buffer.alloc(16 * 1024 * 1024))));
  const { files: told } = await read(write("bomb.gz", bomb));
  assert.match(told[0]?.fault ?? "", /it is no text\. It looks like a disk image/);
});

test("a packed log that goes on with a line of half a gigabyte is read to its end in little memory", async () => {
  const zeros = zlib.gzipSync(Buffer.alloc(16 * 1024 * 1024, "x"));
  const bomb = Buffer.concat([zlib.gzipSync(log), ...Array<Buffer>(32).fill(zeros), zlib.gzipSync(`\n${log}`)]);
  const before = process.memoryUsage.rss();
  const { files: told, failures, lines } = await read(write("long.gz", bomb));
  assert.deepEqual([told[0]?.fault, failures, lines], [undefined, 2, 7]);
  assert.ok(process.memoryUsage.rss() - before < 150 * 1024 * 1024);
});

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
