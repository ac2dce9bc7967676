// The view "Mail Failures": provider, code, places, of all logs that are open or read from disk.
import * as vscode from "vscode";
import { type FailureCode, logMethods, mostOccurrences, type Occurrence } from "../../../server/src/logProtocol.ts";
import type { Service } from "../service.ts";
import { itemOf, type Node } from "./items.ts";
import { providersOf } from "./nodes.ts";

const viewId = "smtpLogLens.failures";

/** Logs change in bursts: the tree is made anew when nothing was told for so many milliseconds. */
const restMs = 500;

/** Fills the view; asks the server for what is unfolded only. */
export class FailureTree implements vscode.TreeDataProvider<Node>, vscode.Disposable {
  readonly #service: Service;
  readonly #changed = new vscode.EventEmitter<Node | undefined>();
  readonly #view: vscode.TreeView<Node>;
  readonly #listeners: vscode.Disposable[];
  #filter = "";
  #renewal: ReturnType<typeof setTimeout> | undefined;
  #known = false;

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(service: Service) {
    this.#service = service;
    this.#view = vscode.window.createTreeView(viewId, { treeDataProvider: this, showCollapseAll: true });
    this.#listeners = [
      this.#changed,
      this.#view,
      service.onStatus(({ format }) => this.#told(format !== undefined)),
      service.onRunning(() => this.#renewSoon()),
    ];
  }

  getTreeItem(node: Node): vscode.TreeItem {
    return itemOf(node);
  }

  async getChildren(node?: Node): Promise<Node[]> {
    if (node === undefined) return this.#providers();
    if (node.kind === "provider") return [...node.codes];
    return node.kind === "code" ? this.#places(node.code) : [];
  }

  /** Asks for a text that provider, code or title must hold; an empty one shows all. */
  async askFilter(): Promise<void> {
    const typed = await vscode.window.showInputBox({
      title: "Filter Mail Failures",
      prompt: "Words that the provider, the code or its title must hold, such as cox or temporary. Empty for all.",
      value: this.#filter,
    });
    if (typed !== undefined) this.setFilter(typed.trim());
  }

  setFilter(filter: string): void {
    this.#filter = filter;
    vscode.commands.executeCommand("setContext", "smtpLogLens.isFiltered", filter !== "");
    this.#changed.fire(undefined);
  }

  dispose(): void {
    clearTimeout(this.#renewal);
    for (const listener of this.#listeners) listener.dispose();
  }

  async #providers(): Promise<Node[]> {
    if (!this.#known) return [];
    const codes = await this.#service.ask<FailureCode[]>(logMethods.codes, undefined);
    const providers = providersOf(codes, this.#filter);
    this.#view.message = this.#message(codes.length, providers.length);
    const total = codes.reduce((sum, { count }) => sum + count, 0);
    this.#view.description = total === 0 ? "" : total.toLocaleString("en");
    return [...providers];
  }

  /** Without a message an empty tree shows the welcome of package.json, which leads to logs. */
  #message(codes: number, providers: number): string {
    if (codes === 0 || this.#filter === "") return "";
    const shown = providers === 0 ? "Nothing matches" : "Shown is what matches";
    return `${shown} “${this.#filter}”.`;
  }

  async #places({ page, provider, count }: FailureCode): Promise<Node[]> {
    const places = await this.#service.ask<Occurrence[]>(logMethods.occurrences, { page, provider });
    const shown = places.slice(0, mostOccurrences);
    const ofSeveral = new Set(shown.map(({ uri }) => uri)).size > 1;
    const nodes: Node[] = shown.map((at) => ({ kind: "place", at, ofSeveral }));
    return count > nodes.length ? [...nodes, { kind: "more", count: count - nodes.length }] : nodes;
  }

  #told(isLog: boolean): void {
    if (isLog && !this.#known) {
      this.#known = true;
      vscode.commands.executeCommand("setContext", "smtpLogLens.hasLogs", true);
    }
    this.#renewSoon();
  }

  #renewSoon(): void {
    clearTimeout(this.#renewal);
    this.#renewal = setTimeout(() => this.#changed.fire(undefined), restMs);
  }
}
