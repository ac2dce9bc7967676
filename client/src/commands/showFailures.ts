// Opens the failing lines of a log as a text of their own.
import * as vscode from "vscode";
import { type FailuresOrder, readFailuresUri } from "../../../server/src/failuresProtocol.ts";
import type { Failures } from "../failures.ts";
import { fileOf } from "../largeFile.ts";

/** Of the file that a menu names, else of the log in front. */
export async function showFailures(failures: Failures, named: unknown, order: FailuresOrder): Promise<void> {
  const log = named instanceof vscode.Uri ? named : inFront();
  if (log === undefined) {
    vscode.window.showInformationMessage(
      "Open a mail log first, or choose this from the menu of a file in the explorer.",
    );
    return;
  }
  // From one of our own texts the other order of the same log is wanted.
  const params = readFailuresUri(log.toString());
  await failures.open({ uri: params?.uri ?? log.toString(), order });
}

function inFront(): vscode.Uri | undefined {
  return vscode.window.activeTextEditor?.document.uri ?? fileOf(vscode.window.tabGroups.activeTabGroup.activeTab);
}
