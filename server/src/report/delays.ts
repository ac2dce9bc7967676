// How long messages had been in the queue: read from the line of an attempt, and counted in steps.
import type { FormatId } from "../model.ts";
import type { Delays } from "../tally.ts";

/** Delays that are still being counted. */
export interface Waits {
  count: number;
  sum: number;
  least: number;
  most: number;
  /** How many delays fell in each step. */
  readonly steps: Map<number, number>;
}

/** Steps grow by this factor from the first bound on: eight steps for each power of ten. */
const factor = 10 ** (1 / 8);
const firstBound = 0.1;
const lastStep = 71;

/** Delays of nothing. */
export function createWaits(): Waits {
  return { count: 0, sum: 0, least: Number.POSITIVE_INFINITY, most: 0, steps: new Map() };
}

/** Counts one delay, in seconds. */
export function countWait(waits: Waits, seconds: number): void {
  waits.count++;
  waits.sum += seconds;
  waits.least = Math.min(waits.least, seconds);
  waits.most = Math.max(waits.most, seconds);
  const step = seconds <= firstBound ? 0 : Math.ceil(Math.log(seconds / firstBound) / Math.log(factor) - 1e-9);
  addStep(waits, Math.min(lastStep, step), 1);
}

/** Adds another's delays. */
export function addWaits(waits: Waits, other: Waits): void {
  waits.count += other.count;
  waits.sum += other.sum;
  waits.least = Math.min(waits.least, other.least);
  waits.most = Math.max(waits.most, other.most);
  for (const [step, count] of other.steps) addStep(waits, step, count);
}

function addStep({ steps }: Waits, step: number, count: number): void {
  steps.set(step, (steps.get(step) ?? 0) + count);
}

/** The delays as data; undefined when there were none. */
export function delaysOf(waits: Waits): Delays | undefined {
  const { count, sum, least, most } = waits;
  if (count === 0) return undefined;
  const within = (share: number) => Math.max(least, Math.min(most, boundOf(waits, share * count)));
  return { count, least, most, mean: rounded(sum / count), median: rounded(within(0.5)), ninth: rounded(within(0.9)) };
}

function boundOf({ steps }: Waits, wanted: number): number {
  let seen = 0;
  const ascending = [...steps].sort(([a], [b]) => a - b);
  const last = ascending.find(([, count]) => {
    seen += count;
    return seen >= wanted;
  });
  return firstBound * factor ** (last?.[0] ?? 0);
}

function rounded(seconds: number): number {
  return Number(seconds.toPrecision(3));
}

const keys: Readonly<Partial<Record<FormatId, RegExp>>> = {
  postfix: /, delay=(\d{1,9}(?:\.\d{1,6})?),/,
  sendmail: /, delay=(?:(\d{1,5})\+)?(\d\d):(\d\d):(\d\d),/,
  exim: / QT=(?:(\d{1,5})w)?(?:(\d{1,5})d)?(?:(\d{1,5})h)?(?:(\d{1,5})m)?(?:(\d{1,9}(?:\.\d{1,6})?)s)?/,
};
const units: Readonly<Partial<Record<FormatId, readonly number[]>>> = {
  postfix: [1],
  sendmail: [86_400, 3600, 60, 1],
  exim: [604_800, 86_400, 3600, 60, 1],
};

/** The seconds that the line's message had waited; undefined when the line does not tell. */
export function waitIn(line: string, format: FormatId): number | undefined {
  const match = keys[format]?.exec(line);
  if (match == null) return undefined;
  return (units[format] ?? []).reduce((sum, unit, index) => sum + unit * Number(match[index + 1] ?? 0), 0);
}
