// What stands in the list of problems, and how the settings change it.
import assert from "node:assert/strict";
import * as vscode from "vscode";
import type { Journey } from "../journey.ts";
import { threeKinds } from "../logs.ts";
import { codeOf, configure, eventually, openNew, problems, problemsOnce } from "../support.ts";

const { Error: Wrong, Warning, Information, Hint } = vscode.DiagnosticSeverity;

/** Journeys about problems and settings. */
export const listed: readonly Journey[] = [
  {
    name: "a temporary refusal is a warning, a permanent one an error, our own an information, each linked to its page",
    run: async () => {
      const { document } = await openNew("kinds.log", threeKinds);
      const found = await problemsOnce(document, 3);
      assert.deepEqual(
        found.map((problem) => [problem.severity, codeOf(problem).value, codeOf(problem).page]),
        [
          [Warning, "AUP#CXCNCT", "smtp-explain:/cox/CXCNCT.md"],
          [Wrong, "AUP#IPBL0001", "smtp-explain:/cox/IPBL0001.md"],
          [Information, "554 5.7.1", "smtp-explain:/server/ours-relay.md"],
        ],
      );
    },
  },
  {
    name: "each problem underlines the code it is about and says in plain words what to do first",
    run: async () => {
      const { document } = await openNew("plain.log", threeKinds);
      for (const problem of await problemsOnce(document, 3)) {
        assert.equal(document.getText(problem.range), codeOf(problem).value);
        assert.match(problem.message, /^(?:Temporary|Permanent): .+\nFirst: /);
      }
    },
  },
  {
    name: "a kind of refusal can be made quieter",
    run: async () => {
      const { document } = await openNew("hints.log", threeKinds);
      await problemsOnce(document, 3);
      await configure("severity.ours", "hint");
      await eventually(() => problems(document).some(({ severity }) => severity === Hint), "our own refusal as a hint");
    },
  },
  {
    name: "all problems can be switched off while hovers stay",
    run: async () => {
      const { document } = await openNew("silent.log", threeKinds);
      const [first] = await problemsOnce(document, 3);
      assert.ok(first !== undefined);
      await configure("diagnostics.enable", false);
      await problemsOnce(document, 0);
      const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
        "vscode.executeHoverProvider",
        document.uri,
        first.range.start,
      );
      assert.equal(hovers.length, 1);
    },
  },
];
