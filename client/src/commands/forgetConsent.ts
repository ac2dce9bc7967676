// Forgets what this workspace remembers of the consent to checks.
import * as vscode from "vscode";
import type { Agreement } from "../agreement.ts";

/** After this the next check asks first, unless the settings say otherwise. */
export async function forgetConsent(agreement: Agreement): Promise<void> {
  await agreement.forget();
  vscode.window.showInformationMessage(
    "The consent that this workspace remembered is forgotten. The next check shows what would be asked, and waits for your answer.",
  );
}
