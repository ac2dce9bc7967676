// Finds the lines of one message in a large text by searching for its queue id: never splits the text, and never reads more than a few lines of it.
import type { Delivery } from "../model.ts";
import { jsonLine, unescapedRun } from "./patterns.ts";

/** No line is read further than this, in UTF-16 units. */
export const longestLine = 16 * 1024;

/** How many lines of one message are read: those nearest above the delivery, the message's first ones, and those below. */
const most = { nearest: 30, first: 120, below: 49 } as const;

/** After so many places on one side the search gives up. */
const mostPlaces = 20_000;

/** Lines further down are not counted out: a text with so many lines has hardly anything on them. */
const furthestLine = 4_000_000;

/** The delivery's line, as far as it is read, and where it begins and ends; undefined when the text does not show it there any more. */
export function lineOf(text: string, { line, span, words }: Delivery): Stretch | undefined {
  if (line > furthestLine) return undefined;
  let start = 0;
  for (let number = 0; number < line; number++) {
    const at = text.indexOf("\n", start);
    if (at < 0) return undefined;
    start = at + 1;
  }
  const stretch = stretchFrom(text, start);
  return text.startsWith(words, start + span.start) || holds(stretch.text, words) ? stretch : undefined;
}

// JSON holds its words escaped, and apart from each other: the longest that is the same in both ways of writing must be there.
function holds(line: string, words: string): boolean {
  if (!jsonLine.test(line)) return false;
  const runs = words.slice(0, 1_000).match(unescapedRun) ?? [];
  const longest = runs.reduce((best, run) => (run.length > best.length ? run : best), "");
  return longest !== "" && line.includes(longest);
}

/** A line of a text: offsets without its break, and what is read of it. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

function stretchFrom(text: string, start: number): Stretch {
  const at = text.indexOf("\n", start);
  const end = at < 0 ? text.length : at;
  const line = text.slice(start, Math.min(end, start + longestLine));
  return { start, end, text: line.endsWith("\r") ? line.slice(0, -1) : line };
}

/** The lines that name a queue id, oldest first, `own` among them; without it, from the id's first place on. */
export function linesWith(text: string, id: string, own: Stretch | undefined): readonly string[] {
  const middle = own ?? firstWith(text, id);
  if (middle === undefined || id === "") return middle === undefined ? [] : [middle.text];
  const above = own === undefined ? [] : ends(placesAbove(text, id, own.start));
  const below = placesBelow(text, id, middle.end);
  return [...above.flatMap(readAt(text)), middle.text, ...below.flatMap(readAt(text))];
}

/** The lines above `own` that name the queue id of a message that is over by then, oldest first. */
export function linesOfEnded(text: string, id: string, own: Stretch | undefined): readonly string[] {
  const from = own?.start ?? text.length;
  const last = before(text, id, from);
  const end = last >= 0 && endsMessage(text, last + id.length) ? last : from;
  return id === "" ? [] : ends(placesAbove(text, id, end)).flatMap(readAt(text));
}

// Of places that stand nearest first: the nearest and the first ones, oldest first.
function ends(places: readonly number[]): number[] {
  return [...places.slice(0, most.nearest), ...places.slice(most.nearest).slice(-most.first)].reverse();
}

function firstWith(text: string, id: string): Stretch | undefined {
  for (let at = text.indexOf(id), tries = 0; at >= 0 && tries < mostPlaces; at = text.indexOf(id, at + 1), tries++)
    if (isWhole(text, id, at)) return stretchFrom(text, startOfLine(text, at));
  return undefined;
}

// Nearest first, one place a line at most; ends where the message begins, for short ids are used again.
function placesAbove(text: string, id: string, from: number): number[] {
  const found: number[] = [];
  let lineStart = from;
  for (let at = before(text, id, from), tries = 0; at >= 0 && tries < mostPlaces; at = before(text, id, at), tries++) {
    if (!isWhole(text, id, at)) continue;
    if (endsMessage(text, at + id.length)) break;
    if (at < lineStart) found.push(at);
    if (at < lineStart) lineStart = startOfLine(text, at);
    if (beginsMessage(text, at + id.length)) break;
  }
  return found;
}

function before(text: string, id: string, from: number): number {
  return from === 0 ? -1 : text.lastIndexOf(id, from - 1);
}

function placesBelow(text: string, id: string, from: number): number[] {
  const found: number[] = [];
  let tries = 0;
  let at = text.indexOf(id, from);
  while (at >= 0 && tries++ < mostPlaces && found.length < most.below) {
    const whole = isWhole(text, id, at);
    if (whole && beginsMessage(text, at + id.length)) break;
    if (whole) found.push(at);
    if (whole && endsMessage(text, at + id.length)) break;
    const end = whole ? text.indexOf("\n", at) : at;
    at = end < 0 ? -1 : text.indexOf(id, end + 1);
  }
  return found;
}

// Postfix closes a message with "ID: removed", Exim with "ID Completed".
function endsMessage(text: string, at: number): boolean {
  return text.startsWith(": removed", at) || text.startsWith(" Completed", at);
}

// Postfix opens one with "ID: client=…", or "ID: uid=…" for the sendmail command.
function beginsMessage(text: string, at: number): boolean {
  return text.startsWith(": client=", at) || text.startsWith(": uid=", at);
}

function isWhole(text: string, id: string, at: number): boolean {
  return !isWordAt(text, at - 1) && !isWordAt(text, at + id.length);
}

function isWordAt(text: string, at: number): boolean {
  const code = at < 0 ? 0 : text.charCodeAt(at) | 32;
  return (code >= 97 && code <= 122) || (code >= 48 && code <= 57);
}

function startOfLine(text: string, at: number): number {
  return at === 0 ? 0 : text.lastIndexOf("\n", at - 1) + 1;
}

function readAt(text: string): (at: number) => string[] {
  return (at) => {
    const start = startOfLine(text, at);
    return at - start < longestLine ? [stretchFrom(text, start).text] : [];
  };
}

/** Lines above a line, nearest first. */
export function linesAbove(text: string, own: Stretch, count: number): readonly string[] {
  const found: string[] = [];
  for (let end = own.start - 1; end >= 0 && found.length < count; ) {
    const start = startOfLine(text, end);
    found.push(stretchFrom(text, start).text);
    end = start - 1;
  }
  return found;
}

/** Lines below a line. */
export function linesBelow(text: string, own: Stretch, count: number): readonly string[] {
  const found: string[] = [];
  for (let end = own.end; end < text.length && found.length < count; ) {
    const next = stretchFrom(text, end + 1);
    found.push(next.text);
    end = next.end;
  }
  return found;
}
