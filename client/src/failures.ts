// Texts with the failing lines of a log: read-only documents of ours, each line of which leads to its place in the log.
import * as vscode from "vscode";
import {
  type FailuresOrder,
  type FailuresText,
  failuresScheme,
  type LogRefusal,
  logMethods,
  readFailuresUri,
} from "../../server/src/logProtocol.ts";
import { fileOf } from "./largeFile.ts";
import { isCompressed, nameOf } from "./logName.ts";
import { showReading } from "./reading.ts";
import type { Service } from "./service.ts";

/** A log that changes is shown anew when nothing was told of it for so many milliseconds. */
const restMs = 1_000;

/** How many characters at the start of a line are its link: the time, in most logs. */
const linkLength = 15;

/** The address of such a text. */
export function failuresUri(log: vscode.Uri, order: FailuresOrder): vscode.Uri {
  const path = `/${nameOf(log.path)} ${order === "log" ? "failures" : "failures by kind"}`;
  return vscode.Uri.from({ scheme: failuresScheme, path, query: JSON.stringify({ log: log.toString(), order }) });
}

/** Makes the texts, and the links in them. */
export class Failures
  implements
    vscode.TextDocumentContentProvider,
    vscode.DocumentLinkProvider,
    vscode.DefinitionProvider,
    vscode.Disposable
{
  readonly #service: Service;
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  /** For each text, the log's line (from 0) of each of its own lines; -1 for a line of ours. */
  readonly #lines = new Map<string, readonly number[]>();
  readonly #waiting = new Map<string, ReturnType<typeof setTimeout>>();
  readonly #listeners: vscode.Disposable[];

  readonly onDidChange = this.#changed.event;

  constructor(service: Service) {
    this.#service = service;
    const selector = { scheme: failuresScheme };
    this.#listeners = [
      this.#changed,
      vscode.workspace.registerTextDocumentContentProvider(failuresScheme, this),
      vscode.languages.registerDocumentLinkProvider(selector, this),
      vscode.languages.registerDefinitionProvider(selector, this),
      vscode.window.tabGroups.onDidChangeTabs(({ closed }) => this.#closed(closed)),
      service.onStatus(({ uri }) => this.#renewSoon(uri)),
    ];
  }

  /** Opens the text of a log's failing lines, as a mail log. */
  async open(log: vscode.Uri, order: FailuresOrder): Promise<void> {
    const document = await vscode.workspace.openTextDocument(failuresUri(log, order));
    await vscode.languages.setTextDocumentLanguage(document, "smtplog");
    await vscode.window.showTextDocument(document, { preview: false });
  }

  async provideTextDocumentContent(uri: vscode.Uri, token: vscode.CancellationToken): Promise<string> {
    const params = readFailuresUri(uri.toString());
    if (params === undefined) return "# This address names no log.\n";
    const cancel = new vscode.CancellationTokenSource();
    token.onCancellationRequested(() => cancel.cancel());
    const answer = this.#service.ask<FailuresText | LogRefusal>(logMethods.failures, params, cancel.token);
    const found = await showReading(this.#service, { uri: vscode.Uri.parse(params.uri), cancel, answer });
    if ("refused" in found) return `# ${found.refused}\n`;
    this.#lines.set(uri.toString(), found.lines);
    return found.text;
  }

  provideDocumentLinks(document: vscode.TextDocument): vscode.DocumentLink[] {
    const log = this.#logOf(document);
    const lines = this.#lines.get(document.uri.toString()) ?? [];
    if (log === undefined) return [];
    return lines.flatMap((line, index) => (line < 0 ? [] : [linkOf(log, line, index)]));
  }

  provideDefinition(document: vscode.TextDocument, { line }: vscode.Position): vscode.Location | undefined {
    const log = this.#logOf(document);
    const to = this.#lines.get(document.uri.toString())?.[line] ?? -1;
    return log === undefined || to < 0 ? undefined : new vscode.Location(log, new vscode.Position(to, 0));
  }

  dispose(): void {
    for (const listener of this.#listeners) listener.dispose();
    for (const timer of this.#waiting.values()) clearTimeout(timer);
  }

  /** A document is closed and opened too when its language is set, so it is the tab that counts. */
  #closed(tabs: readonly vscode.Tab[]): void {
    for (const uri of tabs.map(fileOf)) if (uri !== undefined) this.#lines.delete(uri.toString());
  }

  /** The log that lines lead to; undefined for a compressed one, which the editor cannot show. */
  #logOf({ uri }: vscode.TextDocument): vscode.Uri | undefined {
    const params = readFailuresUri(uri.toString());
    const log = params && vscode.Uri.parse(params.uri);
    return log === undefined || isCompressed(log.path) ? undefined : log;
  }

  /** Texts of this log that are open are made anew, once it rests. */
  #renewSoon(log: string): void {
    const texts = [...this.#lines.keys()].filter(
      (uri) => readFailuresUri(uri)?.uri === vscode.Uri.parse(log).toString(),
    );
    for (const text of texts) {
      clearTimeout(this.#waiting.get(text));
      this.#waiting.set(
        text,
        setTimeout(() => this.#changed.fire(vscode.Uri.parse(text)), restMs),
      );
    }
  }
}

function linkOf(log: vscode.Uri, line: number, index: number): vscode.DocumentLink {
  const range = new vscode.Range(index, 0, index, linkLength);
  const link = new vscode.DocumentLink(range, log.with({ fragment: `L${line + 1}` }));
  link.tooltip = `Go to line ${(line + 1).toLocaleString("en")} of the log`;
  return link;
}
