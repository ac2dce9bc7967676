// The steps of a report's timeline: what each holds, in words.
import type { ReportTimes } from "../../../../../server/src/logProtocol.ts";
import { clock, day, stepName } from "../plot/steps.ts";

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

/** "Jun 3 10:00 to 10:10: 9 permanent, 41 temporary." */
export function stepWords(times: ReportTimes, index: number): string {
  const { counts, places } = times;
  const parts = [
    [counts.permanent[index], "permanent"],
    [counts.temporary[index], "temporary"],
    [counts.ours[index], "refused by us"],
  ] as const;
  const told = parts.flatMap(([count = 0, what]) => (count === 0 ? [] : [`${count.toLocaleString("en")} ${what}`]));
  const line = places[index]?.line;
  const where = line === undefined ? "" : `, the first on line ${(line + 1).toLocaleString("en")}`;
  return `${spanWords(times, index)}: ${told.length === 0 ? "no failure" : told.join(", ")}${where}`;
}

/** "Jun 3 10:00", from a step's beginning; a day alone where steps are days. */
export function beginning({ start, step }: ReportTimes, index: number): string {
  const from = start + index * step;
  return step >= 86_400_000 ? day(from) : `${day(from)} ${clock(from).slice(0, 5)}`;
}

function spanWords(times: ReportTimes, index: number): string {
  return `${beginning(times, index)}, ${stepName(times.step)}`;
}
