// The steps of a report's timeline: what each holds, in words.
import type { ReportFile, ReportTimes } from "../../../../../server/src/logProtocol.ts";
import { clock, day } from "../plot/steps.ts";
import { placeName } from "./placeName.ts";

/** How many steps there are. */
export function stepCount({ places }: ReportTimes): number {
  return places.length;
}

/** All failures of a step. */
export function failuresIn({ counts: { permanent, temporary, ours } }: ReportTimes, index: number): number {
  return (permanent[index] ?? 0) + (temporary[index] ?? 0) + (ours[index] ?? 0);
}

/** The step with most failures. */
export function worst(times: ReportTimes): number {
  const all = times.places.map((_, index) => failuresIn(times, index));
  return all.indexOf(Math.max(...all));
}

/** "Jun 3 10:00 to 10:10: 9 permanent, 41 temporary; the first on line 12". */
export function stepWords(times: ReportTimes, index: number, files: readonly ReportFile[]): string {
  const { counts, places } = times;
  const parts = [
    [counts.permanent[index], "permanent"],
    [counts.temporary[index], "temporary"],
    [counts.ours[index], "refused by us"],
  ] as const;
  const told = parts.flatMap(([count = 0, what]) => (count === 0 ? [] : [`${count.toLocaleString("en")} ${what}`]));
  const place = places[index];
  const where = place === undefined ? "" : `; the first on ${placeName(place, files)}`;
  return `${spanWords(times, index)}: ${told.length === 0 ? "no failure" : told.join(", ")}${where}`;
}

const dayMs = 86_400_000;

/** "Jun 3 10:00", from a step's beginning; a day alone where steps are days. */
export function beginning({ start, step }: ReportTimes, index: number): string {
  const from = start + index * step;
  return step >= dayMs ? day(from) : `${day(from)} ${clock(from).slice(0, 5)}`;
}

/** "Jun 3 10:00 to 10:10", "Jun 3", "Jun 3 to Jun 9": when a step is. */
export function spanWords({ start, step }: ReportTimes, index: number): string {
  const from = start + index * step;
  const end = from + step;
  if (step === dayMs) return day(from);
  if (step > dayMs) return `${day(from)} to ${day(end - dayMs)}`;
  return `${day(from)} ${clock(from).slice(0, 5)} to ${clock(end).slice(0, 5)}`;
}
