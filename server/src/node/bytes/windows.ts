// Chooses by which four bytes each sequence is looked for, and which sequences share one of the scanner's eight buckets.
import type { Sequence } from "./anchors.ts";
import { windowLength } from "./layout.ts";

/** A sequence, and the place in it where its window begins. */
export interface Windowed extends Sequence {
  readonly window: number;
}

/** How often each byte stands in a text, as shares. */
export type Shares = Float64Array;

/** How many buckets there are: a bit of a byte each. */
export const bucketCount = 8;

/** The low and the high halves of the bytes that a place of a window may have, a bit for each. */
export interface Halves {
  readonly low: number;
  readonly high: number;
}

/** Sequences that are looked for together, with the halves of their windows' bytes by place. */
export interface Bucket {
  readonly sequences: readonly Windowed[];
  readonly places: readonly Halves[];
}

/** The shares of bytes in a sample; each byte is taken to be there once at least. */
export function sharesOf(sample: Uint8Array): Shares {
  const shares = new Float64Array(256).fill(1);
  for (const byte of sample) shares[byte] = (shares[byte] ?? 0) + 1;
  return shares.map((count) => count / (sample.length + 256));
}

interface Candidate {
  readonly sequence: Windowed;
  readonly places: readonly Halves[];
  readonly share: number;
}

const nobody: readonly Halves[] = Array.from({ length: windowLength }, () => ({ low: 0, high: 0 }));

/** Sequences in buckets, such that few places of a text like the sample seem to begin one. */
export function bucketsOf(sequences: readonly Sequence[], shares: Shares): readonly Bucket[] {
  const candidates = sequences.map((sequence) => rarestWindow(sequence, shares));
  const buckets = Array.from({ length: bucketCount }, () => ({
    sequences: [] as Windowed[],
    places: nobody,
    share: 0,
  }));
  for (const { sequence, places } of candidates.sort((a, b) => b.share - a.share)) {
    const joined = buckets.map((bucket) => {
      const both = bucket.places.map((halves, place) => united(halves, places[place] ?? anyByte));
      return { bucket, places: both, share: windowShare(both, shares) };
    });
    const best = joined.reduce((a, b) => (b.share - b.bucket.share < a.share - a.bucket.share ? b : a));
    best.bucket.sequences.push(sequence);
    best.bucket.places = best.places;
    best.bucket.share = best.share;
  }
  for (const bucket of buckets) bucket.sequences.sort((a, b) => Number(b.sure) - Number(a.sure));
  return buckets;
}

function rarestWindow(sequence: Sequence, shares: Shares): Candidate {
  const halves = sequence.sets.map(halvesOf);
  const starts = Math.max(1, halves.length - windowLength + 1);
  const candidates = Array.from({ length: starts }, (_, window) => {
    const places = nobody.map((_, place) => halves[window + place] ?? anyByte);
    return { sequence: { ...sequence, window }, places, share: windowShare(places, shares) };
  });
  return candidates.reduce((best, next) => (next.share < best.share ? next : best));
}

/** Behind a sequence's end any byte may stand. */
const anyByte: Halves = { low: 0xffff, high: 0xffff };

function halvesOf(set: ReadonlySet<number>): Halves {
  let [low, high] = [0, 0];
  for (const byte of set) {
    low |= 1 << (byte & 15);
    high |= 1 << (byte >> 4);
  }
  return { low, high };
}

function united(a: Halves, b: Halves): Halves {
  return { low: a.low | b.low, high: a.high | b.high };
}

/** How many places of a text seem to begin a window, as a share, if bytes were strewn at random. */
function windowShare(places: readonly Halves[], shares: Shares): number {
  return places.reduce((all, halves) => all * placeShare(halves, shares), 1);
}

function placeShare({ low, high }: Halves, shares: Shares): number {
  let sum = 0;
  for (let byte = 0; byte < 256; byte++) if ((low >> (byte & 15)) & (high >> (byte >> 4)) & 1) sum += shares[byte] ?? 0;
  return sum;
}
