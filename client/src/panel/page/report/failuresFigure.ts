// The figure of a report: failures over time, what is pointed at in words, and the buttons to zoom.
import type { ReportTimes } from "../../../../../server/src/logProtocol.ts";
import { el } from "../dom.ts";
import { type Controls, controls, listenToKeys } from "../plot/controls.ts";
import { failureLookOf } from "../plot/look.ts";
import type { Pointer } from "../plot/pointer.ts";
import { stepName } from "../plot/steps.ts";
import { follow, whenSeen } from "../plot/watch.ts";
import type { Span } from "../plot/window.ts";
import { makeFailuresChart } from "./failuresChart.ts";
import type { Places } from "./place.ts";
import { stepCount, stepWords, worst } from "./steps.ts";

/** The parts of the figure before anything is drawn in it. */
interface Frame {
  readonly figure: HTMLElement;
  readonly plot: HTMLElement;
  readonly box: HTMLElement;
  readonly readout: HTMLElement;
  readonly spoken: HTMLElement;
  readonly zoom: HTMLElement;
}

const key = "failures";
const hint =
  "Drag over the plot to zoom, double-click for the whole time, click to go to the first failure of a step. With the keyboard: arrow keys, Enter, + and −, 0.";

/** The part that the reader zoomed to: the page is drawn anew after each counting. */
let kept: Span | undefined;

/** The figure; the plot is made when it comes into sight. */
export function failuresFigure(times: ReportTimes, places: Places): HTMLElement {
  const frame = frameOf(times);
  whenSeen(frame.plot, () => liven(frame, times, places));
  return frame.figure;
}

function frameOf({ step }: ReportTimes): Frame {
  const label = "Plot of the failures over time. The same numbers are in the table below.";
  const box = el("div", { class: "chart" });
  const names = { permanent: "permanent", temporary: "temporary", ours: "refused by us" };
  const legend = el("ul", { class: "legend" }, [
    el("li", {}, [`Failures in each ${stepName(step)}:`]),
    ...Object.entries(names).map(([kind, name]) =>
      el("li", {}, [el("span", { class: `key ${kind}`, "aria-hidden": "true" }), name]),
    ),
  ]);
  const attributes = { class: "plot", tabindex: "0", role: "group", "aria-label": label, "data-key": key };
  const plot = el("div", attributes, [legend, box]);
  const readout = el("p", { class: "readout", "aria-hidden": "true" });
  const spoken = el("p", { class: "unseen", role: "status" });
  const zoom = el("div");
  const figure = el("figure", {}, [plot, readout, spoken, zoom, el("p", { class: "meta" }, [hint])]);
  return { figure, plot, box, readout, spoken, zoom };
}

function liven(frame: Frame, times: ReportTimes, places: Places): void {
  const { files, send } = places;
  const { plot, box } = frame;
  const reader = pointerOf(times, frame, files);
  let look = failureLookOf(plot);
  let buttons: Controls | undefined;
  const go = (step: number): void => {
    const place = times.places[step];
    if (place !== undefined) send({ type: "place", file: place.file, line: place.line });
  };
  const chart = makeFailuresChart(times, box, {
    look: () => look,
    pointed: reader.hover,
    shown: (span) => {
      kept = buttons === undefined ? kept : span;
      buttons?.shown(span);
    },
    clicked: go,
  });
  buttons = controls(chart, key, reader);
  frame.zoom.replaceWith(buttons.element);
  listenToKeys(plot, { charts: chart, reader, steps: stepCount(times), jump: go });
  const repainted = (): void => {
    look = failureLookOf(plot);
    chart.repaint();
  };
  follow(plot, { resized: chart.resize, repainted, left: chart.destroy });
  chart.show(kept ?? chart.bounds.full);
  buttons.shown(chart.span());
}

/** Begins at the worst step; its "line" is the step itself, which leads to a place in one of the logs. */
function pointerOf(times: ReportTimes, { readout, spoken }: Frame, files: Places["files"]): Pointer {
  let at = worst(times);
  const hover = (step: number | undefined): void => {
    at = step ?? at;
    readout.textContent = stepWords(times, at, files);
  };
  hover(at);
  return {
    step: () => at,
    timeOf: (step) => times.start + (step + 0.5) * times.step,
    line: () => (times.places[at] === undefined ? undefined : at),
    hover,
    go: (step) => {
      hover(step);
      spoken.textContent = readout.textContent;
    },
  };
}
