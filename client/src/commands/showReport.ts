// Opens the report of some logs: those that the explorer names, else the log in front, alone or with its rotated files.
import * as vscode from "vscode";
import { readFailuresUri } from "../../../server/src/failuresProtocol.ts";
import { logMethods } from "../../../server/src/logProtocol.ts";
import { fileOf } from "../largeFile.ts";
import { nameOf } from "../logName.ts";
import { reportPath } from "../pages.ts";
import { openPage } from "../panel/openPage.ts";
import type { ReportSets } from "../reportSets.ts";
import type { Service } from "../service.ts";

/** What the command works with. */
export interface ReportTools {
  readonly service: Service;
  readonly reports: ReportSets;
}

/** `named` and `selected` are what a menu of the explorer hands over. */
export async function showReport(tools: ReportTools, named: unknown, selected: unknown): Promise<void> {
  const chosen = Array.isArray(selected) ? selected.filter((one) => one instanceof vscode.Uri) : [];
  const log = named instanceof vscode.Uri ? named : inFront();
  if (log === undefined) {
    vscode.window.showInformationMessage("Open a mail log first, or choose files in the explorer.");
    return;
  }
  const uris = chosen.length > 1 ? chosen.map(String) : await withRotation(tools.service, log.toString());
  if (uris === undefined) return;
  const path = reportPath(await tools.reports.remember(uris), uris.length === 1 ? nameOf(log.path) : "logs");
  await openPage(path);
}

function inFront(): vscode.Uri | undefined {
  const shown =
    vscode.window.activeTextEditor?.document.uri ?? fileOf(vscode.window.tabGroups.activeTabGroup.activeTab);
  const failures = shown && readFailuresUri(shown.toString());
  return failures === undefined ? shown : vscode.Uri.parse(failures.uri);
}

/** The log alone, or all files of its rotation, as the user wants; undefined when the question was left. */
async function withRotation(service: Service, uri: string): Promise<readonly string[] | undefined> {
  const rotation = await service.ask<string[]>(logMethods.rotation, { uri });
  if (rotation.length < 2) return [uri];
  const items = [
    { label: `This log with its rotated files (${rotation.length})`, uris: rotation },
    { label: "This log only", uris: [uri] },
  ];
  const picked = await vscode.window.showQuickPick(items, { title: "Report", placeHolder: "What is to be counted?" });
  return picked?.uris;
}
