// A log that is edited while it is open, over a pipe: the last diagnostics are always those of the last text.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type {
  Diagnostic,
  PublishDiagnosticsParams,
  TextDocumentContentChangeEvent,
} from "vscode-languageserver-protocol";
import { startServer, type TestServer } from "../support/server.ts";

const fine =
  "2024-06-03T10:02:08+00:00 mx1 postfix/smtp[911]: 4VtCqB1abcz8: to=<kim@example.net>, relay=mx.example.net[192.0.2.25]:25, delay=1, delays=0/0/0.5/0.5, dsn=2.0.0, status=sent (250 2.0.0 Ok: queued as 5AB421)";
const relay = "cxr.mx.a.cloudfilter.net[192.0.2.8]";
const cox = `2024-06-03T10:02:07+00:00 mx1 postfix/smtp[911]: 4VtCqB1abcz9: to=<pat@cox.net>, relay=${relay}:25, delay=1, delays=0/0/0.5/0.5, dsn=4.0.0, status=deferred (host ${relay} refused to talk to me: 421 cmsmtp 203.0.113.7 blocked. AUP#CXCNCT)`;
const full = cox.replace("421 cmsmtp 203.0.113.7 blocked. AUP#CXCNCT", "550 5.2.2 mailbox full");

let server: TestServer;
const last = new Map<string, Diagnostic[]>();
const watchers = new Set<() => void>();

before(async () => {
  server = await startServer();
  server.connection.onNotification(
    "textDocument/publishDiagnostics",
    ({ uri, diagnostics }: PublishDiagnosticsParams) => {
      last.set(uri, diagnostics);
      for (const look of [...watchers]) look();
    },
  );
});
after(() => server.stop());

type Seen = readonly (readonly [string, number])[];

function seen(uri: string): Seen | undefined {
  return last.get(uri)?.map(({ code, range }) => [String(code), range.start.line] as const);
}

/** Waits until the diagnostics of a document are these; a test that waits for ever names what it saw. */
async function expectSeen(uri: string, expected: Seen): Promise<void> {
  const wanted = JSON.stringify(expected);
  await new Promise<void>((resolve, reject) => {
    const end = (how: () => void) => {
      clearTimeout(timer);
      watchers.delete(look);
      how();
    };
    const look = () => JSON.stringify(seen(uri)) === wanted && end(resolve);
    const fault = () => new Error(`expected ${wanted}, last seen ${JSON.stringify(seen(uri))}`);
    const timer = setTimeout(() => end(() => reject(fault())), 20_000);
    watchers.add(look);
    look();
  });
}

let documents = 0;

/** Opens a document of its own for a test. */
async function opened(text: string, languageId = "log") {
  const uri = `file:///var/log/edited-${++documents}.log`;
  let version = 1;
  await server.connection.sendNotification("textDocument/didOpen", {
    textDocument: { uri, text, languageId, version },
  });
  const change = (...contentChanges: TextDocumentContentChangeEvent[]) =>
    server.connection.sendNotification("textDocument/didChange", {
      textDocument: { uri, version: ++version },
      contentChanges,
    });
  const insert = (line: number, text: string) => change(at(line, line, text));
  return { uri, change, insert };
}

function at(first: number, behind: number, text: string): TextDocumentContentChangeEvent {
  return { range: { start: { line: first, character: 0 }, end: { line: behind, character: 0 } }, text };
}

test("a refusal that the mail server appends is shown, in a short log and in a long one", async () => {
  for (const lines of [3, 2_000]) {
    const log = await opened(`${fine}\n`.repeat(lines));
    await expectSeen(log.uri, []);
    await log.insert(lines, `${cox}\n`);
    await expectSeen(log.uri, [["AUP#CXCNCT", lines]]);
    await log.insert(lines + 1, full);
    await expectSeen(log.uri, [
      ["AUP#CXCNCT", lines],
      ["550 5.2.2", lines + 1],
    ]);
  }
});

test("lines above a refusal move its diagnostic, and a deleted refusal loses it", async () => {
  const log = await opened(`${`${fine}\n`.repeat(900)}${cox}\n${`${fine}\n`.repeat(900)}`);
  await expectSeen(log.uri, [["AUP#CXCNCT", 900]]);
  await log.insert(0, "\n\n");
  await expectSeen(log.uri, [["AUP#CXCNCT", 902]]);
  await log.change(at(0, 400, ""));
  await expectSeen(log.uri, [["AUP#CXCNCT", 502]]);
  await log.change(at(502, 503, ""));
  await expectSeen(log.uri, []);
});

test("an empty document becomes a mail log when one is pasted, and nothing again when it is emptied", async () => {
  const log = await opened("", "plaintext");
  await expectSeen(log.uri, []);
  await log.insert(0, `${fine}\n${cox}\n`);
  await expectSeen(log.uri, [["AUP#CXCNCT", 1]]);
  await log.change(at(0, 2, ""));
  await expectSeen(log.uri, []);
});

test("a note that a rejection is typed into, letter by letter, is a mail log from then on", async () => {
  const log = await opened("Dear support,\n", "plaintext");
  await expectSeen(log.uri, []);
  const words = "550 5.1.0 sender rejected. AUP#CXBL";
  for (const [character, letter] of [...words].entries()) {
    const point = { line: 1, character };
    await log.change({ range: { start: point, end: point }, text: letter });
  }
  await expectSeen(log.uri, [["AUP#CXBL", 1]]);
});

test("an editor that sends the whole document after each edit gets the same", async () => {
  const log = await opened(`${fine}\n`);
  await log.change({ text: `${fine}\n${full}\n${cox}\n` });
  await expectSeen(log.uri, [
    ["550 5.2.2", 1],
    ["AUP#CXCNCT", 2],
  ]);
  await log.change({ text: "a shopping list\n" });
  await expectSeen(log.uri, []);
});

test("a log with CRLF is counted in the same lines and columns as one with LF", async () => {
  const log = await opened(`${fine}\r\n${cox}\r\n`);
  await expectSeen(log.uri, [["AUP#CXCNCT", 1]]);
  const range = last.get(log.uri)?.[0]?.range;
  assert.equal(cox.slice(range?.start.character, range?.end.character), "AUP#CXCNCT");
  await log.insert(1, `${full}\r\n\r\n`);
  await expectSeen(log.uri, [
    ["550 5.2.2", 1],
    ["AUP#CXCNCT", 3],
  ]);
});

test("after a burst of edits the last diagnostics are those of the last text", async () => {
  const log = await opened(`${fine}\n`.repeat(600));
  const sent: Promise<void>[] = [];
  for (let round = 0; round < 50; round++) {
    sent.push(log.insert(300, `${cox}\n`), log.insert(0, `${full}\n`), log.change(at(0, 1, "")));
  }
  sent.push(log.change(at(302, 350, ""), at(0, 100, "")));
  await Promise.all(sent);
  await expectSeen(log.uri, [
    ["AUP#CXCNCT", 200],
    ["AUP#CXCNCT", 201],
  ]);
});

test("a burst that ends with closing the log leaves no diagnostics behind", async () => {
  const log = await opened(`${cox}\n`);
  await expectSeen(log.uri, [["AUP#CXCNCT", 0]]);
  await Promise.all([log.insert(0, `${cox}\n`), log.insert(0, `${cox}\n`)]);
  await server.connection.sendNotification("textDocument/didClose", { textDocument: { uri: log.uri } });
  await expectSeen(log.uri, []);
  await server.connection.sendNotification("textDocument/didOpen", {
    textDocument: { uri: log.uri, text: `${fine}\n${cox}\n`, languageId: "log", version: 1 },
  });
  await expectSeen(log.uri, [["AUP#CXCNCT", 1]]);
});

test("two logs that change at once keep their own diagnostics", async () => {
  const [one, other] = [await opened(`${cox}\n`), await opened(`${full}\n`)];
  await Promise.all([one.insert(0, `${fine}\n`), other.insert(0, `${fine}\n${fine}\n`)]);
  await expectSeen(one.uri, [["AUP#CXCNCT", 1]]);
  await expectSeen(other.uri, [["550 5.2.2", 2]]);
});
