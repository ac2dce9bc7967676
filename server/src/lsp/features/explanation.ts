// Explanation pages: as one value for the panel, as Markdown for any editor, and the catalogue's codes for the quick pick.
import { RequestType, TextDocumentContentRequest } from "vscode-languageserver";
import { entries, entryById, type Known } from "../../catalogue/data.ts";
import { ownEntries } from "../../catalogue/own.ts";
import { readAddress } from "../../check/address.ts";
import { explanationPage, isOf } from "../../page.ts";
import { type CheckPage, type CodeItem, type ExplainParams, methods, type Page, scheme } from "../../protocol.ts";
import { bounded, escaped } from "../../tell/markdown.ts";
import { type CheckFrom, entryPage, pageId, readPage } from "../../tell/pages.ts";
import { addressText, pageText } from "../../tell/text.ts";
import { unknownMarkdown } from "../../tell/unknown.ts";
import type { Context, Feature } from "../feature.ts";
import { findingsOf } from "../known.ts";
import { measurementsOf } from "../measuring.ts";
import { withCounts } from "../scannedPage.ts";
import type { Session } from "../session.ts";
import { unknownPageOf } from "../unknowns.ts";

export const explanation: Feature = {
  capabilities: () => ({ workspace: { textDocumentContent: { schemes: [scheme] } } }),
  register: ({ connection, session }: Context) => {
    connection.onRequest(new RequestType<ExplainParams, Page | null, void>(methods.explain), ({ page, log }) =>
      pageOf(session, page, log),
    );
    connection.onRequest(TextDocumentContentRequest.type, ({ uri }) => {
      const page = pageOf(session, uri, undefined);
      return { text: page === null ? `There is no explanation at ${escaped(bounded(uri, 200))}.\n` : textOf(page) };
    });
    connection.onRequest(methods.codes, () => codes());
  },
};

/** The page at an address; null when the catalogue has none. */
function pageOf(session: Session, address: string, log: string | undefined): Page | null {
  const named = readPage(address);
  if (named?.kind === "check") return checkPageOf(session, named, log);
  if (named?.kind === "unknown") return unknownPageOf(session, log);
  const known = named === undefined ? undefined : entryById(named.id);
  if (known === undefined) return null;
  const uri = log ?? logWith(session, known);
  if (uri === undefined) return explanationPage(known, undefined);
  const findings = findingsOf(session, uri);
  const scanned = session.scanned(uri);
  if (scanned === undefined)
    return explanationPage(known, { uri, findings, measured: () => measurementsOf(session, uri) });
  const page = explanationPage(known, { uri, findings, measured: undefined });
  return withCounts(page, entryPage(known.entry, known.decoded), scanned.digest);
}

/** The log that was opened last of those that hold the code. */
function logWith(session: Session, known: Known): string | undefined {
  return session.uris().findLast((uri) => findingsOf(session, uri).some((finding) => isOf(finding, known)));
}

function checkPageOf(
  session: Session,
  { ip, from }: { readonly ip: string; readonly from: CheckFrom | undefined },
  log: string | undefined,
): CheckPage {
  const known = from === undefined ? undefined : entryById(from.id);
  if (from === undefined || known === undefined) return { kind: "check", ip, origin: undefined };
  const page = pageId(known.entry, known.decoded);
  const uri = log ?? logWith(session, known);
  const label = `${known.entry.code}${known.decoded?.bits ?? ""}`;
  return { kind: "check", ip, origin: { page, label, log: uri, line: from.line } };
}

function textOf(page: Page): string {
  if (page.kind === "explanation") return pageText(page);
  if (page.kind === "unknown") return unknownMarkdown(page);
  const address = readAddress(page.ip);
  return addressText(address?.text ?? page.ip, address === undefined ? "This is no IP address." : address.explanation);
}

function codes(): CodeItem[] {
  return [...ownEntries(), ...entries].map((entry) => ({
    page: entryPage(entry, undefined),
    code: entry.code,
    title: entry.title,
    provider: entry.providerName,
  }));
}
