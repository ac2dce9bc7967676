// Times of lines as numbers, to measure with, and how coarse the clock is that wrote them.
import type { Clock } from "../model.ts";
import { isoTime, type Stamp } from "./clock.ts";

/** A moment in milliseconds since 1970, in the log's own clock when it names no zone, and the clock's step. */
export interface Instant {
  readonly at: number;
  readonly grain: number;
}

/** The moment of a stamp by a clock that has been advanced to it; undefined for a time that does not exist. */
export function instantOf(stamp: Stamp, clock: Clock): Instant | undefined {
  const iso = isoTime(stamp, clock);
  if (iso === undefined) return undefined;
  const [seconds = "", fraction = ""] = [iso.slice(0, 19), /^\.(\d{1,9})/.exec(iso.slice(19))?.[1] ?? ""];
  const zone = iso.slice(19 + (fraction === "" ? 0 : fraction.length + 1));
  const whole = Date.parse(`${seconds}${zone === "" ? "Z" : zone}`);
  if (Number.isNaN(whole)) return undefined;
  return { at: whole + Number(`0.${fraction || 0}`) * 1000, grain: 1000 / 10 ** fraction.length };
}
