// Chooses by which four bytes each sequence is looked for, and which sequences share one of the scanner's eight buckets.
import type { Sequence } from "./anchors.ts";
import { windowLength } from "./layout.ts";

/** A sequence, and the place in it where its window begins. */
export interface Windowed extends Sequence {
  readonly window: number;
}

/** How often bytes stand in a text, and how often each follows another, as shares. */
export interface Shares {
  readonly of: Float64Array;
  /** `behind[256 * first + second]`: how many of the first are followed by the second. */
  readonly behind: Float64Array;
}

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

/** The shares in a sample; what it does not hold is taken to be rare, not impossible. */
export function sharesOf(sample: Uint8Array): Shares {
  const of = new Float64Array(256).fill(1);
  const behind = new Float64Array(65_536).fill(0.01);
  for (const [at, byte] of sample.entries()) {
    const pair = 256 * (sample[at - 1] ?? 10) + byte;
    of[byte] = (of[byte] ?? 0) + 1;
    behind[pair] = (behind[pair] ?? 0) + 1;
  }
  return {
    of: of.map((count) => count / (sample.length + 256)),
    behind: behind.map((count, pair) => count / ((of[pair >> 8] ?? 1) + 2.56)),
  };
}

/** Sequences that are looked for by the same window. */
interface Candidate {
  readonly sequences: readonly Windowed[];
  readonly places: readonly Halves[];
  readonly share: number;
}

const nobody: readonly Halves[] = Array.from({ length: windowLength }, () => ({ low: 0, high: 0 }));

/** To look closer at a place takes as long as so many sequences that are tried there. */
const triesBefore = 4;

/** Sequences in buckets, such that little is tried in vain in a text like the sample. */
export function bucketsOf(sequences: readonly Sequence[], shares: Shares): readonly Bucket[] {
  const candidates = alike(sequences.flatMap(narrowed).map((sequence) => rarestWindow(sequence, shares)));
  const buckets: Candidate[][] = Array.from({ length: bucketCount }, () => []);
  const put = (candidate: Candidate): void => {
    const more = buckets.map((bucket) => costOf([...bucket, candidate], shares) - costOf(bucket, shares));
    buckets[more.indexOf(Math.min(...more))]?.push(candidate);
  };
  for (const candidate of candidates.sort((a, b) => b.share - a.share)) put(candidate);
  // Those that came first did not know what they would have to share with.
  for (const candidate of candidates) {
    const bucket = buckets.find((some) => some.includes(candidate));
    bucket?.splice(bucket.indexOf(candidate), 1);
    put(candidate);
  }
  return buckets.map((bucket) => ({ sequences: sequencesIn(bucket), places: placesOf(bucket) }));
}

function sequencesIn(bucket: readonly Candidate[]): readonly Windowed[] {
  const all = bucket.flatMap(({ sequences }) => sequences);
  return all.sort((a, b) => Number(b.sure) - Number(a.sure));
}

function placesOf(bucket: readonly Candidate[]): readonly Halves[] {
  return bucket.reduce(
    (all, { places }) => all.map((halves, place) => united(halves, places[place] ?? anyByte)),
    nobody,
  );
}

function costOf(bucket: readonly Candidate[], shares: Shares): number {
  if (bucket.length === 0) return 0;
  const tried = bucket.reduce((sum, { sequences }) => sum + sequences.length, triesBefore);
  return windowShare(placesOf(bucket), shares) * tried;
}

function alike(candidates: readonly Candidate[]): Candidate[] {
  const all = new Map<string, Candidate>();
  for (const candidate of candidates) {
    const key = candidate.places.map(({ low, high }) => `${low} ${high}`).join();
    const sequences = [...(all.get(key)?.sequences ?? []), ...candidate.sequences];
    all.set(key, { ...candidate, sequences });
  }
  return [...all.values()];
}

/** A set of a few bytes with different high halves is looked for as several: together their halves would let others in. */
const fewBytes = 8;

function narrowed(sequence: Sequence): readonly Sequence[] {
  const at = sequence.sets.findIndex((set) => set.size <= fewBytes && byHigh(set).length > 1);
  if (at < 0) return [sequence];
  return byHigh(sequence.sets[at] ?? new Set()).flatMap((set) =>
    narrowed({ ...sequence, sets: sequence.sets.with(at, set) }),
  );
}

function byHigh(set: ReadonlySet<number>): readonly ReadonlySet<number>[] {
  const highs = [...new Set([...set].map((byte) => byte >> 4))];
  return highs.map((high) => new Set([...set].filter((byte) => byte >> 4 === high)));
}

function rarestWindow(sequence: Sequence, shares: Shares): Candidate {
  const halves = sequence.sets.map(halvesOf);
  const starts = Math.max(1, halves.length - windowLength + 1);
  const candidates = Array.from({ length: starts }, (_, window) => {
    const places = nobody.map((_, place) => halves[window + place] ?? anyByte);
    return { sequences: [{ ...sequence, window }], places, share: windowShare(places, shares) };
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

/** How many places of a text seem to begin a window, as a share, if each byte depended on the one before alone. */
function windowShare(places: readonly Halves[], { of, behind }: Shares): number {
  let before: readonly number[] = [];
  let shares: number[] = [];
  for (const [place, halves] of places.entries()) {
    const bytes = bytesOf(halves);
    const next = bytes.map((byte) => {
      if (place === 0) return of[byte] ?? 0;
      let sum = 0;
      for (let at = 0; at < before.length; at++)
        sum += (shares[at] ?? 0) * (behind[256 * (before[at] ?? 0) + byte] ?? 0);
      return sum;
    });
    before = bytes;
    shares = next;
  }
  return shares.reduce((sum, share) => sum + share, 0);
}

const known = new Map<number, readonly number[]>();

function bytesOf({ low, high }: Halves): readonly number[] {
  const key = 65_536 * high + low;
  const bytes = known.get(key) ?? everyByte.filter((byte) => (low >> (byte & 15)) & (high >> (byte >> 4)) & 1);
  known.set(key, bytes);
  return bytes;
}

const everyByte = Array.from({ length: 256 }, (_, byte) => byte);
