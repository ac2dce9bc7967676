// What several journeys need: waiting, and opening a file of the workspace.
import assert from "node:assert/strict";
import * as vscode from "vscode";

/** Asks again until the answer is truthy and returns it; after 15 seconds fails with what was expected, in words. */
export async function eventually<T>(ask: () => T | Promise<T>, expected: string): Promise<NonNullable<T>> {
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
