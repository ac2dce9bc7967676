// Chooses by which four bytes each sequence is looked for, and which sequences share one of the scanner's eight buckets.
import type { Sequence } from "./anchors.ts";
import { windowLength } from "./layout.ts";

/** A sequence, and the place in it where its window begins. */
export interface Windowed extends Sequence {
  readonly window: number;
}

/** How often each byte stands in a text, as shares. */
export type Shares = readonly number[];

/** How many buckets there are: a bit of a byte each. */
export const bucketCount = 8;

/** The shares of bytes in a sample; each byte is taken to be there once at least. */
export function sharesOf(sample: Uint8Array): Shares {
  const counts = Array<number>(256).fill(1);
  for (const byte of sample) counts[byte] = (counts[byte] ?? 0) + 1;
  return counts.map((count) => count / (sample.length + 256));
}

/** Sequences in buckets, such that few places of a text like the sample seem to begin one. */
export function bucketsOf(sequences: readonly Sequence[], shares: Shares): readonly (readonly Windowed[])[] {
  const windowed = sequences.map((sequence) => rarestWindow(sequence, shares));
  const buckets = Array.from({ length: bucketCount }, () => [] as Windowed[]);
  for (const sequence of windowed.sort((a, b) => windowShare(b, shares) - windowShare(a, shares))) {
    const costs = buckets.map((bucket) => bucketShare([...bucket, sequence], shares) - bucketShare(bucket, shares));
    buckets[costs.indexOf(Math.min(...costs))]?.push(sequence);
  }
  return buckets.map((bucket) => bucket.sort((a, b) => Number(b.sure) - Number(a.sure)));
}

function rarestWindow(sequence: Sequence, shares: Shares): Windowed {
  const starts = Math.max(1, sequence.sets.length - windowLength + 1);
  const windows = Array.from({ length: starts }, (_, window) => ({ ...sequence, window }));
  return windows.reduce((best, next) => (windowShare(next, shares) < windowShare(best, shares) ? next : best));
}

function windowShare(sequence: Windowed, shares: Shares): number {
  return bucketShare([sequence], shares);
}

/** How many places seem to begin a sequence of the bucket, as a share, if bytes were strewn at random. */
function bucketShare(bucket: readonly Windowed[], shares: Shares): number {
  if (bucket.length === 0) return 0;
  let all = 1;
  for (let place = 0; place < windowLength; place++) all *= placeShare(halvesAt(bucket, place), shares);
  return all;
}

function placeShare({ low, high }: Halves, shares: Shares): number {
  return shares.reduce((sum, share, byte) => (low.has(byte & 15) && high.has(byte >> 4) ? sum + share : sum), 0);
}

/** The low and the high halves of the bytes that a place of a window may have. */
export interface Halves {
  readonly low: ReadonlySet<number>;
  readonly high: ReadonlySet<number>;
}

const anyHalf: ReadonlySet<number> = new Set(Array.from({ length: 16 }, (_, half) => half));

/** The halves of all bytes that a bucket's windows have at a place; behind a sequence's end any byte may stand. */
export function halvesAt(bucket: readonly Windowed[], place: number): Halves {
  const sets = bucket.map(({ sets, window }) => sets[window + place]);
  if (sets.includes(undefined)) return { low: anyHalf, high: anyHalf };
  const bytes = sets.flatMap((set) => [...(set ?? [])]);
  return { low: new Set(bytes.map((byte) => byte & 15)), high: new Set(bytes.map((byte) => byte >> 4)) };
}
