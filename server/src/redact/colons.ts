// Finds IPv6 addresses, also mapped, percent-encoded, and behind "IPv6:".
import { besideHost } from "./beside.ts";
import { hexOf, hexText } from "./hex.ts";
import { endWithout } from "./looks.ts";
import type { Finder, Sight } from "./sight.ts";

/** Claims IPv6 addresses. */
export const colons: Finder = (sight) => {
  if (!/:|%3a/i.test(sight.line)) return;
  for (const match of sight.line.matchAll(/(?:[\da-f.:]|%3a)+/gi)) {
    if (match[0].length >= 3 && /:.*:|%3a.*%3a/i.test(match[0]) && !isTime(match[0]))
      claimRun(sight, match.index, match[0]);
  }
};

function isTime(run: string): boolean {
  return /^\d\d:\d\d:\d\d(?![\da-f:])/i.test(run);
}

function claimRun(sight: Sight, at: number, run: string): void {
  const encoded = !run.includes(":");
  const text = encoded ? run.replace(/%3a/gi, ":") : run;
  const found = addressIn(text, /\w/.test(sight.line[at - 1] ?? ""));
  if (found === undefined) return;
  const hex = hexOf(found.text) ?? "";
  const [start, end] = encoded ? [at, at + run.length] : [at + found.start, at + found.start + found.text.length];
  sight.claims.put(start, end, () => {
    if (besideHost(sight, start, end)) sight.addresses.keep(hex);
    const replacement = spelledLike(found.text, hex, sight.addresses.replaced(hex));
    if (!encoded) return replacement;
    return `${text.slice(0, found.start)}${replacement}${text.slice(found.start + found.text.length)}`.replaceAll(
      ":",
      "%3A",
    );
  });
}

interface Found {
  readonly start: number;
  readonly text: string;
}

/** The address in a run of its characters, behind what only looks like a part of it: the "6:" of "IPv6:", "d:" of "id:". */
function addressIn(run: string, follows: boolean): Found | undefined {
  if (run.length > longest) return undefined;
  const text = run.endsWith("::") ? run : run.slice(0, endWithout(run, ":."));
  let start = follows ? text.indexOf(":") + 1 : 0;
  if (follows && text.startsWith("::", start - 1)) start--;
  while (start < text.length) {
    const rest = text.slice(start);
    if (isAddress(rest)) return { start, text: rest };
    const colon = rest.indexOf(":");
    if (colon < 0) return undefined;
    start += colon + 1;
  }
  return undefined;
}

/** No address with what may stand before it is longer. */
const longest = 64;

// "DB::" is a module, eight bytes are a fingerprint; times have fewer groups.
function isAddress(text: string): boolean {
  if (/^(?:[\da-f]{2}:){7}[\da-f]{2}$/i.test(text)) return false;
  return text.includes(":") && /\d/.test(text) && hexOf(text) !== undefined;
}

/** An IPv4-mapped address stays one, dotted or not. */
function spelledLike(found: string, hex: string, replacement: string): string {
  if (replacement === hex) return found;
  if (hex.length !== 8) return hexText(replacement);
  const prefix = found.slice(0, found.lastIndexOf(":") + 1);
  if (found.includes(".")) return `${prefix}${hexText(replacement)}`;
  return `::ffff:${replacement.slice(0, 4)}:${replacement.slice(4)}`;
}
