// Writes the scanner's tables into its memory: masks of the windows, sets of bytes, sequences by bucket.
import * as layout from "./layout.ts";
import type { Bucket, Windowed } from "./windows.ts";

/** Writes the tables of these buckets; false when they do not fit. */
export function writeTables(memory: Uint8Array, buckets: readonly Bucket[]): boolean {
  const sets = new Map<string, number>();
  if (buckets.flatMap(({ sequences }) => sequences).length > layout.mostSequences) return false;
  writeMasks(memory, buckets);
  const view = new DataView(memory.buffer);
  let at = layout.sequences;
  for (const [index, { sequences }] of buckets.entries()) {
    view.setUint32(layout.buckets + 8 * index, at, true);
    for (const sequence of sequences) {
      writeSequence(memory.subarray(at, at + layout.sequenceSize), sequence, (set) => setNumber(set, sets));
      at += layout.sequenceSize;
    }
    view.setUint32(layout.buckets + 8 * index + 4, at, true);
  }
  if (sets.size > layout.mostSets) return false;
  for (const [members, number] of sets) writeSet(memory, members, number);
  return true;
}

function writeMasks(memory: Uint8Array, buckets: readonly Bucket[]): void {
  for (const [bucket, { places }] of buckets.entries())
    for (const [place, { low, high }] of places.entries()) {
      const at = layout.masks + 32 * place;
      for (let half = 0; half < 16; half++) {
        memory[at + half] = (memory[at + half] ?? 0) | (((low >> half) & 1) << bucket);
        memory[at + 16 + half] = (memory[at + 16 + half] ?? 0) | (((high >> half) & 1) << bucket);
      }
    }
}

function writeSequence(memory: Uint8Array, sequence: Windowed, number: (set: ReadonlySet<number>) => number): void {
  const head = [sequence.sets.length, sequence.window, Number(sequence.sure), 0];
  memory.set([...head, ...sequence.sets.map(number)]);
}

function setNumber(set: ReadonlySet<number>, known: Map<string, number>): number {
  const members = [...set].sort((a, b) => a - b).join();
  const number = known.get(members) ?? known.size;
  known.set(members, number);
  return number;
}

function writeSet(memory: Uint8Array, members: string, number: number): void {
  for (const member of members.split(",")) memory[layout.sets + 256 * number + Number(member)] = 1;
}
