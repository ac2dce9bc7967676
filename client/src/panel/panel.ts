// The explanation panel: a read-only custom editor over `smtp-explain:` addresses. It is posted values and draws nothing itself.
import * as vscode from "vscode";
import { methods, type Page, scheme } from "../../../server/src/protocol.ts";
import type { MailLogs } from "../logs.ts";
import { pagePath } from "../pages.ts";
import type { Service } from "../service.ts";
import { Check } from "./check.ts";
import { html } from "./html.ts";
import { jump } from "./jump.ts";
import { pageLinks, rowLinks } from "./page/links.ts";
import { type FromPage, readFromPage, type ToPage, type View } from "./page/messages.ts";

/** Opens a panel for each page that the editor asks for. */
export class PanelProvider implements vscode.CustomReadonlyEditorProvider {
  readonly #extension: vscode.Uri;
  readonly #service: Service;
  readonly #logs: MailLogs;

  constructor(extension: vscode.Uri, service: Service, logs: MailLogs) {
    this.#extension = extension;
    this.#service = service;
    this.#logs = logs;
  }

  openCustomDocument(uri: vscode.Uri): vscode.CustomDocument {
    return { uri, dispose: () => {} };
  }

  resolveCustomEditor({ uri }: vscode.CustomDocument, { webview, onDidDispose }: vscode.WebviewPanel): void {
    const dist = vscode.Uri.joinPath(this.#extension, "dist");
    webview.options = { enableScripts: true, localResourceRoots: [dist] };
    const panel = new Panel(uri.path, webview, { service: this.#service, logs: this.#logs });
    onDidDispose(() => panel.dispose());
    webview.html = html(nonce(), webview.asWebviewUri(vscode.Uri.joinPath(dist, "panel.js")).toString());
    vscode.commands.executeCommand("setContext", "smtpLogLens.explained", true);
  }
}

/** What a panel asks. */
interface Sources {
  readonly service: Service;
  readonly logs: MailLogs;
}

/** One open page, from its first drawing until its tab is closed. */
class Panel implements vscode.Disposable {
  readonly #path: string;
  readonly #webview: vscode.Webview;
  readonly #service: Service;
  readonly #logs: MailLogs;
  readonly #check: Check;
  readonly #listeners: vscode.Disposable[];
  #view: View = { state: "loading" };
  #renewal: ReturnType<typeof setTimeout> | undefined;

  constructor(path: string, webview: vscode.Webview, { service, logs }: Sources) {
    this.#path = path;
    this.#webview = webview;
    this.#service = service;
    this.#logs = logs;
    this.#check = new Check(service, (check) => this.#post({ type: "check", check }));
    this.#listeners = [
      this.#check,
      webview.onDidReceiveMessage((message: unknown) => this.#receive(message)),
      service.onRunning((running) => (running ? this.#renewSoon() : this.#show(gone))),
      service.onStatus(() => this.#renewSoon()),
    ];
  }

  dispose(): void {
    clearTimeout(this.#renewal);
    for (const listener of this.#listeners) listener.dispose();
  }

  #receive(value: unknown): void {
    const message = readFromPage(value);
    if (message !== undefined) this.#answer(message);
  }

  #answer(message: FromPage): void {
    if (message.type === "ready") this.#begin();
    else if (message.type === "reload") this.#reload();
    else if (message.type === "jump") this.#jump(message.uri, message.line);
    else if (message.type === "open") this.#open(message.url);
    else if (message.type === "plan") this.#check.plan(message.ip);
    else if (message.type === "check") this.#check.run(message.ip, this.#entry());
    else this.#check.cancel();
  }

  /** The page was drawn anew, perhaps after it was hidden: it gets what it had, then what is true now. */
  #begin(): void {
    this.#post({ type: "view", view: this.#view });
    this.#post({ type: "check", check: this.#check.state });
    this.#renew();
  }

  #reload(): void {
    this.#show({ state: "loading" });
    this.#renewSoon();
  }

  #renewSoon(): void {
    clearTimeout(this.#renewal);
    this.#renewal = setTimeout(() => this.#renew(), 200);
  }

  async #renew(): Promise<void> {
    const view = await this.#read().catch(failed);
    if (JSON.stringify(view) !== JSON.stringify(this.#view)) this.#show(view);
    this.#planAtOnce();
  }

  /** Who opens the check of an address wants to see what would be asked; the plan itself asks nobody. */
  #planAtOnce(): void {
    const page = this.#view.state === "page" ? this.#view.page : undefined;
    if (page?.kind === "check" && this.#check.state.state === "idle") this.#check.plan(page.ip);
  }

  async #read(): Promise<View> {
    if (pagePath(`${scheme}:${this.#path}`) === undefined) return { state: "missing", path: this.#path };
    const log = this.#logs.last;
    const page = await this.#service.ask<Page | null>(methods.explain, { page: `${scheme}:${this.#path}`, log });
    return page === null ? { state: "missing", path: this.#path } : { state: "page", page, logOpen: log !== undefined };
  }

  #show(view: View): void {
    this.#view = view;
    this.#post({ type: "view", view });
  }

  #post(message: ToPage): void {
    this.#webview.postMessage(message);
  }

  #entry(): string | undefined {
    return this.#view.state === "page" && this.#view.page.kind === "explanation" ? this.#view.page.id : undefined;
  }

  /** Only to places that this page shows. */
  #jump(uri: string, line: number): void {
    const log = this.#view.state === "page" && this.#view.page.kind === "explanation" ? this.#view.page.log : undefined;
    if (log?.uri === uri && log.places.some((place) => place.line === line))
      this.#goTo(vscode.Uri.parse(uri, true), line);
  }

  async #goTo(uri: vscode.Uri, line: number): Promise<void> {
    await jump(uri, line).catch(() =>
      // A file's name may hold what messages would show as a link, so it is left out.
      vscode.window.showWarningMessage("This log cannot be opened any more: it was moved, deleted or closed."),
    );
  }

  /** Only links that this page's data carries. */
  #open(url: string): void {
    const page = this.#view.state === "page" ? pageLinks(this.#view.page) : [];
    if ([...page, ...rowLinks(this.#check.rows)].includes(url)) openOutside(url);
  }
}

/** The editor asks the user by itself; a refusal is the user's wish, not a fault. */
function openOutside(url: string): void {
  vscode.env.openExternal(vscode.Uri.parse(url, true)).then(undefined, () => {});
}

const gone: View = { state: "gone", why: "The part that reads logs has stopped." };

function failed(error: unknown): View {
  return { state: "gone", why: error instanceof Error ? error.message : String(error) };
}

function nonce(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(18)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
