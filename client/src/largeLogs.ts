// Mail logs that the editor shows and hands over to nobody: the server is asked to read them from disk, while their tab is open.
import * as vscode from "vscode";
import { sniff } from "../../server/src/log/sniff.ts";
import { logMethods, type ScanAnswer, type ScanParams } from "../../server/src/logProtocol.ts";
import { fileOf, isLarge } from "./largeFile.ts";
import { isMailLogName, nameOf, shownName } from "./logName.ts";
import type { MailLogs } from "./logs.ts";
import { showReading } from "./reading.ts";
import type { Service } from "./service.ts";

/** Reads the first lines of a file; undefined when that cannot be. */
export type ReadHead = (uri: vscode.Uri) => Promise<string | undefined>;

interface LargeLog {
  readonly uri: vscode.Uri;
  readonly certain: boolean;
  /** The line that the reader was led to last, from 0; -1 before that. */
  line: number;
  cancel: vscode.CancellationTokenSource | undefined;
}

/** Knows the large mail logs among the tabs. */
export class LargeLogs implements vscode.Disposable {
  readonly #service: Service;
  readonly #logs: MailLogs;
  readonly #readHead: ReadHead;
  readonly #known = new Map<string, LargeLog>();
  /** Files that were looked at, mail log or not, until their tab is closed. */
  readonly #seen = new Set<string>();
  readonly #listeners: vscode.Disposable[];
  #gone = false;

  constructor(service: Service, logs: MailLogs, readHead: ReadHead) {
    this.#service = service;
    this.#logs = logs;
    this.#readHead = readHead;
    this.#listeners = [
      vscode.window.tabGroups.onDidChangeTabs(() => this.lookAround()),
      vscode.window.tabGroups.onDidChangeTabGroups(() => this.#follow()),
      // A long file of few characters is handed over after all.
      vscode.workspace.onDidOpenTextDocument(({ uri }) => this.#forget(uri.toString())),
      service.onRunning((running) => this.#running(running)),
    ];
  }

  /** Looks at the tabs that are open now. */
  lookAround(): void {
    const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
    const files = new Map(tabs.flatMap((tab) => fileOf(tab) ?? []).map((uri) => [uri.toString(), uri] as const));
    for (const uri of this.#seen) if (!files.has(uri)) this.#leave(uri);
    for (const [key, uri] of files) if (!this.#seen.has(key)) this.#look(key, uri);
    this.#follow();
  }

  has(uri: string): boolean {
    return this.#known.has(uri);
  }

  /** The large log in the tab that the reader looks at. */
  get active(): LargeLog | undefined {
    const uri = fileOf(vscode.window.tabGroups.activeTabGroup.activeTab);
    return uri === undefined ? undefined : this.#known.get(uri.toString());
  }

  /** Reads it again from its first line on; gives what became of it, undefined for no such log. */
  async readAgain(uri: string): Promise<void> {
    const log = this.#known.get(uri);
    if (log !== undefined) await this.#read(log);
  }

  dispose(): void {
    for (const listener of this.#listeners) listener.dispose();
    for (const { cancel } of this.#known.values()) cancel?.dispose();
  }

  #look(key: string, uri: vscode.Uri): void {
    this.#seen.add(key);
    // A file that cannot be looked at is the editor's to complain about.
    this.#find(key, uri).catch(() => {});
  }

  async #find(key: string, uri: vscode.Uri): Promise<void> {
    if (!(await isLarge(uri)) || this.#logs.hasUri(key)) return;
    const certain = isMailLogName(nameOf(uri.path));
    const head = certain ? "" : await this.#readHead(uri);
    if (!this.#seen.has(key) || head === undefined || (!certain && sniff(head) === undefined)) return;
    const log: LargeLog = { uri, certain, line: -1, cancel: undefined };
    this.#known.set(key, log);
    this.#follow();
    await this.#read(log);
  }

  /** A server that was gone knows nothing of what was read. */
  #running(running: boolean): void {
    if (running && this.#gone) for (const log of this.#known.values()) void this.#read(log);
    this.#gone = !running;
  }

  async #read(log: LargeLog): Promise<void> {
    log.cancel?.dispose();
    const cancel = new vscode.CancellationTokenSource();
    log.cancel = cancel;
    const params: ScanParams = { uri: log.uri.toString(), certain: log.certain };
    const reading = this.#service.ask<ScanAnswer>(logMethods.scan, params, cancel.token).catch(failed);
    const answer = await showReading(this.#service, { uri: log.uri, cancel, answer: reading });
    if (log.cancel === cancel) this.#told(log, answer);
  }

  #told(log: LargeLog, answer: ScanAnswer): void {
    if (answer.state === "no-log") this.#forget(log.uri.toString());
    if (answer.state !== "failed" || !this.#service.isRunning) return;
    vscode.window.showWarningMessage(`${shownName(log.uri.path)} could not be read: ${answer.why}.`);
  }

  #leave(uri: string): void {
    this.#seen.delete(uri);
    this.#forget(uri);
  }

  #forget(uri: string): void {
    const log = this.#known.get(uri);
    if (log === undefined) return;
    this.#known.delete(uri);
    log.cancel?.cancel();
    this.#logs.leave(uri);
    this.#service.tell(logMethods.forget, { uri }).catch(() => {});
    this.#follow();
  }

  #follow(): void {
    const { active } = this;
    if (active !== undefined) this.#logs.lookedAt(active.uri.toString());
    vscode.commands.executeCommand("setContext", "smtpLogLens.isLargeLog", active !== undefined);
  }
}

function failed(error: unknown): ScanAnswer {
  return { state: "failed", why: error instanceof Error ? error.message : String(error) };
}
