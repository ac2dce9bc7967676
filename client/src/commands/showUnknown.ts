// Shows what the log says that only its code explained, and opens a row for one of these replies.
import * as vscode from "vscode";
import { methods, type RowDraft, type RowWish } from "../../../server/src/protocol.ts";
import { unknownPath } from "../pages.ts";
import { openPage } from "../panel/openPage.ts";
import type { Service } from "../service.ts";

/** Opens the page of unknown replies; it follows the log that the reader looks at. */
export async function showUnknown(): Promise<void> {
  await openPage(unknownPath);
}

/** Opens a row that begins with the reply on a line, as a document to finish: nothing is written to disk. */
export async function draftRow(service: Service, wish: RowWish): Promise<void> {
  const draft = await service.ask<RowDraft | null>(methods.draftRow, wish);
  if (draft === null) {
    vscode.window.showInformationMessage("The log has changed, and this reply is not on its line any more.");
    return;
  }
  const document = await vscode.workspace.openTextDocument({ language: "jsonc", content: draft.text });
  await vscode.window.showTextDocument(document, { preview: false });
}
