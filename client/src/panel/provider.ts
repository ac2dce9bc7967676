// Opens a panel for each explanation page that the editor shows: a read-only custom editor over `smtp-explain:` addresses.
import * as vscode from "vscode";
import { html } from "./html.ts";
import { Panel, type Sources } from "./panel.ts";

/** Opens a panel for each page that the editor asks for. */
export class PanelProvider implements vscode.CustomReadonlyEditorProvider {
  readonly #extension: vscode.Uri;
  readonly #sources: Sources;

  constructor(extension: vscode.Uri, sources: Sources) {
    this.#extension = extension;
    this.#sources = sources;
  }

  openCustomDocument(uri: vscode.Uri): vscode.CustomDocument {
    return { uri, dispose: () => {} };
  }

  resolveCustomEditor({ uri }: vscode.CustomDocument, { webview, onDidDispose }: vscode.WebviewPanel): void {
    const dist = vscode.Uri.joinPath(this.#extension, "dist");
    webview.options = { enableScripts: true, localResourceRoots: [dist] };
    const panel = new Panel(uri.path, webview, this.#sources);
    onDidDispose(() => panel.dispose());
    webview.html = html(nonce(), webview.asWebviewUri(vscode.Uri.joinPath(dist, "panel.js")).toString());
    vscode.commands.executeCommand("setContext", "smtpLogLens.explained", true);
  }
}

function nonce(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(18)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
