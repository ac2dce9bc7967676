// Logs that no editor hands over, over a pipe: read from disk, followed while they grow, shrink, vanish and come back.
import assert from "node:assert/strict";
import { appendFileSync, mkdirSync, mkdtempSync, renameSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, beforeEach, test } from "node:test";
import { pathToFileURL } from "node:url";
import type { Diagnostic, PublishDiagnosticsParams } from "vscode-languageserver-protocol";
import { CancellationTokenSource } from "vscode-languageserver-protocol/node";
import { logMethods, type NextFailure, type ScanAnswer } from "../../server/src/logProtocol.ts";
import { type ExplanationPage, methods, type StatusParams } from "../../server/src/protocol.ts";
import { failure, postfixLog } from "../bench/log.ts";
import { startServer, type TestServer } from "../support/server.ts";

let server: TestServer;
let folder: string;
let statuses: StatusParams[] = [];
const diagnostics = new Map<string, Diagnostic[]>();

before(async () => {
  folder = mkdtempSync(join(tmpdir(), "sll-scan-"));
  server = await startServer({ panel: true });
  const { connection } = server;
  connection.onNotification(methods.status, (status: StatusParams) => void statuses.push(status));
  connection.onNotification("textDocument/publishDiagnostics", (params: PublishDiagnosticsParams) => {
    diagnostics.set(params.uri, params.diagnostics);
  });
});
beforeEach(() => {
  statuses = [];
});
after(async () => {
  await server.stop();
  rmSync(folder, { recursive: true });
});

const tooMany =
  "Jun  3 06:00:00 mx1 postfix/smtp[1000]: 4VtCqB1abcz9: to=<pat@cox.net>, relay=cxr.mx.a.cloudfilter.net[192.0.2.8]:25, delay=1, delays=0/0/0.5/0.5, dsn=4.0.0, status=deferred (host cxr.mx.a.cloudfilter.net[192.0.2.8] refused to talk to me: 421 cmsmtp 203.0.113.7 blocked. AUP#CXCNCT)";
const throttled = tooMany.replace("203.0.113.7 blocked. AUP#CXCNCT", "4.2.0 AUP#CXTHRT");
const fine =
  "Jun  3 06:00:00 mx1 postfix/smtp[1000]: 4VtCqB1abcz8: to=<kim@example.net>, relay=mx.example.net[192.0.2.25]:25, delay=1, delays=0/0/0.5/0.5, dsn=2.0.0, status=sent (250 2.0.0 Ok: queued as 5AB421)";

let files = 0;

/** A file of its own for a test. */
function written(text: string): { path: string; uri: string } {
  const path = join(folder, `mail-${++files}.log`);
  writeFileSync(path, text);
  return { path, uri: uriOf(path) };
}

function uriOf(path: string): string {
  return pathToFileURL(path).href;
}

function scan(uri: string, certain = false): Promise<ScanAnswer> {
  return server.connection.sendRequest<ScanAnswer>(logMethods.scan, { uri, certain });
}

/** The last status of a log, once it is as wanted. */
async function statusWith(uri: string, wanted: (status: StatusParams) => boolean): Promise<StatusParams> {
  const deadline = Date.now() + 15_000;
  while (Date.now() < deadline) {
    const found = statuses.filter((status) => status.uri === uri).find(wanted);
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return assert.fail(`never so: ${JSON.stringify(statuses.at(-1))}`);
}

/** The problems of a log, once there are as many as wanted. */
async function problemsOnce(uri: string, wanted: (count: number) => boolean): Promise<Diagnostic[]> {
  const deadline = Date.now() + 15_000;
  while (!wanted(diagnostics.get(uri)?.length ?? 0) && Date.now() < deadline)
    await new Promise((resolve) => setTimeout(resolve, 20));
  return diagnostics.get(uri) ?? [];
}

/** Waits until the problems of a log are these, by code and line. */
async function problemsAre(uri: string, expected: readonly (readonly [string, number])[]): Promise<void> {
  const deadline = Date.now() + 15_000;
  const seen = () => diagnostics.get(uri)?.map(({ code, range }) => [code, range.start.line]);
  while (JSON.stringify(seen()) !== JSON.stringify(expected) && Date.now() < deadline)
    await new Promise((resolve) => setTimeout(resolve, 20));
  assert.deepEqual(seen(), expected);
}

function next(uri: string, line: number, back = false): Promise<NextFailure | null> {
  return server.connection.sendRequest<NextFailure | null>(logMethods.next, { uri, line, back });
}

test("a log on disk has the same counts, and its problems are pushed, with no document open", async () => {
  const { uri } = written(postfixLog({ bytes: 3_000_000, failures: 0.01 }));
  const answer = await scan(uri);
  assert.equal(answer.state, "read");
  const { temporary, permanent, format, read } = await statusWith(uri, ({ read }) => read === 1);
  assert.equal(format, "postfix");
  assert.equal(temporary + permanent, answer.state === "read" ? answer.failures : 0);
  assert.equal(read, 1);
  const shown = await problemsOnce(uri, (count) => count === temporary + permanent);
  assert.equal(shown.length, temporary + permanent);
  const link = shown.find(({ code }) => code === "AUP#CXCNCT")?.codeDescription?.href;
  assert.equal(link, "smtp-explain:/cox/CXCNCT.md");
});

test("thousands of failures are at most a thousand problems, one a kind, and the page counts them all", async () => {
  const lines = Array.from({ length: 4_000 }, (_, n) => failure(n));
  const { uri } = written(`${[...lines, throttled].join("\n")}\n`);
  await scan(uri);
  const shown = await problemsOnce(uri, (count) => count > 1);
  assert.ok(shown.length <= 1_000);
  const one = shown.find(({ code }) => code === "AUP#CXCNCT");
  const count = lines.filter((line) => line.includes("AUP#CXCNCT")).length;
  assert.match(String(one?.message), new RegExp(`^${count.toLocaleString("en-US")}`.replace(/,/g, ",?")));
  assert.ok(
    shown.some(({ code }) => code === "AUP#CXTHRT"),
    "a rare kind is never lost",
  );
  const page = await server.connection.sendRequest<ExplanationPage>(methods.explain, {
    page: "smtp-explain:/cox/CXCNCT.md",
    log: uri,
  });
  assert.equal(page.log?.count, count);
  assert.equal(page.log?.places.length, 50);
  assert.equal(
    page.log?.recipients.total,
    new Set(lines.filter((l) => l.includes("CXCNCT")).map((l) => /to=<([^>]+)/.exec(l)?.[1])).size,
  );
});

test("going from failure to failure visits every failing line, both ways, and begins again at the end", async () => {
  const { uri } = written(`${[fine, tooMany, fine, fine, throttled, tooMany].join("\n")}\n`);
  await scan(uri);
  const visited: (number | undefined)[] = [];
  for (let line = -1, step = 0; step < 4; step++) {
    const found = await next(uri, line);
    line = found?.line ?? -1;
    visited.push(found?.line);
  }
  assert.deepEqual(visited, [1, 4, 5, 1]);
  assert.equal((await next(uri, 5, true))?.line, 4);
  const back = await next(uri, 1, true);
  assert.deepEqual([back?.line, back?.wrapped], [5, true]);
  assert.equal(tooMany.slice(back?.start, back?.end), "AUP#CXCNCT");
});

test("a log that grows is read on: what is new is counted, and a new kind is told once", async () => {
  const { path, uri } = written(`${fine}\n${tooMany}\n`);
  await scan(uri);
  appendFileSync(path, `${tooMany}\n${throttled}\n`);
  assert.equal((await statusWith(uri, ({ temporary }) => temporary === 3)).read, 1);
  const { news } = await statusWith(uri, ({ news }) => news !== undefined);
  assert.equal(news, "New: AUP#CXTHRT");
  await problemsAre(uri, [
    ["AUP#CXCNCT", 1],
    ["AUP#CXCNCT", 2],
    ["AUP#CXTHRT", 3],
  ]);
});

test("a line that is still being written counts once, when it has an end", async () => {
  const { path, uri } = written(`${fine}\n${tooMany}\n${tooMany.slice(0, 250)}`);
  await scan(uri);
  await statusWith(uri, ({ temporary }) => temporary === 1);
  appendFileSync(path, `${tooMany.slice(250)}\n`);
  await statusWith(uri, ({ temporary }) => temporary === 2);
  await problemsAre(uri, [
    ["AUP#CXCNCT", 1],
    ["AUP#CXCNCT", 2],
  ]);
});

test("a log that is renamed away and begun anew is read anew, and that is told", async () => {
  const { path, uri } = written(`${tooMany}\n${tooMany}\n`);
  await scan(uri);
  renameSync(path, `${path}.1`);
  writeFileSync(path, `${fine}\n${throttled}\n`);
  await statusWith(uri, ({ news }) => news === "The log was rotated");
  await problemsAre(uri, [["AUP#CXTHRT", 1]]);
});

test("a log that shrinks is read anew", async () => {
  const { path, uri } = written(`${tooMany}\n${tooMany}\n`);
  await scan(uri);
  truncateSync(path, tooMany.length + 1);
  await statusWith(uri, ({ temporary, news }) => temporary === 1 && news !== undefined);
});

test("a log that vanishes keeps what was found, says so, and is read on when it comes back", async () => {
  const { path, uri } = written(`${tooMany}\n`);
  await scan(uri);
  rmSync(path);
  const gone = await statusWith(uri, ({ trouble }) => trouble !== undefined);
  assert.deepEqual([gone.trouble, gone.temporary], ["it was moved or deleted", 1]);
  statuses = [];
  writeFileSync(path, `${tooMany}\n${tooMany}\n${tooMany}\n`);
  const back = await statusWith(uri, ({ temporary }) => temporary === 3);
  assert.equal(back.trouble, undefined);
});

test("a directory, a missing file, a disk image and a text without mail are refused in words", async () => {
  const directory = join(folder, "mail.log.d");
  mkdirSync(directory);
  const image = written("");
  writeFileSync(image.path, Buffer.alloc(100_000));
  assert.deepEqual(await scan(uriOf(directory), true), {
    state: "failed",
    why: "it is a directory. Name the log files in it",
  });
  assert.deepEqual(await scan(uriOf(join(folder, "none")), true), {
    state: "failed",
    why: "it does not exist any more",
  });
  assert.deepEqual(await scan(image.uri, true), {
    state: "failed",
    why: "it is no text. It looks like a disk image, a program or another file for machines",
  });
  assert.deepEqual(await scan("untitled:mail.log", true), { state: "failed", why: "it is no file on this computer" });
  const { uri } = written("nothing of mail\n".repeat(1_000));
  assert.deepEqual(await scan(uri), { state: "no-log" });
  assert.equal((await scan(uri, true)).state, "read", "a log by its name is read all the same");
});

test("a reading that is stopped keeps what was found; a forgotten log has no problems any more", async () => {
  const { uri } = written(postfixLog({ bytes: 30_000_000, failures: 0.01 }));
  const { token, cancel } = tokenSource();
  const answer = server.connection.sendRequest<ScanAnswer>(logMethods.scan, { uri, certain: true }, token);
  await statusWith(uri, ({ read }) => read !== undefined);
  cancel();
  const { state } = await answer;
  assert.equal(state, "stopped");
  const stopped = await statusWith(uri, ({ trouble }) => trouble === "its reading was stopped");
  assert.ok(stopped.read !== undefined && stopped.read < 1);
  await server.connection.sendNotification(logMethods.forget, { uri });
  await statusWith(uri, ({ format }) => format === undefined);
  await problemsAre(uri, []);
});

function tokenSource() {
  const source = new CancellationTokenSource();
  return { token: source.token, cancel: () => source.cancel() };
}

test("a line of 300 MB is read in pieces and the lines behind it keep their numbers", async () => {
  const { path, uri } = written("");
  const part = "x".repeat(10_000_000);
  for (let count = 0; count < 30; count++) appendFileSync(path, part);
  appendFileSync(path, `\n${tooMany}\n`);
  await scan(uri, true);
  await problemsAre(uri, [["AUP#CXCNCT", 1]]);
});
