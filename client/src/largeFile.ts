// Files that are too large for the editor to hand over to extensions.
import * as vscode from "vscode";

/** VS Code keeps the text of longer files to itself, 50 MiB; diagnostics for them are shown all the same. */
const largest = 50 * 1024 * 1024;

/** True for a file of which no extension gets a document. */
export async function isLarge(uri: vscode.Uri): Promise<boolean> {
  if (uri.scheme !== "file") return false;
  const { type, size } = await vscode.workspace.fs.stat(uri);
  return (type & vscode.FileType.File) !== 0 && size > largest;
}

/** The file of a text tab; undefined for any other tab. */
export function fileOf(tab: vscode.Tab | undefined): vscode.Uri | undefined {
  return tab?.input instanceof vscode.TabInputText ? tab.input.uri : undefined;
}

/** Goes to a stretch of one line of a file whose document no extension gets. */
export async function showLarge(uri: vscode.Uri, range: vscode.Range, column: vscode.ViewColumn): Promise<void> {
  const options: vscode.TextDocumentShowOptions = { selection: range, preview: false, viewColumn: column };
  await vscode.commands.executeCommand("vscode.open", uri, options);
}
