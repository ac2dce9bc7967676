// Mails that are open in an editor, over a pipe: what is underlined in a report, coloured in its fields, and told of a complaint.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Hover, SemanticTokens } from "vscode-languageserver-protocol";
import { methods, type StatusParams } from "../../server/src/protocol.ts";
import { annotatedLog } from "../log/support/annotated.ts";
import { startServer, type TestServer } from "../support/server.ts";

let server: TestServer;
const told: StatusParams[] = [];
let heard = (): void => {};

before(async () => {
  server = await startServer({ panel: true });
  server.connection.onNotification(methods.status, (status: StatusParams) => {
    told.push(status);
    heard();
  });
});
after(() => server.stop());

function opened(name: string) {
  const uri = `file:///home/kim/${name}.eml`;
  const { text } = annotatedLog(`mail/${name}.eml`);
  return server
    .open({ uri, text, languageId: "eml" })
    .then((diagnostics) => ({ uri, lines: text.split("\n"), diagnostics }));
}

test("a report's diagnostic line is underlined at its codes, and explained there", async () => {
  const { uri, lines, diagnostics } = await opened("courier");
  assert.deepEqual(
    diagnostics.map(({ range: { start, end } }) => lines[start.line]?.slice(start.character, end.character)),
    ["550 5.1.1"],
  );
  const [diagnostic] = diagnostics;
  assert.match(lines[diagnostic?.range.start.line ?? 0] ?? "", /^Diagnostic-Code: /);
  const hover = await server.connection.sendRequest<Hover | null>("textDocument/hover", {
    textDocument: { uri },
    position: diagnostic?.range.start,
  });
  assert.match(JSON.stringify(hover?.contents), /No such mailbox/);
});

test("the fields of a report are coloured", async () => {
  const { uri, lines } = await opened("gmail");
  const first = lines.findIndex((line) => line.startsWith("Final-Recipient"));
  const range = { start: { line: first, character: 0 }, end: { line: first + 5, character: 0 } };
  const { data } = await server.connection.sendRequest<SemanticTokens>("textDocument/semanticTokens/range", {
    textDocument: { uri },
    range,
  });
  assert.ok(data.length / 5 >= 6, "recipient, action, status, host, code and enhanced code");
});

test("a complaint has nothing to underline, and the status says what it is", async () => {
  const { uri, diagnostics } = await opened("complaint");
  assert.deepEqual(diagnostics, []);
  // Underlines come first, the status after them.
  while (!told.some((status) => status.uri === uri)) await new Promise<void>((resolve) => (heard = resolve));
  const { format, complaints, permanent } = told.find((status) => status.uri === uri) ?? {};
  assert.deepEqual([format, complaints, permanent], ["bounce", 1, 0]);
});
