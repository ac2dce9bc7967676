// The plot of failures over time: bars of our own refusals, temporary and permanent ones on top of each other.
import uPlot from "uplot";
import type { ReportTimes } from "../../../../../server/src/logProtocol.ts";
import { countAxis, timeAxis } from "../plot/axes.ts";
import type { Charts } from "../plot/charts.ts";
import type { FailureLook } from "../plot/look.ts";
import { base, roof } from "../plot/options.ts";
import { onClick, pointAt, spanOf } from "../plot/shared.ts";
import { type Bounds, fitted, type Span } from "../plot/window.ts";
import { failuresIn } from "./steps.ts";

/** What the plot tells the figure around. */
export interface Telling {
  readonly look: () => FailureLook;
  /** The reader points at a step, or at none; sees another part; clicks on a step. */
  pointed(step: number | undefined): void;
  shown(span: Span): void;
  clicked(step: number): void;
}

/** Makes the plot inside its box. */
export function makeFailuresChart(times: ReportTimes, box: HTMLElement, telling: Telling): Charts {
  const { start, step } = times;
  const length = times.places.length;
  const bounds: Bounds = { full: { min: start, max: start + length * step }, least: Math.min(2, length) * step };
  const stepAt = (time: number): number | undefined => {
    const at = Math.floor((time - start) / step);
    return at >= 0 && at < length ? at : undefined;
  };
  const plot = new uPlot(optionsOf(times, { bounds, stepAt, telling }), dataOf(times), box);
  onClick(plot, (offsetX) => stepAt(plot.posToVal(offsetX, "x")), telling.clicked);
  return {
    bounds,
    span: () => spanOf(plot, bounds),
    // As a batch, so that what is asked next sees the new part already.
    show: (span) => plot.batch(() => plot.setScale("x", fitted(span, bounds))),
    point: (at) => pointAt(plot, start + (at + 0.5) * step),
    resize: (width) => width > 0 && plot.setSize({ width, height: plot.height }),
    repaint: () => plot.redraw(false),
    destroy: () => plot.destroy(),
  };
}

type StepAt = (time: number) => number | undefined;

interface Making {
  readonly bounds: Bounds;
  readonly stepAt: StepAt;
  readonly telling: Telling;
}

function optionsOf(times: ReportTimes, { bounds, stepAt, telling }: Making): uPlot.Options {
  const { look } = telling;
  const bars = {
    paths: uPlot.paths.bars?.({ align: 1, size: [0.9] }) ?? (() => null),
    points: { show: false },
    width: 1,
  };
  const hooks: uPlot.Hooks.Arrays = {
    setCursor: [({ cursor, posToVal }) => telling.pointed(underCursor(cursor.left, posToVal, stepAt))],
    setScale: [(plot, scale) => scale === "x" && telling.shown(spanOf(plot, bounds))],
  };
  const top = roof(times.places.map((_, index) => failuresIn(times, index)));
  return {
    ...base({ bounds, key: "failures", hooks }, top),
    height: 220,
    axes: [timeAxis(look, true), countAxis(look)],
    // The whole is drawn first: what is below covers its lower part.
    series: [
      {},
      { ...bars, stroke: () => look().permanent, fill: () => look().stripes },
      { ...bars, stroke: () => look().temporary, fill: () => look().temporary },
      { ...bars, stroke: () => look().ours, fill: () => look().dots },
    ],
  };
}

function underCursor(left: number | undefined, posToVal: uPlot["posToVal"], stepAt: StepAt): number | undefined {
  return left === undefined || left < 0 ? undefined : stepAt(posToVal(left, "x"));
}

/** Heights from the ground; no bar for nothing: its outline would be a line along the axis. */
function dataOf(times: ReportTimes): uPlot.AlignedData {
  const { start, step, counts } = times;
  const moments = Array.from({ length: times.places.length + 1 }, (_, index) => start + index * step);
  const bar = (own: readonly number[], below: (index: number) => number) => [
    ...own.map((count, index) => (count === 0 ? null : count + below(index))),
    null,
  ];
  const ours = (index: number): number => counts.ours[index] ?? 0;
  const lower = (index: number): number => ours(index) + (counts.temporary[index] ?? 0);
  return [moments, bar(counts.permanent, lower), bar(counts.temporary, ours), bar(counts.ours, () => 0)];
}
