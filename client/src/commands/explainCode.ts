// Lets the user pick a code from the catalogue and explains it.
import * as vscode from "vscode";
import { type CodeItem, methods } from "../../../server/src/protocol.ts";
import { openAddress } from "../panel/openPage.ts";
import type { Service } from "../service.ts";

/** Shows the catalogue and opens the page of the picked code. */
export async function explainCode(service: Service): Promise<void> {
  const items = service.ask<CodeItem[]>(methods.codes, undefined).then((codes) => codes.map(pickItem));
  const picked = await vscode.window.showQuickPick(items, {
    title: "Explain a code",
    placeHolder: "Type a code, a provider or a word, such as CXCNCT or 4.7.1",
    matchOnDescription: true,
    matchOnDetail: true,
  });
  if (picked !== undefined) await openAddress(picked.page);
}

function pickItem({ page, code, title, provider }: CodeItem): vscode.QuickPickItem & { page: string } {
  return { label: code, description: provider, detail: title, page };
}
