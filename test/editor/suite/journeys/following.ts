// Journeys of following a refusal to its explanation: by the hover's links, the light bulb and the commands.
import assert from "node:assert/strict";
import * as vscode from "vscode";
import type { Journey } from "../journey.ts";
import { threeKinds } from "../logs.ts";
import { eventually, openNew, openPage, pageOpens, placeOf, problemsOnce } from "../support.ts";

const coxPage = "smtp-explain:/cox/CXCNCT.md";

/** Journeys from a refusal to its explanation. */
export const following: readonly Journey[] = [
  {
    name: "the Explain link of a hover opens the panel",
    run: async () => {
      const { value } = await hoverOn("links.log", "AUP#CXCNCT");
      const links = [...value.matchAll(/\]\(command:smtpLogLens\.explain\?([^)]+)\)/g)];
      const arguments_ = links.map(([, written = ""]) => JSON.parse(decodeURIComponent(written)) as unknown[]);
      assert.deepEqual(arguments_, [[coxPage], ["smtp-explain:/check/cox/CXCNCT/1/203.0.113.7.md"]]);
      await vscode.commands.executeCommand("smtpLogLens.explain", ...(arguments_[0] ?? []));
      await pageOpens(coxPage);
    },
  },
  {
    name: "a success keeps a hover for its code: 2.0.0 is what the registry says",
    run: async () => {
      const { value } = await hoverOn("success.log", "2.0.0 Ok");
      assert.match(value, /2\\\.0\\\.0/);
    },
  },
  {
    name: "the light bulb offers to explain, to check the sending IP and to copy, and each does it",
    run: async () => {
      const { document } = await openNew("actions.log", threeKinds);
      await problemsOnce(document, 3);
      const actions = await actionsAt(document, placeOf(document, "AUP#CXCNCT"));
      const titles = actions.map(({ title }) => title);
      assert.deepEqual(titles, ["Explain AUP#CXCNCT", "Check sending IP 203.0.113.7", "Copy the full rejection"]);
      const [explain, check, copy] = actions;
      await runAction(copy);
      await eventually(
        async () => (await vscode.env.clipboard.readText()).startsWith("421 cmsmtp"),
        "the rejection copied",
      );
      assert.match(await vscode.env.clipboard.readText(), /AUP#CXCNCT$/);
      await runAction(explain);
      await pageOpens(coxPage);
      await runAction(check);
      await pageOpens("smtp-explain:/check/cox/CXCNCT/1/203.0.113.7.md");
    },
  },
  {
    name: "the rejection on the cursor's line is copied and explained by commands",
    run: async () => {
      const editor = await openNew("cursor.log", threeKinds);
      await problemsOnce(editor.document, 3);
      editor.selection = new vscode.Selection(1, 0, 1, 0);
      await vscode.commands.executeCommand("smtpLogLens.copyRejection");
      assert.match(await vscode.env.clipboard.readText(), /^554 cmsmtp .+AUP#IPBL0001$/);
      await vscode.commands.executeCommand("smtpLogLens.explainLine");
      await pageOpens("smtp-explain:/cox/IPBL0001.md");
    },
  },
  {
    name: "an address that is no page of ours opens nothing",
    run: async () => {
      await openNew("nothing.log", threeKinds);
      for (const address of [
        "https://example.org/",
        "smtp-explain:/../../x.md",
        "command:workbench.action.quit",
        7,
        {},
      ]) {
        await vscode.commands.executeCommand("smtpLogLens.explain", address);
      }
      assert.equal(openPage(), undefined);
      assert.equal(vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).length, 1);
    },
  },
];

async function hoverOn(name: string, needle: string): Promise<vscode.MarkdownString> {
  const { document } = await openNew(name, threeKinds);
  await problemsOnce(document, 3);
  const { start } = placeOf(document, needle);
  const [hover] = await vscode.commands.executeCommand<vscode.Hover[]>(
    "vscode.executeHoverProvider",
    document.uri,
    start.translate(0, 1),
  );
  const [content] = hover?.contents ?? [];
  assert.ok(content instanceof vscode.MarkdownString, `a hover on ${needle}`);
  return content;
}

function actionsAt(document: vscode.TextDocument, range: vscode.Range): Thenable<vscode.CodeAction[]> {
  return vscode.commands.executeCommand<vscode.CodeAction[]>("vscode.executeCodeActionProvider", document.uri, range);
}

async function runAction(action: vscode.CodeAction | undefined): Promise<void> {
  assert.ok(action?.command !== undefined, "the action runs a command");
  await vscode.commands.executeCommand(action.command.command, ...(action.command.arguments ?? []));
}
