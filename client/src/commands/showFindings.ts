// What a click on the status item does: lists what was found.
import * as vscode from "vscode";
import type { Service } from "../service.ts";
import { explainCode } from "./explain.ts";

/** Opens Problems; the catalogue instead when the user switched diagnostics off. */
export async function showFindings(service: Service): Promise<void> {
  const shown = vscode.workspace.getConfiguration("smtpLogLens").get("diagnostics.enable", true);
  if (shown) await vscode.commands.executeCommand("workbench.actions.view.problems");
  else await explainCode(service);
}
