// One explanation page, from its first drawing until its tab is closed. It is posted values and draws nothing itself.
import * as vscode from "vscode";
import {
  methods,
  type Page,
  type PlanParams,
  type RequestParams,
  type RowWish,
  scheme,
} from "../../../server/src/protocol.ts";
import type { Agreement } from "../agreement.ts";
import type { Keys } from "../keys.ts";
import type { MailLogs } from "../logs.ts";
import { entryPath, pagePath } from "../pages.ts";
import type { Service } from "../service.ts";
import { Check } from "./check.ts";
import { copyReports, copySetting } from "./copy.ts";
import { goTo } from "./goTo.ts";
import { jump } from "./jump.ts";
import { type Gesture, openPage, takeGesture } from "./openPage.ts";
import { reportsOf } from "./page/checkState.ts";
import { checkLinks, pageLinks, pageLog, pagePlaces, planPlaces } from "./page/links.ts";
import { type About, type FromPage, type Opens, readFromPage, type ToPage, type View } from "./page/messages.ts";
import { offersRow, offersToCopy, requestOf } from "./wishes.ts";

/** What panels ask. */
export interface Sources {
  readonly service: Service;
  readonly logs: MailLogs;
  readonly agreement: Agreement;
  readonly keys: Keys;
  /** Drafts a letter to the provider and shows it; returns what to tell the user beside the button. */
  draft(params: RequestParams): Promise<string>;
  /** Opens a row for the catalogue that begins with a reply which nobody knows. */
  draftRow(wish: RowWish): Promise<void>;
}

/** One open page, from its first drawing until its tab is closed. */
export class Panel implements vscode.Disposable {
  readonly #path: string;
  readonly #webview: vscode.Webview;
  readonly #sources: Sources;
  readonly #check: Check;
  readonly #listeners: vscode.Disposable[];
  readonly #gesture: Gesture | undefined;
  #view: View = { state: "loading" };
  /** The log that a check because of a line starts from; it stays when the reader goes on to another log. */
  #log: string | undefined;
  #renewal: ReturnType<typeof setTimeout> | undefined;

  constructor(path: string, webview: vscode.Webview, sources: Sources) {
    const { service, agreement, keys } = sources;
    this.#path = path;
    this.#webview = webview;
    this.#sources = sources;
    this.#gesture = takeGesture(path);
    this.#log = this.#gesture?.log;
    this.#check = new Check({
      ask: (method, params, token) => service.ask(method, params, token),
      onRow: service.onRow,
      keys: () => keys.read(),
      decide: (answer) => agreement.decide(answer),
      standing: () => agreement.standing,
      remember: (how, answer) => agreement.remember(how, answer),
      newCancel: () => new vscode.CancellationTokenSource(),
      post: (message) => this.#post(message),
    });
    this.#listeners = [
      this.#check,
      webview.onDidReceiveMessage((message: unknown) => this.#receive(message)),
      service.onRunning((running) => (running ? this.#renewSoon() : this.#show(gone))),
      service.onStatus(() => this.#renewSoon()),
      agreement.onDidChange(() => this.#check.reconsider()),
      keys.onDidChange(() => this.#check.replan(this.#origin())),
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
    else if (message.type === "go") this.#go(message.to);
    else if (message.type === "forget") this.#sources.agreement.forget();
    else if (message.type === "copy-setting") this.#copySetting(message.text);
    else if (message.type === "request") this.#draft(message.ip);
    else if (message.type === "row") this.#draftRow(message);
    else this.#drive(message);
  }

  #drive(message: FromPage): void {
    if (message.type === "plan") this.#check.plan(message.wish, this.#origin(), message.atOnce);
    else if (message.type === "ask") this.#check.answer(message);
    else if (message.type === "refresh") this.#check.refresh();
    else if (message.type === "cancel") this.#check.cancel();
    else if (message.type === "copy") this.#copy(message);
  }

  /** The page was drawn anew, perhaps after it was hidden: it gets what it had, then what is true now. */
  #begin(): void {
    this.#post({ type: "view", view: this.#view });
    this.#post({ type: "check", check: this.#check.state, standing: this.#sources.agreement.standing });
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

  /** Who opens the check of an address wants to see what would be asked, or has agreed to it before. */
  #planAtOnce(): void {
    const page = this.#page;
    if (page?.kind !== "check" || this.#check.state.state !== "idle") return;
    const wish = { ips: [page.ip], typed: {}, extras: false };
    this.#check.plan(wish, this.#origin(), this.#gesture !== undefined);
  }

  async #read(): Promise<View> {
    if (pagePath(`${scheme}:${this.#path}`) === undefined) return { state: "missing", path: this.#path };
    const log = this.#log ?? this.#sources.logs.last;
    const ask = { page: `${scheme}:${this.#path}`, log };
    const page = await this.#sources.service.ask<Page | null>(methods.explain, ask);
    if (page?.kind === "check") this.#log = page.origin?.log;
    return page === null ? { state: "missing", path: this.#path } : { state: "page", page, logOpen: log !== undefined };
  }

  #show(view: View): void {
    this.#view = view;
    this.#post({ type: "view", view });
  }

  #post(message: ToPage): void {
    this.#webview.postMessage(message);
  }

  get #page(): Page | undefined {
    return this.#view.state === "page" ? this.#view.page : undefined;
  }

  /** The refusal that a check of this page starts from. */
  #origin(): PlanParams["origin"] {
    const page = this.#page;
    if (page?.kind === "explanation") return { page: page.id, log: page.log?.uri, line: undefined };
    return page?.kind === "check" ? page.origin : undefined;
  }

  /** Only to places that this page shows. */
  #jump(uri: string, line: number): void {
    const page = this.#page;
    const lines = page === undefined ? [] : [...pagePlaces(page), ...planPlaces(this.#check.state)];
    if (page !== undefined && pageLog(page) === uri && lines.includes(line))
      this.#jumpTo(vscode.Uri.parse(uri, true), line);
  }

  async #jumpTo(uri: vscode.Uri, line: number): Promise<void> {
    await jump(uri, line).catch(() =>
      // A file's name may hold what messages would show as a link, so it is left out.
      vscode.window.showWarningMessage("This log cannot be opened any more: it was moved, deleted or closed."),
    );
  }

  /** Only links that this page's data carries. */
  #open(url: string): void {
    const links = this.#page === undefined ? [] : pageLinks(this.#page);
    if ([...links, ...checkLinks(this.#check.state)].includes(url)) openOutside(url);
  }

  #go(to: Opens): void {
    const path = to === "explanation" ? entryPath(this.#origin()?.page ?? "") : undefined;
    if (path !== undefined) openPage(path, this.#origin()?.log);
    else if (to !== "explanation") goTo(to);
  }

  async #copy(wish: Extract<FromPage, { type: "copy" }>): Promise<void> {
    this.#say("check", await copyReports(this.#sources.service, this.#check.state, wish));
  }

  async #copySetting(text: string): Promise<void> {
    if (offersToCopy(this.#page, text)) this.#say("setting", await copySetting(text));
  }

  async #draft(ip: string | undefined): Promise<void> {
    const wish = requestOf(this.#page, ip);
    if (wish === undefined) return;
    const params = { ...wish, reports: reportsOf(this.#check.state) };
    this.#say("request", await this.#sources.draft(params).catch(whyNot));
  }

  /** Only replies that this page shows. */
  async #draftRow(wish: RowWish): Promise<void> {
    if (offersRow(this.#page, wish)) await this.#sources.draftRow(wish).catch(tellWhyNot);
  }

  #say(about: About, text: string | undefined): void {
    if (text !== undefined) this.#post({ type: "said", about, text });
  }
}

/** The editor asks the user by itself; a refusal is the user's wish, not a fault. */
function openOutside(url: string): void {
  vscode.env.openExternal(vscode.Uri.parse(url, true)).then(undefined, () => {});
}

function whyNot(error: unknown): string {
  return `Nothing was drafted: ${error instanceof Error ? error.message : String(error)}`;
}

function tellWhyNot(error: unknown): void {
  vscode.window.showErrorMessage(whyNot(error));
}

const gone: View = { state: "gone", why: "The part that reads logs has stopped." };

function failed(error: unknown): View {
  return { state: "gone", why: error instanceof Error ? error.message : String(error) };
}
