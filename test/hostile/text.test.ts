// A log full of attacks, over the pipe: whatever a stranger wrote, what an editor is given holds no markup of his.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { CodeAction, Diagnostic, Hover, Range } from "vscode-languageserver-protocol";
import { attacks, enemy, nastyBytes, nastyLog } from "../support/nasty.ts";
import { startServer, type TestServer } from "../support/server.ts";
import { isOurPage, isOurs, markupOf, unseen } from "./markup.ts";

const logs = [
  { name: "a log full of attacks", uri: "file:///var/log/mail.log", text: nastyLog() },
  { name: "the same with broken UTF-8", uri: "file:///var/log/mail.log.1", text: nastyBytes().toString("utf8") },
] as const;

let server: TestServer;
/** One that has no log open. */
let calm: TestServer;
const known = new Map<string, readonly Diagnostic[]>();

before(async () => {
  server = await startServer();
  calm = await startServer();
  for (const { uri, text } of logs) known.set(uri, await server.open({ uri, text }));
});
after(async () => {
  await server?.stop();
  await calm?.stop();
});

function diagnosticsOf(uri: string): readonly Diagnostic[] {
  const diagnostics = known.get(uri) ?? [];
  assert.ok(diagnostics.length > attacks.length, "most of the attacks are refusals that deserve a diagnostic");
  return diagnostics;
}

function message({ message }: Diagnostic): string {
  assert.ok(typeof message === "string", "a diagnostic has a plain text");
  return message;
}

/** Where a mouse may rest: the start of every coloured stretch and of every diagnostic. */
async function places(uri: string, lines: number): Promise<{ line: number; character: number }[]> {
  const found = diagnosticsOf(uri).map(({ range }) => range.start);
  for (let first = 0; first < lines; first += 1_000) {
    const range: Range = { start: { line: first, character: 0 }, end: { line: first + 999, character: 0 } };
    const { data } = await server.connection.sendRequest<{ data: number[] }>("textDocument/semanticTokens/range", {
      textDocument: { uri },
      range,
    });
    found.push(...starts(data));
  }
  return found;
}

function starts(data: readonly number[]): { line: number; character: number }[] {
  const at = { line: 0, character: 0 };
  return Array.from({ length: data.length / 5 }, (_, index) => {
    const [down = 0, right = 0] = data.slice(index * 5);
    at.character = down === 0 ? at.character + right : right;
    at.line += down;
    return { ...at };
  });
}

async function hovers(uri: string, lines: number): Promise<Set<string>> {
  const texts = new Set<string>();
  for (const position of await places(uri, lines)) {
    const hover = await server.connection.sendRequest<Hover | null>("textDocument/hover", {
      textDocument: { uri },
      position,
    });
    if (hover !== null && typeof hover.contents === "object" && "value" in hover.contents)
      texts.add(hover.contents.value);
  }
  return texts;
}

async function actions(uri: string, line: number): Promise<CodeAction[]> {
  const range = { start: { line, character: 0 }, end: { line, character: 0 } };
  return server.connection.sendRequest<CodeAction[]>("textDocument/codeAction", {
    textDocument: { uri },
    range,
    context: { diagnostics: [] },
  });
}

async function page(from: TestServer, uri: string): Promise<string> {
  return (await from.connection.sendRequest<{ text: string }>("workspace/textDocumentContent", { uri })).text;
}

const hoverKinds = new Set(["space", "paragraph", "text", "escape", "strong", "link", "hr"]);

for (const { name, uri, text } of logs) {
  const lines = text.split(/\r\n|\r|\n/).length;

  test(`hovers over ${name} hold no link, image, tag or heading but ours`, async () => {
    const texts = await hovers(uri, lines);
    assert.ok(texts.size > 50, "there is much to hover");
    for (const markdown of texts) {
      const { links, images, html, kinds } = markupOf(markdown);
      assert.deepEqual([images, html], [[], []], markdown);
      assert.deepEqual(
        links.filter((link) => !isOurs(link)),
        [],
        markdown,
      );
      assert.deepEqual(
        [...kinds].filter((kind) => !hoverKinds.has(kind)),
        [],
        markdown,
      );
      assert.doesNotMatch(markdown, unseen);
    }
  });

  test(`diagnostics of ${name} are plain text, and each links to a page of the catalogue`, () => {
    for (const diagnostic of diagnosticsOf(uri)) {
      assert.doesNotMatch(message(diagnostic), unseen);
      assert.doesNotMatch(message(diagnostic), new RegExp(enemy.replace(".", "\\.")));
      assert.doesNotMatch(String(diagnostic.code), unseen);
      assert.ok(String(diagnostic.code).length <= 61, "the label of a code is short");
      const href = diagnostic.codeDescription?.href ?? "";
      assert.ok(isOurPage(href), href);
    }
  });

  test(`code actions on ${name} have short visible titles and lead to our pages only`, async () => {
    for (let line = 0; line < lines; line++) {
      for (const { title, command } of await actions(uri, line)) {
        assert.doesNotMatch(title, unseen, `line ${line + 1}`);
        assert.ok(title.length <= 100, `line ${line + 1}: ${title}`);
        const [first] = command?.arguments ?? [];
        assert.ok(first === uri || isOurPage(String(first)), `line ${line + 1}: ${JSON.stringify(command)}`);
      }
    }
  });

  test(`pages about ${name} have the links and headings of the catalogue, and no others`, async () => {
    const addresses = new Set(diagnosticsOf(uri).map(({ codeDescription }) => String(codeDescription?.href)));
    for (const address of addresses) {
      const [seen, expected] = [markupOf(await page(server, address)), markupOf(await page(calm, address))];
      assert.ok(seen.headings.includes("In this log"), `${address} shows what the log holds`);
      assert.deepEqual(seen.links, expected.links, address);
      assert.deepEqual(
        seen.links.filter((link) => !isOurs(link)),
        [],
        address,
      );
      assert.deepEqual([seen.images, seen.html], [[], []], address);
      assert.deepEqual(
        seen.headings.filter((text) => !ofTheLog.includes(text)),
        expected.headings,
        address,
      );
      assert.deepEqual(
        [...seen.kinds].filter((kind) => /code$|table|blockquote|del|checkbox|def/.test(kind)),
        seen.headings.includes("The setting to change") ? ["code"] : [],
      );
      // A line of a configuration keeps its tabs.
      assert.doesNotMatch((await page(server, address)).replaceAll("\t", " "), unseen);
    }
  });
}

/** Headings that a page has because of a log. */
const ofTheLog = ["In this log", "Measured in this log", "The setting to change"];

test("the page of an address that a log could have written names no address and links nowhere", async () => {
  for (const text of attacks) {
    const address = `smtp-explain:/check/${encodeURIComponent(text.replace(/\p{Cs}/gu, "").slice(0, 100))}.md`;
    const { links, images, html, headings } = markupOf(await page(server, address));
    assert.deepEqual([links, images, html], [[], [], []], address);
    assert.ok(headings.length <= 1, address);
  }
});

test("a page that does not exist says so without repeating markup", async () => {
  for (const text of attacks) {
    const { links, images, html } = markupOf(await page(server, `smtp-explain:/${text}.md`));
    assert.deepEqual([links, images, html], [[], [], []], text);
  }
});
