// Reads JSON on a line (RFC 8259), values with their columns; what is cut off or broken gives what stands before it.
import { createWeaver, type Plain, plainValue, type Value, valueWithin } from "./columns.ts";

/** The values of an object by their paths: "response.code", "bounce.recipients.0.status". Objects themselves and null have none. */
export type Values = ReadonlyMap<string, Value>;

/** An object, and the column behind it. */
export interface JsonObject {
  readonly values: Values;
  readonly end: number;
}

const mostValues = 600;
const deepest = 12;

interface Level {
  readonly path: string;
  readonly isArray: boolean;
  index: number;
}

const blanks = /[ \t\r\n,:]{0,200}/y;
const word = /[-+\w.]{1,64}/y;

/** The object that begins at a column; undefined where none does. */
export function readJson(text: string, at: number): JsonObject | undefined {
  if (text[at] !== "{") return undefined;
  const values = new Map<string, Value>();
  const levels: Level[] = [];
  let key: string | undefined;
  let end = at;
  const place = (): string => pathIn(levels.at(-1), key);
  while (values.size < mostValues) {
    end = skip(blanks, text, end);
    const sign = text[end];
    if (sign === "{" || sign === "[") {
      if (levels.length >= deepest) break;
      levels.push({ path: levels.length === 0 ? "" : place(), isArray: sign === "[", index: 0 });
      key = undefined;
      end++;
      continue;
    }
    if (sign === "}" || sign === "]") {
      levels.pop();
      end++;
      if (levels.length === 0) break;
      key = passed(levels.at(-1));
      continue;
    }
    const value = readValue(text, end);
    if (value === undefined) break;
    end = value.behind;
    const level = levels.at(-1);
    if (level?.isArray === false && key === undefined) key = value.value.text;
    else {
      if (!value.isNull) values.set(place(), value.value);
      key = passed(level);
    }
  }
  return { values, end };
}

// A value has been read: the next one of an array has the next number, of an object a new key.
function passed(level: Level | undefined): undefined {
  if (level?.isArray) level.index++;
  return undefined;
}

function pathIn(level: Level | undefined, key: string | undefined): string {
  const name = level?.isArray ? String(level.index) : (key ?? "");
  return level === undefined || level.path === "" ? name : `${level.path}.${name}`;
}

function skip(shape: RegExp, text: string, at: number): number {
  shape.lastIndex = at;
  return at + (shape.exec(text)?.[0].length ?? 0);
}

interface Read {
  readonly value: Value;
  readonly behind: number;
  readonly isNull: boolean;
}

function readValue(text: string, at: number): Read | undefined {
  if (text[at] !== '"') {
    const end = skip(word, text, at);
    const value = plainValue(text, at, end);
    return end === at ? undefined : { value, behind: end, isNull: value.text === "null" };
  }
  const end = closing(text, at + 1);
  return { value: unescaped(text, at + 1, end), behind: Math.min(text.length, end + 1), isNull: false };
}

// The quote that no backslash escapes; the text's end when it was cut off.
function closing(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 92) at++;
    else if (code === 34) return at;
  }
  return text.length;
}

const escapes: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", b: "\b", f: "\f" };

function unescaped(text: string, start: number, end: number): Value {
  let at = text.indexOf("\\", start);
  if (at < 0 || at >= end) return plainValue(text, start, end);
  const weaver = createWeaver();
  let from = start;
  while (at >= 0 && at < end - 1) {
    weaver.run(text.slice(from, at), from);
    from = at + (text[at + 1] === "u" ? 6 : 2);
    weaver.unit(character(text, at), { start: at, end: Math.min(from, end) });
    at = text.indexOf("\\", from);
  }
  weaver.run(text.slice(from, end), from);
  return { ...weaver.finish(), start, end };
}

function character(text: string, at: number): string {
  const letter = text[at + 1] ?? "";
  if (letter !== "u") return escapes[letter] ?? letter;
  const code = Number.parseInt(text.slice(at + 2, at + 6), 16);
  return Number.isNaN(code) ? "?" : String.fromCharCode(code);
}

/** The object that a value's text is, as in a notification that carries another; undefined when it is none. */
export function jsonWithin(outer: Plain): Values | undefined {
  const inner = readJson(outer.text, outer.text.search(/\S|$/));
  return inner && new Map([...inner.values].map(([path, value]) => [path, valueWithin(outer, value)]));
}

const mostObjects = 64;

/** The objects of a line: one, behind any prefix, or those of an array. */
export function objectsOn(line: string): readonly Values[] {
  const found: Values[] = [];
  for (let at = line.slice(0, 600).indexOf("{"); at >= 0 && found.length < mostObjects; ) {
    const object = readJson(line, at);
    if (object === undefined) break;
    found.push(object.values);
    at = skip(blanks, line, object.end);
  }
  return found;
}
