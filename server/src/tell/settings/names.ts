// What may be written into a server's configuration out of a log: DNS names and nothing else, and names of our own made of them.
import type { Throttle } from "../../measurement.ts";
import { counted } from "../words.ts";

const label = /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/;
const longestName = 253;

/** The names among these texts that the DNS can hold (RFC 1123 2.1), in small letters, each once; no text of a log gets into a configuration without it. */
export function soundNames(texts: readonly string[]): readonly string[] {
  // In that order: the Kelvin sign would become a k.
  return [...new Set(texts.filter(isSound).map((text) => text.toLowerCase()))];
}

function isSound(name: string): boolean {
  const labels = name.length > longestName ? [] : name.split(".");
  return labels.length > 1 && labels.every((one) => label.test(one)) && !/^\d+$/.test(labels.at(-1) ?? "");
}

/** The provider's id in a name of our own, parted by `joint`: "throttle-cox", "throttle_exchange_online", "throttlecox". */
export function ownName({ provider }: Throttle, joint: "-" | "_" | ""): string {
  const words = provider.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  return ["throttle", ...words.slice(0, 8).map((word) => word.slice(0, 20))].join(joint);
}

/** Says which domains of the log are not written and that others may be missing; to stand among the notes. */
export function domainNotes({ domains, providerName }: Throttle): readonly string[] {
  const left = domains.filter((text) => !isSound(text)).length;
  const missing = `Only domains that this log shows are listed. Add others whose mail ${providerName} takes; what is not listed goes out as before and counts against the same limit.`;
  if (left === 0) return [missing];
  return [
    missing,
    `${counted(left, "recipient domain")} of the log ${left === 1 ? "is" : "are"} no DNS name and left out.`,
  ];
}

/** How many sessions each of several domains may have so that together they stay within the limit; at least 1. */
export function shareOf({ connections }: Throttle, domains: number): number {
  return Math.max(1, Math.floor(connections / Math.max(1, domains)));
}
