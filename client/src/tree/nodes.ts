// The tree of failures as plain data: providers, their codes, and what a filter leaves of them.
import type { FailureCode } from "../../../server/src/logProtocol.ts";

/** A provider with its codes, the most frequent first. */
export interface ProviderNode {
  readonly kind: "provider";
  readonly name: string;
  readonly count: number;
  readonly codes: readonly CodeNode[];
}

/** A code, or an enhanced or basic status code. */
export interface CodeNode {
  readonly kind: "code";
  readonly code: FailureCode;
}

/** The providers of these codes, the one with most failures first; `filter` leaves codes whose provider, name or title hold all of its words. */
export function providersOf(codes: readonly FailureCode[], filter: string): readonly ProviderNode[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  const left = codes.filter((code) => words.every((word) => textOf(code).includes(word)));
  const names = [...new Set(left.map(({ provider }) => provider))];
  return names.map((name) => provider(name, left)).sort((a, b) => b.count - a.count);
}

function provider(name: string, codes: readonly FailureCode[]): ProviderNode {
  const own = codes.filter((code) => code.provider === name);
  const count = own.reduce((sum, code) => sum + code.count, 0);
  return { kind: "provider", name, count, codes: own.map((code) => ({ kind: "code", code })) };
}

function textOf({ provider, code, title, kind }: FailureCode): string {
  return `${provider} ${code} ${title} ${kind}`.toLowerCase();
}

/** "1,204 · 2024-06-03 06:00:27 to 2024-06-04 01:12:00": how often, from when to when. */
export function countedSince({ count, first, last }: FailureCode): string {
  const times = [first, last].filter((time) => time !== undefined).map(readable);
  const span = [...new Set(times)].join(" to ");
  return [count.toLocaleString("en"), ...(span === "" ? [] : [span])].join(" · ");
}

function readable(iso: string): string {
  return iso.replace("T", " ").replace(/\.\d+/, "");
}
