// Which open documents are mail logs: decided by a look at their first lines, once each, again while text is pasted.
import * as vscode from "vscode";
import { failuresScheme } from "../../server/src/failuresProtocol.ts";
import { sniff } from "../../server/src/log/sniff.ts";
import { Drafts } from "./drafts.ts";

/** Mails are plain text, or have the language of an extension that shows mails, whose files they stay. */
const languages = ["smtplog", "log", "plaintext", "eml", "email", "mbox"];
const schemes = ["file", "untitled", "vscode-remote", "vscode-vfs", failuresScheme];

/** What the server may be told of; most of it is no mail log and is held back. */
export const selector = schemes.flatMap((scheme) => languages.map((language) => ({ scheme, language })));

/** The header of a mail alone may have a hundred lines. */
const headLines = 200;
const headLength = 32_768;
/** Beyond this many lines a document that was no mail log is not looked at again. */
const smallLines = 5_000;

/** Knows the open mail logs. */
export class MailLogs implements vscode.Disposable {
  readonly #known = new Set<string>();
  readonly #found = new vscode.EventEmitter<vscode.TextDocument>();
  readonly #listeners: vscode.Disposable[];
  /** Letters of ours: never logs. */
  readonly drafts = new Drafts();
  #last: string | undefined;

  /** Fires once for each document that turns out to be a mail log. */
  readonly onFound = this.#found.event;

  constructor() {
    this.#listeners = [
      this.#found,
      vscode.workspace.onDidOpenTextDocument((document) => this.#look(document)),
      vscode.workspace.onDidCloseTextDocument((document) => this.#forget(document.uri.toString())),
      vscode.workspace.onDidChangeTextDocument((event) => this.#lookAgain(event)),
      vscode.window.onDidChangeActiveTextEditor((editor) => this.#follow(editor)),
    ];
  }

  /** Looks at the documents that are open already. */
  lookAround(): void {
    for (const document of vscode.workspace.textDocuments) this.#look(document);
    this.#follow(vscode.window.activeTextEditor);
  }

  has(document: vscode.TextDocument): boolean {
    return this.#known.has(document.uri.toString());
  }

  hasUri(uri: string): boolean {
    return this.#known.has(uri);
  }

  /** The reader looks at a log that no document is handed over of. */
  lookedAt(uri: string): void {
    this.#last = uri;
  }

  /** The reader closed it. */
  leave(uri: string): void {
    if (this.#last === uri) this.#last = [...this.#known].at(-1);
  }

  /** The URI of the log that the reader looked at last; undefined when none is open. */
  get last(): string | undefined {
    return this.#last;
  }

  dispose(): void {
    for (const listener of this.#listeners) listener.dispose();
  }

  #look(document: vscode.TextDocument): void {
    const uri = document.uri.toString();
    if (this.#known.has(uri) || this.drafts.has(uri, () => document.getText()) || !isMailLog(document)) return;
    this.#known.add(uri);
    this.#last ??= uri;
    this.#follow(vscode.window.activeTextEditor);
    this.#found.fire(document);
  }

  #lookAgain({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    if (this.has(document) || document.lineCount > smallLines) return;
    if (contentChanges.some(({ text }) => text.length > 40 || text.includes("\n"))) this.#look(document);
  }

  #forget(uri: string): void {
    this.#known.delete(uri);
    this.drafts.forget(uri);
    this.leave(uri);
  }

  #follow(editor: vscode.TextEditor | undefined): void {
    const isLog = editor !== undefined && this.has(editor.document);
    if (isLog) this.#last = editor.document.uri.toString();
    vscode.commands.executeCommand("setContext", "smtpLogLens.isMailLog", isLog);
  }
}

function isMailLog(document: vscode.TextDocument): boolean {
  if (!schemes.includes(document.uri.scheme) || !languages.includes(document.languageId)) return false;
  return document.languageId === "smtplog" || sniff(head(document)) !== undefined;
}

function head(document: vscode.TextDocument): string {
  return document.getText(new vscode.Range(0, 0, headLines, 0)).slice(0, headLength);
}
