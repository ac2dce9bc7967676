// Texts with the failing lines of a log: read-only documents of ours, each line of which leads to its place in the log.
import * as vscode from "vscode";
import {
  type FailuresParams,
  type FailuresText,
  failuresScheme,
  readFailuresUri,
} from "../../server/src/failuresProtocol.ts";
import { type LogRefusal, logMethods } from "../../server/src/logProtocol.ts";
import { fileOf } from "./largeFile.ts";
import { isCompressed, nameOf } from "./logName.ts";
import { showReading } from "./reading.ts";
import type { Service } from "./service.ts";

/** A log that changes is shown anew when nothing was told of it for so many milliseconds. */
const restMs = 1_000;

/** How many characters at the start of a line are its link: the time, in most logs. */
const linkLength = 15;

/** The address of such a text; its tab is named after the log, or after what was chosen. */
export function failuresUri({ uri, order, chosen }: FailuresParams): vscode.Uri {
  const plain = `${nameOf(vscode.Uri.parse(uri).path)} ${order === "log" ? "failures" : "failures by kind"}`;
  const name = chosen === undefined ? plain : chosen.name.replace(/[^\p{L}\p{N} .#@-]+/gu, " ").slice(0, 60);
  return vscode.Uri.from({
    scheme: failuresScheme,
    path: `/${name}`,
    query: JSON.stringify({ log: uri, order, chosen }),
  });
}

/** How a text is opened. */
export interface FailuresPlace {
  readonly column?: vscode.ViewColumn;
  /** A line of the log, from 0: the cursor is put on it, or on the first one behind it. */
  readonly line?: number;
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
  /** For each text, where its lines stand in their logs. */
  readonly #texts = new Map<string, Pick<FailuresText, "lines" | "files">>();
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

  /** Opens the text of failing lines, as a mail log. */
  async open(params: FailuresParams, { column, line }: FailuresPlace = {}): Promise<void> {
    const uri = failuresUri(params);
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.languages.setTextDocumentLanguage(document, "smtplog");
    const lines = this.#texts.get(uri.toString())?.lines ?? [];
    const row = line === undefined ? -1 : lines.findIndex((own) => own >= line);
    const selection = row < 0 ? {} : { selection: new vscode.Range(row, 0, row, 0) };
    const viewColumn = column === undefined ? {} : { viewColumn: column };
    await vscode.window.showTextDocument(document, { preview: false, ...viewColumn, ...selection });
  }

  async provideTextDocumentContent(uri: vscode.Uri, token: vscode.CancellationToken): Promise<string> {
    const params = readFailuresUri(uri.toString());
    if (params === undefined) return "# This address names no log.\n";
    const cancel = new vscode.CancellationTokenSource();
    token.onCancellationRequested(() => cancel.cancel());
    const answer = this.#service.ask<FailuresText | LogRefusal>(logMethods.failures, params, cancel.token);
    const found = await showReading(this.#service, { uri: vscode.Uri.parse(params.uri), cancel, answer });
    if ("refused" in found) return `# ${found.refused}\n`;
    this.#texts.set(uri.toString(), found);
    return found.text;
  }

  provideDocumentLinks(document: vscode.TextDocument): vscode.DocumentLink[] {
    const lines = this.#texts.get(document.uri.toString())?.lines ?? [];
    return lines.flatMap((line, row) => {
      const log = line < 0 ? undefined : this.#logOf(document, row);
      return log === undefined ? [] : [linkOf(log, line, row)];
    });
  }

  provideDefinition(document: vscode.TextDocument, { line }: vscode.Position): vscode.Location | undefined {
    const log = this.#logOf(document, line);
    const to = this.#texts.get(document.uri.toString())?.lines[line] ?? -1;
    return log === undefined || to < 0 ? undefined : new vscode.Location(log, new vscode.Position(to, 0));
  }

  dispose(): void {
    for (const listener of this.#listeners) listener.dispose();
    for (const timer of this.#waiting.values()) clearTimeout(timer);
  }

  /** A document is closed and opened too when its language is set, so it is the tab that counts. */
  #closed(tabs: readonly vscode.Tab[]): void {
    for (const uri of tabs.map(fileOf)) if (uri !== undefined) this.#texts.delete(uri.toString());
  }

  /** The log that a row leads to; undefined for a compressed one, which the editor cannot show. */
  #logOf({ uri }: vscode.TextDocument, row: number): vscode.Uri | undefined {
    const params = readFailuresUri(uri.toString());
    const file = this.#texts.get(uri.toString())?.files?.[row] ?? 0;
    const log = params && vscode.Uri.parse(params.chosen?.uris[file] ?? params.uri);
    return log === undefined || isCompressed(log.path) ? undefined : log;
  }

  /** Texts of this log that are open are made anew, once it rests. */
  #renewSoon(log: string): void {
    const changed = vscode.Uri.parse(log).toString();
    const texts = [...this.#texts.keys()].filter((uri) => logsOf(uri).includes(changed));
    for (const text of texts) {
      clearTimeout(this.#waiting.get(text));
      this.#waiting.set(
        text,
        setTimeout(() => this.#changed.fire(vscode.Uri.parse(text)), restMs),
      );
    }
  }
}

function logsOf(uri: string): readonly string[] {
  const params = readFailuresUri(uri);
  return params?.chosen?.uris ?? (params === undefined ? [] : [params.uri]);
}

function linkOf(log: vscode.Uri, line: number, index: number): vscode.DocumentLink {
  const range = new vscode.Range(index, 0, index, linkLength);
  const link = new vscode.DocumentLink(range, log.with({ fragment: `L${line + 1}` }));
  link.tooltip = `Go to line ${(line + 1).toLocaleString("en")} of the log`;
  return link;
}
