// The year that syslog leaves out: told by a log's first and last times and the date of its file.
import type { Clock, Delivery } from "../model.ts";
import { clockAt, type Stamp, startClock, startYear } from "./clock.ts";
import { carriedText } from "./container.ts";
import { longestLine } from "./scan.ts";
import { readPrefix, readTime, skipContainer } from "./syslog.ts";

/** The year of a text's first line; undefined when nothing tells it. */
export function firstYear(text: string, fileDate: Date | undefined): number | undefined {
  const first = stampNear(text.slice(0, longestLine).split("\n").slice(0, 50));
  const last = stampNear(text.slice(-longestLine).split("\n").slice(-50).reverse());
  return first === undefined || last === undefined || fileDate === undefined
    ? undefined
    : startYear(first, last, fileDate);
}

/** The first time on any of these lines. */
export function stampNear(lines: readonly string[]): Stamp | undefined {
  for (const line of lines.map(carriedText)) {
    const stamp = readPrefix(line)?.stamp ?? readTime(line, skipContainer(line, 0))?.stamp;
    if (stamp !== undefined) return stamp;
  }
  return undefined;
}

/** The clock to go on with behind a delivery, or at the start of a text. */
export function clockBehind(delivery: Delivery | undefined, text: string, fileDate: Date | undefined): Clock {
  return delivery?.time === undefined ? startClock(firstYear(text, fileDate)) : clockAt(delivery.time);
}
