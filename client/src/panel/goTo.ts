// Where the buttons of a check lead: settings, the trust in the workspace, the keys of lists.
import * as vscode from "vscode";
import type { Opens } from "./page/messages.ts";

/** The command behind each, and its argument. */
const commands: Readonly<Record<Exclude<Opens, "explanation">, readonly [string, ...string[]]>> = {
  "consent-setting": ["workbench.action.openSettings", "smtpLogLens.check.consent"],
  "dns-settings": ["workbench.action.openSettings", "smtpLogLens.check"],
  trust: ["workbench.trust.manage"],
  key: ["smtpLogLens.setKey"],
};

/** Opens it. */
export async function goTo(to: Exclude<Opens, "explanation">): Promise<void> {
  await vscode.commands.executeCommand(...commands[to]);
}
