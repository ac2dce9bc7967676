// What a scanner of bytes promises, however it scans.

/** Takes a line that may matter: its number, where it lies in the buffer, and whether a bait surely bites. */
export type Found = (line: number, start: number, end: number, sure: boolean) => void;

/** A scanner for one set of baits. */
export interface Scanner {
  /** The text is put here; what stands before its first byte and behind its last is the scanner's own. */
  readonly buffer: Buffer<ArrayBuffer>;
  /**
   * Scans the buffer from `from`, the start of a line with the number `line`, to `end`, behind a line's end or the text's.
   * Gives how many line ends there are. Every line on which a bait bites in its first 32 KiB is found, in order; others may be.
   */
  scan(range: { readonly from: number; readonly end: number; readonly line: number }, found: Found): number;
}
