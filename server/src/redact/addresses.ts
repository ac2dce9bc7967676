// Gives addresses other addresses of the same class: public ones become documentation addresses, private ones stay private, loopback stays as it is.
import { bytesHex, bytesOf } from "./hex.ts";
import type { Kind, Table } from "./table.ts";

/** The addresses of one run, as hexadecimal digits: 8 for IPv4, 32 for IPv6. */
export interface Addresses {
  /** What stands for an address; itself when it tells nothing or was kept before. */
  replaced(hex: string): string;
  /** Lets an address stay from now on, such as that of a provider's host, unless it or its text stands for one already. */
  keep(hex: string): void;
}

/** Where the replacements of one class of addresses lie. */
interface Range {
  readonly kind: Kind;
  readonly size: number;
  /** The address of a number. */
  at(number: number): string;
}

/** How many kept addresses are remembered. */
const mostKept = 100_000;

/** Addresses that are named by a table. */
export function createAddresses(table: Table): Addresses {
  const kept = new Set<string>();
  const made = new Set<string>();
  return {
    replaced: (hex) => {
      const range = kept.has(hex) ? undefined : rangeOf(hex);
      if (range === undefined) return hex;
      // The last address of a range stands for all that find no place.
      const room = { size: range.size - 1, isFree: (number: number) => !kept.has(range.at(number)) };
      const replacement = range.at(table.number(range.kind, hex, room) ?? range.size - 1);
      made.add(replacement);
      return replacement;
    },
    keep: (hex) => {
      const kind = rangeOf(hex)?.kind;
      if (kind === undefined || table.has(kind, hex) || made.has(hex) || kept.size >= mostKept) return;
      kept.add(hex);
    },
  };
}

// RFC 5737: three networks; the first and last address of each name the network itself.
const documentation = ["c00002", "c63364", "cb0071"];
const perNetwork = 254;
const named = documentation.length * perNetwork;
// RFC 2544: 198.18.0.0/15, for more hosts than the documentation networks have.
const benchmark = 0xc6120000;

const anywhere: Range = {
  kind: "v4",
  size: named + 0x1ffff,
  at: (number) =>
    number < named
      ? `${documentation[Math.floor(number / perNetwork)]}${bytesHex([(number % perNetwork) + 1])}`
      : digits(benchmark + number - named + 1, 8),
};

/** Private networks (RFC 1918), shared address space (RFC 6598) and link-local addresses (RFC 3927) stay what they are. */
const inner: readonly (readonly [start: number, bits: number, kind: Kind])[] = [
  [0x0a000000, 8, "v4-10"],
  [0xac100000, 12, "v4-172"],
  [0xc0a80000, 16, "v4-192"],
  [0x64400000, 10, "v4-100"],
  [0xa9fe0000, 16, "v4-169"],
];

function rangeOf(hex: string): Range | undefined {
  return hex.length === 8 ? range4(Number.parseInt(hex, 16)) : range6(hex);
}

function range4(value: number): Range | undefined {
  // "This network", loopback with the answers of DNS lists, multicast and reserved addresses are nobody's.
  const first = value >>> 24;
  if (first === 0 || first === 127 || first >= 224) return undefined;
  const own = inner.find(
    ([start, bits]) => Math.floor(value / 2 ** (32 - bits)) === Math.floor(start / 2 ** (32 - bits)),
  );
  if (own === undefined) return anywhere;
  const [start, bits, kind] = own;
  return { kind, size: 2 ** (32 - bits) - 2, at: (number) => digits(start + number + 1, 8) };
}

function range6(hex: string): Range | undefined {
  if (/^0{31}[01]$|^ff/.test(hex)) return undefined;
  if (/^f[cd]/.test(hex)) return within6("v6-local", "fd000000");
  if (/^fe[89ab]/.test(hex)) return within6("v6-link", "fe800000");
  // RFC 3849.
  return within6("v6", "20010db8");
}

function within6(kind: Kind, prefix: string): Range {
  return { kind, size: 2 ** 48, at: (number) => `${prefix}${digits(number + 1, 24)}` };
}

function digits(value: number, length: number): string {
  return value.toString(16).padStart(length, "0");
}

/** The same digits from behind, as the DNS reverses an address: by bytes for IPv4, by nibbles for IPv6. */
export function turned(hex: string): string {
  return hex.length === 8 ? bytesHex(bytesOf(hex).reverse()) : [...hex].reverse().join("");
}
