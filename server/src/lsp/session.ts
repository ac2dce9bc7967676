// The logs that are known: open documents with one analysis each, renewed by changed lines only, and logs read from disk.
import type { DidChangeTextDocumentParams, DidOpenTextDocumentParams } from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import { analyse, type Change, findingsOn, formatOf, hangsTogether, readingOf, renewed } from "../analyse.ts";
import { failuresScheme } from "../failuresProtocol.ts";
import { type ScanText, withEditorBreaks } from "../log/scan.ts";
import { headLines } from "../log/sniff.ts";
import type { Analysis, Finding, Reading } from "../model.ts";
import type { ScannedLog } from "./scan.ts";
import { defaults, type Settings } from "./settings.ts";

/** One open document; `analysis` is undefined while it is no mail log. */
export interface OpenLog {
  readonly document: TextDocument;
  analysis: Analysis | undefined;
  readonly fileDate: Date | undefined;
}

/** Logs with fewer lines are read whole after each edit: it costs nothing, and what they are may change. */
const smallLog = 500;

type Listener = (uri: string) => void;
type NewsListener = (uri: string, news: string) => void;

/** Holds the documents of one editor. */
export class Session {
  settings: Settings = defaults;
  /** Settles when the settings that the editor was asked for last are here. */
  settled: Promise<void> = Promise.resolve();
  readonly #logs = new Map<string, OpenLog>();
  readonly #scans = new Map<string, { readonly log: ScannedLog }>();
  readonly #listeners: Listener[] = [];
  readonly #wishListeners: (() => void)[] = [];
  readonly #newsListeners: NewsListener[] = [];
  readonly #scan: ScanText | undefined;

  /** `scan` is a faster way to scan, where there is one. */
  constructor(scan?: ScanText) {
    this.#scan = scan;
  }

  /** Calls `listener` with the URI after each analysis, now and then while a log is read from disk, and when it is gone. */
  onRenewed(listener: Listener): void {
    this.#listeners.push(listener);
  }

  /** Calls `listener` after new settings came, before what depends on them is shown again. */
  onSettings(listener: () => void): void {
    this.#wishListeners.push(listener);
  }

  /** Calls `listener` with the URI and a few words when a log that grows shows something new. */
  onNews(listener: NewsListener): void {
    this.#newsListeners.push(listener);
  }

  /** The open document, mail log or not. */
  log(uri: string): OpenLog | undefined {
    return this.#logs.get(uri);
  }

  /** The log that is read from disk; undefined when there is none, or a document of the same name is open. */
  scanned(uri: string): ScannedLog | undefined {
    return this.#logs.has(uri) ? undefined : this.#scans.get(uri)?.log;
  }

  /** The URIs of all of them. */
  uris(): string[] {
    return [...new Set([...this.#scans.keys(), ...this.#logs.keys()])];
  }

  open({ textDocument }: DidOpenTextDocumentParams, fileDate: Date | undefined): void {
    const { uri, languageId, version, text } = textDocument;
    const document = TextDocument.create(uri, languageId, version, text);
    this.#logs.set(uri, { document, fileDate, analysis: this.#analysed({ document, fileDate }) });
    this.renew(uri);
  }

  change({ textDocument, contentChanges }: DidChangeTextDocumentParams): void {
    const log = this.#logs.get(textDocument.uri);
    if (log === undefined) return;
    for (const change of contentChanges) {
      const before = log.document.lineCount;
      TextDocument.update(log.document, [change], textDocument.version);
      const known = "range" in change ? lines(change.range, log.document.lineCount - before) : undefined;
      if (known === undefined || !renewLines(log, known)) log.analysis = this.#analysed(log);
    }
    this.renew(textDocument.uri);
  }

  close(uri: string): void {
    this.#logs.delete(uri);
    this.renew(uri);
  }

  /** Keeps a log that is read from disk, or forgets it. */
  keepScan(uri: string, scan: { readonly log: ScannedLog } | undefined): void {
    if (scan === undefined) this.#scans.delete(uri);
    else this.#scans.set(uri, scan);
    this.renew(uri);
  }

  /** The findings on one line, none when the document is no mail log. */
  findingsOn(uri: string, line: number): readonly Finding[] {
    const analysis = this.#logs.get(uri)?.analysis;
    return analysis === undefined ? [] : findingsOn(analysis, line);
  }

  /** What one line holds, for colours and hovers; undefined when the document is no mail log. */
  reading(uri: string, line: number): Reading | undefined {
    const log = this.#logs.get(uri);
    if (log?.analysis === undefined || isHeading(log.document, line)) return undefined;
    const around = (distance: number): string | undefined =>
      line + distance < 0 || line + distance >= log.document.lineCount
        ? undefined
        : this.lineText(uri, line + distance);
    return readingOf(log.analysis, this.lineText(uri, line), around);
  }

  /** A line's text without its end, at most 64 Ki units. */
  lineText(uri: string, line: number): string {
    const document = this.#logs.get(uri)?.document;
    if (document === undefined || line >= document.lineCount) return "";
    const text = document.getText({ start: { line, character: 0 }, end: { line, character: 65_536 } });
    return text.replace(/[\r\n]+$/, "");
  }

  /** Tells every listener again, because what it shows depends on the settings. */
  settingsChanged(): void {
    for (const listener of this.#wishListeners) listener();
    for (const uri of this.uris()) this.renew(uri);
  }

  /** Explains every log anew, because the rules that explain have changed. */
  explainAgain(): void {
    for (const [uri, log] of this.#logs) {
      log.analysis = this.#analysed(log);
      this.renew(uri);
    }
  }

  /** Tells every listener that there is more to know of a log. */
  renew(uri: string): void {
    for (const listener of this.#listeners) listener(uri);
  }

  announce(uri: string, news: string): void {
    for (const listener of this.#newsListeners) listener(uri, news);
  }

  #analysed({ document, fileDate }: Pick<OpenLog, "document" | "fileDate">): Analysis | undefined {
    const text = withEditorBreaks(document.getText());
    const read = isFailures(document) ? text.replace(/^# .*$/gm, "#") : text;
    return analyse(read, { fileDate, certain: isCertain(document), scan: this.#scan });
  }
}

/** A text of ours, with lines of our own between those of a log. */
function isFailures({ uri }: TextDocument): boolean {
  return uri.startsWith(`${failuresScheme}:`);
}

function isHeading(document: TextDocument, line: number): boolean {
  const start = { start: { line, character: 0 }, end: { line, character: 2 } };
  return isFailures(document) && document.getText(start) === "# ";
}

function isCertain({ languageId }: TextDocument): boolean {
  return languageId === "smtplog";
}

/** Which lines an edit replaces, and by how many; `growth` is counted by the document, which knows every kind of line end. */
function lines({ start, end }: { start: { line: number }; end: { line: number } }, growth: number): Change {
  const removed = end.line - start.line + 1;
  return { first: start.line, removed, inserted: removed + growth };
}

/** Renews the changed lines; false when so much changed, or so near the top, that the format has. */
function renewLines(log: OpenLog, change: Change): boolean {
  const { analysis, document } = log;
  if (analysis === undefined || document.lineCount < smallLog || hangsTogether(analysis)) return false;
  if (change.removed + change.inserted > 64 + document.lineCount / 2) return false;
  const linesOf = (first: number, last: number): string =>
    withEditorBreaks(document.getText({ start: { line: first, character: 0 }, end: { line: last, character: 0 } }));
  if (change.first < headLines && formatOf(linesOf(0, headLines), isCertain(document)) !== analysis.format)
    return false;
  log.analysis = renewed(analysis, change, linesOf);
  return true;
}
