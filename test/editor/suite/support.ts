// What several journeys need: waiting, and opening a file of the workspace.
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

/** Closes all editors, as a user who begins anew. */
export async function closeAll(): Promise<void> {
  for (const { document } of vscode.window.visibleTextEditors) {
    if (document.isUntitled) await vscode.window.showTextDocument(document);
    if (document.isUntitled) await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
  }
  await vscode.commands.executeCommand("workbench.action.closeAllEditors");
}
