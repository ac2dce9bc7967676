// Opens the failing lines of a compressed log: the editor itself could only show it as binary.
import * as vscode from "vscode";
import type { Failures } from "../failures.ts";
import { compressedEndings } from "../logName.ts";

/** Of the file that a menu names, else of those that the user chooses. */
export async function openCompressed(failures: Failures, named: unknown): Promise<void> {
  const files = named instanceof vscode.Uri ? [named] : await chosen();
  for (const file of files) await failures.open({ uri: file.toString(), order: "log" });
}

async function chosen(): Promise<readonly vscode.Uri[]> {
  const filters = { "Compressed logs": [...compressedEndings] };
  return (await vscode.window.showOpenDialog({ canSelectMany: true, filters, openLabel: "Show Failures" })) ?? [];
}
