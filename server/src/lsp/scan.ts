// One log on disk: read piece by piece, and read on when it has grown.
import { explained } from "../analyse.ts";
import { createDigest, type Digest } from "../digest/digest.ts";
import { sniff } from "../log/sniff.ts";
import type { FormatId } from "../model.ts";
import type { FileState, Piece, PieceReader, StoredLog } from "./stored.ts";

/** What is known of a log that is read from disk; it grows while it is read. */
export interface ScannedLog {
  readonly format: FormatId;
  readonly digest: Digest;
  /** The file as it was when it was opened last. */
  readonly state: FileState;
  /** True for a compressed file. */
  readonly packed: boolean;
  /** The byte behind what is read, of the unpacked text. */
  readonly end: number;
  /** What has happened to the file or the reading, a clause for the user; undefined while all is well. */
  readonly trouble: string | undefined;
}

/** Where a reading stands; told after each piece. */
export interface ScanProgress {
  readonly bytes: number;
  /** Undefined for a compressed file: nobody knows before how much is in it. */
  readonly size: number | undefined;
  readonly failures: number;
}

/** A reading that may be gone on with. */
export interface Scan {
  readonly log: ScannedLog;
  /** True when a last line without an end was counted: if it grows, the log has to be read anew. */
  readonly unfinished: boolean;
  /** Reads from where it ended; `told` is called after each piece. Rejects when the disk fails. */
  readOn(stored: StoredLog, signal: AbortSignal, told: (progress: ScanProgress) => void): Promise<void>;
  /** Notes what has happened, undefined for nothing; true when that is new. */
  note(trouble: string | undefined): boolean;
}

/** A last line without an end is taken for whole when nothing was written for so many milliseconds. */
export const stillWritten = 5_000;

/** A scan of a log whose first lines are known; undefined for no mail log. */
export function createScan(stored: StoredLog, certain: boolean): Scan | undefined {
  const format = sniff(stored.head) ?? (certain ? "plain" : undefined);
  if (format === undefined) return undefined;
  return scanOf(stored, { reader: stored.createReader(format), format, digest: createDigest() });
}

interface Parts {
  readonly reader: PieceReader;
  readonly format: FormatId;
  readonly digest: Digest;
}

function scanOf(first: StoredLog, { reader, format, digest }: Parts): Scan {
  let state: FileState = first;
  let end = 0;
  let unfinished = false;
  let trouble: string | undefined;
  const take = (piece: Piece): void => {
    if (!piece.whole && (unfinished || Date.now() - state.date.getTime() < stillWritten)) return;
    digest.add(reader.push(piece).map(explained));
    unfinished = !piece.whole;
    end = piece.end;
  };
  return {
    get log() {
      return { format, digest, state, packed: first.packed, end, trouble };
    },
    get unfinished() {
      return unfinished;
    },
    async readOn(stored, signal, told) {
      state = stored;
      // Waiting for the disk lets requests that came in the meantime go first.
      for await (const piece of stored.pieces(end, signal)) {
        take(piece);
        told({ bytes: end, size: stored.packed ? undefined : Math.max(stored.size, end), failures: digest.count });
      }
    },
    note(what) {
      const isNew = trouble !== what;
      trouble = what;
      return isNew;
    },
  };
}
