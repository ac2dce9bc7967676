// What the threads that read a log tell each other: a part of it to read, and what was found there.
import type { Stamp } from "../../log/clock.ts";
import type { ReadState } from "../../log/lineReader.ts";
import type { FormatId } from "../../model.ts";
import type { Tally } from "../../report/sum.ts";

/** Bytes whose lines are read at a time, and bytes that are seen before and behind them. */
export const blockSize = 1024 * 1024;
export const seenBefore = 64 * 1024;
export const seenBehind = 128 * 1024;

/** Bytes that are in sight at a time, at most. */
export const longestSight = seenBefore + blockSize + seenBehind;

/** A stretch of bytes in sight: the lines that begin from `start` on and before `end` are to be read, what is around them may be looked at. */
export interface Sight {
  readonly start: number;
  readonly end: number;
  /** How many bytes are in sight. */
  readonly length: number;
  /** Where they begin in the whole text. */
  readonly offset: number;
}

/** Bytes of a log. */
export interface Block extends Sight {
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** A stretch of an open file: the lines that begin from `from` on and before `to`. */
export interface FileRange {
  readonly descriptor: number;
  readonly from: number;
  readonly to: number;
  /** How long the file was when it was opened. */
  readonly size: number;
}

/** A part of a log. */
export interface Task {
  readonly part: { readonly range: FileRange } | { readonly block: Block };
  readonly format: FormatId;
  readonly header: string | undefined;
  /** What the lines before are taken to have left behind; lines count from the part's first. */
  readonly state: ReadState;
  /** How many failures are to be listed with their places. */
  readonly places: number;
}

/** Failures with their places, in order; `heaps[i]` is the number of the i-th one's kind in `ids`. */
export interface Places {
  readonly lines: readonly number[];
  readonly offsets: readonly number[];
  readonly heaps: readonly number[];
  readonly ids: readonly string[];
}

/** What a part of a log holds; lines count from the part's first. */
export interface Result {
  readonly tally: Tally;
  readonly places: Places;
  readonly lines: number;
  readonly bytes: number;
  /** What the part leaves behind. */
  readonly state: ReadState;
  /** The first time of a failure, and the first line that was read: whether they agree with what came before must be seen. */
  readonly firstStamp: Stamp | undefined;
  readonly firstLine: number | undefined;
  /** Where the last line that has an end ends, and its number plus one: the place to go on when the file grows. */
  readonly whole: { readonly offset: number; readonly line: number } | undefined;
  /** The file ended before it should. */
  readonly short: boolean;
}
