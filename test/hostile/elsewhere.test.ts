// Where log text leaves the pipe's Markdown: messages of editors without our client, the clipboard's text, and a terminal.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { nastyBytes, nastyLog } from "../support/nasty.ts";
import { startServer, type TestEditor, type TestServer } from "../support/server.ts";
import { unseen } from "./markup.ts";

const uri = "file:///var/log/mail.log";
const cli = fileURLToPath(new URL("../../dist/cli.js", import.meta.url));
// Messages in VS Code know this one notation for links; a click on a "command:" link runs the command.
const messageLink = /\[[^\]]+\]\((?:https?:\/\/|command:|file:)[^)\s]+/i;

let folder: string;

before(() => {
  folder = mkdtempSync(join(tmpdir(), "nasty-"));
});
after(() => rmSync(folder, { recursive: true, force: true }));

/** A server that knows the nasty log, for the time of a task. */
async function withLog(editor: TestEditor, task: (server: TestServer, lines: readonly number[]) => Promise<void>) {
  const server = await startServer(editor);
  try {
    const diagnostics = await server.open({ uri, text: nastyLog() });
    await task(
      server,
      diagnostics.map(({ range }) => range.start.line),
    );
  } finally {
    await server.stop();
  }
}

test("a rejection shown as a message has no link, and nothing invisible, of the log's making", async () => {
  await withLog({}, async ({ connection }, lines) => {
    const messages: string[] = [];
    connection.onRequest("window/showMessageRequest", ({ message }: { message: string }) => {
      messages.push(message);
      return null;
    });
    for (const line of lines) {
      const command = "smtpLogLens.server.copyRejection";
      await connection.sendRequest("workspace/executeCommand", { command, arguments: [uri, line] });
    }
    assert.equal(messages.length, lines.length);
    for (const message of messages) {
      assert.doesNotMatch(message, messageLink);
      assert.doesNotMatch(message, unseen);
    }
  });
});

test("the full rejection for the clipboard is bounded, and a terminal that it is pasted into obeys none of it", async () => {
  await withLog({ panel: true }, async ({ connection }, lines) => {
    for (const line of lines) {
      const text = await connection.sendRequest<string | null>("smtpLogLens/rejection", { uri, line });
      assert.ok(text !== null && text.length < 40_000, `line ${line + 1}`);
      assert.doesNotMatch(text, /[^\P{Cc}\t\n]/u, `line ${line + 1}`);
    }
  });
});

for (const [name, contents] of [
  ["attacks", Buffer.from(nastyLog())],
  ["attacks with broken UTF-8", nastyBytes()],
] as const) {
  test(`the command line sums up a log of ${name} without a control character`, () => {
    const file = join(folder, "mail.log");
    writeFileSync(file, contents);
    const output = execFileSync(process.execPath, [cli, "analyse", file], { encoding: "utf8", maxBuffer: 2 ** 28 });
    assert.match(output, /failures of/);
    assert.doesNotMatch(output, unseen);
  });

  test(`the command line prints one JSON object a line for a log of ${name}, safe to show`, () => {
    const file = join(folder, "mail.log");
    writeFileSync(file, contents);
    const output = execFileSync(process.execPath, [cli, "analyse", file, "--ndjson"], {
      encoding: "utf8",
      maxBuffer: 2 ** 28,
    });
    const lines = output.trimEnd().split("\n");
    assert.ok(lines.every((line) => typeof JSON.parse(line) === "object"));
    assert.doesNotMatch(output, /[^\P{Cc}\n]/u, "a terminal obeys no line of it");
  });
}
