// The figure of one measurement: legend, plots, what is pointed at in words, and the buttons to zoom.

import type { MeasuredPage } from "../../../../../server/src/protocol.ts";
import { type Child, el } from "../dom.ts";
import { visible } from "../text.ts";
import { type Charts, makeCharts } from "./charts.ts";
import { type Controls, controls, listenToKeys } from "./controls.ts";
import { attemptLegend, sessionLegend } from "./legend.ts";
import { lookOf } from "./look.ts";
import { pointer } from "./pointer.ts";
import { follow, whenSeen } from "./watch.ts";
import { isWhole, type Span } from "./window.ts";

/** What the figure needs of the page around. */
export interface PlotTools {
  /** From UTC to the log's own clock, in milliseconds. */
  readonly shift: number;
  /** Goes to a line of the log; undefined when there is none to go to. */
  readonly jump: ((line: number) => void) | undefined;
}

/** The parts of a figure before anything is drawn in it. */
interface Frame {
  readonly figure: HTMLElement;
  readonly plot: HTMLElement;
  readonly boxes: { readonly sessions: HTMLElement; readonly attempts: HTMLElement };
  readonly readout: HTMLElement;
  readonly spoken: HTMLElement;
  readonly zoom: HTMLElement;
}

/** The parts of the time that readers zoomed to, by figure: the page is drawn anew while a log grows. */
const kept = new Map<string, Span>();

/** The figure; what is costly is made when it comes into sight. Undefined when there is nothing to draw. */
export function plotFigure(measured: MeasuredPage, tools: PlotTools): HTMLElement | undefined {
  const { start, step, sessions } = measured.series;
  if (sessions.length === 0 || !Number.isFinite(start) || !(step > 0)) return undefined;
  const frame = frameOf(measured);
  whenSeen(frame.plot, () => liven(frame, measured, tools));
  return frame.figure;
}

const mouse = "Drag over the plot to zoom, double-click for the whole time, click to go to the line.";
const keyboard = "With the keyboard: arrow keys, Enter, + and −, 0.";

function frameOf(measured: MeasuredPage): Frame {
  const boxes = { sessions: el("div", { class: "chart" }), attempts: el("div", { class: "chart" }) };
  const label = `Plot of ${visible(measured.title)} over time. The same numbers are in the table below.`;
  const plot = el(
    "div",
    { class: "plot", tabindex: "0", role: "group", "aria-label": label, "data-key": measured.title },
    [sessionLegend(measured), boxes.sessions, attemptLegend(measured), boxes.attempts],
  );
  const readout = el("p", { class: "readout", "aria-hidden": "true" });
  const spoken = el("p", { class: "unseen", role: "status" });
  const zoom = el("div");
  const hint = el("p", { class: "meta" }, [`${mouse} ${keyboard}`]);
  const figure = el("figure", {}, [plot, readout, spoken, zoom, hint] satisfies Child[]);
  return { figure, plot, boxes, readout, spoken, zoom };
}

function liven(frame: Frame, measured: MeasuredPage, { shift, jump }: PlotTools): void {
  const { series, title } = measured;
  const { plot, boxes } = frame;
  const reader = pointer(series, shift, frame);
  let look = lookOf(plot);
  let buttons: Controls | undefined;
  const charts: Charts = makeCharts({
    measured,
    shift,
    boxes,
    look: () => look,
    pointed: reader.hover,
    shown: (span) => {
      if (buttons === undefined) return;
      remember(title, span, charts);
      buttons.shown(span);
    },
    clicked: (line) => jump?.(line),
  });
  buttons = controls(charts, title, reader);
  frame.zoom.replaceWith(buttons.element);
  listenToKeys(plot, { charts, reader, steps: series.sessions.length, jump });
  const repainted = (): void => {
    look = lookOf(plot);
    charts.repaint();
  };
  follow(plot, { resized: charts.resize, repainted, left: charts.destroy });
  charts.show(kept.get(title) ?? charts.bounds.full);
  buttons.shown(charts.span());
}

function remember(title: string, span: Span, { bounds }: Charts): void {
  if (isWhole(span, bounds)) kept.delete(title);
  else kept.set(title, span);
}
