// Journeys of explaining: hover, code actions, the panel and its text, the clipboard.
import assert from "node:assert/strict";
import * as vscode from "vscode";
import type { Journey } from "../journey.ts";
import { diagnosticsOf, eventually, open } from "../support.ts";

const page = vscode.Uri.parse("smtp-explain:/cox/CXCNCT.md");

/** The sample log and where its first AUP#CXCNCT stands, once the log has been read. */
async function sample(): Promise<{ document: vscode.TextDocument; at: vscode.Position }> {
  const { document } = await open("mail.log");
  await eventually(() => diagnosticsOf(document.uri), "problems in the sample log");
  return { document, at: document.positionAt(document.getText().indexOf("AUP#CXCNCT") + 2) };
}

function panelOf(uri: vscode.Uri): vscode.Tab | undefined {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  return tabs.find(({ input }) => input instanceof vscode.TabInputCustom && input.uri.toString() === uri.toString());
}

export const explaining: readonly Journey[] = [
  {
    name: "hover on AUP#CXCNCT says temporary, what to do first, and offers page and check by one command of ours",
    run: async () => {
      const { document, at } = await sample();
      const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
        "vscode.executeHoverProvider",
        document.uri,
        at,
      );
      const contents = hovers.flatMap(({ contents }) => contents);
      const markdown = contents.find((one) => one instanceof vscode.MarkdownString && one.value.includes("First:"));
      assert.ok(markdown instanceof vscode.MarkdownString);
      assert.match(markdown.value, /\*\*Temporary\*\*/);
      assert.match(markdown.value, /\[Explain\]\(command:smtpLogLens\.explain\?/);
      assert.match(markdown.value, /\[Check sending IP 203/);
      assert.deepEqual(markdown.isTrusted, { enabledCommands: ["smtpLogLens.explain"] });
      assert.ok(markdown.supportHtml !== true);
    },
  },
  {
    name: "code actions on a refusal explain it, check the sending IP and copy the full rejection",
    run: async () => {
      const { document, at } = await sample();
      const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
        "vscode.executeCodeActionProvider",
        document.uri,
        new vscode.Range(at, at),
      );
      const titles = actions.map(({ title }) => title);
      assert.deepEqual(titles, ["Explain AUP#CXCNCT", "Check sending IP 203.0.113.7", "Copy the full rejection"]);
      const copy = actions[2]?.command;
      assert.ok(copy !== undefined);
      await vscode.commands.executeCommand(copy.command, ...(copy.arguments ?? []));
      const copied = await eventually(() => vscode.env.clipboard.readText(), "the rejection on the clipboard");
      assert.match(copied, /^421 cmsmtp 203\.0\.113\.7 blocked\. .*AUP#CXCNCT$/);
    },
  },
  {
    name: "the address of a page opens the explanation panel without a question",
    run: async () => {
      await sample();
      await vscode.commands.executeCommand("vscode.open", page);
      const tab = await eventually(() => panelOf(page), "the explanation panel");
      assert.ok(tab.input instanceof vscode.TabInputCustom);
      assert.equal(tab.input.viewType, "smtpLogLens.panel");
    },
  },
  {
    name: "the same address as a text document holds claims, contacts and what the log shows",
    run: async () => {
      await sample();
      const text = (await vscode.workspace.openTextDocument(page)).getText();
      for (const expected of [/The sources disagree/, /unblock\\?\.request/, /## In this log/, /Word to the Wise/]) {
        assert.match(text, expected);
      }
    },
  },
  {
    name: "an address's page opens in the panel and asks nobody by itself",
    run: async () => {
      const check = vscode.Uri.parse("smtp-explain:/check/203.0.113.7.md");
      await vscode.commands.executeCommand("vscode.open", check);
      await eventually(() => panelOf(check), "the page that checks an address");
    },
  },
  {
    name: "the sample log that ships with the extension opens from the palette and is read",
    run: async () => {
      await vscode.commands.executeCommand("smtpLogLens.openSample");
      const editor = await eventually(() => vscode.window.activeTextEditor, "an editor with the sample log");
      assert.equal(editor.document.languageId, "smtplog");
      await eventually(() => diagnosticsOf(editor.document.uri), "problems in the sample log");
    },
  },
];
