// What is no log, changes while it is read, or cannot be written: each command that reads logs says so, and ends.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  appendFileSync,
  existsSync,
  readdirSync,
  statSync,
  symlinkSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { after, test } from "node:test";
import { memoryOf } from "../hostile/memory.ts";
import { ensurePrograms } from "../support/debian.ts";
import { refusal } from "../support/nasty.ts";
import { cli, folderWith, run, start } from "./program.ts";

const cox = `${refusal("421 cmsmtp 203.0.113.7 blocked. AUP#CXCNCT")}\n`;
const logs = folderWith({ "mail.log": cox });
after(() => logs.remove());
truncateSync(write("image.log", ""), 100 * 1024 ** 3);

function write(name: string, content: string): string {
  writeFileSync(logs.path(name), content);
  return logs.path(name);
}

/** Each command that reads logs, and its exit code when it cannot. */
const readers: readonly (readonly [args: readonly string[], code: number])[] = [
  [["analyse"], 1],
  [["report"], 1],
  [["redact"], 1],
  [["unknown"], 1],
  [["explain", "AUP#CXCNCT", "--log"], 1],
  [["request", "203.0.113.7", "--provider", "cox", "--log"], 1],
  [["check", "--line", "1", "--log"], 2],
];

const posix = { skip: process.platform === "win32" && "no such files" };

for (const [args, failed] of readers) {
  const [command = ""] = args;

  test(`${command} refuses what is no log by its kind or its first bytes, names it and says why`, posix, async () => {
    const circle = logs.path(`circle-\u001b[31m${command}`);
    symlinkSync(circle, circle);
    for (const [path, why] of [
      [logs.path("image.log"), /it is no text\. It looks like a disk image/],
      ["/dev/zero", /it is a device, not a log file\./],
      [logs.path(), /it is a directory\. Name the log files in it\./],
      [circle, /its links lead in a circle\. Name the file itself\./],
    ] as const) {
      const { code, stderr } = await run([...args, path]);
      assert.equal(code, failed, stderr);
      assert.match(stderr, why);
      assert.ok(stderr.includes(path.replaceAll("\u001b", "‹U+001B›")), stderr);
      assert.doesNotMatch(stderr.replaceAll("\n", ""), /[\p{Cc}\p{Cf}]/u);
    }
  });

  test(`${command} reads a log with a line of 400 MB in bounded memory`, async () => {
    const path = write(`long-${command}.log`, cox);
    const part = "x".repeat(20_000_000);
    for (let count = 0; count < 20; count++) appendFileSync(path, part);
    appendFileSync(path, `\n${cox}`);
    const { child, ended } = start([...args, path]);
    child.stdin.end();
    let most = 0;
    const timer = setInterval(() => {
      if (child.exitCode === null) most = Math.max(most, peakOf(child.pid ?? 0));
    }, 50);
    const { stderr } = await ended;
    clearInterval(timer);
    unlinkSync(path);
    assert.doesNotMatch(stderr, /could not be read/);
    assert.ok(most < 600 * 1024 ** 2, `${most} bytes were held`);
  });
}

/** A process that ends in between held less before. */
function peakOf(pid: number): number {
  try {
    return memoryOf(pid);
  } catch {
    return 0;
  }
}

test("a log that becomes shorter while it is read is told so, and what came before is given", posix, async () => {
  for (const args of [["redact"], ["analyse", "--ndjson"]]) {
    const path = write("shrinking.log", cox.repeat(100_000));
    // A reader that does not read keeps the program waiting.
    const { child, ended } = start([...args, path, logs.path("mail.log")]);
    child.stdin.end();
    child.stdout.pause();
    await once(child.stdout, "readable");
    truncateSync(path, 0);
    child.stdout.resume();
    const { code, stdout, stderr } = await ended;
    assert.deepEqual([code, stdout.includes("AUP#CXCNCT")], [1, true]);
    assert.match(stderr, /shrinking\.log could not be read: it became shorter while it was read\./);
  }
});

test("what came before the damage in a packed log is in the summary, and the exit code tells of the rest", async () => {
  ensurePrograms(["zstd"]);
  const zstd = spawnSync("zstd", ["-c"], {
    input: Array.from({ length: 40_000 }, (_, at) => cox.replace("421", `${at} 421`)).join(""),
  });
  writeFileSync(logs.path("cut.zst"), zstd.stdout.subarray(0, zstd.stdout.length - 100));
  const { code, stdout, stderr } = await run(["analyse", logs.path("cut.zst")]);
  assert.equal(code, 1);
  assert.match(stdout, /cut\.zst: postfix, [\d,]+ failures/);
  assert.match(stderr, /cut\.zst could not be read: it could not be unpacked to its end/);
});

test("a pipe that nobody writes to is named while it is waited for, and read when somebody does", posix, async () => {
  for (const command of ["analyse", "report"]) {
    const path = logs.path(`pipe-${command}`);
    execFileSync("mkfifo", [path]);
    const { child, ended } = start([command, path]);
    child.stdin.end();
    const [told] = await once(child.stderr, "data");
    assert.match(String(told), /is a pipe that nobody writes to: waiting for its writer/);
    writeFileSync(path, cox);
    const { code, stdout } = await ended;
    assert.equal(code, 0);
    assert.match(stdout, /postfix, (?:1 line, )?1 failure/);
  }
});

test("a disk that takes only a part of the output is told, for it may be the last part", posix, () => {
  const path = write("many.log", cox.repeat(10_000));
  for (const args of [`redact "${path}"`, `analyse --ndjson "${path}"`]) {
    const out = logs.path("out");
    const shell = spawnSync("sh", ["-c", `ulimit -f 2000; "${process.execPath}" "${cli}" ${args} > "${out}"`], {
      encoding: "utf8",
    });
    assert.equal(shell.status, 1, args);
    assert.match(shell.stderr, /the output could not be written: .*(?:too large|no space)/);
    assert.ok(statSync(out).size > 0);
  }
});

test("a full disk ends redact and analyse with a word on it", {
  skip: !existsSync("/dev/full") && "no /dev/full",
}, () => {
  for (const args of ["redact", "analyse", "unknown", "report"]) {
    const command = `"${process.execPath}" "${cli}" ${args} "${logs.path("mail.log")}" > /dev/full`;
    const { status, stderr } = spawnSync("sh", ["-c", command], { encoding: "utf8" });
    assert.deepEqual(
      [status, stderr],
      [
        1,
        "smtp-log-lens: the output could not be written: no space is left on the device. Make room there, or write it to another place.\n",
      ],
    );
  }
});

test("where no fault can be told, because standard error takes nothing, the other logs are read all the same", {
  skip: !existsSync("/dev/full") && "no /dev/full",
}, () => {
  const command = `"${process.execPath}" "${cli}" analyse "${logs.path("gone.log")}" "${logs.path("mail.log")}" 2> /dev/full`;
  const { status, stdout } = spawnSync("sh", ["-c", command], { encoding: "utf8" });
  assert.equal(status, 1);
  assert.match(stdout, /mail\.log: postfix, 1 failure of 1 kind/);
});

test("no command leaves a file behind", async () => {
  const [folder, before] = [folderWith({}), readdirSync(logs.path())];
  const { TMPDIR } = process.env;
  process.env.TMPDIR = folder.path();
  for (const command of ["analyse", "report", "redact", "unknown"]) await run([command, logs.path("mail.log")]);
  if (TMPDIR === undefined) delete process.env.TMPDIR;
  else process.env.TMPDIR = TMPDIR;
  assert.deepEqual([readdirSync(folder.path()), readdirSync(logs.path())], [[], before]);
  folder.remove();
});
