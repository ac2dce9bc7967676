// A reply that runs over several lines of plain text: folded headers, wrapped bounces, "421-…" followed by "421 …".
import { findLead, type Lead, leadingCode } from "./lead.ts";
import { longestText } from "./reply.ts";

/** Lines of text around one, as in `Around`. */
type Around = (distance: number) => string | undefined;

/** A reply's lines, relative to the line that was asked about. */
export interface Passage {
  readonly lead: Lead;
  /** The line where the passage begins, 0 or negative. */
  readonly first: number;
  readonly lines: readonly string[];
}

/** No reply is followed over more lines than this. */
const longest = 24;

/** The passage that a line belongs to; undefined when it is part of no reply. */
export function findPassage(line: string, around: Around): Passage | undefined {
  const at: Around = (distance) => (distance === 0 ? line : around(distance));
  for (let first = headOf(at); first <= 0; first++) {
    const passage = passageFrom(first, at);
    if (passage !== undefined && first + passage.lines.length > 0) return passage;
  }
  return undefined;
}

// Climbs to the line that the passage could begin on; a chain without an end begins where it is asked.
function headOf(at: Around): number {
  for (let first = 0; first > -longest; first--) {
    const line = at(first);
    const above = at(first - 1);
    if (line === undefined || above === undefined || !hangsFrom(above, line)) return first;
  }
  return 1 - longest;
}

function hangsFrom(above: string, line: string): boolean {
  const code = leadingCode(line);
  if (code !== undefined && isFoldedOn(above, code.code)) return true;
  return isIndented(line) && above.trim() !== "" && !/^\s{0,16}(?:>>>|<<<)/.test(line);
}

function isFoldedOn(line: string, code: number): boolean {
  const above = leadingCode(line);
  return above !== undefined && above.code === code && line[above.at + 3] === "-";
}

/** The passage that begins on this very line; undefined when none does. */
export function passageHere(line: string, around: Around): Passage | undefined {
  return passageFrom(0, (distance) => (distance === 0 ? line : around(distance)));
}

function passageFrom(first: number, at: Around): Passage | undefined {
  const text = at(first) ?? "";
  const lead = findLead(text) ?? leadOnNextLine(text, at(first + 1));
  if (lead === undefined) return undefined;
  const lines = [text];
  const folded = text[lead.at + 3] === "-";
  for (let distance = 1; distance < longest; distance++) {
    const line = at(first + distance);
    if (line === undefined || !continues(line, { lead, folded })) break;
    lines.push(line.slice(0, longestText));
  }
  return { lead, first, lines };
}

const unfinished =
  /(?:^Diagnostic-Code: ?\S{1,20};|\bsaid:|\brefused to talk to me:|\bresponse was:|after [A-Z][^:]{2,80}(?::<[^>]{0,320}>)?:|\bserver message)\s*$/i;

// "Diagnostic-Code: smtp;" and "… said:" may end their line before the code.
function leadOnNextLine(text: string, next: string | undefined): Lead | undefined {
  const code = next === undefined ? undefined : leadingCode(next);
  if (code === undefined || code.code < 400 || !unfinished.test(text.slice(-400))) return undefined;
  return { at: -1, code: code.code, kind: "words" };
}

function continues(line: string, { lead, folded }: { readonly lead: Lead; readonly folded: boolean }): boolean {
  const code = leadingCode(line);
  const again = code?.code === lead.code;
  // In a transcript the further lines bear the same mark; what stands without it is someone else's.
  if (lead.kind !== "words") return folded && again && code.at === lead.at;
  if (again) return true;
  return isIndented(line) && findLead(line) === undefined && !/^\s*(?:>>>|---|\.\.\.)/.test(line);
}

function isIndented(line: string): boolean {
  const first = line.charCodeAt(0);
  return (first === 32 || first === 9) && line.trim() !== "";
}

/** The reply's text from its code on, its lines joined by blanks. */
export function joined({ lead, lines }: Passage): string {
  const [head = "", ...rest] = lines;
  const first = lead.at < 0 ? [] : [head.slice(lead.at)];
  return [...first, ...rest.map((line) => line.trim())].join(" ").slice(0, longestText);
}
