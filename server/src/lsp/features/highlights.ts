// Highlights: with the cursor on a queue id, an address, a host or a token, all its places in the log; on anything else, none.
import { type DocumentHighlight, DocumentHighlightKind, type Position } from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import type { FieldKind } from "../../model.ts";
import type { Feature } from "../feature.ts";
import { covers } from "../position.ts";
import type { Session } from "../session.ts";

/** More places than a reader follows; a larger log would only cost time. */
const mostPlaces = 2_000;

/** What ties lines together. A time or a status word does not. */
const ties: readonly FieldKind[] = ["queueId", "recipient", "sender", "relayHost", "relayIp", "sourceIp", "token"];

export const highlights: Feature = {
  capabilities: () => ({ documentHighlightProvider: true }),
  register: ({ connection, session }) => {
    connection.onDocumentHighlight(({ textDocument, position }) => highlightsAt(session, textDocument.uri, position));
  },
};

/** An empty list, not null: the editor would otherwise mark every word that looks the same. */
function highlightsAt(session: Session, uri: string, { line, character }: Position): DocumentHighlight[] | null {
  const document = session.log(uri)?.document;
  const reading = session.reading(uri, line);
  if (document === undefined || reading === undefined) return null;
  const field = reading.fields.find((field) => covers(field, character));
  if (field === undefined || !ties.includes(field.kind)) return [];
  return placesOf(document, session.lineText(uri, line).slice(field.start, field.end));
}

function placesOf(document: TextDocument, wanted: string): DocumentHighlight[] {
  const text = document.getText();
  const places: DocumentHighlight[] = [];
  for (
    let at = text.indexOf(wanted);
    at >= 0 && places.length < mostPlaces;
    at = text.indexOf(wanted, at + wanted.length)
  ) {
    const end = at + wanted.length;
    if (isPart(text[at - 1]) || isPart(text[end])) continue;
    const range = { start: document.positionAt(at), end: document.positionAt(end) };
    places.push({ range, kind: DocumentHighlightKind.Text });
  }
  return places;
}

function isPart(neighbour: string | undefined): boolean {
  return neighbour !== undefined && /[0-9A-Za-z]/.test(neighbour);
}
