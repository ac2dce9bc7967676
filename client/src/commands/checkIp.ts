// Opens the page that checks one address: the one that is named, else that of the cursor's line, else the one that is typed.
import * as vscode from "vscode";
import type { MailLogs } from "../logs.ts";
import { checkPath, pagePath } from "../pages.ts";
import { openPage } from "../panel/openPage.ts";
import { isAddress } from "../panel/page/addresses.ts";

const checkCommand = "smtpLogLens.checkIp";

/** A page's path, and the log that it starts from. */
interface Goal {
  readonly path: string;
  readonly log: string | undefined;
}

/** What to do instead of opening the page of one of the line's addresses. */
const other = "Another address…";

/**
 * Opens the check that `page` is the address of. Without one it takes the refusal under the cursor, else asks for an
 * address. Nothing is asked of anybody before the page's own consent.
 */
export async function checkIp(logs: MailLogs, { page, log }: { page: unknown; log: unknown }): Promise<void> {
  const goal = readGoal(page, log) ?? (await lineGoal(logs)) ?? (await typedGoal());
  if (goal !== undefined && goal !== "none") await openPage(goal.path, goal.log);
}

function readGoal(page: unknown, log: unknown): Goal | undefined {
  const path = pagePath(page);
  const uri = typeof log === "string" && log.length <= 4_096 ? log : undefined;
  return path?.startsWith("/check/") ? { path, log: uri } : undefined;
}

/** The check of a refusal on the cursor's line; undefined when there is none or another address is wanted. */
async function lineGoal(logs: MailLogs): Promise<Goal | "none" | undefined> {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined || !logs.has(editor.document) || selected() !== undefined) return undefined;
  const actions = await vscode.commands.executeCommand<(vscode.CodeAction | vscode.Command)[]>(
    "vscode.executeCodeActionProvider",
    editor.document.uri,
    editor.document.lineAt(editor.selection.active.line).range,
  );
  const goals = (actions ?? []).flatMap(goalItem);
  if (goals.length <= 1) return goals[0]?.goal;
  const items = [...goals, { label: other, goal: undefined }];
  const picked = await vscode.window.showQuickPick(items, {
    title: "Check a sending IP",
    placeHolder: "Which address?",
  });
  return picked === undefined ? "none" : picked.goal;
}

/** What one of our own code actions leads to. */
function goalItem(action: vscode.CodeAction | vscode.Command): { label: string; goal: Goal }[] {
  const command = typeof action.command === "string" ? (action as vscode.Command) : action.command;
  const [page, log] = command?.command === checkCommand ? ((command.arguments ?? []) as unknown[]) : [];
  const goal = readGoal(page, log);
  return goal === undefined ? [] : [{ label: action.title, goal }];
}

async function typedGoal(): Promise<Goal | undefined> {
  const typed = await vscode.window.showInputBox({
    title: "Check a sending IP",
    prompt: "The address your mail server sends from. You see what would be asked before anything is.",
    placeHolder: "IPv4 or IPv6 address",
    value: selected() ?? "",
    validateInput: (text) => (text.trim() === "" || isAddress(text.trim()) ? undefined : "This is not an IP address."),
  });
  return typed === undefined || typed.trim() === "" ? undefined : { path: checkPath(typed.trim()), log: undefined };
}

function selected(): string | undefined {
  const editor = vscode.window.activeTextEditor;
  const text = editor?.document.getText(editor.selection).slice(0, 50).trim();
  return text !== undefined && isAddress(text) ? text : undefined;
}
