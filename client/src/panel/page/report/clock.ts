// Whose clock the times of a report are in: said once, so that it need not stand beside each time.
import type { ReportPage } from "../../../../../server/src/logProtocol.ts";

/** The zones that the report's times name; "" for times that name none. */
function zonesOf({ providers }: ReportPage): ReadonlySet<string> {
  const places = providers.flatMap(({ codes }) => codes.flatMap(({ first, last }) => [first, last]));
  const times = places.map(({ time }) => time).filter((time) => time !== undefined);
  return new Set(times.map((time) => /(?:Z|[+-]\d\d:?\d\d)$/.exec(time)?.[0] ?? ""));
}

/** A sentence about the clock; undefined when no time is known. */
export function clockWords(page: ReportPage): string | undefined {
  const [zone, ...others] = zonesOf(page);
  if (zone === undefined) return undefined;
  if (others.length > 0) return "Times are in the clock of each log.";
  if (zone === "") return "Times are in the log’s own clock; it names no time zone.";
  return `Times are in the log’s own clock, ${/^(?:Z|[+-]00:?00)$/.test(zone) ? "UTC" : `UTC${zone}`}.`;
}

/** True when all times are in one clock, so that they need not name it. */
export function hasOneClock(page: ReportPage): boolean {
  return zonesOf(page).size < 2;
}
