// The language server as the client sees it: started when first needed, asked, listened to.
import * as vscode from "vscode";
import type { BaseLanguageClient, HoverMiddleware, LanguageClientOptions } from "vscode-languageclient";
import { logMethods, type ScanProgressParams } from "../../server/src/logProtocol.ts";
import { methods, type RowParams, type StatusParams } from "../../server/src/protocol.ts";
import { OpenDocuments } from "./documents.ts";
import { hoverCommand, withCommands } from "./hoverLinks.ts";
import { type MailLogs, selector } from "./logs.ts";
import { maskedChannel } from "./maskedChannel.ts";

/** Makes a client for the server; not started yet. */
export type Connect = (options: LanguageClientOptions) => Promise<BaseLanguageClient>;

/** One language server at most, from the first need until the window closes. */
export class Service implements vscode.Disposable {
  readonly #connect: Connect;
  readonly #documents: OpenDocuments;
  readonly #mask: (text: string) => string;
  readonly #rows = new vscode.EventEmitter<RowParams>();
  readonly #status = new vscode.EventEmitter<StatusParams>();
  readonly #progress = new vscode.EventEmitter<ScanProgressParams>();
  readonly #running = new vscode.EventEmitter<boolean>();
  readonly #trust: vscode.Disposable;
  #client: Promise<BaseLanguageClient> | undefined;
  #isRunning = false;
  #channel: vscode.LogOutputChannel | undefined;

  readonly onRow = this.#rows.event;
  readonly onStatus = this.#status.event;
  readonly onProgress = this.#progress.event;
  /** Fires with false when the server is gone, with true when it is there (again). */
  readonly onRunning = this.#running.event;

  /** `mask` takes secrets out of whatever is written to the output. */
  constructor(connect: Connect, logs: MailLogs, mask: (text: string) => string) {
    this.#connect = connect;
    this.#mask = mask;
    this.#documents = new OpenDocuments(logs);
    this.#trust = vscode.workspace.onDidGrantWorkspaceTrust(() => this.#tellTrust());
  }

  /** The running client, started again when it had stopped; rejects when the server cannot be started. */
  async start(): Promise<BaseLanguageClient> {
    this.#client ??= this.#begin().catch((error: unknown) => {
      this.#client = undefined;
      throw error;
    });
    const client = await this.#client;
    if (!client.isRunning()) await client.start();
    return client;
  }

  /** Makes sure that the server knows a mail log that was found after its start. */
  async show(document: vscode.TextDocument): Promise<void> {
    await this.#documents.open(await this.start(), document);
  }

  /** Asks one of our own questions; the answer's type is the protocol's promise. */
  async ask<Answer>(method: string, params: unknown, token?: vscode.CancellationToken): Promise<Answer> {
    const client = await this.start();
    return client.sendRequest<Answer>(method, params, token);
  }

  /** Tells the server something; nothing when it does not run. */
  async tell(method: string, params: unknown): Promise<void> {
    const client = await this.#client;
    if (client?.isRunning() === true) await client.sendNotification(method, params);
  }

  /** True from the start of the server until it is gone. */
  get isRunning(): boolean {
    return this.#isRunning;
  }

  async dispose(): Promise<void> {
    const all = [this.#rows, this.#status, this.#progress, this.#running, this.#trust];
    for (const one of all) one.dispose();
    const client = await this.#client?.catch(() => undefined);
    await client?.dispose();
    this.#channel?.dispose();
  }

  async #begin(): Promise<BaseLanguageClient> {
    const client = await this.#connect(this.#options());
    client.onNotification(methods.row, (row: RowParams) => this.#rows.fire(row));
    client.onNotification(methods.status, (status: StatusParams) => this.#status.fire(status));
    client.onNotification(logMethods.progress, (progress: ScanProgressParams) => this.#progress.fire(progress));
    this.#follow(client);
    await client.start();
    return client;
  }

  /** Tells of a server that stopped, and of one that runs; not of the steps between. */
  #follow(client: BaseLanguageClient): void {
    client.onDidChangeState(() => {
      const [before, now] = [this.#isRunning, client.isRunning()];
      this.#isRunning = now;
      if (now !== before) this.#running.fire(now);
      if (now && !before) this.#tellTrust();
    });
  }

  /** Rules that come with a workspace count once it is trusted; a server that was started again does not know. */
  async #tellTrust(): Promise<void> {
    const client = await this.#client?.catch(() => undefined);
    if (vscode.workspace.isTrusted && client?.isRunning()) await client.sendNotification(methods.trusted);
  }

  #options(): LanguageClientOptions {
    // Traced requests hold the user's keys, so the client writes to no channel of its own.
    this.#channel ??= vscode.window.createOutputChannel("SMTP Log Lens", { log: true });
    const outputChannel = maskedChannel(this.#channel, this.#mask);
    return {
      outputChannel,
      traceOutputChannel: outputChannel,
      documentSelector: selector,
      initializationOptions: { panel: true, trusted: vscode.workspace.isTrusted },
      diagnosticCollectionName: "smtp-log-lens",
      synchronize: { configurationSection: "smtpLogLens" },
      markdown: { isTrusted: { enabledCommands: [hoverCommand] }, supportHtml: false },
      middleware: { ...this.#documents.middleware(), provideHover: linkedHover },
    };
  }
}

const linkedHover: NonNullable<HoverMiddleware["provideHover"]> = async (document, position, token, next) => {
  const hover = await next(document, position, token);
  for (const content of hover?.contents ?? []) {
    if (content instanceof vscode.MarkdownString) content.value = withCommands(content.value);
  }
  return hover;
};
