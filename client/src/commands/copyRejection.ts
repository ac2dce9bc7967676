// Copies the full rejection on a line, as a provider's support wants it.
import * as vscode from "vscode";
import { methods } from "../../../server/src/protocol.ts";
import type { Service } from "../service.ts";

/** Copies the rejection on the given line, or on the cursor's line when called without one. */
export async function copyRejection(service: Service, given: { uri: unknown; line: unknown }): Promise<void> {
  const place = readPlace(given) ?? cursor();
  if (place === undefined) return;
  const text = await service.ask<string | null>(methods.rejection, place);
  if (text === null) {
    vscode.window.showInformationMessage("There is no refusal on this line.");
    return;
  }
  await vscode.env.clipboard.writeText(text);
  vscode.window.setStatusBarMessage(`Copied the rejection on line ${place.line + 1}.`, 4_000);
}

function readPlace({ uri, line }: { uri: unknown; line: unknown }): { uri: string; line: number } | undefined {
  if (typeof uri !== "string" || typeof line !== "number" || !Number.isSafeInteger(line) || line < 0) return undefined;
  return { uri, line };
}

function cursor(): { uri: string; line: number } | undefined {
  const editor = vscode.window.activeTextEditor;
  return editor && { uri: editor.document.uri.toString(), line: editor.selection.active.line };
}
