// The panel: a read-only custom editor over `smtp-explain:` addresses, for explanations and for reports.
import * as vscode from "vscode";
import type { Failures } from "../failures.ts";
import { reportId } from "../pages.ts";
import type { ReportSets } from "../reportSets.ts";
import { html } from "./html.ts";
import { Panel, type Sources } from "./panel.ts";
import { ReportPanel } from "./reportPanel.ts";

/** What panels ask, those of reports too. */
interface AllSources extends Sources {
  readonly reports: ReportSets;
  readonly failures: Failures;
}

/** Opens a panel for each page that the editor asks for. */
export class PanelProvider implements vscode.CustomReadonlyEditorProvider {
  readonly #extension: vscode.Uri;
  readonly #sources: AllSources;

  constructor(extension: vscode.Uri, sources: AllSources) {
    this.#extension = extension;
    this.#sources = sources;
  }

  openCustomDocument(uri: vscode.Uri): vscode.CustomDocument {
    return { uri, dispose: () => {} };
  }

  resolveCustomEditor({ uri }: vscode.CustomDocument, tab: vscode.WebviewPanel): void {
    const { webview } = tab;
    const dist = vscode.Uri.joinPath(this.#extension, "dist");
    webview.options = { enableScripts: true, localResourceRoots: [dist] };
    const id = reportId(uri.path);
    const { service, logs, reports, failures } = this.#sources;
    const panel =
      id === undefined
        ? new Panel(uri.path, webview, this.#sources)
        : new ReportPanel(reports.logsOf(id), tab, { service, logs, failures });
    tab.onDidDispose(() => panel.dispose());
    webview.html = html(nonce(), webview.asWebviewUri(vscode.Uri.joinPath(dist, "panel.js")).toString());
    vscode.commands.executeCommand("setContext", "smtpLogLens.explained", true);
  }
}

function nonce(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(18)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
