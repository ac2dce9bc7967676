// The axes of the plots: whole numbers upwards, the log's own clock along.
import type uPlot from "uplot";
import type { FrameLook, Look } from "./look.ts";
import { clock, day } from "./steps.ts";

/** Reads the look at the time of drawing, for the theme may have changed. */
export type LookNow = () => Look;
type FrameNow = () => FrameLook;

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const dayLong = 24 * hour;

/** What may lie between two marks on the axis of time. */
const spaces = [
  ...[1, 2, 5, 10, 15, 30].map((count) => count * second),
  ...[1, 2, 5, 10, 15, 30].map((count) => count * minute),
  ...[1, 2, 3, 6, 12].map((count) => count * hour),
  ...[1, 2, 7, 14].map((count) => count * dayLong),
];

const wholes = [1, 2, 5].flatMap((digit) => [0, 1, 2, 3, 4, 5, 6].map((power) => digit * 10 ** power));

/** The axis of time. `named` is false for a plot that stands on top of another with the same time. */
export function timeAxis(look: FrameNow, named: boolean): uPlot.Axis {
  return {
    ...common(look),
    incrs: spaces,
    space: 70,
    size: named ? 42 : 6,
    values: (_, splits, __, ___, between) =>
      splits.map((time, index) => (named ? timeMark(time, splits[index - 1], between) : null)),
  };
}

/** "10:02:05", with the day below where it begins; the day alone when marks are a day apart. */
function timeMark(time: number, before: number | undefined, between: number): string {
  if (between >= dayLong) return day(time);
  const text = between >= minute ? clock(time).slice(0, 5) : clock(time);
  return before === undefined || day(before) !== day(time) ? `${text}\n${day(time)}` : text;
}

/** The axis of a count. */
export function countAxis(look: FrameNow): uPlot.Axis {
  return {
    ...common(look),
    incrs: wholes.sort((a, b) => a - b),
    space: 28,
    size: 52,
    values: (_, splits) => splits.map((count) => count.toLocaleString("en")),
  };
}

function common(look: FrameNow): uPlot.Axis {
  const line = { stroke: () => look().grid, width: 1 };
  return { stroke: () => look().text, font: look().font, grid: line, ticks: { ...line, size: 4 } };
}
