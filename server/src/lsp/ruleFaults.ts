// What is wrong in a file of rules, as diagnostics of that file.
import { type Diagnostic, DiagnosticSeverity } from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import type { RulesFault } from "../rules/read.ts";

const mostDiagnostics = 100;

/** An error for each rule that is left out, a warning for what else is odd; the first hundred. */
export function faultDiagnostics(text: string, faults: readonly RulesFault[]): Diagnostic[] {
  const document = TextDocument.create("", "jsonc", 0, text);
  return faults.slice(0, mostDiagnostics).map(({ start, end, message, leftOut }) => ({
    range: { start: document.positionAt(start), end: document.positionAt(end) },
    severity: leftOut ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning,
    source: "smtp-log-lens",
    message,
  }));
}
