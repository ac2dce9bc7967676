// Packed logs of every kind are read as far as they go: joined, cut off, damaged, bombs, or without the program that unpacks them.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { setTimeout } from "node:timers/promises";
import zlib from "node:zlib";
import { readLogs } from "../../server/src/node/tally/readLogs.ts";
import { ensurePrograms } from "../support/debian.ts";
import { here, log, logFolder, read, refusal, removed } from "./someLogs.ts";

ensurePrograms(["xz-utils", "bzip2", "zstd"]);
const { files, write } = logFolder();
after(() => files.remove());

const packers: Readonly<Record<string, (text: string) => Buffer>> = {
  gz: (text) => zlib.gzipSync(text),
  ...Object.fromEntries(
    ["xz", "bzip2", "zstd"].map((program) => [
      program,
      (text: string) => execFileSync(program, ["-c"], { input: text }),
    ]),
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

for (const [name, pack] of Object.entries(packers)) {
  test(`two logs packed as ${name}, one behind the other, are both read`, async () => {
    const { files, failures, lines } = await read(write(`joined-${name}`, Buffer.concat([pack(log), pack(log)])));
    assert.deepEqual([files[0]?.fault, failures, lines], [undefined, 2, 6]);
  });

  test(`a log packed as ${name} that is damaged in its middle is told so, and ends without a hang`, async () => {
    const packed = pack(Array.from({ length: 4000 }, (_, at) => refusal("Nov 23", `${at}B211F7`)).join(""));
    packed.fill(0x55, packed.length / 2, packed.length / 2 + 200);
    const { files: told, failures } = await read(write(`middle-${name}`, packed), files.path("mail.log"));
    assert.match(told[0]?.fault ?? "", /could not be read: its \w+ data is damaged/);
    assert.deepEqual([told[1]?.fault, failures], [undefined, (told[0]?.failures ?? 0) + 1]);
  });
}

test("what is no packed data behind a packed log is told, and the log is counted", async () => {
  for (const [name, pack] of Object.entries(packers)) {
    // By its own manual bzip2 leaves it out.
    if (name === "bzip2") continue;
    const path = write(`trailing-${name}`, Buffer.concat([pack(log.repeat(1000)), Buffer.alloc(5000, 0x1f)]));
    const { files: told } = await read(path);
    assert.match(told[0]?.fault ?? "", /its \w+ data is damaged/, name);
    assert.ok((told[0]?.failures ?? 0) > 0, name);
  }
});

test("a log whose program is not on this machine says which one to install, and the next log is read", async () => {
  const [path, programs] = [write("foreign", Buffer.from("fd377a585a0000000000", "hex")), process.env.PATH];
  process.env.PATH = files.path("no programs");
  const { files: told, failures } = await read(path, files.path("mail.log")).finally(() => {
    process.env.PATH = programs;
  });
  assert.match(
    told[0]?.fault ?? "",
    /packed with xz, and there is no program "xz" here\. Install xz, or unpack it first/,
  );
  assert.equal(failures, 1);
});

/** Puts a program of this name before all others while something is done. */
async function withProgram(name: string, script: string, work: () => Promise<void>): Promise<void> {
  const [folder, programs] = [files.path(`programs-${name}-${script.length}`), process.env.PATH];
  mkdirSync(folder);
  writeFileSync(join(folder, name), `#!/bin/sh\n${script}`, { mode: 0o755 });
  process.env.PATH = `${folder}:${programs}`;
  await work().finally(() => {
    process.env.PATH = programs;
  });
}

const noShell = { skip: process.platform === "win32" && "no shell scripts" };
const packedName = Buffer.from("fd377a585a0000000000", "hex");

test("of hundreds of packed logs only a few are looked at side by side", noShell, async () => {
  const list = files.path("running");
  const script = `echo + >> "${list}"; sleep 0.05; echo - >> "${list}"; echo x`;
  await withProgram("xz", script, async () => {
    const { files: told } = await read(...Array.from({ length: 20 }, (_, at) => write(`of-many-${at}`, packedName)));
    assert.ok(told.every(({ fault }) => fault === undefined));
  });
  let running = 0;
  const most = readFileSync(list, "utf8")
    .split("\n")
    .map((sign) => (running += sign === "+" ? 1 : sign === "-" ? -1 : 0));
  assert.ok(Math.max(...most) <= 10, `${Math.max(...most)} programs ran at once`);
});

test("the program that unpacks a log is gone when the reading is given up", noShell, async () => {
  const pids = files.path("pids");
  const script = `echo $$ >> "${pids}"; exec yes '${refusal("Nov 23", "044B211F7").trim()}'`;
  await withProgram("xz", script, async () => {
    const giveUp = new AbortController();
    const options = { signal: giveUp.signal, readers: here, onProgress: () => giveUp.abort(new Error("given up")) };
    await assert.rejects(readLogs([write("endless", packedName)], options), /given up/);
  });
  for (const pid of readFileSync(pids, "utf8").trim().split("\n")) await endOf(Number(pid));
});

async function endOf(pid: number): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    try {
      process.kill(pid, 0);
    } catch {
      return;
    }
    await setTimeout(50);
  }
  assert.fail(`process ${pid} still runs`);
}

test("a packed log that goes on with more than any log is packed to ends there, and what came before counts", async () => {
  const letters = zlib.gzipSync(Buffer.alloc(16 * 1024 * 1024, "x"));
  const { files: told, failures } = await read(
    write("letters.gz", Buffer.concat([zlib.gzipSync(log), ...Array<Buffer>(70).fill(letters)])),
    files.path("mail.log"),
  );
  assert.match(told[0]?.fault ?? "", /unpacks to more than 200 times its size, as no mail log does/);
  assert.equal(failures, 2);
});

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
