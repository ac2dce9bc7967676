// Times of log lines as ISO 8601, and the years that syslog leaves out.

import type { Clock } from "../model.ts";

/** A time as a line shows it: complete, or without its year. */
export type Stamp =
  | { readonly kind: "iso"; readonly iso: string }
  | { readonly kind: "yearless"; readonly month: number; readonly day: number; readonly time: string };

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const dayMs = 86_400_000;

/** 1 to 12 for "Jan" to "Dec", 0 for anything else. */
export function monthOf(name: string): number {
  return months.indexOf(name) + 1;
}

/** The year of a log's first line, from its first and last stamps and the day the file was last written. */
export function startYear(first: Stamp, last: Stamp, fileDate: Date): number | undefined {
  if (first.kind === "iso") return Number(first.iso.slice(0, 4));
  const end = last.kind === "iso" ? Number(last.iso.slice(0, 4)) : lastYear(last, fileDate);
  const wraps = last.kind === "yearless" && isLater(first, last) ? 1 : 0;
  return end - wraps;
}

/** The first time of a log, and its year. */
export interface Start {
  readonly stamp: Stamp;
  readonly year: number;
}

/** The year of a log's first line that is not younger than the first of the log behind it. */
export function yearBefore({ stamp, year }: Start, next: Start): number {
  if (stamp.kind === "iso") return year;
  const wraps = next.stamp.kind === "yearless" ? isLater(stamp, next.stamp) : isLaterThanDay(stamp, next.stamp.iso);
  return Math.min(year, next.year - (wraps ? 1 : 0));
}

function isLaterThanDay(a: Stamp & { kind: "yearless" }, iso: string): boolean {
  return isLater(a, { kind: "yearless", month: Number(iso.slice(5, 7)), day: Number(iso.slice(8, 10)), time: "" });
}

/** The clock before a log's first line; without `fileDate` years stay unknown. */
export function startClock(year: number | undefined): Clock {
  return { year, month: 0 };
}

/** The clock behind a line: December to January adds a year, small steps back do not. */
export function advance(clock: Clock, stamp: Stamp | undefined): Clock {
  if (stamp === undefined) return clock;
  if (stamp.kind === "iso") return { year: Number(stamp.iso.slice(0, 4)), month: Number(stamp.iso.slice(5, 7)) };
  const year = clock.year !== undefined && clock.month !== 0 ? clock.year + step(clock.month, stamp.month) : clock.year;
  return { year, month: stamp.month };
}

/** The stamp as ISO 8601 by a clock that has been advanced to it; undefined when its year is not known. */
export function isoTime(stamp: Stamp | undefined, clock: Clock): string | undefined {
  if (stamp === undefined) return undefined;
  if (stamp.kind === "iso") return stamp.iso;
  if (clock.year === undefined) return undefined;
  return `${clock.year}-${two(stamp.month)}-${two(stamp.day)}T${stamp.time}`;
}

/** The clock at a time that was given out before, to go on from there. */
export function clockAt(time: string): Clock {
  return { year: Number(time.slice(0, 4)), month: Number(time.slice(5, 7)) };
}

// A jump of more than half a year is a turn of the year; lines may stand a little out of order around it.
function step(before: number, now: number): number {
  if (before - now > 6) return 1;
  return now - before > 6 ? -1 : 0;
}

// A line is never younger than its file, give or take a day for time zones.
function lastYear(last: Stamp & { kind: "yearless" }, fileDate: Date): number {
  const year = fileDate.getUTCFullYear();
  const stamp = Date.UTC(year + 1, last.month - 1, last.day);
  if (stamp <= fileDate.getTime() + dayMs) return year + 1;
  return Date.UTC(year, last.month - 1, last.day) <= fileDate.getTime() + dayMs ? year : year - 1;
}

// Lines a few days out of order are no turn of the year.
function isLater(a: Stamp & { kind: "yearless" }, b: Stamp & { kind: "yearless" }): boolean {
  return a.month * 31 + a.day - (b.month * 31 + b.day) > 3;
}

function two(value: number): string {
  return String(value).padStart(2, "0");
}
