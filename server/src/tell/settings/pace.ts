// How long a message holds a session, out of the sessions that a log shows.
import type { Measurement } from "../../measurement.ts";

/**
 * Seconds that one message of the busiest minute held a session (Little's law: sessions open ÷ messages a second), to a tenth;
 * undefined when the series is too coarse to tell. It counts idle time of kept sessions too, so it is rather too long.
 */
export function secondsPerMessage({ series, messages }: Measurement): number | undefined {
  const { at, count } = messages.perMinute;
  if (count === 0 || series.step <= 0 || series.step > minute) return undefined;
  const busy = series.sessions
    .map((sessions, index) => sessions * overlap(series.start + index * series.step, series.step, at))
    .reduce((sum, one) => sum + one, 0);
  return busy === 0 ? undefined : Math.max(0.1, Math.round(busy / count / 100) / 10);
}

const minute = 60_000;

/** How much of a step lies in the minute that begins at `from`, in ms. */
function overlap(start: number, step: number, from: number): number {
  return Math.max(0, Math.min(start + step, from + minute) - Math.max(start, from));
}
