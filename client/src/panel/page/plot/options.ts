// What uPlot is told: sessions as steps above, what became of the attempts as bars below, both over the same time.
import uPlot from "uplot";
import type { Series } from "../../../../../server/src/measurement.ts";
import { countAxis, type LookNow, timeAxis } from "./axes.ts";
import { highest } from "./steps.ts";
import { type Bounds, fitted } from "./window.ts";

/** What both plots have in common. */
export interface Common {
  readonly look: LookNow;
  readonly bounds: Bounds;
  /** Ties the plots to each other: what is pointed at or dragged over in one is so in the other. */
  readonly key: string;
  readonly hooks: uPlot.Hooks.Arrays;
}

/** The highest count that has to fit, with room for a label above. */
export function roof(counts: readonly number[]): number {
  return highest(counts) * 1.15;
}

/** The plot of the sessions; `top` is the most that is drawn. */
export function sessionOptions(common: Common, top: number): uPlot.Options {
  const { look } = common;
  return {
    ...base(common, top),
    height: 190,
    axes: [timeAxis(look, false), countAxis(look)],
    series: [
      {},
      {
        paths: uPlot.paths.stepped?.({ align: 1 }) ?? (() => null),
        points: { show: false },
        width: 2,
        stroke: () => look().sessions,
        fill: () => look().under,
      },
    ],
  };
}

/** The plot of the attempts: refusals stand on top of what was accepted, so the whole is drawn first. */
export function attemptOptions(common: Common, top: number): uPlot.Options {
  const { look } = common;
  const bars = {
    paths: uPlot.paths.bars?.({ align: 1, size: [0.86] }) ?? (() => null),
    points: { show: false },
    width: 1,
  };
  return {
    ...base(common, top),
    height: 150,
    axes: [timeAxis(look, true), countAxis(look)],
    series: [
      {},
      { ...bars, stroke: () => look().refused, fill: () => look().stripes },
      { ...bars, stroke: () => look().accepted, fill: () => look().accepted },
    ],
  };
}

/** The series as uPlot wants them, in the clock that `shift` leads to; one more moment ends the last step. */
export function plotData({ start, step, sessions, accepted, refused }: Series, shift: number) {
  const times = Array.from({ length: sessions.length + 1 }, (_, index) => start + shift + index * step);
  const both = accepted.map((count, index) => count + (refused[index] ?? 0));
  // No bar for nothing: its outline would be a line along the axis.
  const bar = (counts: readonly number[], none: readonly number[]) => [
    ...counts.map((count, index) => (count > 0 && none[index] !== 0 ? count : null)),
    null,
  ];
  return {
    sessions: [times, [...sessions, sessions.at(-1) ?? 0]] satisfies uPlot.AlignedData,
    attempts: [times, bar(both, refused), bar(accepted, accepted)] satisfies uPlot.AlignedData,
    top: roof(both),
  };
}

/** What every plot over time has: no more than the bounds, a scale of counts, dragging to zoom. */
export function base({ bounds, key, hooks }: Omit<Common, "look">, top: number) {
  return {
    width: 300,
    ms: 1 as const,
    tzDate: (time: number) => uPlot.tzDate(new Date(time), "UTC"),
    legend: { show: false },
    padding: [8, 28, 0, 0] as uPlot.Padding,
    scales: {
      x: { time: true, range: (_: uPlot, min: number, max: number) => rangeOf(fitted({ min, max }, bounds)) },
      y: { range: () => [0, top] as uPlot.Range.MinMax },
    },
    cursor: {
      y: false,
      points: { show: false },
      drag: { x: true, y: false, dist: 5 },
      sync: { key, setSeries: false, scales: ["x", null] as uPlot.Cursor.Sync.Scales },
    },
    hooks,
  };
}

function rangeOf({ min, max }: { min: number; max: number }): uPlot.Range.MinMax {
  return [min, max];
}
