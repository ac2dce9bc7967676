// The user's own rules over the pipe: read with the workspace's trust, renewed when their file changes, faults where they stand.
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, test } from "node:test";
import { pathToFileURL } from "node:url";
import type { Diagnostic } from "vscode-languageserver-protocol";
import { methods } from "../../server/src/protocol.ts";
import { least, rulesText } from "../rules/rules.ts";
import { startServer, type TestEditor, type TestServer } from "../support/server.ts";

const uri = "file:///var/log/mail.log";
const text =
  "Nov 23 18:16:01 mx1 postfix/smtp[904]: 1F3271264: to=<ann@partner.example>, relay=mx.partner.example[192.0.2.25]:25, delay=1, delays=0/0/0/1, dsn=5.0.0, status=bounced (host mx.partner.example[192.0.2.25] said: 550 Qqq zzz ppp (in reply to RCPT TO command))\n";
const rule = { ...least, match: { words: ["qqq zzz ppp"] } };

let folder: string;
let server: TestServer | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "rules-"));
});
afterEach(async () => {
  await server?.stop();
  server = undefined;
  rmSync(folder, { recursive: true, force: true });
});

const path = (name = ".smtp-log-lens.json"): string => join(folder, name);
const at = (name?: string): string => pathToFileURL(path(name)).href;

/** Starts a server in the folder, and waits until it has said what it thinks of the file of rules. */
async function start(editor: TestEditor = {}): Promise<TestServer> {
  server = await startServer({ folders: [pathToFileURL(folder).href], trusted: true, ...editor });
  return server;
}

/** The code of the log's one refusal, once the server has told it anew `times` times. */
async function explained(server: TestServer): Promise<Diagnostic | undefined> {
  return (await server.open({ uri, text }))[0];
}

/** Tells the server that the file changed, and waits for what it says of the log then. */
async function changed(server: TestServer, name?: string): Promise<Diagnostic | undefined> {
  const next = server.next(uri);
  await server.connection.sendNotification("workspace/didChangeWatchedFiles", {
    changes: [{ uri: at(name), type: 2 }],
  });
  return (await next)[0];
}

function pageOf(diagnostic: Diagnostic | undefined): string | undefined {
  return diagnostic?.codeDescription?.href;
}

test("the file in a trusted folder explains replies, and its page says whose rule it is", async () => {
  writeFileSync(path(), rulesText([rule]));
  const running = await start();
  await running.next(at());
  const diagnostic = await explained(running);
  assert.equal(pageOf(diagnostic), "smtp-explain:/yours/no-mailbox.md");
  assert.match(String(diagnostic?.message), /Our partner has no such mailbox/);
  const page = await running.connection.sendRequest<{ provider: string; sources: { name: string }[] }>(
    methods.explain,
    {
      page: "smtp-explain:/yours/no-mailbox.md",
      log: uri,
    },
  );
  assert.deepEqual([page.provider, page.sources[0]?.name], ["Your rules", ".smtp-log-lens.json"]);
});

test("in a folder that is not trusted nothing is read, until the user trusts it", async () => {
  for (const trusted of [false, undefined]) {
    writeFileSync(path(), rulesText([rule]));
    server = await startServer({ folders: [pathToFileURL(folder).href], ...(trusted !== undefined && { trusted }) });
    const running = server;
    assert.equal(pageOf(await explained(running)), "smtp-explain:/standard/550.md");
    const [said, again] = [running.next(at()), running.next(uri)];
    await running.connection.sendNotification(methods.trusted);
    assert.deepEqual(await said, []);
    assert.equal(pageOf((await again)[0]), "smtp-explain:/yours/no-mailbox.md");
    await running.stop();
    server = undefined;
  }
});

test("open logs are explained anew when the file is changed, made or removed", async () => {
  const running = await start();
  assert.equal(pageOf(await explained(running)), "smtp-explain:/standard/550.md");
  writeFileSync(path(), rulesText([rule]));
  assert.equal(pageOf(await changed(running)), "smtp-explain:/yours/no-mailbox.md");
  writeFileSync(path(), rulesText([{ ...rule, id: "other" }]));
  assert.equal(pageOf(await changed(running)), "smtp-explain:/yours/other.md");
  rmSync(path());
  assert.equal(pageOf(await changed(running)), "smtp-explain:/standard/550.md");
});

test("the server asks to be told of just these files", async () => {
  const running = await start({ settings: { rules: [path("own.json"), "rel*.json"] } });
  await explained(running);
  await running.connection.sendRequest(methods.codes);
  const watchers = JSON.stringify(running.registered);
  const base = pathToFileURL(folder).href;
  for (const pattern of [".smtp-log-lens.json", "own.json", "rel?.json"])
    assert.ok(watchers.includes(JSON.stringify({ baseUri: base, pattern })), `${pattern} ${watchers}`);
});

test("faults stand in the file where they are, and go when they are mended", async () => {
  const bad = rulesText([
    { ...rule, reason: "spam" },
    { ...rule, id: "b", examples: ["550 something else"] },
  ]);
  writeFileSync(path(), bad);
  const running = await start();
  const [left, odd, ...others] = await running.next(at());
  assert.deepEqual(others, []);
  const lines = bad.split("\n");
  const { start: place, end } = left?.range ?? assert.fail();
  assert.equal(lines[place.line]?.slice(place.character, end.character), '"spam"');
  assert.match(String(left?.message), /must be one of .* This rule is not used\.$/);
  assert.deepEqual([left?.severity, odd?.severity], [1, 2]);
  await explained(running);
  writeFileSync(path(), rulesText([rule]));
  const next = running.next(at());
  await changed(running);
  assert.deepEqual(await next, []);
});

test("files that the settings name are read after the workspace's, relative paths and links followed", async () => {
  mkdirSync(path("deep"));
  writeFileSync(path("deep/real.json"), rulesText([{ ...rule, id: "second" }]));
  symlinkSync(path("deep/real.json"), path("link.json"));
  const running = await start({ settings: { rules: ["link.json"] } });
  await running.next(at("link.json"));
  assert.equal(pageOf(await explained(running)), "smtp-explain:/yours/second.md");
  writeFileSync(path(), rulesText([{ ...rule, id: "first" }]));
  assert.equal(pageOf(await changed(running)), "smtp-explain:/yours/first.md");
});

test("a named file that is missing, a folder or too large is told of once, and the others are used", async () => {
  writeFileSync(path("good.json"), rulesText([rule]));
  writeFileSync(path("large.json"), " ".repeat(1024 * 1024 + 1));
  const said: string[] = [];
  const running = await start({ settings: { rules: ["gone.json", ".", "large.json", "good.json"] } });
  running.connection.onNotification(
    "window/showMessage",
    ({ message }: { message: string }) => void said.push(message),
  );
  await running.next(at("good.json"));
  assert.equal(pageOf(await explained(running)), "smtp-explain:/yours/no-mailbox.md");
  writeFileSync(path("good.json"), rulesText([{ ...rule, id: "x" }]));
  await changed(running, "good.json");
  assert.equal(said.length, 3, said.join("\n"));
  for (const [index, why] of [/gone\.json does not exist/, /is no file/, /large\.json is larger/].entries())
    assert.match(said[index] ?? "", why);
});

test("folders that are added bring their rules, and take them along when they are removed", async () => {
  writeFileSync(path(), rulesText([rule]));
  const running = await start({ folders: [] });
  assert.equal(pageOf(await explained(running)), "smtp-explain:/standard/550.md");
  const one = { uri: pathToFileURL(folder).href, name: "logs" };
  for (const [event, page] of [
    [{ added: [one], removed: [] }, "smtp-explain:/yours/no-mailbox.md"],
    [{ added: [], removed: [one] }, "smtp-explain:/standard/550.md"],
  ] as const) {
    const next = running.next(uri);
    await running.connection.sendNotification("workspace/didChangeWorkspaceFolders", { event });
    assert.equal(pageOf((await next)[0]), page);
  }
});
