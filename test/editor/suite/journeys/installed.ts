// VS Code knows the extension and can wake it.
import assert from "node:assert/strict";
import * as vscode from "vscode";
import type { Journey } from "../journey.ts";

/** The extension is there and wakes without an error. */
export const installed: Journey = {
  name: "VS Code finds SMTP Log Lens and wakes it",
  run: async () => {
    const extension = vscode.extensions.getExtension("smtp-log-lens.smtp-log-lens");
    assert.ok(extension, "VS Code does not list the extension");
    await extension.activate();
    assert.equal(extension.isActive, true);
  },
};
