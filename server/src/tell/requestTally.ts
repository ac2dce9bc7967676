// Counts refusals as they come, however many, and keeps the few that a letter quotes.
import type { Finding } from "../model.ts";
import type { Count, Seen } from "./requestCase.ts";
import { isGeneral } from "./requestNames.ts";
import { isZoned, momentOf } from "./requestTimes.ts";

/** Refusals of one code, provider and address, told one by one. */
export interface Tally {
  add(finding: Finding): void;
  count(): number;
  seen(): Seen;
}

/** How many different messages or recipients are told apart. */
const mostDistinct = 50_000;
const mostDomains = 1_000;
/** How many refusals are kept to take one from the middle. */
const mostKept = 256;

/** A refusal; `at` is its own time or that of the line before it, so that all are in one order. */
interface Placed {
  readonly finding: Finding;
  readonly at: number;
}

/** A time that a line names. */
interface Timed {
  readonly time: string;
  readonly at: number;
}

interface Counts {
  count: number;
  permanent: number;
  unknownTokens: number;
  zoned: boolean;
  at: number;
  stride: number;
  kept: Placed[];
  first: Placed | undefined;
  last: Placed | undefined;
  /** The time of the line before: many have the same. */
  time: string | undefined;
  earliest: Timed | undefined;
  latest: Timed | undefined;
  readonly messages: Set<string>;
  readonly recipients: Set<string>;
  readonly domains: Map<string, number>;
}

/** A tally of nothing yet. */
export function createTally(): Tally {
  const counts: Counts = {
    ...{ count: 0, permanent: 0, unknownTokens: 0, zoned: true, at: Number.NEGATIVE_INFINITY, stride: 1 },
    ...{ kept: [], first: undefined, last: undefined },
    ...{ time: undefined, earliest: undefined, latest: undefined },
    ...{ messages: new Set(), recipients: new Set(), domains: new Map() },
  };
  return { add: (finding) => add(counts, finding), count: () => counts.count, seen: () => seenIn(counts) };
}

function add(counts: Counts, finding: Finding): void {
  const { time, queueId, recipient, reply } = finding.delivery;
  if (time !== undefined && time !== counts.time) countTime(counts, time);
  if (finding.permanent) counts.permanent++;
  if (reply?.token !== undefined && isGeneral(finding.entry)) counts.unknownTokens++;
  enter(counts.messages, queueId);
  countRecipient(counts, recipient?.toLowerCase());
  keep(counts, { finding, at: counts.at });
  counts.count++;
}

function countTime(counts: Counts, time: string): void {
  counts.time = time;
  const at = momentOf(time);
  if (at === undefined) return;
  counts.at = at;
  if (!isZoned(time)) counts.zoned = false;
  if (counts.earliest === undefined || at < counts.earliest.at) counts.earliest = { time, at };
  if (counts.latest === undefined || at > counts.latest.at) counts.latest = { time, at };
}

function enter(set: Set<string>, text: string | undefined): void {
  if (text !== undefined && set.size < mostDistinct) set.add(text);
}

function countRecipient({ recipients, domains }: Counts, recipient: string | undefined): void {
  enter(recipients, recipient);
  const domain = recipient?.slice(recipient.lastIndexOf("@") + 1);
  if (domain === undefined || !/^[\p{L}\p{N}._-]{1,253}$/u.test(domain)) return;
  const known = domains.get(domain);
  if (known !== undefined || domains.size < mostDomains) domains.set(domain, (known ?? 0) + 1);
}

/** Keeps the ends, and between them every so many, more thinly as they grow more. Files may come in any order of time. */
function keep(counts: Counts, placed: Placed): void {
  if (counts.first === undefined || placed.at < counts.first.at) counts.first = placed;
  if (counts.last === undefined || placed.at >= counts.last.at) counts.last = placed;
  if (counts.count % counts.stride !== 0) return;
  counts.kept.push(placed);
  if (counts.kept.length <= mostKept) return;
  counts.kept = counts.kept.filter((_, at) => at % 2 === 0);
  counts.stride *= 2;
}

function seenIn(counts: Counts): Seen {
  const { count, permanent, unknownTokens, zoned, earliest, latest, first, last } = counts;
  const { messages, recipients, domains } = counts;
  const byCount = [...domains].sort(([, a], [, b]) => b - a).map(([domain]) => domain);
  return {
    ...{ count, permanent, unknownTokens, zoned, first: earliest?.time, last: latest?.time },
    span: earliest === undefined || latest === undefined ? undefined : latest.at - earliest.at,
    messages: countOf(messages),
    recipients: countOf(recipients),
    domains: byCount.slice(0, 5),
    samples: first === undefined || last === undefined ? [] : samples(counts, first, last),
  };
}

function countOf({ size }: ReadonlySet<string>): Count {
  return { total: size, more: size >= mostDistinct };
}

function samples({ kept }: Counts, first: Placed, last: Placed): readonly Finding[] {
  const ordered = [...kept].sort((a, b) => a.at - b.at || a.finding.delivery.line - b.finding.delivery.line);
  const between = ordered.filter(({ finding }) => finding !== first.finding && finding !== last.finding);
  const ends = [first.finding.delivery.words, last.finding.delivery.words];
  const other = between.filter(({ finding }) => !ends.includes(finding.delivery.words));
  const middle = other[other.length >> 1] ?? between[between.length >> 1];
  return [...new Set([first, middle, last].flatMap((placed) => (placed === undefined ? [] : [placed.finding])))];
}
