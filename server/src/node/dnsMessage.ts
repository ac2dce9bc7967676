// DNS messages as bytes: writes a question, reads the answer to it; strangers write answers, so nothing in them is believed unchecked.
import { isIP } from "node:net";
import { domainToASCII } from "node:url";
import { type Answer, type DecodedPacket, decode, encode, RECURSION_DESIRED } from "dns-packet";
import type { DnsAnswer, DnsSilence, DnsType } from "../check/resolver.ts";

/** What is asked. */
export interface DnsQuestion {
  readonly name: string;
  readonly type: DnsType;
}

/** The longest DNS message, in bytes: TCP counts it in 16 bits (RFC 1035 4.2.2), and HTTPS allows no more (RFC 8484 6). */
export const longestMessage = 65_535;

const mostAliases = 16;

/** The message that asks for this; undefined when the name cannot be asked for. Its ID is 0 (RFC 8484 4.1), and it tells nothing of the client's network. */
export function writeQuestion({ name, type }: DnsQuestion): Buffer | undefined {
  const ascii = sendable(name);
  if (ascii === undefined) return undefined;
  return encode({ type: "query", id: 0, flags: RECURSION_DESIRED, questions: [{ type, name: ascii }] });
}

// The library checks no lengths, and a label of 64 bytes or more would be read as something else (RFC 1035 2.3.4).
function sendable(name: string): string | undefined {
  const rootless = name.replace(/\.$/, "");
  if (/\p{Cc}/u.test(rootless)) return undefined;
  const ascii = /^[\x20-\x7e]*$/.test(rootless) ? rootless : domainToASCII(rootless);
  const sound = ascii.length <= 253 && ascii.split(".").every((label) => label.length >= 1 && label.length <= 63);
  return sound ? ascii : undefined;
}

/** What a message answers to the question; `invalid` when it is malformed, cut off or about something else. */
export function readAnswer(message: Buffer, question: DnsQuestion): DnsAnswer {
  const packet = decoded(message);
  if (packet === undefined) return { kind: "invalid" };
  const rcode = (packet.flags ?? 0) & 15;
  // A server that refuses may leave the question out.
  if (rcode !== 0 && rcode !== 3) return { kind: failures[rcode] ?? "servfail" };
  if (!answersTo(packet, question)) return { kind: "invalid" };
  return rcode === 3 ? { kind: "nxdomain" } : recordsOf(packet.answers ?? [], question);
}

const failures: Readonly<Record<number, DnsSilence>> = { 2: "servfail", 5: "refused" };

// The library throws at most faults, and reads over the end of the message at some.
function decoded(message: Buffer): DecodedPacket | undefined {
  try {
    const packet = decode(message);
    const whole = Number.isInteger(decode.bytes) && decode.bytes <= message.length;
    return whole && packet.flag_qr && !packet.flag_tc ? packet : undefined;
  } catch {
    return undefined;
  }
}

function answersTo({ questions = [] }: DecodedPacket, { name, type }: DnsQuestion): boolean {
  const [asked, ...more] = questions;
  if (asked === undefined || more.length > 0) return false;
  return asked.type === type && same(asked.name, sendable(name) ?? "");
}

function same(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

/** The records of the asked type at the end of the chain of aliases; an alias has one target (RFC 1034 3.6.2). */
function recordsOf(answers: readonly Answer[], question: DnsQuestion): DnsAnswer {
  let owner = sendable(question.name) ?? "";
  let ttl = Number.POSITIVE_INFINITY;
  for (let hop = 0; hop <= mostAliases; hop++) {
    const own = answers.filter((record) => same(record.name, owner) && isInternet(record));
    const found = own.filter(({ type }) => type === question.type);
    for (const record of found) ttl = Math.min(ttl, ttlOf(record));
    if (found.length > 0) return answerOf(found.map(textOf), ttl);
    const alias = own.find(({ type }) => type === "CNAME");
    if (alias?.type !== "CNAME") return { kind: "nodata" };
    owner = alias.data;
    ttl = Math.min(ttl, ttlOf(alias));
  }
  return { kind: "invalid" };
}

function answerOf(texts: readonly (string | undefined)[], ttl: number): DnsAnswer {
  const records = texts.filter((text) => text !== undefined);
  return records.length < texts.length ? { kind: "invalid" } : { kind: "answer", records, ttl };
}

function isInternet(record: Answer): boolean {
  return record.type !== "OPT" && record.class === "IN";
}

// A TTL with its first bit set means 0 (RFC 2181 8).
function ttlOf(record: Answer): number {
  const ttl = record.type === "OPT" ? 0 : (record.ttl ?? 0);
  return ttl > 0x7fffffff ? 0 : ttl;
}

/** A record as text, as a plain resolver gives it; undefined when its data is none of its type. */
function textOf(record: Answer): string | undefined {
  if (record.type === "A") return isIP(record.data) === 4 ? record.data : undefined;
  if (record.type === "AAAA") return isIP(record.data) === 6 ? record.data : undefined;
  if (record.type === "PTR") return record.data;
  if (record.type === "MX") return `${record.data.preference ?? 0} ${record.data.exchange}`;
  return record.type === "TXT" ? textData(record.data) : undefined;
}

// One byte is one character, as Node's own client reads them.
function textData(data: string | Buffer | readonly (string | Buffer)[]): string {
  const parts = typeof data === "string" || Buffer.isBuffer(data) ? [data] : data;
  return parts.map((part) => (typeof part === "string" ? part : part.toString("latin1"))).join("");
}
