// A language server over a pipe: starts dist/server.js --stdio and speaks LSP with it, as any editor would.
import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import {
  createProtocolConnection,
  type Diagnostic,
  type InitializeResult,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver-protocol/node";
import { useOwnCache } from "./cache.ts";

useOwnCache();

/** A running server and what it has said so far. */
export interface TestServer {
  readonly connection: ProtocolConnection;
  readonly process: ChildProcess;
  readonly initialized: InitializeResult;
  /** What the server asked to be told of. */
  readonly registered: readonly unknown[];
  /** Opens a document and waits for its first diagnostics. */
  open(document: { uri: string; text: string; languageId?: string }): Promise<Diagnostic[]>;
  /** Waits for the next diagnostics of a document. */
  next(uri: string): Promise<Diagnostic[]>;
  stop(): Promise<void>;
}

/** What the test's editor says of itself. */
export interface TestEditor {
  readonly settings?: unknown;
  readonly panel?: boolean;
  /** The folder that it lends for what is to be kept. */
  readonly storage?: unknown;
  /** How long it takes to tell its settings, in milliseconds. */
  readonly settingsAfter?: number;
  /** URIs of the folders that are open; it then watches files, too. */
  readonly folders?: readonly string[];
  /** What it says of its trust in them. */
  readonly trusted?: boolean;
}

const following = {
  workspaceFolders: true,
  didChangeWatchedFiles: { dynamicRegistration: true, relativePatternSupport: true },
};

/** Starts the built server. The caller stops it. */
export async function startServer({
  settings,
  panel = false,
  storage,
  settingsAfter = 0,
  folders,
  trusted,
}: TestEditor = {}): Promise<TestServer> {
  const child = spawn(process.execPath, [fileURLToPath(new URL("../../dist/server.js", import.meta.url)), "--stdio"]);
  child.stderr.pipe(process.stderr);
  const connection = createProtocolConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  const waiting = new Map<string, ((diagnostics: Diagnostic[]) => void)[]>();
  connection.onNotification("textDocument/publishDiagnostics", ({ uri, diagnostics }: PublishDiagnosticsParams) => {
    waiting.get(uri)?.shift()?.(diagnostics);
  });
  connection.onRequest("workspace/configuration", async () => {
    await new Promise((resolve) => setTimeout(resolve, settingsAfter));
    return [settings ?? null];
  });
  const registered: unknown[] = [];
  connection.onRequest("client/registerCapability", (params) => {
    registered.push(params);
    return null;
  });
  connection.onRequest("client/unregisterCapability", () => null);
  connection.listen();
  const gone = new Promise<never>((_, reject) => {
    child.once("error", reject);
    child.once("exit", (code) =>
      reject(new Error(`the server ended before it answered, exit code ${code}: run "npm run build"`)),
    );
  });
  const initializing = connection.sendRequest<InitializeResult>("initialize", {
    processId: process.pid,
    rootUri: null,
    capabilities: { workspace: { configuration: true, ...(folders !== undefined && following) } },
    workspaceFolders: folders?.map((uri) => ({ uri, name: "logs" })) ?? null,
    initializationOptions: { panel, storage, trusted },
  });
  const initialized = await Promise.race([initializing, gone]);
  gone.catch(() => {});
  await connection.sendNotification("initialized", {});
  const next = (uri: string): Promise<Diagnostic[]> =>
    new Promise((resolve) => waiting.set(uri, [...(waiting.get(uri) ?? []), resolve]));
  return {
    connection,
    registered,
    process: child,
    initialized,
    next,
    open: async ({ uri, text, languageId = "smtplog" }) => {
      const first = next(uri);
      await connection.sendNotification("textDocument/didOpen", {
        textDocument: { uri, text, languageId, version: 1 },
      });
      return first;
    },
    stop: async () => {
      await connection.sendRequest("shutdown");
      await connection.sendNotification("exit");
      connection.dispose();
    },
  };
}

/** The text of a log below test/logs. */
export function logText(name: string): string {
  return readFileSync(new URL(`../logs/${name}`, import.meta.url), "utf8");
}
