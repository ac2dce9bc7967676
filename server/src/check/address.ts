// An address from text, classified before anything is asked about it, and its reversed form for DNS.
import type { Address } from "../model.ts";
import { bytesText, readBytes } from "./bytes.ts";
import { classify } from "./ranges.ts";

/** The address that `text` is, spaces around it allowed; IPv4-mapped IPv6 is read as IPv4; undefined when it is none. */
export function readAddress(text: string): Address | undefined {
  const read = readBytes(text.trim());
  if (read === undefined) return undefined;
  const bytes = unmapped(read);
  return { text: bytesText(bytes), family: bytes.length === 4 ? 4 : 6, ...classify(bytes) };
}

// ::ffff:0:0/96 (RFC 4291 2.5.5.2).
function unmapped(bytes: readonly number[]): readonly number[] {
  const mapped = bytes.length === 16 && bytes.slice(0, 12).every((byte, at) => byte === (at < 10 ? 0 : 255));
  return mapped ? bytes.slice(12) : bytes;
}

/** The reversed form for DNS without a zone: "7.113.0.203", or 32 nibbles (RFC 5782 2.1, 2.4). */
export function reversed(address: Address): string {
  const bytes = readBytes(address.text);
  if (bytes === undefined) throw new TypeError(`not an address: ${address.text}`);
  return reversedBytes(bytes);
}

/** The name under which reverse DNS holds the address's names (RFC 1035 3.5, RFC 3596 2.5), without the root dot. */
export function reverseName(address: Address): string {
  return `${reversed(address)}.${address.family === 4 ? "in-addr" : "ip6"}.arpa`;
}

/** The reversed form of an IPv4-mapped IPv6 address in 32 nibbles: test points of lists that know IPv6 (RFC 5782 5). */
export function reversedMapped(v4: string): string {
  return reversedBytes([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255, ...(readBytes(v4) ?? [])]);
}

function reversedBytes(bytes: readonly number[]): string {
  const labels = bytes.length === 4 ? bytes.map(String) : bytes.flatMap((byte) => [hex(byte >> 4), hex(byte & 15)]);
  return labels.reverse().join(".");
}

function hex(nibble: number): string {
  return nibble.toString(16);
}
