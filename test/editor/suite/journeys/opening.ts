// Which documents are mail logs: by name, by first line, by content; and which are not.
import assert from "node:assert/strict";
import * as vscode from "vscode";
import type { Journey } from "../journey.ts";
import { coxRefusal, exim, sendmail, threeKinds, tooMany } from "../logs.ts";
import { codeOf, inFolder, openNew, problemsOnce, write } from "../support.ts";
import { coloured } from "../tokens.ts";

/** Journeys about opening and closing. */
export const opening: readonly Journey[] = [
  {
    name: "rotated logs and the logs of Exim open as mail logs by their names",
    run: async () => {
      for (const name of ["mail.log.1", "maillog-20240602", "mainlog", "rejectlog.2", "exim_mainlog", "mail.err"]) {
        assert.equal((await openNew(name, "")).document.languageId, "smtplog", name);
      }
    },
  },
  {
    name: "a Postfix log with a name of its own opens as a mail log by its first line",
    run: async () => {
      const { document } = await openNew("yesterday", threeKinds);
      assert.equal(document.languageId, "smtplog");
      await problemsOnce(document, 3);
    },
  },
  {
    name: "a .log file with mail in it keeps VS Code's log mode, and is explained and coloured all the same",
    run: async () => {
      const { document } = await openNew("relay.log", threeKinds);
      await problemsOnce(document, 3);
      assert.equal(document.languageId, "log");
      const words = await coloured(document);
      assert.ok(words.some(({ type, text }) => type === "smtpProviderToken" && text === "AUP#CXCNCT"));
    },
  },
  {
    name: "Exim's and Sendmail's words for the same refusal lead to the same explanation",
    run: async () => {
      for (const [name, text] of [
        ["exim_mainlog", exim],
        ["maillog.3", sendmail],
      ] as const) {
        const { document } = await openNew(name, text);
        const [problem] = await problemsOnce(document, 1);
        assert.equal(problem && codeOf(problem).page, "smtp-explain:/cox/CXSNDR.md", name);
      }
    },
  },
  {
    name: "an appended line gets its own problem, and the others stay where they are",
    run: async () => {
      const { document } = await openNew("growing.log", threeKinds);
      const before = await problemsOnce(document, 3);
      const edit = new vscode.WorkspaceEdit();
      edit.insert(document.uri, new vscode.Position(document.lineCount, 0), `${coxRefusal("421 4.2.0 AUP#CXTHRT")}\n`);
      await vscode.workspace.applyEdit(edit);
      const after = await problemsOnce(document, 4);
      const told = ({ message, range }: vscode.Diagnostic) => [message, range.start.line, range.start.character];
      assert.deepEqual(after.slice(0, 3).map(told), before.map(told));
      assert.equal(after[3] && codeOf(after[3]).value, "AUP#CXTHRT");
    },
  },
  {
    name: "a log that grows on disk is read again",
    run: async () => {
      const { document } = await openNew("tail.log", threeKinds);
      await problemsOnce(document, 3);
      await write("tail.log", `${threeKinds}${coxRefusal(tooMany)}\n`);
      await problemsOnce(document, 4);
    },
  },
  {
    name: "a log whose mail lines are deleted loses its problems, and gets them back with undo",
    run: async () => {
      const { document } = await openNew("undone.log", threeKinds);
      await problemsOnce(document, 3);
      const whole = new vscode.Range(0, 0, document.lineCount, 0);
      await vscode.window.activeTextEditor?.edit((edit) => edit.replace(whole, "nothing to see\n"));
      await problemsOnce(document, 0);
      await vscode.commands.executeCommand("undo");
      await problemsOnce(document, 3);
    },
  },
  {
    name: "a closed log takes its problems with it",
    run: async () => {
      await write("closing.log", threeKinds);
      // A document that an extension has opened itself stays known for minutes after its tab is gone.
      await vscode.commands.executeCommand("vscode.open", inFolder("closing.log"));
      const document = vscode.window.activeTextEditor?.document;
      assert.ok(document !== undefined);
      await problemsOnce(document, 3);
      await vscode.commands.executeCommand("workbench.action.closeActiveEditor");
      await problemsOnce(document, 0);
    },
  },
];
