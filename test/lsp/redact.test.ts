// Copying lines redacted, over the pipe.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { methods, type RedactedLines } from "../../server/src/protocol.ts";
import { comparable, redacted } from "../redact/logs.ts";
import { logText, startServer, type TestServer } from "../support/server.ts";

const uri = "file:///var/log/mail.log";
let server: TestServer;
before(async () => {
  server = await startServer({ panel: true });
});
after(() => server.stop());

function ask(params: unknown): Promise<RedactedLines | null> {
  return server.connection.sendRequest<RedactedLines | null>(methods.redact, params);
}

test("a whole log is redacted as on the command line", async () => {
  const text = logText("real/sendmail.log");
  await server.open({ uri, text });
  const lines = text.split("\n").length;
  const answer = await ask({ uri, first: 0, last: lines - 1 });
  assert.equal(answer?.text, redacted(text));
  assert.equal(answer?.lines, text.endsWith("\n") ? lines - 1 : lines);
  assert.deepEqual(comparable(answer?.text ?? ""), comparable(text));
});

test("lines of one log have the same pseudonyms each time, and count their own values", async () => {
  const log = "file:///var/log/short.log";
  const line = (who: string) => `Nov 23 18:16:04 mx1 postfix/qmgr[9]: 044B211F7: from=<${who}@example.org>, size=1\n`;
  await server.open({ uri: log, text: line("ann") + line("bob") });
  const second = await ask({ uri: log, first: 1, last: 1 });
  assert.equal(second?.text, line("user-1").replace("mx1", "mx-1").replace("example.org", "domain-1.example"));
  assert.deepEqual([second?.lines, second?.values, second?.full], [1, 3, false]);
  const both = await ask({ uri: log, first: 0, last: 1 });
  assert.match(both?.text ?? "", /<user-2@.*\n.*<user-1@/);
  assert.deepEqual([both?.lines, both?.values], [2, 4]);
});

test("a log that is closed is forgotten, its pseudonyms too", async () => {
  const log = "file:///var/log/closed.log";
  const text = "Nov 23 18:16:04 mx1 postfix/qmgr[9]: 044B211F7: from=<ann@example.org>, size=1\n";
  await server.open({ uri: log, text: text.replace("ann", "bob") });
  assert.match((await ask({ uri: log, first: 0, last: 0 }))?.text ?? "", /user-1@/);
  await server.connection.sendNotification("textDocument/didClose", { textDocument: { uri: log } });
  assert.equal(await ask({ uri: log, first: 0, last: 0 }), null);
  await server.open({ uri: log, text });
  assert.match((await ask({ uri: log, first: 0, last: 0 }))?.text ?? "", /user-1@/);
});

test("what is too long for a clipboard is cut between lines", async () => {
  const log = "file:///var/log/long.log";
  const line = "Nov 23 18:16:04 mx1 postfix/qmgr[9]: 044B211F7: from=<ann@example.org>, size=1\n";
  const count = Math.ceil((5 * 1024 * 1024) / line.length);
  await server.open({ uri: log, text: line.repeat(count) });
  const answer = await ask({ uri: log, first: 0, last: count });
  assert.ok(answer !== null && answer.lines < count && answer.lines > count / 2);
  assert.equal(answer.text.split("\n").length - 1, answer.lines);
  assert.ok(answer.text.endsWith("size=1\n"));
});

test("other parameters and other documents get no text", async () => {
  const wrong = [
    {},
    null,
    7,
    { uri },
    { uri, first: 2, last: 1 },
    { uri, first: -1, last: 1 },
    { uri, first: 0.5, last: 1 },
  ];
  for (const params of [...wrong, { uri: "file:///etc/passwd", first: 0, last: 1 }, { uri: 5, first: 0, last: 1 }]) {
    assert.equal(await ask(params), null);
  }
  const beyond = await ask({ uri, first: 1_000_000, last: 2_000_000 });
  assert.deepEqual(beyond, { text: "", lines: 0, values: 0, full: false });
});
