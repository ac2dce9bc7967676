// Opens explanation pages in the panel.
import * as vscode from "vscode";
import { scheme } from "../../../server/src/protocol.ts";
import { pagePath, viewType } from "../pages.ts";

/** Opens the page that `address` names; anything else is ignored. */
export async function openAddress(address: unknown): Promise<void> {
  const path = pagePath(address);
  if (path !== undefined) await openPage(path);
}

/** Opens a page of ours in the panel: beside a text editor, in place otherwise. */
export async function openPage(path: string): Promise<void> {
  const column = vscode.window.activeTextEditor === undefined ? vscode.ViewColumn.Active : vscode.ViewColumn.Beside;
  const uri = vscode.Uri.from({ scheme, path });
  await vscode.commands.executeCommand("vscode.openWith", uri, viewType, column);
}
