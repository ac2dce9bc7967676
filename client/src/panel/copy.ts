// Puts the reports of a check, or lines of a configuration, on the clipboard.
import * as vscode from "vscode";
import { type CopyParams, methods, type Report } from "../../../server/src/protocol.ts";
import type { Service } from "../service.ts";
import { type CheckState, reportsOf } from "./page/checkState.ts";

/** Copies what the check has reported; returns what to tell the user, undefined when there is nothing to copy. */
export async function copyReports(
  service: Service,
  check: CheckState,
  { format, redact }: Pick<CopyParams, "format" | "redact">,
): Promise<string | undefined> {
  const reports: readonly Report[] = reportsOf(check);
  if (reports.length === 0) return undefined;
  try {
    const params: CopyParams = { reports, format, redact };
    await vscode.env.clipboard.writeText(await service.ask<string>(methods.copy, params));
  } catch (error) {
    return `Nothing was copied: ${error instanceof Error ? error.message : String(error)}`;
  }
  const said = `Copied as ${format === "json" ? "JSON" : "Markdown"}${redact ? ", addresses and names replaced" : ""}.`;
  vscode.window.setStatusBarMessage(said, 4_000);
  return said;
}

/** Copies lines of a configuration; returns what to tell the user. */
export async function copySetting(text: string): Promise<string> {
  try {
    await vscode.env.clipboard.writeText(text);
  } catch (error) {
    return `Nothing was copied: ${error instanceof Error ? error.message : String(error)}`;
  }
  return "Copied.";
}
