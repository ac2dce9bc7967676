// The highest count in any minute or hour.
import type { Rate } from "../measurement.ts";

/** Something that happened, and its line. */
export interface Event {
  readonly at: number;
  readonly line: number;
}

const minute = 60_000;
const hour = 3_600_000;

/** The highest counts of events that are sorted by time. */
export function rates(events: readonly Event[]): { readonly perMinute: Rate; readonly perHour: Rate } {
  return { perMinute: highest(events, minute), perHour: highest(events, hour) };
}

/** Events of one hour, the first included and what comes a whole span later not, slide along the log. */
function highest(events: readonly Event[], span: number): Rate {
  let best: Rate = { count: 0, at: events[0]?.at ?? 0, line: events[0]?.line ?? 0 };
  let first = 0;
  events.forEach(({ at }, index) => {
    while ((events[first]?.at ?? at) <= at - span) first++;
    const count = index - first + 1;
    if (count > best.count) best = { count, at: events[first]?.at ?? at, line: events[first]?.line ?? 0 };
  });
  return best;
}
