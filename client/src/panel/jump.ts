// Shows one line of a log, in the group where the log is open already, else beside the panel.
import * as vscode from "vscode";
import { isLarge, showLarge } from "../largeFile.ts";

/** Opens `uri` with line `line` (from 0) selected and in the middle. */
export async function jump(uri: vscode.Uri, line: number): Promise<void> {
  const column = columnBeside(uri);
  if (await isLarge(uri)) return showLarge(uri, new vscode.Range(line, 0, line, 0), column);
  const editor = await vscode.window.showTextDocument(uri, { viewColumn: column, preview: false });
  const { range } = editor.document.lineAt(Math.min(line, editor.document.lineCount - 1));
  editor.selection = new vscode.Selection(range.start, range.start);
  editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}

/** Where a text about a log is shown: in the group that holds the log, else beside the panel. */
export function columnBeside(uri: vscode.Uri): vscode.ViewColumn {
  return columnOf(uri) ?? vscode.ViewColumn.Beside;
}

/** The group beside the panel that holds the log; undefined when the panel would be covered or none does. */
function columnOf(uri: vscode.Uri): vscode.ViewColumn | undefined {
  const holds = (tab: vscode.Tab) =>
    tab.input instanceof vscode.TabInputText && tab.input.uri.toString() === uri.toString();
  return vscode.window.tabGroups.all.find((group) => !group.isActive && group.tabs.some(holds))?.viewColumn;
}
