// The status item: what the mail log in front is, what was found in it, and what a growing one has just shown for the first time.
import * as vscode from "vscode";
import type { StatusParams } from "../../server/src/protocol.ts";
import { fileOf } from "./largeFile.ts";
import { statusLabel, statusText } from "./statusText.ts";

/** How long news stand in the item, in milliseconds. */
const newsLife = 20_000;

/** Shows the counts of the log in the active editor, or tab; hidden for anything else. */
export class Status implements vscode.Disposable {
  readonly #item = vscode.window.createStatusBarItem("smtpLogLens.status", vscode.StatusBarAlignment.Right, 90);
  readonly #known = new Map<string, StatusParams>();
  readonly #listeners: vscode.Disposable[];

  constructor(onStatus: vscode.Event<StatusParams>) {
    this.#item.name = "SMTP Log Lens";
    this.#item.command = "smtpLogLens.showFindings";
    this.#listeners = [
      this.#item,
      onStatus((status) => this.#take(status)),
      vscode.window.onDidChangeActiveTextEditor(() => this.#show()),
      // The editor says nothing of a document that it hands over to nobody.
      vscode.window.tabGroups.onDidChangeTabs(() => this.#show()),
      vscode.window.tabGroups.onDidChangeTabGroups(() => this.#show()),
    ];
  }

  dispose(): void {
    for (const listener of this.#listeners) listener.dispose();
  }

  #take(status: StatusParams): void {
    const uri = vscode.Uri.parse(status.uri).toString();
    const news = status.news ?? this.#known.get(uri)?.news;
    if (status.format === undefined) this.#known.delete(uri);
    else this.#known.set(uri, { ...status, ...(news !== undefined && { news }) });
    if (status.news !== undefined) this.#expire(uri, status.news);
    this.#show();
  }

  #expire(uri: string, news: string): void {
    setTimeout(() => {
      const known = this.#known.get(uri);
      if (known?.news !== news) return;
      const { news: _old, ...rest } = known;
      this.#known.set(uri, rest);
      this.#show();
    }, newsLife);
  }

  #show(): void {
    const shown = vscode.window.activeTextEditor?.document.uri;
    const uri = (shown ?? fileOf(vscode.window.tabGroups.activeTabGroup.activeTab))?.toString();
    const status = uri === undefined ? undefined : this.#known.get(uri);
    if (status === undefined) {
      this.#item.hide();
      return;
    }
    this.#item.text = `$(mail) ${statusText(status)}`;
    this.#item.tooltip = "SMTP Log Lens: list what was found in this log";
    this.#item.accessibilityInformation = { label: statusLabel(status), role: "button" };
    this.#item.show();
  }
}
