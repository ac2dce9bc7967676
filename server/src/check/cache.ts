// Remembers answers between checks for as long as they may be believed, so that a second look at a report asks little.
import type { DnsAnswer, DnsType, Resolver } from "./resolver.ts";

/** An answer, when it came and until when it may be used, both as Date.getTime(). */
export interface Remembered {
  readonly answer: DnsAnswer;
  readonly at: number;
  readonly until: number;
}

/** What is remembered; make it once a process and pass it to every check. It holds names, keys in them included: do not store or print it. */
export type DnsMemory = Map<string, Remembered>;

/** How a resolver remembers. */
export interface RememberingOptions {
  /** The user wants it fresh: what is older than 60 s is asked again. */
  readonly fresh?: boolean | undefined;
}

const minute = 60_000;
const hour = 60 * minute;
const unknownTtl = 5 * minute;
const negative = 5 * minute;
const freshFor = minute;
const mostAnswers = 2_000;
// Strangers write TXT records: what is remembered stays within a few MB.
const longestAnswer = 16_384;

/** The resolver with a memory: known answers come with their `age`, new ones are remembered by their TTL. */
export function remembering(
  resolver: Resolver,
  memory: DnsMemory,
  now: () => Date,
  { fresh = false }: RememberingOptions = {},
): Resolver {
  return {
    name: resolver.name,
    query: async (name, type, signal) => {
      const key = keyOf(resolver.name, name, type);
      const known = recall(memory, key, { now: now().getTime(), fresh });
      if (known !== undefined) return known;
      const answer = await resolver.query(name, type, signal);
      remember(memory, key, { answer, now: now().getTime() });
      return answer;
    },
  };
}

// Names are the same in any case and with or without the root dot (RFC 1034 3.1).
function keyOf(resolver: string, name: string, type: DnsType): string {
  return `${resolver} ${name.toLowerCase().replace(/\.$/, "")} ${type}`;
}

function recall(
  memory: DnsMemory,
  key: string,
  { now, fresh }: { readonly now: number; readonly fresh: boolean },
): DnsAnswer | undefined {
  const known = memory.get(key);
  if (known === undefined) return undefined;
  const age = now - known.at;
  // A clock that was set back makes ages negative: such an answer is as good as unknown.
  if (age < 0 || now >= known.until) {
    memory.delete(key);
    return undefined;
  }
  return fresh && age > freshFor ? undefined : { ...known.answer, age: Math.floor(age / 1_000) };
}

function remember(
  memory: DnsMemory,
  key: string,
  { answer, now }: { readonly answer: DnsAnswer; readonly now: number },
): void {
  const life = lifeOf(answer);
  if (life <= 0) return;
  // Deleted first, so that the map stays in the order of age.
  memory.delete(key);
  memory.set(key, { answer, at: now, until: now + life });
  for (const oldest of memory.keys()) {
    if (memory.size <= mostAnswers) return;
    memory.delete(oldest);
  }
}

/** For how long an answer is remembered, in milliseconds. */
function lifeOf(answer: DnsAnswer): number {
  if (answer.kind === "nxdomain" || answer.kind === "nodata") return negative;
  if (answer.kind !== "answer" || sizeOf(answer.records) > longestAnswer) return 0;
  // A list that refuses is left alone for a while, whatever its TTL says: asking on makes it worse.
  if (answer.records.some(isRefusal)) return hour;
  return answer.ttl === undefined ? unknownTtl : Math.min(answer.ttl * 1_000, hour);
}

function sizeOf(records: readonly string[]): number {
  return records.reduce((size, record) => size + record.length, 0);
}

/** True for the codes by which lists refuse a resolver: 127.255.255.0/24, and 127.0.0.255 of dnswl.org. */
function isRefusal(record: string): boolean {
  return /^127\.255\.255\.\d{1,3}$/.test(record) || record === "127.0.0.255";
}
