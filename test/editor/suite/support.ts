// What several journeys need: waiting, logs of their own, what the extension says of them, and an orderly end.
import assert from "node:assert/strict";
import * as vscode from "vscode";

/** Asks again until the answer is truthy and returns it; after 15 seconds fails with what was expected, in words. */
export async function eventually<T>(ask: () => T | Thenable<T>, expected: string): Promise<NonNullable<T>> {
  const deadline = Date.now() + 15_000;
  while (Date.now() < deadline) {
    const answer = await ask();
    if (answer) return answer;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  assert.fail(`expected within 15 seconds: ${expected}`);
}

/** The address of a file in the opened folder. */
export function inFolder(name: string): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0];
  assert.ok(folder, "VS Code has no folder open");
  return vscode.Uri.joinPath(folder.uri, name);
}

/** Opens a file of the folder in an editor. */
export async function open(name: string): Promise<vscode.TextEditor> {
  return vscode.window.showTextDocument(await vscode.workspace.openTextDocument(inFolder(name)));
}

/** The problems of a document; undefined while there are none. */
export function diagnosticsOf(uri: vscode.Uri): vscode.Diagnostic[] | undefined {
  const found = vscode.languages.getDiagnostics(uri);
  return found.length > 0 ? found : undefined;
}

/** A new document with a text, not shown yet. */
export function untitled(language: string, content: string): Thenable<vscode.TextDocument> {
  return vscode.workspace.openTextDocument({ language, content });
}

/** Gives a silent extension the time in which a talking one has long answered. */
export function ended(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 1_000));
}

/** Writes a file into the folder and opens it. */
export async function openNew(name: string, text: string): Promise<vscode.TextEditor> {
  await write(name, text);
  return open(name);
}

/** Writes a file into the folder. */
export async function write(name: string, text: string): Promise<void> {
  await vscode.workspace.fs.writeFile(inFolder(name), new TextEncoder().encode(text));
}

/** Our diagnostics of a document as they are now, by line. */
export function problems({ uri }: vscode.TextDocument): vscode.Diagnostic[] {
  const own = vscode.languages.getDiagnostics(uri).filter(({ source }) => source === "smtp-log-lens");
  return own.sort((a, b) => a.range.start.line - b.range.start.line);
}

/** Our diagnostics of a document, once there are `count`. */
export async function problemsOnce(document: vscode.TextDocument, count: number): Promise<vscode.Diagnostic[]> {
  return eventually(
    () => (problems(document).length === count ? problems(document) : undefined),
    `${count} problems in ${document.fileName}`,
  );
}

/** The text that a diagnostic's code shows and the page that it links to. */
export function codeOf({ code }: vscode.Diagnostic): { value: string; page: string } {
  assert.ok(typeof code === "object", "the code of a problem is a link");
  return { value: String(code.value), page: decodeURIComponent(code.target.toString()) };
}

/** The place of the first `needle` of a document. */
export function placeOf(document: vscode.TextDocument, needle: string): vscode.Range {
  const start = document.getText().indexOf(needle);
  assert.ok(start >= 0, `${needle} stands in ${document.fileName}`);
  return new vscode.Range(document.positionAt(start), document.positionAt(start + needle.length));
}

/** The explanation that is open in the active tab, by its address; undefined when something else is. */
export function openPage(): string | undefined {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  const isPanel = input instanceof vscode.TabInputCustom && input.viewType === "smtpLogLens.panel";
  return isPanel ? decodeURIComponent(input.uri.toString()) : undefined;
}

/** Waits until the page of this address is in the active tab. */
export async function pageOpens(address: string): Promise<void> {
  await eventually(() => openPage() === address, `the explanation ${address} in the active tab, not ${openPage()}`);
}

/** Changes one of our settings for the folder; undefined takes it back. */
export async function configure(name: string, value: unknown): Promise<void> {
  const ours = vscode.workspace.getConfiguration("smtpLogLens");
  await ours.update(name, value, vscode.ConfigurationTarget.Workspace);
}

/** Closes all editors and takes back all settings, as a user who begins anew. */
export async function closeAll(): Promise<void> {
  for (const document of vscode.workspace.textDocuments.filter(({ isDirty }) => isDirty)) {
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
  }
  await vscode.commands.executeCommand("workbench.action.closeAllEditors");
  for (const name of ["severity.permanent", "severity.temporary", "severity.ours", "diagnostics.enable"]) {
    const set = vscode.workspace.getConfiguration("smtpLogLens").inspect(name)?.workspaceValue;
    if (set !== undefined) await configure(name, undefined);
  }
}
