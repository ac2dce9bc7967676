// Explains the refusal on the line of the cursor.
import * as vscode from "vscode";
import { openAddress } from "../panel/openPage.ts";

const explainCommand = "smtpLogLens.explain";

/** Opens the page that the line's own code action names; says so when there is none. */
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
  if (found !== undefined) await openAddress(found.arguments?.[0]);
  else vscode.window.showInformationMessage("There is no refusal on this line.");
}

function commandOf(action: vscode.CodeAction | vscode.Command): vscode.Command | undefined {
  return typeof action.command === "string" ? (action as vscode.Command) : action.command;
}
