// Code actions on a failing line: explain it, check the sending address, copy the full rejection.
import type { CodeAction, Range } from "vscode-languageserver";
import type { Finding } from "../../model.ts";
import { findingCheckPage, findingPage } from "../../tell/pages.ts";
import { shortLabel } from "../../tell/words.ts";
import { sendingAddress } from "../checking.ts";
import { commandIds } from "../commandIds.ts";
import type { Context, Feature } from "../feature.ts";

const mostFindings = 20;

export const codeActions: Feature = {
  capabilities: () => ({ codeActionProvider: { codeActionKinds: ["quickfix"] } }),
  register: (context) => {
    context.connection.onCodeAction(({ textDocument, range }) => actions(context, textDocument.uri, range));
  },
};

function actions(context: Context, uri: string, range: Range): CodeAction[] {
  const findings: Finding[] = [];
  for (let line = range.start.line; line <= range.end.line && findings.length < mostFindings; line++) {
    findings.push(...context.session.findingsOn(uri, line));
  }
  const all = findings.flatMap((finding) => forFinding(context, uri, finding));
  return [...new Map(all.map((action) => [action.title, action])).values()];
}

function forFinding(context: Context, uri: string, finding: Finding): CodeAction[] {
  const ids = commandIds(context.panel);
  const ip = sendingAddress(finding);
  return [
    action(`Explain ${shortLabel(finding)}`, ids.explain, [findingPage(finding)]),
    ...(ip === undefined ? [] : [action(`Check sending IP ${ip}`, ids.checkIp, [findingCheckPage(finding, ip), uri])]),
    action("Copy the full rejection", ids.copyRejection, [uri, finding.delivery.line]),
  ];
}

function action(title: string, command: string, args: unknown[]): CodeAction {
  return { title, kind: "quickfix", command: { title, command, arguments: args } };
}
