// The two plots as one: shown, zoomed, pointed at, resized and ended together.
import uPlot from "uplot";
import type { MeasuredPage } from "../../../../../server/src/protocol.ts";
import type { LookNow } from "./axes.ts";
import { isBeyond, limitLines, limitsOf } from "./limits.ts";
import { attemptOptions, type Common, plotData, roof, sessionOptions } from "./options.ts";
import { onClick, pointAt, spanOf } from "./shared.ts";
import { boundsOf, lineNear, stepAt } from "./steps.ts";
import { type Bounds, fitted, type Span } from "./window.ts";

/** The plots, as their controls see them. Times are in the clock of the plot. */
export interface Charts {
  readonly bounds: Bounds;
  span(): Span;
  show(span: Span): void;
  /** Puts the cursor on a step. */
  point(step: number): void;
  resize(width: number): void;
  /** Draws anew in the colours of now. */
  repaint(): void;
  destroy(): void;
}

/** What the plots are made of. */
export interface Making {
  readonly measured: MeasuredPage;
  /** From UTC to the log's own clock, in milliseconds. */
  readonly shift: number;
  readonly boxes: { readonly sessions: HTMLElement; readonly attempts: HTMLElement };
  readonly look: LookNow;
  /** The reader points at a step, or at none; sees another part; clicks on a line's step. */
  pointed(step: number | undefined): void;
  shown(span: Span): void;
  clicked(line: number): void;
}

/** Makes the plots inside their boxes. */
export function makeCharts(making: Making): Charts {
  const { measured, shift, boxes } = making;
  const series = { ...measured.series, start: measured.series.start + shift };
  const bounds = boundsOf(series);
  const data = plotData(measured.series, shift);
  const limits = limitsOf(measured).filter((limit) => !isBeyond(limit, series.sessions));
  const common = commonOf(making, bounds);
  const place = limitLines(limits);
  const top = sessionOptions(
    { ...common, hooks: { ...common.hooks, draw: [place] } },
    roof([...series.sessions, ...limits.map(({ value }) => value)]),
  );
  const plots = [
    new uPlot(top, data.sessions, boxes.sessions),
    new uPlot(attemptOptions(common, data.top), data.attempts, boxes.attempts),
  ] as const;
  for (const plot of plots) onClick(plot, (offsetX) => lineAt(plot, offsetX, making), making.clicked);
  return chartsOf(plots, bounds, series);
}

function chartsOf(plots: readonly [uPlot, uPlot], bounds: Bounds, series: MeasuredPage["series"]): Charts {
  const each = (work: (plot: uPlot) => void): void => plots.forEach(work);
  return {
    bounds,
    span: () => spanOf(plots[0], bounds),
    // As a batch, so that what is asked next sees the new part already.
    show: (span) => each((plot) => plot.batch(() => plot.setScale("x", fitted(span, bounds)))),
    point: (step) => each((plot) => pointAt(plot, series.start + (step + 0.5) * series.step)),
    resize: (width) => each((plot) => width > 0 && plot.setSize({ width, height: plot.height })),
    repaint: () => each((plot) => plot.redraw(false)),
    destroy: () => each((plot) => plot.destroy()),
  };
}

let made = 0;

function commonOf({ look, measured, shift, pointed, shown }: Making, bounds: Bounds): Common {
  made += 1;
  const hooks: uPlot.Hooks.Arrays = {
    setCursor: [(plot) => pointed(stepUnder(plot))],
    setScale: [(plot, key) => key === "x" && shown(spanOf(plot, bounds))],
  };
  const stepUnder = ({ cursor, posToVal }: uPlot): number | undefined =>
    cursor.left === undefined || cursor.left < 0
      ? undefined
      : stepAt(measured.series, posToVal(cursor.left, "x") - shift);
  return { look, bounds, key: `measured-${made}`, hooks };
}

/** How far from a bar a click still means it, in pixels. */
const reach = 6;

/** The line that a click at a place means. */
function lineAt(plot: uPlot, offsetX: number, { measured: { series }, shift }: Making): number | undefined {
  const time = plot.posToVal(offsetX, "x");
  const step = stepAt(series, time - shift);
  const steps = Math.ceil((plot.posToVal(offsetX + reach, "x") - time) / series.step);
  return step === undefined ? undefined : lineNear(series, step, steps);
}
