// The built server over a pipe: what any editor gets from it.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { CodeAction, Diagnostic, DocumentHighlight, Hover } from "vscode-languageserver-protocol";
import { startServer, type TestServer } from "../support/server.ts";

const cox =
  "2024-06-03T10:02:07+00:00 mx1 postfix/smtp[911]: 4VtCqB1abcz9: to=<pat@cox.net>, relay=cxr.mx.a.cloudfilter.net[192.0.2.8]:25, delay=1, delays=0/0/0.5/0.5, dsn=4.0.0, status=deferred (host cxr.mx.a.cloudfilter.net[192.0.2.8] refused to talk to me: 421 cmsmtp 203.0.113.7 blocked. Refer to Error Codes section at https://www.cox.com/residential/support/email-error-codes.html for more information. AUP#CXCNCT)";
const listed = cox
  .replace("421 cmsmtp", "554 cmsmtp")
  .replace("AUP#CXCNCT", "AUP#IPBL0011")
  .replace("deferred", "bounced");
const fine =
  "2024-06-03T10:02:08+00:00 mx1 postfix/smtp[911]: 4VtCqB1abcz8: to=<kim@example.net>, relay=mx.example.net[192.0.2.25]:25, delay=1, delays=0/0/0.5/0.5, dsn=2.0.0, status=sent (250 2.0.0 Ok: queued as 5AB421)";
const ours =
  "2024-06-03T10:02:09+00:00 mx1 postfix/smtpd[915]: NOQUEUE: reject: RCPT from unknown[198.51.100.9]: 554 5.7.1 <a@example.org>: Relay access denied; from=<x@example.com> to=<a@example.org> proto=ESMTP helo=<h>";
const log = [fine, cox, listed, ours, fine, ""].join("\n");
const uri = "file:///var/log/mail.log";

let server: TestServer;
let first: Diagnostic[];

before(async () => {
  server = await startServer();
  first = await server.open({ uri, text: log });
});
after(() => server.stop());

function hoverText(hover: Hover | null): string {
  assert.ok(
    hover !== null && typeof hover.contents === "object" && "value" in hover.contents,
    "a hover was expected there",
  );
  return hover.contents.value;
}

async function hoverOn(line: number, needle: string): Promise<Hover | null> {
  const character = (log.split("\n")[line] ?? "").indexOf(needle) + 1;
  assert.ok(character > 0, `${needle} stands on line ${line}`);
  return server.connection.sendRequest<Hover | null>("textDocument/hover", {
    textDocument: { uri },
    position: { line, character },
  });
}

test("a temporary Cox refusal is a warning with its token as a linked code", () => {
  const diagnostic = first.find(({ code }) => code === "AUP#CXCNCT");
  assert.equal(diagnostic?.source, "smtp-log-lens");
  assert.equal(diagnostic?.severity, 2);
  assert.equal(diagnostic?.codeDescription?.href, "smtp-explain:/cox/CXCNCT.md");
  assert.equal(diagnostic?.range.start.line, 1);
  assert.ok(String(diagnostic?.message).startsWith("Temporary: "));
  assert.doesNotMatch(String(diagnostic?.message), /[*_`[\]]/, "the message is plain text");
});

test("a permanent refusal is an error, and its mask has a page of its own", () => {
  const diagnostic = first.find(({ code }) => code === "AUP#IPBL0011");
  assert.equal(diagnostic?.severity, 1);
  assert.equal(diagnostic?.codeDescription?.href, "smtp-explain:/cox/IPBL0011.md");
  assert.match(String(diagnostic?.message), /Spamhaus/);
});

test("our own refusal of a stranger is information, and a delivered message is nothing", () => {
  assert.deepEqual(
    first.map(({ range, severity }) => [range.start.line, severity]),
    [
      [1, 2],
      [2, 1],
      [3, 3],
    ],
  );
});

test("the underlined stretch is the token, the most telling part", () => {
  const range = first[0]?.range;
  const line = log.split("\n")[1] ?? "";
  const text = line.slice(range?.start.character, range?.end.character);
  assert.equal(text, "AUP#CXCNCT");
});

test("hover on the token says what it means, what to do first, and links to the page and the check", async () => {
  const text = hoverText(await hoverOn(1, "AUP#CXCNCT"));
  assert.match(text, /AUP\\#CXCNCT/);
  assert.match(text, /Temporary/);
  assert.match(text, /\*\*First:\*\*/);
  assert.match(text, /Sources disagree/);
  assert.match(text, /\[Explain\]\(smtp-explain:\/cox\/CXCNCT\.md\)/);
  assert.match(text, /\(smtp-explain:\/check\/cox\/CXCNCT\/\d+\/203\.0\.113\.7\.md\)/);
  assert.doesNotMatch(text, /command:/);
});

test("hover on a mask names each list with its own removal link", async () => {
  const text = hoverText(await hoverOn(2, "AUP#IPBL0011"));
  assert.match(text, /check\.spamhaus\.org/);
  assert.match(text, /senderscore\.org/);
});

test("hover on a public address offers its check, on a documentation address explains it", async () => {
  assert.match(hoverText(await hoverOn(1, "203.0.113.7")), /examples in documents/);
  const text = log.replaceAll("203.0.113.7", "81.2.69.160");
  const other = "file:///var/log/public.log";
  await server.open({ uri: other, text });
  const character = (text.split("\n")[1] ?? "").indexOf("81.2.69.160") + 3;
  const params = { textDocument: { uri: other }, position: { line: 1, character } };
  const hover = await server.connection.sendRequest<Hover>("textDocument/hover", params);
  assert.match(hoverText(hover), /\[Check 81/);
});

test("hover on a DNS list that a line names says what it is, or that it is dead and nobody should ask it", async () => {
  const line = (list: string): string =>
    `Jun  3 10:02:07 mx1 postfix/smtp[911]: 4VtCqB1abcz9: to=<a@example.net>, relay=mx.example.net[192.0.2.25]:25, delay=1, delays=0/0/0.5/0.5, dsn=5.7.1, status=bounced (host mx.example.net[192.0.2.25] said: 554 5.7.1 Client host [203.0.113.7] blocked using ${list}; see its page (in reply to RCPT TO command))`;
  const text = [line("zen.spamhaus.org"), line("dnsbl.sorbs.net")].join("\n");
  const other = "file:///var/log/lists.log";
  await server.open({ uri: other, text });
  const hovers = [/DNS list of Spamhaus/, /was closed by Proofpoint on 5 June 2024/].map(async (expected, line) => {
    const character = (text.split("\n")[line] ?? "").indexOf("using ") + 12;
    const params = { textDocument: { uri: other }, position: { line, character } };
    assert.match(hoverText(await server.connection.sendRequest<Hover>("textDocument/hover", params)), expected);
  });
  await Promise.all(hovers);
});

test("hover on the enhanced code of a success says what the registry says", async () => {
  assert.match(hoverText(await hoverOn(0, "2.0.0 Ok")), /2\\\.0\\\.0/);
});

test("range tokens colour time, process, queue id, recipient, relay, reply code and provider token", async () => {
  const legend = server.initialized.capabilities.semanticTokensProvider?.legend;
  const range = { start: { line: 1, character: 0 }, end: { line: 1, character: 0 } };
  const { data } = await server.connection.sendRequest<{ data: number[] }>("textDocument/semanticTokens/range", {
    textDocument: { uri },
    range,
  });
  const line = log.split("\n")[1] ?? "";
  const found: Record<string, string> = {};
  for (let at = 0, start = 0; at < data.length; at += 5) {
    start = data[at] === 0 ? start + (data[at + 1] ?? 0) : (data[at + 1] ?? 0);
    found[legend?.tokenTypes[data[at + 3] ?? -1] ?? "?"] ??= line.slice(start, start + (data[at + 2] ?? 0));
  }
  assert.deepEqual(Object.values(found), [
    "2024-06-03T10:02:07+00:00",
    "mx1",
    "postfix/smtp",
    "4VtCqB1abcz9",
    "pat@cox.net",
    "cxr.mx.a.cloudfilter.net",
    "192.0.2.8",
    "deferred",
    "421",
    "203.0.113.7",
    "AUP#CXCNCT",
  ]);
});

test("only range tokens are announced, and nothing is pulled", () => {
  const { semanticTokensProvider, diagnosticProvider } = server.initialized.capabilities;
  assert.ok(semanticTokensProvider !== undefined && "range" in semanticTokensProvider);
  assert.equal(semanticTokensProvider.full, false);
  assert.equal(diagnosticProvider, undefined);
});

test("code actions on a failing line explain it, check the sending address and copy the rejection", async () => {
  const range = { start: { line: 1, character: 0 }, end: { line: 1, character: 0 } };
  const actions = await server.connection.sendRequest<CodeAction[]>("textDocument/codeAction", {
    textDocument: { uri },
    range,
    context: { diagnostics: [] },
  });
  assert.deepEqual(
    actions.map(({ title }) => title),
    ["Explain AUP#CXCNCT", "Check sending IP 203.0.113.7", "Copy the full rejection"],
  );
});

test("the page's text is served to editors without the panel, with what the log shows", async () => {
  const { text } = await server.connection.sendRequest<{ text: string }>("workspace/textDocumentContent", {
    uri: "smtp-explain:/cox/CXCNCT.md",
  });
  assert.match(text, /# AUP\\#CXCNCT · Cox/);
  assert.match(text, /The sources disagree/);
  assert.match(text, /## In this log/);
  assert.match(text, /unblock\\\.request\\@cox\\\.net/);
  assert.match(text, /unblock\\@cox\\\.net/);
});

test("a page that does not exist says so", async () => {
  const { text } = await server.connection.sendRequest<{ text: string }>("workspace/textDocumentContent", {
    uri: "smtp-explain:/nobody/NOTHING.md",
  });
  assert.match(text, /no explanation/);
});

test("a log that is no mail log gets nothing", async () => {
  const text = '10.0.0.1 - - [03/Jun/2024:10:02:07 +0000] "GET / HTTP/1.1" 502 150 "-" "curl 7.5.0"\n'.repeat(50);
  assert.deepEqual(await server.open({ uri: "file:///var/log/access.log", text, languageId: "log" }), []);
});

test("a plain-text document is read when its content is a mail log", async () => {
  const diagnostics = await server.open({ uri: "file:///tmp/pasted.txt", text: log, languageId: "plaintext" });
  assert.equal(diagnostics.length, 3);
});

test("a closed log loses its diagnostics", async () => {
  const other = "file:///var/log/closing.log";
  await server.open({ uri: other, text: log });
  const next = server.next(other);
  await server.connection.sendNotification("textDocument/didClose", { textDocument: { uri: other } });
  assert.deepEqual(await next, []);
});

test("with the cursor on a relay host all its places light up, on a time none", async () => {
  const line = log.split("\n")[1] ?? "";
  const at = (needle: string) => ({
    textDocument: { uri },
    position: { line: 1, character: line.indexOf(needle) + 1 },
  });
  const hosts = await server.connection.sendRequest<DocumentHighlight[]>(
    "textDocument/documentHighlight",
    at("cxr.mx"),
  );
  assert.deepEqual(
    hosts.map(({ range }) => range.start.line),
    [1, 1, 2, 2],
  );
  assert.deepEqual(await server.connection.sendRequest("textDocument/documentHighlight", at("2024-06-03")), []);
});
