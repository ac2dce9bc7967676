// Opens the sample log: a copy of its own, so that it can be edited, grepped and closed like any log.
import * as vscode from "vscode";

/** Writes the sample anew beside the extension's data and opens it. Its name makes it a mail log. */
export async function openSample(context: vscode.ExtensionContext): Promise<void> {
  const sample = vscode.Uri.joinPath(context.extensionUri, "client", "media", "sample-mail.log");
  const copy = vscode.Uri.joinPath(context.globalStorageUri, "sample", "mail.log");
  if (!isDirty(copy)) await vscode.workspace.fs.copy(sample, copy, { overwrite: true });
  await vscode.window.showTextDocument(copy, { preview: false });
}

function isDirty(uri: vscode.Uri): boolean {
  return vscode.workspace.textDocuments.some((open) => open.isDirty && open.uri.toString() === uri.toString());
}
