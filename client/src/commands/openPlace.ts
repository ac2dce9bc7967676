// Goes to a place of a failure: in a log that is open, in one that is read from disk, or in any file.
import * as vscode from "vscode";
import { isLarge, showLarge } from "../largeFile.ts";

/** The arguments are a log's URI, a line and two columns, all from 0; anything else is ignored. */
export async function openPlace(uri: unknown, line: unknown, columns: readonly unknown[]): Promise<void> {
  const numbers = [line, ...columns].map((value) => (Number.isSafeInteger(value) ? Math.max(0, Number(value)) : 0));
  if (typeof uri !== "string" || uri.length > 8_192) return;
  const log = vscode.Uri.parse(uri);
  const [row = 0, start = 0, end = 0] = numbers;
  const range = new vscode.Range(row, start, row, end);
  try {
    if (await isLarge(log)) return await showLarge(log, range, vscode.ViewColumn.Active);
    await vscode.window.showTextDocument(log, { selection: range, preview: false });
  } catch {
    // A file's name may hold what messages would show as a link, so it is left out.
    vscode.window.showWarningMessage("This log cannot be opened any more: it was moved, deleted or closed.");
  }
}
