// Holds back from the server every document that is no mail log, and keeps the others in step.
import type * as vscode from "vscode";
import type { BaseLanguageClient, Middleware } from "vscode-languageclient";
import type { MailLogs } from "./logs.ts";

/** The documents that the server knows, with the version it was given first. */
export class OpenDocuments {
  readonly #logs: MailLogs;
  readonly #opened = new Map<string, number>();

  constructor(logs: MailLogs) {
    this.#logs = logs;
  }

  /** Opens `document` on the server when it is not open there. */
  async open(client: BaseLanguageClient, document: vscode.TextDocument): Promise<void> {
    if (this.#opened.has(document.uri.toString()) || document.isClosed) return;
    await client.getFeature("textDocument/didOpen").getProvider(document)?.send(document);
  }

  /** Lets mail logs pass, nothing else. */
  middleware(): Middleware {
    return { ...this.#synchronization(), ...this.#features() };
  }

  #synchronization(): Middleware {
    return {
      didOpen: async (document, next) => {
        if (!this.#logs.has(document)) return;
        this.#opened.set(document.uri.toString(), document.version);
        await next(document);
      },
      didChange: async (event, next) => {
        // The change that made a document a mail log is in the text it was opened with.
        const opened = this.#opened.get(event.document.uri.toString());
        if (opened !== undefined && event.document.version > opened) await next(event);
      },
      didClose: async (document, next) => {
        if (this.#opened.delete(document.uri.toString())) await next(document);
      },
    };
  }

  #features(): Middleware {
    const known = (document: vscode.TextDocument) => this.#opened.has(document.uri.toString());
    return {
      provideHover: (document, position, token, next) =>
        known(document) ? next(document, position, token) : undefined,
      provideDocumentRangeSemanticTokens: (document, range, token, next) =>
        known(document) ? next(document, range, token) : undefined,
      provideCodeActions: (document, range, context, token, next) =>
        known(document) ? next(document, range, context, token) : undefined,
    };
  }
}
