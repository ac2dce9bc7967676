// The language server: merges the features' capabilities, keeps the session, registers the features.
import type { Connection, InitializeParams, ServerCapabilities } from "vscode-languageserver";
import { TextDocumentSyncKind } from "vscode-languageserver";
import { readFailuresUri } from "../failuresProtocol.ts";
import type { Context, Host } from "./feature.ts";
import { features } from "./features/index.ts";
import { member, readStorage } from "./params.ts";
import { Session } from "./session.ts";
import { defaults, readSettings } from "./settings.ts";
import { readWorkspace } from "./workspace.ts";

/** Serves one editor over `connection`; returns when everything is registered, `connection.listen()` is the caller's. */
export function serve(connection: Connection, host: Host): void {
  const session = new Session(host.scanText);
  connection.onInitialize((params) => {
    const options: unknown = params.initializationOptions;
    const health = host.openHealth(readStorage(options));
    const panel = member(options, "panel") === true;
    const context: Context = { connection, session, host, health, panel, workspace: readWorkspace(params) };
    for (const feature of features) feature.register(context);
    keepSettings(context, params);
    return { capabilities: merged(params), serverInfo: { name: "SMTP Log Lens" } };
  });
  connection.onDidOpenTextDocument((params) => session.open(params, host.fileDate(logOf(params.textDocument.uri))));
  connection.onDidChangeTextDocument((params) => session.change(params));
  connection.onDidCloseTextDocument(({ textDocument }) => session.close(textDocument.uri));
}

/** The file whose date gives the years: of a text of failing lines, that of its log while it keeps the order of time. */
function logOf(uri: string): string {
  const named = readFailuresUri(uri);
  return named?.order === "log" ? named.uri : uri;
}

function merged(params: InitializeParams): ServerCapabilities {
  const own: ServerCapabilities = { textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental } };
  const all = features.map((feature) => feature.capabilities(params));
  const workspace = Object.assign({}, ...all.map((capabilities) => capabilities.workspace));
  return Object.assign(own, ...all, { workspace });
}

/** Reads the settings at the start and after each change; an editor without them gets the defaults. */
function keepSettings({ connection, session }: Context, params: InitializeParams): void {
  const pull = params.capabilities.workspace?.configuration === true;
  const read = async (pushed: unknown): Promise<void> => {
    const section = pull ? await connection.workspace.getConfiguration("smtpLogLens") : pushed;
    session.settings = section === undefined ? defaults : readSettings(section);
    session.settingsChanged();
  };
  const keep = (pushed: unknown): void => {
    session.settled = read(pushed).catch((error: unknown) =>
      connection.console.error(`The settings could not be read, so those before stay: ${String(error)}`),
    );
  };
  connection.onInitialized(() => keep(undefined));
  connection.onDidChangeConfiguration(({ settings }) => keep(settings?.smtpLogLens));
}
