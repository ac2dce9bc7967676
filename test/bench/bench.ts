// Measures the built server over a pipe, as an editor feels it, the check of an address, and the report on large logs: `npm run bench`. Prints medians; asserts nothing.
import { TextDocument } from "vscode-languageserver-textdocument";
import { ensurePrograms } from "../support/debian.ts";
import { startServer, type TestServer } from "../support/server.ts";
import { startChecks } from "./check.ts";
import { benchLarge } from "./large.ts";
import { failure, postfixLog } from "./log.ts";

const megabyte = 1024 * 1024;
const runs = 15;

interface Figure {
  readonly what: string;
  readonly ms: readonly number[];
}

/** Milliseconds that `work` takes. */
async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

async function repeated(what: string, work: (run: number) => Promise<number>): Promise<Figure> {
  await work(-1);
  const ms: number[] = [];
  for (let run = 0; run < runs; run++) ms.push(await work(run));
  return { what, ms };
}

function quiet(ms = 130): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

async function openings(server: TestServer, text: string, what: string): Promise<Figure> {
  return repeated(what, async (run) => {
    const uri = `file:///bench/${what.replaceAll(" ", "-")}-${run}.log`;
    const ms = await timed(() => server.open({ uri, text }));
    await server.connection.sendNotification("textDocument/didClose", { textDocument: { uri } });
    return ms;
  });
}

async function appends(server: TestServer, uri: string, text: string): Promise<Figure> {
  let line = text.split("\n").length - 1;
  let version = 1;
  return repeated("one line appended to it, to new diagnostics", async (run) => {
    await quiet();
    const next = server.next(uri);
    const at = { line, character: 0 };
    const change = { range: { start: at, end: at }, text: `${failure(900_000 + run)}\n` };
    line++;
    version++;
    return timed(async () => {
      await server.connection.sendNotification("textDocument/didChange", {
        textDocument: { uri, version },
        contentChanges: [change],
      });
      await next;
    });
  });
}

async function libraryAppend(text: string): Promise<Figure> {
  const document = TextDocument.create("file:///bench/library.log", "smtplog", 1, text);
  return repeated("  of which the text library's own update", async (run) => {
    const at = { line: document.lineCount - 1, character: 0 };
    return timed(async () =>
      TextDocument.update(document, [{ range: { start: at, end: at }, text: `${failure(run)}\n` }], run + 2),
    );
  });
}

async function requests(server: TestServer, uri: string, text: string): Promise<Figure[]> {
  const lines = text.split("\n");
  const failing = lines.findIndex((line, index) => index > lines.length / 2 && line.includes("AUP#"));
  const position = { line: failing, character: (lines[failing] ?? "").indexOf("AUP#") + 2 };
  const textDocument = { uri };
  const range = { start: { line: failing - 30, character: 0 }, end: { line: failing + 60, character: 0 } };
  return [
    await repeated("hover on a token", () =>
      timed(() => server.connection.sendRequest("textDocument/hover", { textDocument, position })),
    ),
    await repeated("range tokens of 90 lines", () =>
      timed(() => server.connection.sendRequest("textDocument/semanticTokens/range", { textDocument, range })),
    ),
  ];
}

async function checks(): Promise<Figure[]> {
  ensurePrograms(["rbldnsd", "unbound"]);
  const { run, stop } = await startChecks();
  await run();
  const done = [];
  for (let count = 0; count < runs; count++) done.push(await run());
  await stop();
  return [
    { what: "check of an address on loopback, consent to first row", ms: done.map(({ first }) => first) },
    { what: "  to its verdict: 5 lists, names, SPF, DMARC", ms: done.map(({ all }) => all) },
  ];
}

function print({ what, ms }: Figure): void {
  const sorted = [...ms].sort((a, b) => a - b);
  const at = (share: number): string => (sorted[Math.round(share * (sorted.length - 1))] ?? 0).toFixed(1).padStart(8);
  console.log(`${what.padEnd(62)}${at(0.5)} ms   (${at(0).trim()} to ${at(1).trim()})`);
}

async function main(): Promise<void> {
  console.log(`Node ${process.version}, medians of ${runs} runs (fastest to slowest)\n`);
  const server = await startServer();
  const text = postfixLog({ bytes: 10 * megabyte, failures: 0.01 });
  const logs = [
    { what: "10 MB log, 1 % failures", log: text },
    { what: "10 MB log, 100 % failures", log: postfixLog({ bytes: 10 * megabyte, failures: 1 }) },
    { what: "50 MB log, 1 % failures", log: postfixLog({ bytes: 49 * megabyte, failures: 0.01 }) },
  ];
  for (const { what, log } of logs) print(await openings(server, log, `${what}: open to first diagnostics`));
  const uri = "file:///bench/kept.log";
  await server.open({ uri, text });
  print(await appends(server, uri, text));
  print(await libraryAppend(text));
  for (const figure of await requests(server, uri, text)) print(figure);
  await server.stop();
  for (const figure of await checks()) print(figure);
  await benchLarge();
}

await main();
