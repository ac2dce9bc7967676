// Redacted lines of an open log for the clipboard: the same value has the same pseudonym until the log is closed.
import type { TextDocument } from "vscode-languageserver-textdocument";
import { methods, type RedactedLines, type RedactParams } from "../../protocol.ts";
import { createRedactor, type Redactor } from "../../redacting.ts";
import type { Feature } from "../feature.ts";
import { member } from "../params.ts";

/** In UTF-16 units; more does not belong on a clipboard. */
const mostText = 4 * 1024 * 1024;

export const redact: Feature = {
  capabilities: () => ({}),
  register: ({ connection, session }) => {
    const redactors = new Map<string, Redactor>();
    session.onRenewed((uri) => {
      if (session.log(uri) === undefined) redactors.delete(uri);
    });
    connection.onRequest(methods.redact, (params: unknown): RedactedLines | null => {
      const wanted = readParams(params);
      const log = wanted && session.log(wanted.uri);
      if (wanted === undefined || log?.analysis === undefined) return null;
      const redactor = redactors.get(wanted.uri) ?? createRedactor();
      redactors.set(wanted.uri, redactor);
      return redactedLines(redactor, log.document, wanted);
    });
  },
};

function readParams(params: unknown): RedactParams | undefined {
  const [uri, first, last] = [member(params, "uri"), member(params, "first"), member(params, "last")];
  return typeof uri === "string" && isLine(first) && isLine(last) && first <= last ? { uri, first, last } : undefined;
}

function isLine(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}

function redactedLines(redactor: Redactor, document: TextDocument, { first, last }: RedactParams): RedactedLines {
  const start = document.offsetAt({ line: first, character: 0 });
  const end = document.offsetAt({ line: last + 1, character: 0 });
  const behind = end - start <= mostText ? end : lineStartBefore(document, start + mostText);
  const range = { start: document.positionAt(start), end: document.positionAt(behind) };
  const { text, values } = redactor.redact(document.getText(range));
  const lines = range.end.line - range.start.line + (range.end.character > 0 ? 1 : 0);
  return { text, lines, values, full: redactor.full };
}

/** Lines are redacted whole: the part of one could end before the "@". */
function lineStartBefore(document: TextDocument, offset: number): number {
  return document.offsetAt({ line: document.positionAt(offset).line, character: 0 });
}
