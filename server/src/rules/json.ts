// Reads JSON with comments, as people write it, into values that know where they stand. Nothing in a text makes it throw.

/** A stretch of the text in UTF-16 units, from `start` to behind it at `end`. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** What is wrong, and where. */
export interface Fault extends Stretch {
  /** A sentence for the user. */
  readonly message: string;
}

/** A member of an object; of several with one name the last counts. */
export interface Member {
  readonly name: string;
  readonly place: Stretch;
  readonly value: Node;
}

/** A value and where it stands. */
export type Node = Stretch &
  (
    | { readonly kind: "object"; readonly members: readonly Member[] }
    | { readonly kind: "array"; readonly items: readonly Node[] }
    | { readonly kind: "plain"; readonly value: string | number | boolean | null }
  );

/** The value of a text, or what keeps it from being JSON. */
export type Read = { readonly node: Node } | { readonly fault: Fault };

interface Reader {
  readonly text: string;
  at: number;
  fault: Fault | undefined;
}

const deepest = 64;
const blank = " \t\r\n\u2028\u2029\ufeff";

/** Reads a whole text. Comments and a comma behind the last member are allowed. */
export function readJson(text: string): Read {
  const reader: Reader = { text, at: 0, fault: undefined };
  const node = readValue(reader, 0);
  skip(reader);
  if (node !== undefined && reader.fault === undefined && reader.at < text.length)
    fail(reader, "Nothing may stand behind the end of the file's one value.");
  if (node !== undefined && reader.fault === undefined) return { node };
  return { fault: reader.fault ?? { start: 0, end: 0, message: "This is no JSON." } };
}

/** The member of an object with this name; undefined for anything else. */
export function memberOf(node: Node | undefined, name: string): Node | undefined {
  return node?.kind === "object" ? node.members.findLast((member) => member.name === name)?.value : undefined;
}

/** The value without its places. */
export function plainOf(node: Node): unknown {
  if (node.kind === "plain") return node.value;
  if (node.kind === "array") return node.items.map(plainOf);
  return Object.fromEntries(node.members.map(({ name, value }) => [name, plainOf(value)]));
}

function readValue(reader: Reader, depth: number): Node | undefined {
  skip(reader);
  const first = reader.text[reader.at];
  if (depth > deepest) return fail(reader, "This lies too deep: nothing that is read here does.");
  if (first === "{") return readObject(reader, depth);
  if (first === "[") return readArray(reader, depth);
  return first === '"' ? readString(reader) : readPlain(reader);
}

function readObject(reader: Reader, depth: number): Node | undefined {
  const start = reader.at++;
  const members: Member[] = [];
  while (!closes(reader, "}")) {
    const name = reader.text[reader.at] === '"' ? readString(reader) : undefined;
    if (name === undefined) return fail(reader, "A name in double quotes is expected here.");
    skip(reader);
    if (!takes(reader, ":")) return fail(reader, "A colon is expected here, between a name and its value.");
    const value = readValue(reader, depth + 1);
    if (value === undefined) return undefined;
    members.push({ name: String(name.value), place: { start: name.start, end: name.end }, value });
    if (!goesOn(reader, "}")) return undefined;
  }
  return { kind: "object", members, start, end: reader.at };
}

function readArray(reader: Reader, depth: number): Node | undefined {
  const start = reader.at++;
  const items: Node[] = [];
  while (!closes(reader, "]")) {
    const value = readValue(reader, depth + 1);
    if (value === undefined) return undefined;
    items.push(value);
    if (!goesOn(reader, "]")) return undefined;
  }
  return { kind: "array", items, start, end: reader.at };
}

/** Behind a value: a comma is taken, and what closes is left for `closes`. */
function goesOn(reader: Reader, closing: string): boolean {
  skip(reader);
  if (takes(reader, ",") || reader.text[reader.at] === closing) return true;
  fail(reader, `A comma or "${closing}" is expected here.`);
  return false;
}

function closes(reader: Reader, closing: string): boolean {
  skip(reader);
  return takes(reader, closing);
}

function takes(reader: Reader, letter: string): boolean {
  if (reader.text[reader.at] !== letter) return false;
  reader.at++;
  return true;
}

type Plain = Extract<Node, { kind: "plain" }>;

function readString(reader: Reader): Plain | undefined {
  const { text, at: start } = reader;
  let end = start + 1;
  while (end < text.length && text[end] !== '"' && text[end] !== "\n") end += text[end] === "\\" ? 2 : 1;
  const value = parsed(text.slice(start, end + 1));
  if (typeof value !== "string")
    return fail(reader, "This text does not end on its line, or holds what JSON does not allow in a text.");
  reader.at = end + 1;
  return { kind: "plain", value, start, end: reader.at };
}

const plainWord = /[\w+.-]{1,40}/y;

function readPlain(reader: Reader): Plain | undefined {
  plainWord.lastIndex = reader.at;
  const word = plainWord.exec(reader.text)?.[0] ?? "";
  const value = parsed(word);
  if (value === undefined) return fail(reader, "A value is expected here: a text in double quotes, a list, an object.");
  const start = reader.at;
  reader.at += word.length;
  return { kind: "plain", value, start, end: reader.at };
}

/** The library reads single values: it knows every escape and every form of number. */
function parsed(text: string): string | number | boolean | null | undefined {
  try {
    return JSON.parse(text) as string | number | boolean | null;
  } catch {
    return undefined;
  }
}

/** Goes on to what is no blank and no comment. */
function skip(reader: Reader): void {
  const { text } = reader;
  for (;;) {
    while (reader.at < text.length && blank.includes(text.charAt(reader.at))) reader.at++;
    const closing = text.startsWith("//", reader.at) ? "\n" : text.startsWith("/*", reader.at) ? "*/" : undefined;
    if (closing === undefined) return;
    const end = text.indexOf(closing, reader.at + 2);
    reader.at = end < 0 ? text.length : end + closing.length;
  }
}

function fail(reader: Reader, message: string): undefined {
  const start = Math.min(reader.at, reader.text.length);
  reader.fault ??= { start, end: Math.min(start + 1, reader.text.length), message };
}
