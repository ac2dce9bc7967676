// Random edits of a log, as an editor sends them, reproducible by their seed.
import { TextDocument } from "vscode-languageserver-textdocument";
import { renewed } from "../../server/src/analyse.ts";
import { withEditorBreaks } from "../../server/src/log/scan.ts";
import type { Analysis } from "../../server/src/model.ts";

/** A source of chance: the same seed gives the same numbers. */
export interface Chance {
  /** A whole number from 0 to below `limit`. */
  below(limit: number): number;
  pick<T>(list: readonly T[]): T;
}

/** An edit and its name, for the report of a failure. */
export interface Edit {
  readonly name: string;
  readonly range: { readonly start: Point; readonly end: Point };
  readonly text: string;
}

interface Point {
  readonly line: number;
  readonly character: number;
}

/** What edits are made from: the lines of other logs, whole pasted passages, and the document's line break. */
export interface Material {
  readonly lines: readonly string[];
  readonly passages: readonly string[];
  readonly lineBreak: string;
}

/** Mulberry32: small, and good enough to choose edits. */
export function chanceFrom(seed: number): Chance {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  return {
    below,
    pick: (list) => {
      const found = list[below(list.length)];
      if (found === undefined) throw new RangeError("nothing to pick from");
      return found;
    },
  };
}

type Maker = (document: TextDocument, chance: Chance, material: Material) => Omit<Edit, "name">;

const makers: Readonly<Record<string, Maker>> = {
  "append a line": (document, chance, { lines, lineBreak }) =>
    insertAt(lastPoint(document), block(lines, chance, 1) + lineBreak),
  "append many lines": (document, chance, { lines, lineBreak }) =>
    insertAt(lastPoint(document), Array.from({ length: 30 }, () => chance.pick(lines)).join(lineBreak)),
  "insert lines": (document, chance, { lines, lineBreak }) =>
    insertAt(lineStart(document, chance), block(lines, chance, 1 + chance.below(8), lineBreak) + lineBreak),
  "delete lines": (document, chance) => deleteLines(document, chance.below(document.lineCount), 1 + chance.below(40)),
  "replace lines": (document, chance, { lines, lineBreak }) => ({
    ...deleteLines(document, chance.below(document.lineCount), 1 + chance.below(12)),
    text: block(lines, chance, 1 + chance.below(12), lineBreak) + lineBreak,
  }),
  "split a line": (document, chance, { lineBreak }) => insertAt(anyPoint(document, chance), lineBreak),
  "join two lines": (document, chance) => {
    const line = chance.below(Math.max(1, document.lineCount - 1));
    return { range: { start: endOf(document, line), end: { line: line + 1, character: 0 } }, text: "" };
  },
  "type a character": (document, chance) => insertAt(anyPoint(document, chance), chance.pick([..." 45#:-<\t"])),
  "delete across lines": (document, chance) => {
    const start = anyPoint(document, chance);
    const line = Math.min(document.lineCount - 1, start.line + chance.below(4));
    const end = { line, character: chance.below(endOf(document, line).character + 1) };
    return { range: line === start.line ? { start, end: start } : { start, end }, text: chance.pick(["", "", "x"]) };
  },
  "replace the first line": (document, chance, { lines }) => replaceLine(document, 0, chance.pick(lines)),
  "replace the last line": (document, chance, { lines }) =>
    replaceLine(document, document.lineCount - 1, chance.pick(lines)),
  "insert before the first line": (_document, chance, { lines, lineBreak }) =>
    insertAt({ line: 0, character: 0 }, chance.pick(lines) + lineBreak),
  "delete the first line": (document) => deleteLines(document, 0, 1),
  "delete the last line": (document) => deleteLines(document, document.lineCount - 1, 1),
  "paste a transcript": (document, chance, { passages, lineBreak }) =>
    insertAt(lineStart(document, chance), chance.pick(passages).replaceAll("\n", lineBreak)),
  "paste a transcript into a line": (document, chance, { passages, lineBreak }) =>
    insertAt(anyPoint(document, chance), chance.pick(passages).replaceAll("\n", lineBreak)),
  "move a line": (document, chance) => {
    const line = chance.below(document.lineCount);
    return insertAt(lineStart(document, chance), document.getText(lineRange(document, line, 1)));
  },
};

// Rare, or every log is soon too short to tell anything.
const deleteHalf: Maker = (document, chance) =>
  deleteLines(document, chance.pick([0, document.lineCount >> 1, document.lineCount >> 2]), document.lineCount >> 1);

/** A document and what is known of it. */
export interface Open {
  readonly document: TextDocument;
  readonly analysis: Analysis;
}

/** Applies an edit to a document and renews its analysis by the changed lines only. */
export function edited({ document, analysis }: Open, { range, text }: Edit): Analysis {
  const before = document.lineCount;
  TextDocument.update(document, [{ range, text }], document.version + 1);
  const removed = range.end.line - range.start.line + 1;
  const inserted = removed + document.lineCount - before;
  return renewed(analysis, { first: range.start.line, removed, inserted }, (first, last) =>
    withEditorBreaks(document.getText({ start: { line: first, character: 0 }, end: { line: last, character: 0 } })),
  );
}

/** The names of all edits, for a test that wants to see each at work. */
export const editNames: readonly string[] = [...Object.keys(makers), "delete half", "fill up again"];

/** A random edit of a document; a short one is filled up again. */
export function randomEdit(document: TextDocument, chance: Chance, material: Material): Edit {
  if (document.lineCount < 40) {
    const text = Array.from({ length: 200 }, () => chance.pick(material.lines)).join(material.lineBreak);
    return { name: "fill up again", ...insertAt(lastPoint(document), text) };
  }
  if (chance.below(25) === 0) return { name: "delete half", ...deleteHalf(document, chance, material) };
  const [name, make] = chance.pick(Object.entries(makers));
  return { name, ...make(document, chance, material) };
}

function insertAt(at: Point, text: string): Omit<Edit, "name"> {
  return { range: { start: at, end: at }, text };
}

function deleteLines(document: TextDocument, line: number, count: number): Omit<Edit, "name"> {
  return { range: lineRange(document, line, count), text: "" };
}

function replaceLine(document: TextDocument, line: number, text: string): Omit<Edit, "name"> {
  return { range: { start: { line, character: 0 }, end: endOf(document, line) }, text };
}

function block(lines: readonly string[], chance: Chance, count: number, lineBreak = "\n"): string {
  return Array.from({ length: count }, () => chance.pick(lines)).join(lineBreak);
}

function lineRange(document: TextDocument, line: number, count: number): Edit["range"] {
  const behind = line + count;
  const end = behind < document.lineCount ? { line: behind, character: 0 } : lastPoint(document);
  return { start: { line, character: 0 }, end };
}

function lineStart(document: TextDocument, chance: Chance): Point {
  return { line: chance.below(document.lineCount), character: 0 };
}

function anyPoint(document: TextDocument, chance: Chance): Point {
  const line = chance.below(document.lineCount);
  return { line, character: chance.below(endOf(document, line).character + 1) };
}

function lastPoint(document: TextDocument): Point {
  return endOf(document, document.lineCount - 1);
}

function endOf(document: TextDocument, line: number): Point {
  const text = document.getText({ start: { line, character: 0 }, end: { line: line + 1, character: 0 } });
  return { line, character: text.replace(/[\r\n]+$/, "").length };
}
