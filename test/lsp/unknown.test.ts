// What a log says that nobody knows, over the pipe: the page, its text, and the row that is made of a reply.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { methods, type RowDraft, type UnknownPage } from "../../server/src/protocol.ts";
import { readRules } from "../../server/src/rules/read.ts";
import { fileOf } from "../rules/rules.ts";
import { startServer, type TestServer } from "../support/server.ts";

const page = "smtp-explain:/unknown/replies.md";
const log = "file:///var/log/mail.log";
const line = (host: string, reply: string): string =>
  `Nov 23 18:16:01 mx1 postfix/smtp[904]: 1F3271264: to=<ann@partner.example>, relay=${host}[192.0.2.25]:25, delay=1, delays=0/0/0/1, dsn=5.0.0, status=bounced (host ${host}[192.0.2.25] said: ${reply} (in reply to RCPT TO command))\n`;
const text =
  line("mx.partner.example", "550 5.1.1 No such user") +
  line("mx1.cox.net", "559 Qqq zzz 17 ppp") +
  line("mx1.cox.net", "559 Qqq zzz 23 ppp") +
  line("mx.partner.example", "550 <img src=x> [x](https://evil.example/) aaa");

let server: TestServer;
before(async () => {
  server = await startServer({ panel: true });
});
after(() => server.stop());

function ask(uri: string | undefined = log): Promise<UnknownPage> {
  return server.connection.sendRequest<UnknownPage>(methods.explain, { page, log: uri });
}

function draft(params: unknown): Promise<RowDraft | null> {
  return server.connection.sendRequest<RowDraft | null>(methods.draftRow, params);
}

test("without an open log there is nothing to show", async () => {
  assert.deepEqual(await ask(undefined), { kind: "unknown", replies: [] });
});

test("the page counts what is unknown, by what is said and by whom", async () => {
  await server.open({ uri: log, text });
  const { log: numbers, replies } = await ask();
  assert.deepEqual(numbers, { uri: log, failures: 4, unknown: 3, kinds: 2, left: 0 });
  assert.deepEqual(replies[0], {
    template: "559 Qqq zzz {n} ppp",
    count: 2,
    provider: "Cox",
    direction: "they-refused-us",
    first: 1,
    last: 2,
  });
  assert.deepEqual([replies[1]?.provider, replies[1]?.first], [undefined, 3]);
});

test("a log that is not open, or was closed, is not the page's", async () => {
  assert.equal((await ask("file:///etc/passwd")).log?.uri, log, "the log that was opened last is shown instead");
  const other = "file:///var/log/other.log";
  await server.open({ uri: other, text: line("mx1.cox.net", "558 rrr") });
  assert.equal((await ask(other)).replies[0]?.template, "558 rrr");
  await server.connection.sendNotification("textDocument/didClose", { textDocument: { uri: other } });
  assert.equal((await ask(other)).log?.uri, log);
});

test("an editor without the panel reads the page as a document, and nothing of the log is markup in it", async () => {
  const { text } = await server.connection.sendRequest<{ text: string }>("workspace/textDocumentContent", {
    uri: page,
  });
  assert.match(text, /^# Unknown replies\n\n3 of 4 failures are explained by the code alone/);
  assert.match(text, /- 2 times, first in line 2, Cox: `559 Qqq zzz \{n\} ppp`\n/);
  assert.match(text, /`550 <img src=x> \[x\]\(\{link\}\) aaa`|`550 <img src=x> \[x\]\(\{link\} aaa`/);
});

test("a row is made of the reply on a line, for its provider, and is a rule as it is", async () => {
  const made = await draft({ uri: log, line: 1, template: "559 Qqq zzz {n} ppp" });
  const { rules, faults } = readRules([fileOf(made?.text ?? "")]);
  assert.deepEqual(faults, [[]]);
  assert.deepEqual([rules[0]?.provider, rules[0]?.match], ["cox", { words: ["qqq zzz"], code: [559] }]);
  assert.match(made?.text ?? "", /providers\/cox\.json/);
  assert.match(made?.text ?? "", /through\(whereIs\("cox"\)\.host/);
});

test("nothing is made of a line that is known, gone or says something else, or of what is no wish", async () => {
  const wish = { uri: log, line: 1, template: "559 Qqq zzz {n} ppp" };
  assert.notEqual(await draft(wish), null);
  const wrong = [
    ...[
      { ...wish, line: 0 },
      { ...wish, line: 3 },
      { ...wish, line: 99 },
      { ...wish, line: -1 },
      { ...wish, line: 0.5 },
    ],
    ...[{ ...wish, template: "559" }, { ...wish, uri: "file:///etc/passwd" }, { line: 1 }, {}, null, 7, "x", []],
  ];
  for (const params of wrong) assert.equal(await draft(params), null, JSON.stringify(params));
});
