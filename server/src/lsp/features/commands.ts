// The commands behind the code actions for editors without our client, and the full rejection for the clipboard of ours.
import { CancellationToken, type ExecuteCommandParams } from "vscode-languageserver";
import { methods } from "../../protocol.ts";
import { visible } from "../../tell/markdown.ts";
import { readPage } from "../../tell/pages.ts";
import { commandIds } from "../commandIds.ts";
import { ask } from "../consent.ts";
import type { Context, Feature } from "../feature.ts";
import { unlinked } from "../messages.ts";

const ids = commandIds(false);

export const commands: Feature = {
  capabilities: ({ initializationOptions }) =>
    initializationOptions?.panel === true ? {} : { executeCommandProvider: { commands: Object.values(ids) } },
  register: (context) => {
    context.connection.onRequest(methods.rejection, ({ uri, line }: { uri: string; line: number }) =>
      rejection(context, uri, line),
    );
    if (!context.panel) context.connection.onExecuteCommand((params) => execute(context, params));
  },
};

/** The failure's own words on a line, for the clipboard; null when there is none. */
function rejection({ session }: Context, uri: string, line: number): string | null {
  const words = session.findingsOn(uri, line)[0]?.delivery.words;
  return words === undefined ? null : visible(words);
}

async function execute(context: Context, { command, arguments: args = [] }: ExecuteCommandParams): Promise<void> {
  const [first, second] = args as [unknown, unknown];
  if (typeof first !== "string") return;
  if (command === ids.explain) await show(context, first);
  if (command === ids.checkIp) await checkPageOf(context, first, typeof second === "string" ? second : undefined);
  if (command === ids.copyRejection && typeof second === "number") {
    context.connection.window.showInformationMessage(
      unlinked(rejection(context, first, second) ?? "There is no refusal on this line."),
    );
  }
}

async function show({ connection }: Context, page: string): Promise<void> {
  if (readPage(page) === undefined) return;
  const { success } = await connection.window.showDocument({ uri: page, takeFocus: true });
  if (!success) connection.window.showInformationMessage(`The explanation is the document ${page}.`);
}

async function checkPageOf(context: Context, page: string, log: string | undefined): Promise<void> {
  const named = readPage(page);
  if (named?.kind !== "check") return;
  const origin = named.from && { page: named.from.id, line: named.from.line, log };
  await ask(context, { ips: [named.ip], origin }, CancellationToken.None);
}
