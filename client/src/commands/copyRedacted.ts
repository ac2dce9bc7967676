// Copies lines of a log with pseudonyms in place of people, hosts and addresses, to be shown to others.
import * as vscode from "vscode";
import { methods, type RedactedLines, type RedactParams } from "../../../server/src/protocol.ts";
import { copiedWords, linesOf } from "../redactedText.ts";
import type { Service } from "../service.ts";

/** Copies the lines of the selection, or the whole log when nothing is selected. */
export async function copyRedacted(service: Service): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) return;
  const lines = linesOf(editor.selection, editor.document.lineCount);
  const params: RedactParams = { uri: editor.document.uri.toString(), ...lines };
  const redacted = await service.ask<RedactedLines | null>(methods.redact, params);
  if (redacted === null) {
    vscode.window.showInformationMessage("This document is no mail log, or too large for the editor to hand over.");
    return;
  }
  await vscode.env.clipboard.writeText(redacted.text);
  vscode.window.showInformationMessage(copiedWords(redacted, lines.last - lines.first + 1));
}
