// Finds the sending addresses in every spelling that a report holds: dotted, reversed, in nibbles, in names and links; and what other addresses would tell of the sender.
import type { Report } from "../model.ts";
import { bytesHex, bytesOf, hexOf } from "../redact/hex.ts";

/** The addresses of some reports, and what stands in their place. */
export interface Addresses {
  /** A pattern's source, for the flags `giu`; it has no named groups. */
  readonly pattern: string;
  /** What stands for a stretch that the pattern found; the stretch itself when it says nothing of the sender. */
  placeholder(found: string): string;
}

interface Table {
  /** An address as 8 or 32 hexadecimal digits → its placeholder. */
  readonly known: Map<string, string>;
  /** Of resolvers: they stay. */
  readonly kept: ReadonlySet<string>;
}

/** The sending addresses of these reports; answers of lists (127.0.0.0/8) and resolvers stay. */
export function addressesOf(reports: readonly Report[]): Addresses {
  const own = [...new Set(reports.map(({ subject }) => hexOf(subject.address.text) ?? ""))].filter(Boolean);
  const known = new Map(own.map((hex, at) => [hex, own.length === 1 ? "[sending IP]" : `[sending IP ${at + 1}]`]));
  const resolvers = reports.flatMap(({ rows }) => rows.flatMap(({ resolver }) => resolver.split(", ")));
  const table = { known, kept: new Set(resolvers.map(serverHex)) };
  const pattern = [arpa, nibbles, colons, dotted, ...own.map(inNames)].join("|");
  return { pattern, placeholder: (found) => placeholderOf(table, found) };
}

const apart = "(?<![\\p{L}\\p{N}])";
const arpa = `${apart}(?:[\\p{L}\\p{N}_/-]+\\.){1,40}(?:in-addr|ip6)\\.arpa`;
const nibbles = `${apart}(?:[0-9a-f]\\.){31}[0-9a-f](?![\\p{L}\\p{N}])`;
const colons = `${apart}[0-9a-f]{0,4}(?:(?::|%3a)[0-9a-f]{0,4}){2,8}(?:(?:\\.\\d{1,3}){3})?(?![\\p{L}\\p{N}])`;
const dotted = "(?<!\\d)\\d{1,3}(?:\\.\\d{1,3}){3,}(?!\\d)";

/** How names of hosts embed an address: its bytes in any order, three of them at least, or as one number. */
function inNames(hex: string): string {
  if (hex.length === 32) return numbers([hex, [...hex].reverse().join(""), ...withHyphens(hex)]);
  const bytes = bytesOf(hex);
  const byte = `0{0,2}(?:${[...new Set(bytes)].join("|")})`;
  // "5.1.1" may be a status code: with dots, three bytes are taken for an address only where no such code begins.
  const hyphened = `(?<!\\d)${byte}(?:[-_]${byte}){2,3}(?!\\d)`;
  const three = `(?<![\\d.])(?![245]\\.)${byte}(?:\\.${byte}){2}(?!\\d)`;
  const padded = bytes.map((value) => String(value).padStart(3, "0"));
  const reversed = bytesHex([...bytes].reverse());
  const whole = [hex, reversed, padded.join(""), [...padded].reverse().join(""), String(Number.parseInt(hex, 16))];
  return `${hyphened}|${three}|${numbers(whole)}`;
}

function numbers(texts: readonly string[]): string {
  return `(?<![0-9a-f])(?:${texts.join("|")})(?![0-9a-f])`;
}

function withHyphens(hex: string): string[] {
  const groups = hex.match(/.{4}/g) ?? [];
  const short = groups.map((group) => group.replace(/^0{1,3}/, ""));
  return [groups, short].flatMap((parts) => [parts.join("-"), [...parts].reverse().join("-")]);
}

function placeholderOf(table: Table, found: string): string {
  if (/arpa$/i.test(found)) return ofArpa(table, found);
  if (/:|%3a/i.test(found)) return ofColons(table, found);
  const parts = found.split(".");
  if (parts.length === 32) return ofHex(table, parts.join(""), found);
  if (parts.length > 4) return ofLongRun(table, parts) ?? found;
  const hex = parts.length === 4 ? hexOf(found) : undefined;
  return hex === undefined ? ofEmbedded(table, found) : ofHex(table, hex, found);
}

/** Of an address: forward, or as the DNS reverses it. */
function ofHex({ known, kept }: Table, hex: string, found: string): string {
  const back = hex.length === 8 ? bytesHex(bytesOf(hex).reverse()) : [...hex].reverse().join("");
  const own = known.get(hex) ?? reversedText(known.get(back));
  if (own !== undefined) return own;
  if (isLoopback(hex) || isLoopback(back) || kept.has(hex)) return found;
  const made = `[address ${[...known.values()].filter((text) => text.startsWith("[address")).length + 1}]`;
  known.set(hex, made);
  return made;
}

function reversedText(placeholder: string | undefined): string | undefined {
  return placeholder?.replace("]", ", reversed]");
}

/** 127.0.0.0/8, mapped too: answers and test entries of lists. */
function isLoopback(hex: string): boolean {
  return /^(?:0{20}ffff)?7f.{6}$/.test(hex);
}

/** An address in a name; a stretch of bytes that is no full address belongs to the sender's all the same. */
function ofEmbedded({ known }: Table, found: string): string {
  const values = found.split(/[-_.]/).map(Number);
  const own = [...known].filter(([, text]) => text.startsWith("[sending"));
  const of = own.find(([hex]) => hex.length === 8 && values.every((value) => bytesOf(hex).includes(value)));
  return of?.[1] ?? own.find(([hex]) => inNamesTest(hex).test(found))?.[1] ?? "[sending IP]";
}

function inNamesTest(hex: string): RegExp {
  return new RegExp(`^(?:${inNames(hex)})$`, "iu");
}

/** More than four numbers in a row: the name of a part of a network, or a version of something. */
function ofLongRun({ known }: Table, parts: readonly string[]): string | undefined {
  for (let at = 0; at + 4 <= parts.length; at++) {
    const hex = hexOf(parts.slice(at, at + 4).join("."));
    const own = hex && (known.get(hex) ?? reversedText(known.get(bytesHex(bytesOf(hex).reverse()))));
    if (own) return own;
  }
  return undefined;
}

/** A name of reverse DNS; a delegated part of the address's own network (RFC 2317) tells the address too. */
function ofArpa(table: Table, found: string): string {
  const labels = found.toLowerCase().split(".").slice(0, -2);
  const zone = found.split(".").slice(-2).join(".");
  for (const [hex, text] of table.known) {
    if (!text.startsWith("[sending")) continue;
    const own = hex.length === 8 ? bytesOf(hex).reverse().map(String) : [...hex].reverse();
    const least = hex.length === 8 ? 2 : 8;
    if (tail(labels, own) >= least) return `${reversedText(text)}.${zone}`;
  }
  const four = labels.slice(-4).join(".");
  const hex = hexOf(four);
  return hex === undefined ? found : `${ofHex(table, hex, four)}.${zone}`;
}

/** How many labels at the end are the same. */
function tail(labels: readonly string[], own: readonly string[]): number {
  let same = 0;
  while (same < own.length && labels.at(-1 - same) === own.at(-1 - same)) same++;
  return same;
}

/** An IPv6 address, with what may stand before it as "d:" or "25:". */
function ofColons(table: Table, found: string): string {
  const text = found.replace(/%3a/gi, ":");
  const whole = text.endsWith("::") ? text : text.replace(/:$/, "");
  const parts = whole.split(":");
  for (let skip = 0; skip < parts.length - 1; skip++) {
    const hex = hexOf(parts.slice(skip).join(":"));
    if (hex === undefined || /^0*$/.test(hex)) continue;
    const before = parts.slice(0, skip).map((part) => `${part}:`);
    return `${before.join("")}${ofHex(table, hex, whole)}${text.slice(whole.length)}`;
  }
  return found;
}

function serverHex(server: string): string {
  const [, bracketed, plain] = /^(?:\[([^\]]*)\]|([^:]*))(?::\d+)?$/.exec(server) ?? [];
  return hexOf(bracketed ?? plain ?? server) ?? hexOf(server) ?? "";
}
