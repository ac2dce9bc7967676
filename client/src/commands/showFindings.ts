// What a click on the status item does: lists what was found.
import * as vscode from "vscode";

/** Opens Problems; the catalogue instead when the user switched diagnostics off. */
export async function showFindings(): Promise<void> {
  const shown = vscode.workspace.getConfiguration("smtpLogLens").get("diagnostics.enable", true);
  await vscode.commands.executeCommand(shown ? "workbench.actions.view.problems" : "smtpLogLens.explainCode");
}
