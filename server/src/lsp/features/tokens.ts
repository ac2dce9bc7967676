// Range semantic tokens: what each stretch of the lines on the screen is. Never the whole document.
import { type Range, SemanticTokensBuilder } from "vscode-languageserver";
import type { Field } from "../../model.ts";
import { tokenModifiers, tokenTypes } from "../../protocol.ts";
import type { Feature } from "../feature.ts";
import type { Session } from "../session.ts";

/** More lines than any screen shows; an editor that asks for more gets these. */
const mostLines = 2_000;

const typeOf: Record<Field["kind"], number> = Object.fromEntries(
  Object.keys(tokenTypes).map((kind, index) => [kind, index]),
) as Record<Field["kind"], number>;

export const tokens: Feature = {
  capabilities: () => ({
    semanticTokensProvider: {
      legend: { tokenTypes: Object.values(tokenTypes), tokenModifiers: [...tokenModifiers] },
      range: true,
      full: false,
    },
  }),
  register: ({ connection, session }) => {
    connection.languages.semanticTokens.onRange(({ textDocument, range }) => ({
      data: encode(session, textDocument.uri, range),
    }));
  },
};

function encode(session: Session, uri: string, range: Range): number[] {
  const builder = new SemanticTokensBuilder();
  const last = Math.min(range.end.line, range.start.line + mostLines);
  for (let line = range.start.line; line <= last; line++) {
    for (const field of session.reading(uri, line)?.fields ?? []) {
      builder.push(line, field.start, field.end - field.start, typeOf[field.kind], modifiers(field));
    }
  }
  return builder.build().data;
}

function modifiers(field: Field): number {
  const name = ({ 2: "success", 3: "success", 4: "temporary", 5: "permanent" } as const)[field.class ?? 3];
  return field.class === undefined ? 0 : 1 << tokenModifiers.indexOf(name);
}
