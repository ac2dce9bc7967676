// Opens explanation pages in the panel, and remembers for a moment that the user did.
import * as vscode from "vscode";
import { scheme } from "../../../server/src/protocol.ts";
import { pagePath, viewType } from "../pages.ts";

/** The user's wish to see a page. A tab that the editor restores by itself has none. */
export interface Gesture {
  readonly path: string;
  /** The log that the reader came from, when the gesture told it. */
  readonly log: string | undefined;
}

let last: (Gesture & { readonly at: number }) | undefined;

/** After so many milliseconds a tab was not opened by that gesture. */
const gestureLife = 30_000;

/** The gesture that opened the page just now; each is taken once. */
export function takeGesture(path: string): Gesture | undefined {
  const gesture = last;
  if (gesture?.path !== path || Date.now() - gesture.at > gestureLife) return undefined;
  last = undefined;
  return gesture;
}

/** Opens the page that `address` names; anything else is ignored. */
export async function openAddress(address: unknown): Promise<void> {
  const path = pagePath(address);
  if (path !== undefined) await openPage(path);
}

/** Opens a page of ours in the panel: beside a text editor, in place otherwise. `log`: where the reader came from. */
export async function openPage(path: string, log?: string): Promise<void> {
  last = { path, log, at: Date.now() };
  const column = vscode.window.activeTextEditor === undefined ? vscode.ViewColumn.Active : vscode.ViewColumn.Beside;
  const uri = vscode.Uri.from({ scheme, path });
  await vscode.commands.executeCommand("vscode.openWith", uri, viewType, column);
}
