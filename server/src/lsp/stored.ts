// A log on disk as the server sees it: a door that has a disk lends it.
import type { Delivery, FormatId } from "../model.ts";

/** What tells whether a file is still the one that was read. */
export interface FileState {
  /** Bytes. */
  readonly size: number;
  /** When it was last changed. */
  readonly date: Date;
  /** Another one for another file under the same name: the log was rotated. */
  readonly identity: string;
}

/** Some lines of a file; to be used before the next are asked for. */
export interface Piece {
  /** UTF-8; each line but the last ends with a line feed, also where the file has a carriage return alone, as an editor counts lines. */
  readonly bytes: Buffer;
  /** The byte behind it. */
  readonly end: number;
  /** False for a last line without an end: it may still be written. */
  readonly whole: boolean;
}

/** Reads the pieces of one log in their order. */
export interface PieceReader {
  /** The failures in the next piece; their lines count from the log's first. */
  push(piece: Piece): readonly Delivery[];
  /** The failures in a last mail, which ends with the text; to be called once, behind the last piece. */
  finish(): readonly Delivery[];
}

/** An opened file. */
export interface StoredLog extends FileState {
  /** Its first lines. */
  readonly head: string;
  /** Its first and last lines, which tell the year of the first. */
  readonly ends: string;
  /** True for a compressed file, of which `size` is the compressed one. */
  readonly packed: boolean;
  /** The lines from a byte on, which must be the start of a line; all lines of a compressed file. Rejects when the disk fails; ends early when aborted. */
  pieces(from: number, signal: AbortSignal): AsyncIterable<Piece>;
  /** A reader for its pieces, from the first on, also of what is written later. */
  createReader(format: FormatId): PieceReader;
  close(): Promise<void>;
}
