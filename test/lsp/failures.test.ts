// The failing lines of a log as a text of their own, over a pipe: of an open document, and of a file on disk.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import {
  type FailuresOrder,
  type FailuresText,
  failuresScheme,
  readFailuresUri,
} from "../../server/src/failuresProtocol.ts";
import { type LogRefusal, logMethods } from "../../server/src/logProtocol.ts";
import { failure, postfixLog } from "../bench/log.ts";
import { startServer, type TestServer } from "../support/server.ts";

let server: TestServer;
let folder: string;

before(async () => {
  folder = mkdtempSync(join(tmpdir(), "sll-failures-"));
  server = await startServer({ panel: true });
});
after(async () => {
  await server.stop();
  rmSync(folder, { recursive: true });
});

function failures(uri: string, order: FailuresOrder): Promise<FailuresText | LogRefusal> {
  return server.connection.sendRequest(logMethods.failures, { uri, order });
}

async function textOf(uri: string, order: FailuresOrder): Promise<FailuresText> {
  const found = await failures(uri, order);
  assert.ok("text" in found, JSON.stringify(found));
  return found;
}

function onDisk(name: string, text: string | Buffer): string {
  writeFileSync(join(folder, name), text);
  return pathToFileURL(join(folder, name)).href;
}

const log = postfixLog({ bytes: 400_000, failures: 0.05 });
const rows = log.split("\n");
const failing = rows.flatMap((row, line) => (/status=(?:deferred|bounced)/.test(row) ? [line] : []));

test("the failing lines of an open log, and of the same log on disk, are the same text", async () => {
  const open = "file:///nowhere/mail.log";
  await server.open({ uri: open, text: log });
  const disk = onDisk("mail.log", log);
  for (const uri of [open, disk]) {
    const { text, lines } = await textOf(uri, "log");
    assert.deepEqual(lines, [-1, ...failing]);
    assert.deepEqual(
      text.split("\n").slice(1, -1),
      failing.map((line) => rows[line]),
    );
    assert.equal(text.split("\n")[0], `# mail.log: ${failing.length} lines with a failure.`);
  }
});

test("by kind each failing line stands under its code, the most frequent kind first", async () => {
  const { text, lines } = await textOf(onDisk("kinds.log", log), "kind");
  const shown = text.split("\n").slice(0, -1);
  assert.equal(shown.length, lines.length);
  assert.deepEqual(
    lines.filter((line) => line >= 0).sort((a, b) => a - b),
    failing,
  );
  for (const [index, line] of lines.entries()) if (line >= 0) assert.equal(shown[index], rows[line]);
  const counts = shown.flatMap((row) => /^# .*: (\d+) times$/.exec(row)?.[1] ?? []).map(Number);
  assert.equal(counts.length, 5);
  assert.deepEqual(
    counts,
    [...counts].sort((a, b) => b - a),
  );
});

test("by kind all lines are shown as long as they fit, however uneven the kinds are", async () => {
  const few = Array.from({ length: 40 }, (_, n) =>
    failure(n).replace(/status=.*/, `status=bounced (host mx.example.net[192.0.2.1] said: 550 5.7.${n} no)`),
  );
  const many = Array.from({ length: 900 }, () => failure(1));
  const { lines } = await textOf(onDisk("uneven.log", `${[...few, ...many].join("\n")}\n`), "kind");
  assert.equal(lines.filter((line) => line >= 0).length, 940);
});

test("a log without a failure says so", async () => {
  const { text } = await textOf(onDisk("quiet.log", rows.filter((row) => row.includes("removed")).join("\n")), "log");
  assert.equal(text, "# quiet.log: no line with a failure.\n");
  const other = await textOf(onDisk("other.log.gz", "this is no archive"), "log");
  assert.match(other.text, /^# Nothing in this file looks like a mail log/);
});

test("the text is a mail log of its own: its lines are explained, its headings are not", async () => {
  const disk = onDisk("virtual.log", log);
  const { text, lines } = await textOf(disk, "kind");
  const query = encodeURIComponent(JSON.stringify({ log: disk, order: "kind" }));
  const uri = `${failuresScheme}:/virtual.log%20failures?${query}`;
  assert.deepEqual(readFailuresUri(uri), { uri: disk, order: "kind" });
  const diagnostics = await server.open({ uri, text });
  const explained = diagnostics.map(({ range }) => range.start.line);
  assert.deepEqual(
    explained,
    lines.flatMap((line, index) => (line < 0 ? [] : [index])),
  );
  const tokens = await server.connection.sendRequest<{ data: number[] }>("textDocument/semanticTokens/range", {
    textDocument: { uri },
    range: { start: { line: 0, character: 0 }, end: { line: 0, character: 200 } },
  });
  assert.deepEqual(tokens.data, []);
});

test("of a log with too many failures the first ten thousand are shown, and the text says so", async () => {
  const many = Array.from({ length: 10_500 }, (_, n) => failure(n)).join("\n");
  const { text, lines } = await textOf(onDisk("many.log", `${many}\n`), "log");
  assert.equal(lines.length, 10_001);
  assert.match(text, /^# many\.log: 10,500 lines with a failure\. The first 10,000 lines only/);
});

test("a log packed by gzip, Zstandard, bzip2 or xz shows the same failing lines", async () => {
  const packed: readonly (readonly [string, Buffer])[] = [
    ["gz", gzipSync(log)],
    ["zst", packedBy("zstd", log)],
    ["bz2", packedBy("bzip2", log)],
    ["xz", packedBy("xz", log)],
  ];
  for (const [ending, bytes] of packed) {
    const { text, lines } = await textOf(onDisk(`packed.log.${ending}`, bytes), "log");
    assert.deepEqual(lines, [-1, ...failing], ending);
    assert.deepEqual(
      text.split("\n").slice(1, -1),
      failing.map((line) => rows[line]),
      ending,
    );
  }
});

test("a packed log that is cut off shows what came before, a bomb of zeros is refused in words", async () => {
  const half = gzipSync(log).subarray(0, 20_000);
  const { text } = await textOf(onDisk("half.log.gz", half), "log");
  assert.match(text, /^# The log was not read to its end: its gzip data ends too early/);
  assert.ok(text.split("\n").length > 5, "what came before is shown");
  assert.match(await refusalOf(onDisk("zeros.log.gz", gzipSync(Buffer.alloc(300_000_000)))), /it is no text/);
});

test("a bomb of letters ends where no mail log would go on", { timeout: 60_000 }, async () => {
  const bomb = gzipSync(Buffer.alloc(1_200_000_000, "a"), { level: 1 });
  assert.match(await refusalOf(onDisk("letters.log.gz", bomb)), /more than 200 times its size/);
});

async function refusalOf(uri: string): Promise<string> {
  const found = await failures(uri, "log");
  return "refused" in found ? found.refused : found.text;
}

function packedBy(program: string, text: string): Buffer {
  const { stdout, error } = spawnSync(program, ["-c"], { input: text, maxBuffer: 100_000_000 });
  assert.equal(error, undefined, `${program} is needed`);
  return stdout;
}

test("a log that is not there is refused in words", async () => {
  const missing = pathToFileURL(join(folder, "none.log")).href;
  assert.deepEqual(await failures(missing, "log"), {
    refused: "The log could not be read: it does not exist any more.",
  });
  assert.deepEqual(await failures(pathToFileURL(folder).href, "log"), {
    refused: "The log could not be read: it is a directory. Name the log files in it.",
  });
});

test("an address that names no log is none of ours", () => {
  for (const uri of ["file:///mail.log", `${failuresScheme}:/x`, `${failuresScheme}:/x?%ZZ`, `${failuresScheme}:/x?7`])
    assert.equal(readFailuresUri(uri), undefined, uri);
});
