// Goes to the next failing line of the log in front, or to the one before.
import * as vscode from "vscode";
import { logMethods, type NextFailure, type NextParams } from "../../../server/src/logProtocol.ts";
import { showLarge } from "../largeFile.ts";
import type { LargeLogs } from "../largeLogs.ts";
import type { Service } from "../service.ts";

/** Where the reader is, and how to go elsewhere. */
interface Stand {
  readonly uri: string;
  readonly line: number;
  go(range: vscode.Range): Promise<void>;
}

/** Goes on from the cursor, in a log that no document is handed over of from the place it was led to last. */
export async function goToFailure(service: Service, large: LargeLogs, back: boolean): Promise<void> {
  const stand = largeStand(large) ?? documentStand();
  if (stand === undefined) return;
  const params: NextParams = { uri: stand.uri, line: stand.line, back };
  const found = await service.ask<NextFailure | null>(logMethods.next, params);
  if (found === null) {
    vscode.window.showInformationMessage("There is no failure in this log.");
    return;
  }
  const { line, start, end, wrapped } = found;
  await stand.go(new vscode.Range(line, start, line, end));
  if (wrapped) vscode.window.setStatusBarMessage(back ? "The last failure again" : "The first failure again", 4_000);
}

function largeStand({ active: log }: LargeLogs): Stand | undefined {
  return (
    log && {
      uri: log.uri.toString(),
      line: log.line,
      go: async (range) => {
        log.line = range.start.line;
        await showLarge(log.uri, range, vscode.ViewColumn.Active);
      },
    }
  );
}

function documentStand(): Stand | undefined {
  const editor = vscode.window.activeTextEditor;
  return (
    editor && {
      uri: editor.document.uri.toString(),
      line: editor.selection.active.line,
      go: async (range) => {
        editor.selection = new vscode.Selection(range.start, range.end);
        editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
      },
    }
  );
}
