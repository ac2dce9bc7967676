// Measured times in words, in the clock that the log itself shows.
import type { Finding } from "../model.ts";

/** How far a log's own clock is ahead of UTC, in milliseconds, by its first time that names a zone; 0 when none does. */
export function clockShift(findings: readonly Finding[]): number {
  const time = findings.find(({ delivery }) => delivery.time !== undefined)?.delivery.time;
  const [, sign, hours = "", minutes = ""] = /T.*([+-])(\d\d):?(\d\d)$/.exec(time ?? "") ?? [];
  if (sign === undefined) return 0;
  return (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}

/** A moment of a measurement and what its words need: from when to when the log goes, and its clock. */
export interface Period {
  readonly first: number;
  readonly last: number;
  readonly shift: number;
}

/** "10:02:07", with "Nov 23" before it when the log is longer than a day; years of many logs are only guessed. */
export function momentText(at: number, { first, last, shift }: Period): string {
  const shown = new Date(at + shift);
  const time = shown.toISOString().slice(11, 19);
  if (last - first < 86_400_000) return time;
  const day = shown.toLocaleDateString("en-US", { month: "short", day: "numeric", timeZone: "UTC" });
  return `${day} ${time}`;
}

/** "31 seconds", "58 minutes", "3.5 hours": one unit, rounded as a person would. */
export function lengthText(ms: number): string {
  if (ms < 1000) return "less than a second";
  const units: readonly (readonly [number, string])[] = [
    [86_400_000, "day"],
    [3_600_000, "hour"],
    [60_000, "minute"],
    [1000, "second"],
  ];
  const [size, name] = units.find(([size]) => ms >= size) ?? [1000, "second"];
  const count = ms / size;
  const rounded = count < 10 && size >= 3_600_000 ? Math.round(count * 2) / 2 : Math.round(count);
  return `${rounded.toLocaleString("en-US")} ${name}${rounded === 1 ? "" : "s"}`;
}
