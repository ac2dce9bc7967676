// The years in which logs begin, for a set of logs in time order: syslog leaves them out.
import { type Start, startYear, yearBefore } from "../../log/clock.ts";
import type { Glimpse } from "./glimpse.ts";

/** The year of each log's first line; undefined where nothing tells it. */
export function yearsOf(logs: readonly (Glimpse | undefined)[]): readonly (number | undefined)[] {
  const years: (number | undefined)[] = [];
  let next: Start | undefined;
  for (const log of [...logs].reverse()) {
    const year = log && yearOf(log);
    const start = log?.first === undefined || year === undefined ? undefined : { stamp: log.first, year };
    const bounded = start && (next === undefined ? start.year : yearBefore(start, next));
    years.unshift(bounded);
    if (start !== undefined && bounded !== undefined) next = { stamp: start.stamp, year: bounded };
  }
  return years;
}

// The end of a packed log is not looked at: its last line is no younger than the file, and a log lasts less than a year.
function yearOf({ first, last, date }: Glimpse): number | undefined {
  return first === undefined ? undefined : startYear(first, last ?? first, date);
}
