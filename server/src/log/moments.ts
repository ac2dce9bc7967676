// Where in a second a line was likely written: a coarse clock gives many lines one time, but they stand in their order.
import type { Instant } from "./instant.ts";

/** A time as a line shows it, and the line. */
export interface Written extends Instant {
  readonly line: number;
}

/** Learns the lines of each second, then places them. */
export interface Moments {
  saw(written: Written): void;
  /** The likely moment of a line that was seen; ask when all lines have been. */
  of(written: Written): number;
}

/** Moments of one log. */
export function createMoments(): Moments {
  const lines = new Map<number, { first: number; last: number }>();
  return {
    saw({ at, line }) {
      const known = lines.get(at);
      if (known === undefined) lines.set(at, { first: line, last: line });
      else known.last = Math.max(known.last, line);
    },
    of({ at, grain, line }) {
      const { first, last } = lines.get(at) ?? { first: line, last: line };
      return at + (grain * (line - first + 0.5)) / (last - first + 1);
    },
  };
}
