// Opens an explanation: of a page that a code action names, of a code picked from the catalogue, of the line at the cursor.
import * as vscode from "vscode";
import { type CodeItem, methods, scheme } from "../../../server/src/protocol.ts";
import { pagePath, viewType } from "../pages.ts";
import type { Service } from "../service.ts";

const explainCommand = "smtpLogLens.explain";

/** Opens the page that `page` is the address of, beside the log; anything else is ignored. */
export async function explain(page: unknown): Promise<void> {
  const path = pagePath(page);
  if (path !== undefined) await openPage(path);
}

/** Lets the user pick a code from the catalogue. */
export async function explainCode(service: Service): Promise<void> {
  const items = service.ask<CodeItem[]>(methods.codes, undefined).then((codes) => codes.map(pickItem));
  const picked = await vscode.window.showQuickPick(items, {
    title: "Explain a code",
    placeHolder: "Type a code, a provider or a word, such as CXCNCT or 4.7.1",
    matchOnDescription: true,
    matchOnDetail: true,
  });
  if (picked !== undefined) await explain(picked.page);
}

/** Explains the refusal on the line of the cursor. */
export async function explainLine(): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) return;
  const line = editor.document.lineAt(editor.selection.active.line).range;
  const actions = await vscode.commands.executeCommand<(vscode.CodeAction | vscode.Command)[]>(
    "vscode.executeCodeActionProvider",
    editor.document.uri,
    line,
  );
  const found = (actions ?? []).map(commandOf).find((command) => command?.command === explainCommand);
  if (found !== undefined) await explain(found.arguments?.[0]);
  else vscode.window.showInformationMessage("There is no refusal on this line.");
}

/** Opens a page of ours in the panel: beside a text editor, in place otherwise. */
export async function openPage(path: string): Promise<void> {
  const column = vscode.window.activeTextEditor === undefined ? vscode.ViewColumn.Active : vscode.ViewColumn.Beside;
  const uri = vscode.Uri.from({ scheme, path });
  await vscode.commands.executeCommand("vscode.openWith", uri, viewType, column);
}

function pickItem({ page, code, title, provider }: CodeItem): vscode.QuickPickItem & { page: string } {
  return { label: code, description: provider, detail: title, page };
}

function commandOf(action: vscode.CodeAction | vscode.Command): vscode.Command | undefined {
  return typeof action.command === "string" ? (action as vscode.Command) : action.command;
}
