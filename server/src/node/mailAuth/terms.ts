// The terms of an SPF record, and whether one covers an address by the answers that an evaluation got.
import { readAddress, reversed } from "../../check/address.ts";
import { readBytes } from "../../check/bytes.ts";
import type { DnsAnswer } from "../../check/resolver.ts";
import type { Books } from "./books.ts";

/** Whom a record is evaluated for. */
export interface Sender {
  /** Canonical text. */
  readonly ip: string;
  /** The whole address. */
  readonly sender: string;
  readonly helo: string | undefined;
}

/** A mechanism of a record (RFC 7208 4.6.1). */
export interface Term {
  readonly text: string;
  readonly qualifier: "+" | "-" | "~" | "?";
  /** In small letters. */
  readonly name: string;
  /** A domain-spec or an address, without prefix lengths; "" when there is none. */
  readonly target: string;
  /** Prefix lengths, as far as they are given. */
  readonly bits: { readonly 4: number | undefined; readonly 6: number | undefined };
}

/** A record and its mechanisms in order. */
export interface SpfRecord {
  readonly text: string;
  readonly terms: readonly Term[];
  /** The domain-spec to go on with when no mechanism matches; undefined when there is none or "all" makes it idle (RFC 7208 6.1). */
  readonly redirect: string | undefined;
}

/** The SPF records among TXT records (RFC 7208 4.5). */
export function spfRecords(answer: DnsAnswer | undefined): readonly SpfRecord[] {
  const texts = answer?.kind === "answer" ? answer.records : [];
  return texts.filter((text) => /^v=spf1(?: |$)/i.test(text)).map(readRecord);
}

function readRecord(text: string): SpfRecord {
  const words = text.split(" ").slice(1).filter(Boolean);
  const terms = words.filter((word) => !modifier.test(word)).map(readTerm);
  const redirect = words.find((word) => /^redirect=/i.test(word))?.slice("redirect=".length);
  return { text, terms, redirect: terms.some(({ name }) => name === "all") ? undefined : redirect };
}

const modifier = /^[a-z][a-z0-9_.-]*=/i;
const qualifiers = ["+", "-", "~", "?"] as const;

function readTerm(text: string): Term {
  const qualifier = qualifiers.find((one) => text.startsWith(one));
  const bare = qualifier === undefined ? text : text.slice(1);
  const name = /^[^:/]*/.exec(bare)?.[0] ?? "";
  const rest = bare.slice(name.length).replace(/^:/, "");
  const [, target = rest, one, two] = /^([^/]*)(?:\/(\d{1,3}))?(?:\/\/(\d{1,3}))?$/.exec(rest) ?? [];
  const family = name.toLowerCase() === "ip6" ? { 4: undefined, 6: bitsOf(one) } : { 4: bitsOf(one), 6: bitsOf(two) };
  return { text, qualifier: qualifier ?? "+", name: name.toLowerCase(), target, bits: family };
}

function bitsOf(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Number(text);
}

/** True when the network at `address`, with the term's prefix length, holds `ip`. */
export function covers({ bits }: Term, address: string, ip: string): boolean {
  const network = readBytes(address);
  const bytes = readBytes(ip);
  if (network === undefined || bytes === undefined || network.length !== bytes.length) return false;
  const length = (bytes.length === 4 ? bits[4] : bits[6]) ?? bytes.length * 8;
  return bytes.every((byte, at) => sameBits(byte, network[at] ?? 0, length - at * 8));
}

function sameBits(one: number, other: number, bits: number): boolean {
  const mask = bits >= 8 ? 255 : bits <= 0 ? 0 : 255 & (255 << (8 - bits));
  return (one & mask) === (other & mask);
}

/** True when the answers for `name` make a mechanism with a look-up match: a, mx, ptr, exists. */
export function leadsTo(term: Term, name: string, run: { readonly books: Books; readonly sender: Sender }): boolean {
  if (term.name === "exists") return run.books.answer(name, "A")?.kind === "answer";
  if (term.name === "a") return hostCovers(term, name, run);
  if (term.name === "mx") return exchanges(name, run.books).some((host) => hostCovers(term, host, run));
  return term.name === "ptr" && ownNames(run).some((host) => `.${host}`.endsWith(`.${name.toLowerCase()}`));
}

type Run = { readonly books: Books; readonly sender: Sender };

function hostCovers(term: Term, host: string, { books, sender }: Run): boolean {
  return records(books.answer(host, typeFor(sender.ip))).some((address) => covers(term, address, sender.ip));
}

function exchanges(name: string, books: Books): readonly string[] {
  return records(books.answer(name, "MX")).map((record) => (record.split(" ")[1] ?? "").replace(/\.$/, ""));
}

// RFC 7208 5.5: only names that lead back count.
function ownNames({ books, sender }: Run): readonly string[] {
  const address = readAddress(sender.ip);
  if (address === undefined) return [];
  const names = records(books.answer(`${reversed(address)}.${address.family === 4 ? "in-addr" : "ip6"}.arpa`, "PTR"));
  const back = (host: string) =>
    records(books.answer(host, typeFor(sender.ip))).some((text) => readAddress(text)?.text === address.text);
  return names.filter(back).map((host) => host.toLowerCase().replace(/\.$/, ""));
}

function typeFor(ip: string): "A" | "AAAA" {
  return ip.includes(":") ? "AAAA" : "A";
}

function records(answer: DnsAnswer | undefined): readonly string[] {
  return answer?.kind === "answer" ? answer.records : [];
}
