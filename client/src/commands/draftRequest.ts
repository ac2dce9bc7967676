// Drafts the request to a provider: opens it as a document to finish by hand, and offers the mail program or the provider's page.
import * as vscode from "vscode";
import {
  type Draft,
  type LoggedCode,
  methods,
  type RequestParams,
  type RequestRefusal,
} from "../../../server/src/protocol.ts";
import type { MailLogs } from "../logs.ts";
import { mailLink, pageLink } from "../mailLinks.ts";
import { pageEntry } from "../pages.ts";
import type { Service } from "../service.ts";

const explainCommand = "smtpLogLens.explain";

/** What drafts need of the window. */
export interface Means {
  readonly service: Service;
  readonly logs: MailLogs;
}

/** Drafts a letter about the refusal on the cursor's line, else about a code of the log that the user picks. */
export async function draftRequest(means: Means): Promise<void> {
  const { service, logs } = means;
  const editor = vscode.window.activeTextEditor;
  const onLog = editor !== undefined && logs.has(editor.document);
  const log = onLog ? editor.document.uri.toString() : logs.last;
  if (log === undefined) {
    vscode.window.showInformationMessage("Open the mail log that holds the refusals first.");
    return;
  }
  const page = (onLog ? await entryOnLine(editor) : undefined) ?? (await pickedEntry(service, log));
  if (page === undefined) return;
  const refused = await openDraft(means, { page, log, ip: undefined, reports: [] });
  if (refused !== undefined) vscode.window.showInformationMessage(refused);
}

/**
 * Asks the server for a letter and opens it; gives why there is none, a sentence for the user, undefined when it is open.
 * `page` is the id of the page, "cox/CXBL"; `reports` are those that the page shows.
 */
export async function openDraft({ service, logs }: Means, params: RequestParams): Promise<string | undefined> {
  const answer = await service.ask<Draft | RequestRefusal>(methods.request, params);
  if ("refused" in answer) return answer.refused;
  logs.drafts.expect(answer.text);
  const document = await vscode.workspace.openTextDocument({ language: "plaintext", content: answer.text });
  await vscode.window.showTextDocument(document, { preview: false });
  // The offer stays until it is answered: nobody waits for it.
  offer(answer).catch(() => {});
  return undefined;
}

/** Does the same for a page, and gives what it says in either case. */
export async function tellDraft(means: Means, params: RequestParams): Promise<string> {
  return (
    (await openDraft(means, params)) ??
    "The letter is open in the editor. Nothing is sent: finish the parts in brackets."
  );
}

/** Hands over nothing but the links of the draft itself. */
async function offer({ mailto, to }: Draft): Promise<void> {
  const said = "The letter is a draft, and nothing is sent: finish the parts in brackets first.";
  const mail = mailLink(mailto);
  const page = pageLink(to.find(({ kind }) => kind === "web")?.value);
  const [openMail, openPage] = ["Open in Mail Program", "Open the Provider's Page"];
  const offers = [...(mail === undefined ? [] : [openMail]), ...(page === undefined ? [] : [openPage])];
  const picked = await vscode.window.showInformationMessage(said, ...offers);
  // As a string: VS Code writes a Uri anew, and "#" and "&" in the subject would be lost.
  if (picked === openMail && mail !== undefined) await vscode.env.openExternal(mail as unknown as vscode.Uri);
  if (picked === openPage && page !== undefined) await vscode.env.openExternal(vscode.Uri.parse(page, true));
}

/** The page of the first refusal on the cursor's line, as the line's own code action names it. */
async function entryOnLine({ document, selection }: vscode.TextEditor): Promise<string | undefined> {
  const actions = await vscode.commands.executeCommand<(vscode.CodeAction | vscode.Command)[]>(
    "vscode.executeCodeActionProvider",
    document.uri,
    document.lineAt(selection.active.line).range,
  );
  for (const action of actions ?? []) {
    const command = typeof action.command === "string" ? (action as vscode.Command) : action.command;
    if (command?.command === explainCommand) return pageEntry(command.arguments?.[0]);
  }
  return undefined;
}

/** The code that the user picks among those of the log. */
async function pickedEntry(service: Service, log: string): Promise<string | undefined> {
  const codes = await service.ask<LoggedCode[]>(methods.loggedCodes, { uri: log });
  if (codes.length === 0) {
    vscode.window.showInformationMessage("This log holds no refusal by others, so there is nothing to write about.");
    return undefined;
  }
  const picked = await vscode.window.showQuickPick(codes.map(pickItem), {
    title: "Draft a request to the provider",
    placeHolder: "About which code of this log?",
    matchOnDescription: true,
    matchOnDetail: true,
  });
  return picked && pageEntry(picked.page);
}

function pickItem({
  page,
  code,
  title,
  provider,
  count,
  noRequest,
}: LoggedCode): vscode.QuickPickItem & { page: string } {
  const times = `${count.toLocaleString("en-US")} ${count === 1 ? "time" : "times"}`;
  const detail = noRequest === undefined ? title : `No letter: ${noRequest}`;
  return {
    label: code,
    iconPath: new vscode.ThemeIcon(noRequest === undefined ? "mail" : "circle-slash"),
    description: `${provider}, ${times}`,
    detail,
    page,
  };
}
