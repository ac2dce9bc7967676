// One open report, from its first counting until its tab is closed: it is counted by the server and drawn by the page.
import * as vscode from "vscode";
import {
  type ExportParams,
  type LogRefusal,
  logMethods,
  type ReportForm,
  type ReportPage,
} from "../../../server/src/logProtocol.ts";
import type { Failures } from "../failures.ts";
import { isCompressed } from "../logName.ts";
import type { MailLogs } from "../logs.ts";
import type { Service } from "../service.ts";
import { columnBeside, jump } from "./jump.ts";
import { openAddress } from "./openPage.ts";
import { type FromPage, type LinesOf, readFromPage, type ToPage, type View } from "./page/messages.ts";
import { chosenBy } from "./page/report/chosen.ts";
import { hasPlace, namesPage } from "./page/report/places.ts";

/** What a report asks. */
export interface ReportSources {
  readonly service: Service;
  readonly logs: MailLogs;
  readonly failures: Failures;
}

/** The language of a report's forms in the editor. */
const languages: Readonly<Record<ReportForm, string>> = {
  csv: "plaintext",
  ndjson: "json",
  sarif: "json",
  markdown: "markdown",
};

/** Counts the logs when its page is drawn first, and when the reader wants it. */
export class ReportPanel implements vscode.Disposable {
  readonly #uris: readonly string[] | undefined;
  readonly #panel: vscode.WebviewPanel;
  readonly #sources: ReportSources;
  readonly #listeners: vscode.Disposable[];
  #view: View = { state: "counting", message: undefined };
  #cancel: vscode.CancellationTokenSource | undefined;

  /** `uris`: the logs; undefined when nobody knows any more which they were. */
  constructor(uris: readonly string[] | undefined, panel: vscode.WebviewPanel, sources: ReportSources) {
    const { webview } = panel;
    this.#uris = uris;
    this.#panel = panel;
    this.#sources = sources;
    this.#listeners = [
      webview.onDidReceiveMessage((message: unknown) => this.#receive(message)),
      sources.service.onProgress(({ uri, message }) => this.#tell(uri, message)),
    ];
  }

  dispose(): void {
    this.#cancel?.cancel();
    for (const listener of this.#listeners) listener.dispose();
  }

  #receive(value: unknown): void {
    const message = readFromPage(value);
    if (message === undefined) return;
    if (message.type === "ready") this.#begin();
    else if (message.type === "reload") void this.#count();
    else this.#follow(message);
  }

  /** The page was drawn anew, perhaps after it was hidden: it gets what it had. */
  #begin(): void {
    this.#show(this.#view);
    if (this.#view.state !== "report") void this.#count();
  }

  /** Only where this page's own data lead. */
  #follow(message: FromPage): void {
    if (this.#view.state !== "report") return;
    const { page } = this.#view;
    if (message.type === "place" && hasPlace(page, message)) this.#jump(page.files[message.file]?.uri, message.line);
    else if (message.type === "lines") this.#showLines(page, message.of);
    else if (message.type === "explain" && namesPage(page, message.page)) void openAddress(message.page);
    else if (message.type === "export") void this.#export(message.form);
  }

  async #count(): Promise<void> {
    if (this.#uris === undefined) return this.#show(forgotten);
    this.#cancel?.cancel();
    const cancel = new vscode.CancellationTokenSource();
    this.#cancel = cancel;
    // A report that is shown already stays until the new one is there, and the reader's place with it.
    const shown = this.#view.state === "report";
    if (shown) this.#say("Counting again …");
    else this.#show({ state: "counting", message: undefined });
    const asked = this.#sources.service.ask<ReportPage | LogRefusal>(
      logMethods.report,
      { uris: this.#uris },
      cancel.token,
    );
    const answer = await asked.catch(refused);
    if (this.#cancel !== cancel) return;
    if (!("refused" in answer)) this.#show({ state: "report", page: answer });
    else if (shown) this.#say(`${answer.refused} The numbers are those from before.`);
    else this.#show({ state: "gone", why: answer.refused });
  }

  #tell(uri: string, message: string): void {
    if (this.#view.state === "counting" && uri === this.#uris?.[0]) this.#show({ state: "counting", message });
  }

  async #export(form: ReportForm): Promise<void> {
    const params: ExportParams = { uris: this.#uris ?? [], form };
    const text = await this.#sources.service.ask<string | LogRefusal>(logMethods.export, params).catch(refused);
    if (typeof text !== "string") return this.#say(text.refused);
    // What quotes refusals is no log.
    this.#sources.logs.drafts.expect(text);
    const document = await vscode.workspace.openTextDocument({ content: text, language: languages[form] });
    await vscode.window.showTextDocument(document, { preview: false, viewColumn: vscode.ViewColumn.Beside });
  }

  #jump(uri: string | undefined, line: number): void {
    if (uri === undefined) return;
    const log = vscode.Uri.parse(uri, true);
    // The editor would show a packed log as binary: its failing lines are a text of their own.
    const shown = isCompressed(log.path)
      ? this.#sources.failures.open({ uri, order: "log" }, { column: columnBeside(log, this.#panel.viewColumn), line })
      : jump(log, line, this.#panel.viewColumn);
    shown.catch(cannotOpen);
  }

  #showLines(page: ReportPage, of: LinesOf): void {
    const chosen = chosenBy(page, of);
    const [uri] = chosen?.uris ?? [];
    if (chosen === undefined || uri === undefined) return;
    const column = columnBeside(vscode.Uri.parse(uri, true), this.#panel.viewColumn);
    this.#sources.failures.open({ uri, order: "log", chosen }, { column }).catch(cannotOpen);
  }

  #say(text: string): void {
    this.#post({ type: "said", about: "export", text });
  }

  #show(view: View): void {
    this.#view = view;
    this.#post({ type: "view", view });
  }

  #post(message: ToPage): void {
    this.#panel.webview.postMessage(message);
  }
}

const forgotten: View = {
  state: "gone",
  why: "It is not known any more which logs this report was about. Close it, and run the report again.",
};

// A file's name may hold what messages would show as a link, so it is left out.
function cannotOpen(): void {
  vscode.window.showWarningMessage(
    "This log cannot be opened: it was moved or deleted. Count again to see what is left.",
  );
}

function refused(error: unknown): LogRefusal {
  return { refused: error instanceof Error ? error.message : String(error) };
}
