// Reads the lines that may hold a failure one after the other: each knows what those before left behind.
import type { Clock, Delivery } from "../model.ts";
import { advance, isoTime, type Stamp } from "./clock.ts";
import type { Around, Parts } from "./format.ts";
import { type LogKind, readAs } from "./readAs.ts";
import { carriedDelivery, deliveryOf } from "./reading.ts";

/** The lines of a reply that was read: the one where it is reported, and its last; -1 for none. */
export interface PassageLines {
  readonly owner: number;
  readonly last: number;
}

/** What the lines before one leave behind that it must know. */
export interface ReadState {
  readonly clock: Clock;
  readonly passage: PassageLines;
}

/** The state before any line. */
export const noPassage: PassageLines = { owner: -1, last: -1 };

/** Reads candidate lines one after the other. */
export interface LineReader {
  /** False for a line whose reply has been read already. */
  wants(line: number): boolean;
  /** The failure on a line, if there is one; `text` is the line's, cut to what is read of a line. */
  read(line: number, text: string, around: Around): Delivery | undefined;
  readonly state: ReadState;
  /** The first time on a line with a failure. */
  readonly firstStamp: Stamp | undefined;
}

/** A reader that goes on from a state. */
export function createLineReader(log: LogKind, state: ReadState): LineReader {
  let { clock, passage } = state;
  let firstStamp: Stamp | undefined;
  return {
    wants: (line) => line > passage.last || line === passage.owner,
    read(line, text, around) {
      const found = readAs(text, around, log);
      if (found === undefined) return undefined;
      passage = extentOf(found.parts, line) ?? passage;
      if (found.parts.failure === undefined) return undefined;
      firstStamp ??= found.parts.stamp;
      clock = advance(clock, found.parts.stamp);
      const place = { line, format: found.format, time: isoTime(found.parts.stamp, clock) };
      const delivery = deliveryOf(found.parts, place);
      return delivery && found.carrier ? carriedDelivery(delivery, found.carrier) : delivery;
    },
    get state() {
      return { clock, passage };
    },
    get firstStamp() {
      return firstStamp;
    },
  };
}

// A reply over several lines is read once, on the first of them that bites, and reported on its owner.
function extentOf(parts: Parts, line: number): PassageLines | undefined {
  return parts.passage && { owner: line + parts.passage.owner, last: line + parts.passage.last };
}
