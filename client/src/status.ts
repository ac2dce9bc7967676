// The status item: what the mail log in the active editor is, and what was found in it.
import * as vscode from "vscode";
import type { StatusParams } from "../../server/src/protocol.ts";
import { statusLabel, statusText } from "./statusText.ts";

/** Shows the counts of the active editor's log; hidden for anything else. */
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
    ];
  }

  dispose(): void {
    for (const listener of this.#listeners) listener.dispose();
  }

  #take(status: StatusParams): void {
    const uri = vscode.Uri.parse(status.uri).toString();
    if (status.format === undefined) this.#known.delete(uri);
    else this.#known.set(uri, status);
    this.#show();
  }

  #show(): void {
    const uri = vscode.window.activeTextEditor?.document.uri.toString();
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
