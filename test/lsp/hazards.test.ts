// What is no log, or ceases to be one, over a pipe: the server says so in each of its ways in, goes on, and leaves nothing running.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import type { FailuresText } from "../../server/src/failuresProtocol.ts";
import {
  type LogRefusal,
  logMethods,
  type NextFailure,
  type ReportPage,
  type ScanAnswer,
} from "../../server/src/logProtocol.ts";
import { methods, type StatusParams } from "../../server/src/protocol.ts";
import { postfixLog, writePostfixLog } from "../bench/log.ts";
import { memoryOf } from "../hostile/memory.ts";
import { refusal } from "../support/nasty.ts";
import { startServer, type TestServer } from "../support/server.ts";

let server: TestServer;
const folder = mkdtempSync(join(tmpdir(), "sll-hazards-"));
const statuses: StatusParams[] = [];

before(async () => {
  server = await startServer({ panel: true });
  server.connection.onNotification(methods.status, (status: StatusParams) => void statuses.push(status));
});
after(async () => {
  await server.stop();
  rmSync(folder, { recursive: true });
});

const cox = `${refusal("421 cmsmtp 203.0.113.7 blocked. AUP#CXCNCT")}\n`;
const posix = { skip: process.platform === "win32" && "no such files" };

function written(name: string, content: string | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

function ask<Answer>(method: string, params: object, of = server): Promise<Answer> {
  return of.connection.sendRequest<Answer>(method, params);
}

/** What scanning, the failing lines and the report say of a file. */
async function answers(path: string): Promise<readonly string[]> {
  const uri = pathToFileURL(path).href;
  const scan = await ask<ScanAnswer>(logMethods.scan, { uri, certain: true });
  const text = await ask<FailuresText | LogRefusal>(logMethods.failures, { uri, order: "log" });
  const report = await ask<ReportPage>(logMethods.report, { uris: [uri] });
  await server.connection.sendNotification(logMethods.forget, { uri });
  return [
    scan.state === "failed" ? scan.why : scan.state,
    "refused" in text ? text.refused : (text.text.split("\n")[0] ?? ""),
    report.files[0]?.about ?? "",
  ];
}

test(
  "a directory, a pipe, a device, a circle of links and a disk image are refused in words, and nothing waits",
  posix,
  async () => {
    const [pipe, circle, directory] = ["pipe.log", "circle.log", "dir.log"].map((name) => join(folder, name)) as [
      string,
      string,
      string,
    ];
    execFileSync("mkfifo", [pipe]);
    symlinkSync(circle, circle);
    mkdirSync(directory);
    const image = written("image.log", "");
    truncateSync(image, 100 * 1024 ** 3);
    for (const [path, why] of [
      [directory, /it is a directory\. Name the log files in it/],
      [pipe, /it is a pipe, not a file/],
      ["/dev/zero", /it is a device, not a log file/],
      [circle, /its links lead in a circle\. Name the file itself/],
      [image, /it is no text\. It looks like a disk image/],
      [written("bomb.gz", gzipSync(Buffer.alloc(100_000_000))), /it is no text\. It looks like a disk image/],
      [written("utf16.log", Buffer.from(`\ufeff${cox}`, "utf16le")), /it is UTF-16 text\. Convert it to UTF-8 first/],
    ] as const) {
      for (const answer of await answers(path)) {
        assert.match(answer, why);
        assert.doesNotMatch(answer, /\.\.$/);
      }
    }
  },
);

test("a log with the zeros that a machine leaves when it goes down is read, in all ways the same", async () => {
  const path = written("crashed.log", cox + "\0".repeat(3000) + cox + cox);
  const [scan, text, report] = await answers(path);
  assert.equal(scan, "read");
  assert.match(text ?? "", /3 lines with a failure/);
  assert.match(report ?? "", /3 failures/);
});

test("a packed log is read once, not each second again, and once more when it has changed", async () => {
  const path = written("packed.log.gz", gzipSync(cox.repeat(1000)));
  const uri = pathToFileURL(path).href;
  const told = () => statuses.filter((status) => status.uri === uri);
  assert.deepEqual(await ask(logMethods.scan, { uri, certain: true }), { state: "read", failures: 1000 });
  await setTimeout(2_500);
  assert.ok(told().every(({ news, trouble }) => news === undefined && trouble === undefined));
  const count = told().length;
  await setTimeout(1_500);
  assert.equal(told().length, count);
  writeFileSync(path, gzipSync(cox.repeat(2000)));
  utimesSync(path, new Date(), new Date(Date.now() + 60_000));
  await until(() => told().some(({ temporary }) => temporary === 2000));
  await server.connection.sendNotification(logMethods.forget, { uri });
});

test("a packed log that is cut off is told so by the status, the failing lines and the report, with what came before", async () => {
  const whole = gzipSync(postfixLog({ bytes: 400_000, failures: 0.05 }));
  const path = written("cut.log.gz", whole.subarray(0, whole.length / 2));
  const uri = pathToFileURL(path).href;
  const scan = await ask<ScanAnswer>(logMethods.scan, { uri, certain: true });
  assert.equal(scan.state === "failed" && scan.why, "its gzip data ends too early. What came before is counted");
  await until(() => statuses.some((status) => status.uri === uri && /ends too early/.test(status.trouble ?? "")));
  const { text } = await ask<FailuresText>(logMethods.failures, { uri, order: "log" });
  assert.match(
    text,
    /^# The log was not read to its end: its gzip data ends too early\. What came before is counted\.\n/,
  );
  assert.ok((await ask<NextFailure | null>(logMethods.next, { uri, line: -1, back: false })) !== null);
  await server.connection.sendNotification(logMethods.forget, { uri });
});

test(
  "a log that becomes a pipe or a directory while it is followed is told as gone, and read when it is back",
  posix,
  async () => {
    const path = written("followed.log", cox);
    const uri = pathToFileURL(path).href;
    await ask(logMethods.scan, { uri, certain: true });
    for (const [put, take] of [
      [() => execFileSync("mkfifo", [path]), () => unlinkSync(path)],
      [() => mkdirSync(path), () => rmSync(path, { recursive: true })],
    ] as const) {
      statuses.length = 0;
      renameSync(path, `${path}.away`);
      put();
      await until(() => statuses.some((status) => status.uri === uri && status.trouble === "it was moved or deleted"));
      take();
      renameSync(`${path}.away`, path);
      await until(() => statuses.some((status) => status.uri === uri && status.trouble === undefined));
    }
    await server.connection.sendNotification(logMethods.forget, { uri });
  },
);

test("a log that is emptied while it is read is told so, then read anew", async () => {
  // So large that its reading does not end before it is noticed to have begun.
  const path = written("emptied.log", "");
  writePostfixLog(path, { bytes: 250_000_000, failures: 0.1 });
  const uri = pathToFileURL(path).href;
  const scanned = ask<ScanAnswer>(logMethods.scan, { uri, certain: true });
  await until(() => statuses.some((status) => status.uri === uri && (status.read ?? 0) > 0));
  truncateSync(path, 0);
  assert.deepEqual(await scanned, { state: "failed", why: "it became shorter while it was read" });
  writeFileSync(path, cox);
  await until(() => {
    const last = statuses.filter((status) => status.uri === uri).at(-1);
    return last?.temporary === 1 && last.permanent === 0;
  });
  await server.connection.sendNotification(logMethods.forget, { uri });
});

test(
  "a server that is killed in the middle of a packed log leaves no program running, and the next one reads the log",
  posix,
  async () => {
    const programs = mkdtempSync(join(folder, "programs-"));
    const pids = join(folder, "pids");
    const line = cox.trim().replaceAll("'", "");
    writeFileSync(join(programs, "xz"), `#!/bin/sh\necho $$ >> "${pids}"\nexec yes '${line}'\n`, { mode: 0o755 });
    const uri = pathToFileURL(written("killed.log.xz", Buffer.from("fd377a585a0000000000", "hex"))).href;
    const { PATH } = process.env;
    process.env.PATH = `${programs}:${PATH}`;
    const killed = await startServer({ panel: true });
    process.env.PATH = PATH;
    ask(logMethods.scan, { uri, certain: true }, killed).catch(() => {});
    await until(() => {
      try {
        return readFileSync(pids, "utf8").trim().split("\n").length >= 2;
      } catch {
        return false;
      }
    });
    killed.process.kill("SIGKILL");
    for (const pid of readFileSync(pids, "utf8").trim().split("\n")) await until(() => hasEnded(Number(pid)));
    killed.connection.dispose();
    const next = await startServer({ panel: true });
    const good = pathToFileURL(written("after.log", cox)).href;
    assert.deepEqual(await ask(logMethods.scan, { uri: good, certain: true }, next), { state: "read", failures: 1 });
    await next.stop();
  },
);

test("all of this has taken little memory", () => {
  assert.ok(memoryOf(server.process.pid ?? 0) < 600 * 1024 ** 2);
});

function hasEnded(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return /^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return true;
  }
}

async function until(isSo: () => boolean): Promise<void> {
  const deadline = Date.now() + 15_000;
  while (!isSo()) {
    if (Date.now() > deadline) assert.fail(`never so: ${JSON.stringify(statuses.slice(-3))}`);
    await setTimeout(20);
  }
}
