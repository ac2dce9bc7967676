// Shows one line of a log, in the group where the log is open already, else beside the panel.
import * as vscode from "vscode";
import { isLarge, showLarge } from "../largeFile.ts";

/** Opens `uri` with line `line` (from 0) selected and in the middle; `panel`: the group that it came from. */
export async function jump(uri: vscode.Uri, line: number, panel?: vscode.ViewColumn): Promise<void> {
  const column = columnBeside(uri, panel);
  if (await isLarge(uri)) return showLarge(uri, new vscode.Range(line, 0, line, 0), column);
  const editor = await vscode.window.showTextDocument(uri, { viewColumn: column, preview: false });
  const { range } = editor.document.lineAt(Math.min(line, editor.document.lineCount - 1));
  editor.selection = new vscode.Selection(range.start, range.start);
  editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}

/**
 * Where a log, or a text about it, is shown so that it does not cover the panel: in the group that holds the log, else
 * in another one that there is, else in a new one beside. Without `panel` the active group is taken for the panel's,
 * which a click on a page may not have made it yet.
 */
export function columnBeside(uri: vscode.Uri, panel?: vscode.ViewColumn): vscode.ViewColumn {
  const holds = (tab: vscode.Tab) =>
    tab.input instanceof vscode.TabInputText && tab.input.uri.toString() === uri.toString();
  const isOther = ({ isActive, viewColumn }: vscode.TabGroup) =>
    panel === undefined ? !isActive : viewColumn !== panel;
  const others = vscode.window.tabGroups.all.filter(isOther);
  const holding = others.find(({ tabs }) => tabs.some(holds));
  const [other] = panel === undefined ? [] : others;
  return (holding ?? other)?.viewColumn ?? vscode.ViewColumn.Beside;
}
