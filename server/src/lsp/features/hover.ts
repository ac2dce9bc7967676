// Hover: a reply explains itself, an address offers its check, a bare status code says what the registry says.
import { type Hover, MarkupKind, type Position } from "vscode-languageserver";
import { entryById } from "../../catalogue/data.ts";
import { limitsOf } from "../../catalogue/limits.ts";
import { readAddress } from "../../check/address.ts";
import { listOfZone } from "../../check/lists.ts";
import type { Judgement } from "../../measurement.ts";
import type { Field, Finding, Span } from "../../model.ts";
import { strongestJudgement } from "../../tell/explain.ts";
import { addressHover, codeHover, findingHover, listHover } from "../../tell/hover.ts";
import { sendingAddress } from "../checking.ts";
import type { Feature } from "../feature.ts";
import { knownMeasurements } from "../measuring.ts";
import { covers, rangeOn } from "../position.ts";
import type { Session } from "../session.ts";

export const hover: Feature = {
  capabilities: () => ({ hoverProvider: true }),
  register: ({ connection, session }) => {
    connection.onHover(({ textDocument, position }) => hoverAt(session, textDocument.uri, position));
  },
};

/** What to show at a position; null when nothing there has a meaning. */
function hoverAt(session: Session, uri: string, position: Position): Hover | null {
  const { line, character } = position;
  const reading = session.reading(uri, line);
  if (reading === undefined) return null;
  const text = session.lineText(uri, line);
  const named = addressAt(text, character) ?? listAt(text, character);
  const finding = session.findingsOn(uri, line).find(({ delivery }) => covers(delivery.span, character));
  const told = finding && findingHover(finding, sendingAddress(finding), knownJudgement(session, uri, finding));
  if (named !== undefined) return shown([named.text, told], line, named.span);
  if (finding !== undefined) return shown([told], line, telling(finding, character));
  const field = reading.fields.find((field) => covers(field, character));
  return field === undefined ? null : fieldHover(text, field, line);
}

/** A hover does not wait for a log to be measured: it tells what is known since a page was looked at. */
function knownJudgement(session: Session, uri: string, finding: Finding): Judgement | undefined {
  const measurements = knownMeasurements(session, uri);
  if (measurements.length === 0) return undefined;
  const { entry, decoded } = finding;
  return strongestJudgement({
    ...{ entry, decoded, measurements, log: { uri, findings: [finding] } },
    limits: limitsOf(entry.provider),
  });
}

function shown(parts: readonly (string | undefined)[], line: number, span: Span): Hover {
  const value = parts.filter((part) => part !== undefined).join("\n\n---\n\n");
  return { contents: { kind: MarkupKind.Markdown, value }, range: rangeOn(line, span) };
}

/** The token or code under the cursor, else the whole reply. */
function telling({ delivery }: Finding, character: number): Span {
  const reply = delivery.reply;
  const parts = [reply?.tokenSpan, reply?.enhancedSpan, reply?.codeSpan, reply?.span];
  return parts.find((part) => part !== undefined && covers(part, character)) ?? delivery.span;
}

/** A stretch of a line and what its hover says. */
interface Told {
  readonly text: string;
  readonly span: Span;
}

/** The address under the cursor and its hover. */
function addressAt(text: string, character: number): Told | undefined {
  const at = wordAt(text, character, /[0-9a-fA-F:.]{3,45}/g);
  const address = at && readAddress(at.word);
  return address && { text: addressHover(address.text, address.explanation), span: at.span };
}

/** The DNS list under the cursor and its hover: what it is, or that it is dead and who should stop asking it. */
function listAt(text: string, character: number): Told | undefined {
  const at = wordAt(text, character, /[a-zA-Z0-9.-]{4,253}/g);
  const list = at?.word.includes(".") ? listOfZone(at.word) : undefined;
  if (at === undefined || list === undefined) return undefined;
  if (list.tier === "X") return { text: listHover(list.name, list.fate, undefined), span: at.span };
  if (list.tier === "L") return { text: listHover(list.name, list.why, undefined), span: at.span };
  const words = `A DNS list of ${list.operator}. ${list.policy}`;
  return { text: listHover(list.name, words, list.lookup?.includes("{") ? undefined : list.lookup), span: at.span };
}

/** The word of this shape that the cursor is in, without a stop behind it. */
function wordAt(text: string, character: number, shape: RegExp): { word: string; span: Span } | undefined {
  const window = Math.max(0, character - 256);
  for (const match of text.slice(window, character + 256).matchAll(shape)) {
    const word = match[0].replace(/[:.]+$/, "");
    const span = { start: window + match.index, end: window + match.index + word.length };
    if (covers(span, character)) return { word, span };
  }
  return undefined;
}

/** Codes outside of failures: 250, 2.0.0. */
function fieldHover(text: string, field: Field, line: number): Hover | null {
  const written = text.slice(field.start, field.end);
  const id = field.kind === "enhancedCode" ? `X${written.replace(/^#?\d/, "")}` : written;
  if (field.kind !== "enhancedCode" && field.kind !== "replyCode") return null;
  const known = entryById(`standard/${id}`);
  return known === undefined ? null : shown([codeHover(written, known.entry)], line, field);
}
