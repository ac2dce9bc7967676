// The steps of a measured series: which one a moment is in, what it holds in words, where its line is.
import type { Series } from "../../../../../server/src/measurement.ts";
import { counted } from "../words.ts";
import type { Bounds } from "./window.ts";

/** The time that the series covers. */
export function boundsOf({ start, step, sessions }: Series): Bounds {
  return { full: { min: start, max: start + Math.max(sessions.length, 1) * step }, least: 2 * step };
}

/** The step that `time` is in; undefined outside of the series. */
export function stepAt({ start, step, sessions }: Series, time: number): number | undefined {
  const index = Math.floor((time - start) / step);
  return index >= 0 && index < sessions.length ? index : undefined;
}

/** The line of the step, or of the nearest one within `reach` steps; undefined when there is none. */
export function lineNear({ lines }: Series, index: number, reach: number): number | undefined {
  for (let away = 0; away <= reach; away += 1) {
    const line = lines[index - away] ?? lines[index + away];
    if (line !== undefined) return line;
  }
  return undefined;
}

/** The highest of the counts, at least 1. */
export function highest(counts: readonly number[]): number {
  return counts.reduce((most, count) => Math.max(most, count), 1);
}

/** The step with the most sessions. */
export function busiest({ sessions }: Series): number {
  return sessions.reduce((best, count, index) => (count > (sessions[best] ?? 0) ? index : best), 0);
}

/** "10:02:05 to 10:02:10: 14 sessions, 5 accepted, 9 refused or put off. Line 812." in the clock that `shift` leads to. */
export function stepText(series: Series, index: number, shift: number): string {
  const { start, step, sessions, accepted, refused, lines } = series;
  const from = start + index * step + shift;
  const days = step * sessions.length > 86_400_000;
  const counts = [
    `${counted(sessions[index] ?? 0, "session")} at once`,
    `${(accepted[index] ?? 0).toLocaleString("en")} accepted`,
    `${(refused[index] ?? 0).toLocaleString("en")} refused or put off`,
  ];
  const line = lines[index];
  const where = line === undefined ? "" : `, line ${(line + 1).toLocaleString("en")}`;
  return `${days ? `${day(from)} ` : ""}${clock(from)} to ${clock(from + step)}: ${counts.join(", ")}${where}`;
}

/** How long a step is, for "in each …": "5 seconds", "minute". */
export function stepName(step: number): string {
  const units: readonly (readonly [number, string])[] = [
    [86_400_000, "day"],
    [3_600_000, "hour"],
    [60_000, "minute"],
    [1_000, "second"],
  ];
  const [length, name] = units.find(([unit]) => step >= unit && step % unit === 0) ?? [1, "millisecond"];
  return step === length ? name : counted(step / length, name);
}

/** "10:02:05" of a time that is in the wanted clock already. */
export function clock(time: number): string {
  return new Date(time).toISOString().slice(11, 19);
}

/** "Nov 20": logs without a year have only a guessed one. */
export function day(time: number): string {
  return new Date(time).toLocaleDateString("en", { month: "short", day: "numeric", timeZone: "UTC" });
}

/** How far the log's own clock is ahead of UTC, in milliseconds; 0 when its times name no zone. */
export function clockShift(time: string | undefined): number {
  const [, sign, hours, minutes] = /T.*([+-])(\d\d):?(\d\d)$/.exec(time ?? "") ?? [];
  if (hours === undefined || minutes === undefined) return 0;
  return (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}
