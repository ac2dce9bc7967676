// Logs of monstrous shape, over the pipe: every answer comes, no kind of failure is lost, memory stays bounded.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Diagnostic, Hover } from "vscode-languageserver-protocol";
import { refusal } from "../support/nasty.ts";
import { startServer, type TestServer } from "../support/server.ts";
import { memoryOf } from "./memory.ts";

const uri = "file:///var/log/mail.log";
const mostMemory = 1.5 * 1024 ** 3;
const cox = refusal("550 5.1.0 sender rejected. AUP#CXBL");
const rare = refusal("554 cmsmtp 203.0.113.7 blocked. AUP#CDRBL");
const removed = "2026-11-23T10:02:08+00:00 mx1 postfix/qmgr[902]: 4VtCqB1abcz9: removed";

/** Opens a log on a server of its own, looks at it as an editor does, and holds the server to its bounds. */
async function look(text: string, see: (diagnostics: Diagnostic[], server: TestServer) => Promise<void> | void) {
  const server = await startServer();
  try {
    const diagnostics = await server.open({ uri, text });
    assert.ok(diagnostics.length <= 1_000, `an editor keeps 1,000 diagnostics, not ${diagnostics.length}`);
    await see(diagnostics, server);
    for (const diagnostic of diagnostics.slice(0, 3)) await useEverything(server, diagnostic);
    assert.ok(memoryOf(server.process.pid ?? 0) < mostMemory, `${memoryOf(server.process.pid ?? 0)} bytes were held`);
  } finally {
    await server.stop();
  }
}

/** Hover, colours, actions, page and an edit: what an editor asks of a line. */
async function useEverything({ connection }: TestServer, { range, codeDescription }: Diagnostic): Promise<void> {
  const textDocument = { uri };
  const hover = await connection.sendRequest<Hover | null>("textDocument/hover", {
    textDocument,
    position: range.start,
  });
  assert.ok(hover !== null && JSON.stringify(hover).length < 10_000, "a hover is there, and short");
  const { data } = await connection.sendRequest<{ data: number[] }>("textDocument/semanticTokens/range", {
    textDocument,
    range,
  });
  assert.ok(data.length > 0, "the line is coloured");
  const context = { diagnostics: [] };
  const actions = await connection.sendRequest<unknown[]>("textDocument/codeAction", { textDocument, range, context });
  assert.ok(actions.length >= 2, "the line can be explained and copied");
  const page = { uri: String(codeDescription?.href) };
  const { text } = await connection.sendRequest<{ text: string }>("workspace/textDocumentContent", page);
  assert.match(text, /## In this log/);
  assert.ok(text.length < 100_000, "a page shows a few lines of a log, not all");
}

async function append(server: TestServer, line: number, text: string): Promise<Diagnostic[]> {
  const next = server.next(uri);
  const end = { line, character: 0 };
  await server.connection.sendNotification("textDocument/didChange", {
    textDocument: { uri, version: 2 },
    contentChanges: [{ range: { start: end, end }, text }],
  });
  return next;
}

function codes(diagnostics: readonly Diagnostic[]): string[] {
  return [...new Set(diagnostics.map(({ code }) => String(code)))].sort();
}

const longLines: readonly (readonly [name: string, filling: string])[] = [
  ["replies", "550 5.7.1 x "],
  ["Markdown images", "![x](https://evil.example/x.png) "],
  ["backticks", "`"],
  ["angle brackets", "<"],
  ["NULs", "\u0000"],
  ["bidi overrides", "\u202e"],
  ["lone surrogates", "\ud83d"],
  ["tokens", "AUP#CXBL"],
];

for (const [name, filling] of longLines) {
  test(`a line of 10 MB made of ${name} leaves the refusals around it as they are`, async () => {
    const long = filling.repeat(10_000_000 / filling.length);
    await look(`${cox}\n${long}\n${rare}\n`, async (diagnostics, server) => {
      assert.ok(["AUP#CDRBL", "AUP#CXBL"].every((code) => codes(diagnostics).includes(code)));
      assert.equal(diagnostics.find(({ code }) => code === "AUP#CDRBL")?.range.start.line, 2);
      assert.ok(codes(await append(server, 3, `${refusal("421 4.7.0 AUP#CXTHRT")}\n`)).includes("AUP#CXTHRT"));
    });
  });

  test(`a refusal whose reply goes on for 10 MB of ${name} is found and shown in a few words`, async () => {
    const long = cox.replace(
      "sender rejected.",
      `sender rejected. AUP#CXBL ${filling.repeat(10_000_000 / filling.length)}`,
    );
    await look(`${long}\n${rare}\n`, (diagnostics) => {
      assert.deepEqual(codes(diagnostics), ["AUP#CDRBL", "AUP#CXBL"]);
      assert.ok(diagnostics.every(({ message }) => String(message).length < 1_000));
    });
  });
}

test("a million lines with one refusal in fifty show every kind, the only one of its kind with its line", async () => {
  const lines = Array.from({ length: 1_000_000 }, (_, line) => (line % 50 === 0 ? cox : removed));
  await look(`${lines.join("\n")}\n${rare}\n`, (diagnostics) => {
    assert.deepEqual(codes(diagnostics), ["AUP#CDRBL", "AUP#CXBL"]);
    const frequent = diagnostics.find(({ code }) => code === "AUP#CXBL");
    assert.match(String(frequent?.message), /20,000 times/);
    assert.deepEqual(
      frequent?.relatedInformation?.map(({ location }) => location.range.start.line),
      [0, 999_950],
    );
    assert.equal(diagnostics.find(({ code }) => code === "AUP#CDRBL")?.range.start.line, 1_000_000);
  });
});

test("a million refusals are one diagnostic a kind", async () => {
  await look(`${cox}\n${"550 5.7.1 AUP#CXSNDR\n".repeat(1_000_000)}${rare}\n`, (diagnostics) => {
    assert.deepEqual(codes(diagnostics), ["AUP#CDRBL", "AUP#CXBL", "AUP#CXSNDR"]);
    assert.match(String(diagnostics.find(({ code }) => code === "AUP#CXSNDR")?.message), /1,000,000 times/);
  });
});

test("a log that invents thousands of kinds of failure loses none of the catalogue's to them", async () => {
  const invented = Array.from({ length: 3_000 }, (_, bits) => bits.toString(2).padStart(12, "0"));
  const lines = invented.map((bits) => refusal(`554 AUP#IPBL${bits}`));
  await look(`${lines.join("\n")}\n${cox}\n`, (diagnostics) => {
    assert.ok(codes(diagnostics).includes("AUP#CXBL"));
    assert.ok(codes(diagnostics).some((code) => code.startsWith("AUP#IPBL")));
  });
});

test("a million empty lines, and a log that ends within a reply, are harmless", async () => {
  await look(`${cox}\n${"\n".repeat(1_000_000)}${cox.slice(0, cox.indexOf("550") + 3)}`, (diagnostics) => {
    assert.equal(diagnostics[0]?.code, "AUP#CXBL");
  });
});

test("200,000 lines that end in a lone carriage return are counted as the editor counts them", async () => {
  await look(`${`${removed}\r`.repeat(200_000)}${cox}\r${rare}\r\n${cox}\n\r${rare}`, (diagnostics) => {
    assert.deepEqual(
      diagnostics.map(({ range }) => range.start.line),
      [200_000, 200_001, 200_002, 200_004],
    );
  });
});
