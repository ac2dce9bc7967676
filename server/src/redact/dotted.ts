// Finds what is written with dots: IPv4 addresses, hosts and domains, names of reverse DNS and of list queries.
import { turned } from "./addresses.ts";
import { besideHost } from "./beside.ts";
import { bytesHex, bytesOf, hexOf, hexText } from "./hex.ts";
import { endWithout, nameEnd, nameStart } from "./looks.ts";
import type { Finder, Sight } from "./sight.ts";

/** A stretch of letters, digits, dots and hyphens. */
interface Run {
  readonly start: number;
  readonly text: string;
}

/** Claims IPv4 addresses and names. */
export const dotted: Finder = (sight) => {
  for (const match of sight.line.matchAll(/[\p{L}\p{N}\p{M}_.-]+/gu)) {
    if (!match[0].includes(".")) continue;
    let start = match.index;
    // Dots in a row part two runs: "example.org...blocked".
    for (const text of match[0].split(/(\.{2,})/)) {
      claimRun(sight, trimmed({ start, text }));
      start += text.length;
    }
  }
};

function trimmed({ start, text }: Run): Run {
  const lead = /^[.-]*/.exec(text)?.[0].length ?? 0;
  return { start: start + lead, text: text.slice(lead, Math.max(lead, endWithout(text, ".-"))) };
}

function claimRun(sight: Sight, run: Run): void {
  const labels = run.text.split(".");
  if (labels.length < 2) return;
  const zone = reverseZone(sight, run, labels);
  if (zone) return;
  const from = nameStart(sight.line, run);
  const end = nameEnd(sight.line, { start: run.start + from, text: run.text.slice(from) });
  const name = run.text.slice(from, from + end);
  if (end > 0) {
    sight.claims.put(run.start + from, run.start + from + name.length, () => sight.names.domain(name));
  } else claimQuads(sight, run);
}

/** "7.113.0.203.in-addr.arpa", parts of it (RFC 2317), 32 nibbles, and either before the zone of a list. */
function reverseZone(sight: Sight, { start, text }: Run, labels: readonly string[]): boolean {
  const arpa = /\.(in-addr|ip6)\.arpa$/i.exec(text);
  const own = arpa === null ? [] : labels.slice(0, -2);
  const digits =
    arpa?.[1]?.toLowerCase() === "ip6"
      ? trailing(own, /^[0-9a-f]$/i, 32)
      : trailing(own, /^(?:1?\d?\d|2[0-4]\d|25[0-5])$/, 4);
  if (arpa !== null) {
    sight.claims.put(start, start + own.join(".").length, () => {
      const left = own.slice(0, own.length - digits.length);
      const names = left.map((label) => (/[a-z]/i.test(label) ? sight.names.label(label) : label));
      return [...names, ...(digits.length > 0 ? [reversedText(sight, digits)] : [])].join(".");
    });
    return true;
  }
  const queried = leading(labels);
  if (queried === 0) return false;
  const zone = labels.slice(queried).join(".");
  const replacement = (): string => `${reversedText(sight, labels.slice(0, queried))}.${sight.names.domain(zone)}`;
  sight.claims.put(start, start + text.length, replacement);
  return true;
}

function trailing(labels: readonly string[], shape: RegExp, most: number): readonly string[] {
  let from = labels.length;
  while (from > 0 && labels.length - from < most && shape.test(labels[from - 1] ?? "")) from--;
  return labels.slice(from);
}

/** How many labels before a name are a reversed address: 4, 32, or none. */
function leading(labels: readonly string[]): number {
  const isName = (at: number): boolean =>
    /^[a-z]/i.test(labels[at] ?? "") && /^[a-z]{2,24}$/i.test(labels.at(-1) ?? "");
  if (labels.length >= 34 && labels.slice(0, 32).every((label) => /^[0-9a-f]$/i.test(label)) && isName(32)) return 32;
  return labels.length >= 6 && hexOf(labels.slice(0, 4).join(".")) !== undefined && isName(4) ? 4 : 0;
}

/** As many labels of the replacement as there were of the address; what is missing of a network's is zero. */
function reversedText({ addresses }: Sight, labels: readonly string[]): string {
  const v6 = labels.length > 4 || labels.some((label) => !/^\d{1,3}$/.test(label));
  const forward = [...labels].reverse();
  const hex = v6
    ? forward.join("").padEnd(32, "0").toLowerCase()
    : bytesHex([...forward.map(Number), 0, 0, 0].slice(0, 4));
  const back = turned(addresses.replaced(hex));
  const all = v6 ? [...back] : bytesOf(back).map(String);
  return all.slice(-labels.length).join(".");
}

/** Dotted quads in a run that is no name: an address with a port behind a fifth dot, or with other text around it. */
function claimQuads(sight: Sight, { start, text }: Run): void {
  for (const match of text.matchAll(/(?<!\d)\d{1,3}(?:\.\d{1,3}){3,}/g)) {
    const parts = match[0].split(".");
    let at = start + match.index;
    for (let from = 0; from + 4 <= parts.length; from += 4) {
      const quad = parts.slice(from, from + 4).join(".");
      claimQuad(sight, at, quad);
      at += quad.length + 1;
    }
  }
}

function claimQuad(sight: Sight, start: number, quad: string): void {
  const hex = hexOf(quad);
  if (hex === undefined || isVersion(sight.line.slice(Math.max(0, start - 24), start), quad)) return;
  sight.claims.put(start, start + quad.length, () => {
    if (besideHost(sight, start, start + quad.length)) sight.addresses.keep(hex);
    const replacement = sight.addresses.replaced(hex);
    return replacement === hex ? quad : hexText(replacement);
  });
}

// "version 4.9.0.12", "[#4.16.55.1]"; "complaints - 4.16.55.1" is a provider's number of a rule, and like its class of reply.
function isVersion(before: string, quad: string): boolean {
  return (
    /(?:#|\b(?:v|ver|version|build|release|rev)[.:]? ?|\bdaemon \()$/i.test(before) ||
    (/ - $/.test(before) && /^[45]\./.test(quad))
  );
}
