// Reads a log that was read from disk once more, from its first line on.
import * as vscode from "vscode";
import type { LargeLogs } from "../largeLogs.ts";

/** The log in front; says so when there is none. */
export async function readAgain(large: LargeLogs): Promise<void> {
  const { active } = large;
  if (active !== undefined) await large.readAgain(active.uri.toString());
  else
    vscode.window.showInformationMessage(
      "Logs in an editor are always up to date; only logs over 50 MB are read from disk.",
    );
}
