// Which ranges of addresses are not public (IANA special-purpose registries), and what it means to find one in a mail log.
import type { AddressClass } from "../model.ts";
import { bytesText, readBytes } from "./bytes.ts";

/** What kind of address it is; the explanation is there for any class but public. */
export interface Kind {
  readonly class: AddressClass;
  readonly explanation: string | undefined;
}

type Special = Exclude<AddressClass, "public">;
type Bytes = readonly number[];

interface Range {
  readonly prefix: Bytes;
  readonly bits: number;
  readonly class: Special;
  /** What to say instead of the explanation of its class. */
  readonly own: string | undefined;
}

// The first range that holds the address counts: narrow ones stand before wide ones.
const table: readonly (readonly [string, Special, string?])[] = [
  ["0.0.0.0/8", "unspecified"],
  ["10.0.0.0/8", "private"],
  ["100.64.0.0/10", "cgnat"],
  ["127.0.0.0/8", "loopback"],
  ["169.254.0.0/16", "link-local"],
  ["172.16.0.0/12", "private"],
  [
    "192.0.0.0/24",
    "reserved",
    "lies in 192.0.0.0/24, which devices use inside a tunnel that carries IPv4 over an IPv6 network (RFC 6333, RFC 7335): the refusing server never saw it.",
  ],
  ["192.0.2.0/24", "documentation"],
  ["192.88.99.0/24", "transition"],
  ["192.168.0.0/16", "private"],
  ["198.18.0.0/15", "benchmark"],
  ["198.51.100.0/24", "documentation"],
  ["203.0.113.0/24", "documentation"],
  ["224.0.0.0/4", "multicast"],
  ["240.0.0.0/4", "reserved"],
  ["::/128", "unspecified"],
  ["::1/128", "loopback"],
  ["64:ff9b::/96", "transition"],
  ["64:ff9b:1::/48", "transition"],
  [
    "100::/64",
    "reserved",
    "lies in 100::/64, whose packets routers throw away on purpose (RFC 6666): no mail comes from it.",
  ],
  [
    "100:0:0:1::/64",
    "reserved",
    "is a dummy address that is never used on the wire (RFC 9780): no mail comes from it.",
  ],
  ["2001::/32", "transition"],
  ["2001:2::/48", "benchmark"],
  ["2001:10::/28", "reserved", orchid("RFC 4843, withdrawn")],
  ["2001:20::/28", "reserved", orchid("RFC 7343")],
  [
    "2001:30::/28",
    "reserved",
    "is the identity of a remotely identified drone (RFC 9374), not an address that packets travel to: no mail comes from it.",
  ],
  ["2001:db8::/32", "documentation"],
  ["2001::/23", "reserved"],
  ["2002::/16", "transition"],
  ["3fff::/20", "documentation"],
  [
    "5f00::/16",
    "reserved",
    "names a segment inside one network's routing (SRv6, RFC 9602), not a sender: no mail comes from it on the internet.",
  ],
  ["fc00::/7", "unique-local"],
  ["fe80::/10", "link-local"],
  [
    "fec0::/10",
    "reserved",
    "is a site-local address, the withdrawn first form of private addresses in IPv6 (RFC 3879): it exists only inside your network.",
  ],
  ["ff00::/8", "multicast"],
];
const ranges = table.map(([text, kind, own]) => ({ ...readRange(text, kind), own }));
const globalUnicast = readRange("2000::/3", "reserved");

function orchid(source: string): string {
  return `is a key's fingerprint in the form of an address (ORCHID, ${source}), not an address that packets travel to: no mail comes from it.`;
}

const seekPublic =
  "Look for the public address in the refusal itself, where the other server often quotes it in brackets, or ask your network's administrator for it, and check that one.";

const explanations: Readonly<Record<Special, string>> = {
  private: `is a private address (RFC 1918): it exists only inside your network, and the refusing server never saw it. In a log it is the sending machine or container before your router or firewall translates its address. ${seekPublic}`,
  cgnat: `lies in 100.64.0.0/10, the inside of a provider's carrier-grade NAT (RFC 6598): the refusing server never saw it. In a log it means that your line has no public address of its own: outside, many customers share one and its reputation. (Some private networks, such as Tailscale, use these addresses too.) ${seekPublic} Mail from such a line is best sent through a relay with SMTP AUTH on port 587.`,
  documentation:
    "is set aside for examples in documents (RFC 5737, RFC 3849, RFC 9637): no real server sends from it, so nothing can be looked up. In a log it means a sample, or that somebody replaced the real address. Take the public address from the original log or from your server's network settings, and type that one.",
  loopback: `is the machine itself: the message was handed over on the same server, by a program, a filter or a proxy. ${seekPublic}`,
  "link-local": `is valid on one network segment only; a machine gives it to itself when it gets no other. No server outside ever saw it. ${seekPublic}`,
  "unique-local": `is a unique local address (RFC 4193), the private addresses of IPv6: it exists only inside your network. ${seekPublic}`,
  benchmark: `is set aside for measuring network devices (RFC 2544, RFC 5180): no mail comes from it on the internet. ${seekPublic}`,
  multicast: `names a group of machines, not a sender: no mail can come from it. The log holds it by mistake. ${seekPublic}`,
  reserved: `is not assigned to public use: no mail can come from it on the internet. ${seekPublic}`,
  unspecified: `stands for "no address": a program wrote it where it knew none. ${seekPublic}`,
  transition: `belongs to a translation between IPv4 and IPv6, so no list and no reverse DNS says anything about its user.`,
};

function readRange(text: string, kind: Special): Omit<Range, "own"> {
  const [address = "", bits] = text.split("/");
  const prefix = readBytes(address);
  if (prefix === undefined) throw new TypeError(`not a range of addresses: ${text}`);
  return { prefix, bits: Number(bits), class: kind };
}

/** The class of an address of 4 or 16 bytes, and for any but public ones why nothing is asked and where to look instead. */
export function classify(bytes: Bytes): Kind {
  const range = rangeOf(bytes);
  const special = range?.class ?? unassigned(bytes);
  if (special === undefined) return { class: "public", explanation: undefined };
  const inner = special === "transition" ? carried(bytes) : undefined;
  const hint = special !== "transition" ? "" : inner === undefined ? ` ${seekPublic}` : ` ${carriedHint(inner)}`;
  const meaning = range?.own === undefined ? explanations[special] : `${range.own} ${seekPublic}`;
  return { class: special, explanation: `${bytesText(bytes)} ${meaning}${hint}` };
}

function rangeOf(bytes: Bytes): Range | undefined {
  return ranges.find((range) => holds(range, bytes));
}

// IPv6 outside 2000::/3 is not given out (RFC 4291 2.4).
function unassigned(bytes: Bytes): Special | undefined {
  return bytes.length === 16 && !holds(globalUnicast, bytes) ? "reserved" : undefined;
}

function holds(range: Omit<Range, "own">, bytes: Bytes): boolean {
  return (
    range.prefix.length === bytes.length &&
    range.prefix.every((byte, at) => sameBits(byte, bytes[at], range.bits - at * 8))
  );
}

function sameBits(one: number, other: number | undefined, bits: number): boolean {
  const mask = bits >= 8 ? 255 : bits <= 0 ? 0 : 255 & (255 << (8 - bits));
  return (one & mask) === ((other ?? 0) & mask);
}

// Where an IPv4 address stands inside: NAT64 (RFC 6052), 6to4 (RFC 3056), Teredo (RFC 4380 4, inverted).
function carried(bytes: Bytes): Bytes | undefined {
  if (startsWith(bytes, [0x20, 0x02])) return bytes.slice(2, 6);
  if (startsWith(bytes, [0x20, 0x01, 0, 0])) return bytes.slice(12).map((byte) => byte ^ 255);
  if (startsWith(bytes, [0, 0x64, 0xff, 0x9b, 0, 0])) return bytes.slice(12);
  return undefined;
}

function startsWith(bytes: Bytes, start: Bytes): boolean {
  return bytes.length === 16 && start.every((byte, at) => bytes[at] === byte);
}

function carriedHint(inner: Bytes): string {
  const text = bytesText(inner);
  return rangeOf(inner) === undefined
    ? `It carries the IPv4 address ${text}: check that one.`
    : `It carries ${text}, which is no public address either.`;
}
