// What a log format is: how it knows its lines and what it reads from one of them.
import type { Attempt } from "../measurement.ts";
import type { Direction, FormatId, Outcome, Reply, Stage } from "../model.ts";
import type { Stamp } from "./clock.ts";
import type { Piece } from "./piece.ts";

/** What a status word says of the message. */
export interface Status extends Piece {
  readonly class: 2 | 4 | 5;
}

/** The failure that a line reports. */
export interface Failure {
  readonly direction: Direction;
  readonly outcome: Outcome;
  readonly stage: Stage | undefined;
  /** The failure in the line's own words. */
  readonly words: Piece;
}

/** Everything that one line shows; what is absent is not in the line. */
export interface Parts {
  readonly stamp?: Stamp | undefined;
  readonly time?: Piece | undefined;
  readonly host?: Piece | undefined;
  readonly process?: Piece | undefined;
  readonly queueId?: Piece | undefined;
  readonly recipient?: Piece | undefined;
  readonly sender?: Piece | undefined;
  readonly helo?: Piece | undefined;
  readonly relayHost?: Piece | undefined;
  readonly relayIp?: Piece | undefined;
  readonly relayPort?: number | undefined;
  readonly sourceIp?: Piece | undefined;
  readonly status?: Status | undefined;
  readonly reply?: Reply | undefined;
  readonly failure?: Failure | undefined;
  /** The lines that one reply runs over, relative to this one: where it is reported, and where it ends. */
  readonly passage?: { readonly owner: number; readonly last: number } | undefined;
}

/** The lines around the one that is read: `around(1)` is the next, `around(-1)` the one before; undefined beyond the text. */
export type Around = (distance: number) => string | undefined;

/** A length of time in milliseconds that is known within bounds. */
export interface Range {
  readonly least: number;
  readonly most: number;
}

/** What a line tells of an attempt to deliver, beside its parts. */
export interface Trial {
  readonly kind: "trial";
  readonly outcome: Attempt["outcome"];
  readonly stage: Stage | undefined;
  readonly connected: boolean;
  /** The recipients that the line is about; none where it is about a host. */
  readonly recipients: readonly string[];
  /** How long the session had been open when the line was written; undefined when the line does not tell. */
  readonly open: Range | undefined;
  readonly setup: number;
  /** How long the message had waited, from the line that announced it to the opening of the session. */
  readonly waited: Range | undefined;
  /** The opening of the session, counted from the whole second of the line's own time. */
  readonly opened: Range | undefined;
  readonly process: string | undefined;
  readonly reused: boolean;
  readonly use: number | undefined;
  /** Our own address, as the server's socket had it. */
  readonly localIp: string | undefined;
  /** True for a line about a host that another line on the same try repeats for the recipient. */
  readonly repeated: boolean;
  /** The message, where the line's queue id is that of one recipient. */
  readonly message?: string | undefined;
  /** The session, where it has an id and a line that announced it. */
  readonly session?: string | undefined;
}

/** A line that announces a message and may name its sender: it has come in, or is about to be delivered. */
export interface Announced {
  readonly kind: "announced";
  /** What it announces, where that is a session or one delivery and the queue id is another. */
  readonly session?: string | undefined;
}

/** A line on a process that delivers queued messages one after the other. */
export interface QueueRun {
  readonly kind: "run";
  readonly id: string;
  readonly begins: boolean;
}

/** How a format tells of deliveries, whatever became of them. */
export interface Timing {
  /** As the `baits` of a format: lines of attempts and of messages. */
  readonly baits: readonly RegExp[];
  /** True for a server that delivers a message as soon as it is announced: the first session begins then. */
  readonly atOnce: boolean;
  /** What a line of this format tells; undefined for anything else. Never throws. */
  read(line: string, parts: Parts): Trial | Announced | QueueRun | undefined;
}

/** A log format. */
export interface Format {
  readonly id: FormatId;
  /**
   * Global patterns that find, in a whole text, the places that can belong to a failure; a match lies within one line.
   * In another format's log only the first is used. Several small ones are faster than one with many alternatives, for the engine can then skip most characters.
   */
  readonly baits: readonly RegExp[];
  /** True for a format whose lines mean nothing in another log: it is not asked there. */
  readonly alone?: boolean;
  /** True for a line that names the columns of the lines behind it; a format without such lines leaves it out. */
  isHeader?(line: string): boolean;
  /**
   * What the line shows; undefined when it is no line of this format. Never throws.
   * `header` is the log's first line that `isHeader` knows, if there is one.
   */
  read(line: string, around: Around, header: string | undefined): Parts | undefined;
  /** Absent for a format that shows no deliveries. */
  readonly timing?: Timing;
}
