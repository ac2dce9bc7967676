// The tree of failures as plain data: providers, their codes, and what a filter leaves of them.
import type { FailureCode } from "../../../server/src/logProtocol.ts";

/** A provider with its codes, the most frequent first. */
export interface ProviderNode {
  readonly kind: "provider";
  readonly name: string;
  readonly count: number;
  readonly codes: readonly CodeNode[];
  /** True when its codes are to be seen at once. */
  readonly open: boolean;
  /** What the filter left: with another one it is another node, folded anew. */
  readonly filter: string;
}

/** A code, or an enhanced or basic status code. */
export interface CodeNode {
  readonly kind: "code";
  readonly code: FailureCode;
}

/** More codes than these begin folded. */
const mostOpen = 25;

/** The providers of these codes, the one with most failures first; `filter` leaves codes whose provider, name or title hold all of its words. */
export function providersOf(codes: readonly FailureCode[], filter: string): readonly ProviderNode[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  const left = codes.filter((code) => words.every((word) => textOf(code).includes(word)));
  const names = [...new Set(left.map(({ provider }) => provider))];
  const all = names.map((name) => provider(name, left)).sort((a, b) => b.count - a.count);
  return all.map((one) => ({ ...one, open: left.length <= mostOpen, filter: words.join(" ") }));
}

function provider(name: string, codes: readonly FailureCode[]): Omit<ProviderNode, "open" | "filter"> {
  const own = codes.filter((code) => code.provider === name);
  const count = own.reduce((sum, code) => sum + code.count, 0);
  return { kind: "provider", name, count, codes: own.map((code) => ({ kind: "code", code })) };
}

function textOf({ provider, code, title, kind }: FailureCode): string {
  return `${provider} ${code} ${title} ${kind}`.toLowerCase();
}

/** "1,204 · 2024-06-03 06:00:27 to 01:12:00": how often, from when to when; the day is told once. */
export function countedSince({ count, first, last }: FailureCode): string {
  const [from, to] = [first, last].map((time) => (time === undefined ? undefined : readable(time)));
  const end = to?.slice(0, 11) === from?.slice(0, 11) ? to?.slice(11) : to;
  const span = from === to || end === undefined ? from : `${from} to ${end}`;
  return [count.toLocaleString("en"), ...(span === undefined ? [] : [span])].join(" · ");
}

/** "1 failure", "1,204 failures". */
export function failures(count: number): string {
  return `${count.toLocaleString("en")} ${count === 1 ? "failure" : "failures"}`;
}

/** "3 codes: 40 permanent, 1,164 temporary": what a provider's failures are. */
export function kindsOf({ codes }: ProviderNode): string {
  const names = { permanent: "permanent", temporary: "temporary", ours: "refused by us" } as const;
  const told = (["permanent", "temporary", "ours"] as const).flatMap((kind) => {
    const sum = codes.reduce((all, { code }) => all + (code.kind === kind ? code.count : 0), 0);
    return sum === 0 ? [] : [`${sum.toLocaleString("en")} ${names[kind]}`];
  });
  return `${codes.length.toLocaleString("en")} ${codes.length === 1 ? "code" : "codes"}: ${told.join(", ")}`;
}

/** "2024-06-03 06:00:27": an ISO time without its fraction. */
export function readable(iso: string): string {
  return iso.replace("T", " ").replace(/\.\d+/, "");
}
