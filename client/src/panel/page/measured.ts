// Draws what was measured in the reader's log: figures, how they were counted, the plot, and the same as a table.
import type { Figure, MeasuredPage } from "../../../../server/src/protocol.ts";
import { type Child, el, section } from "./dom.ts";
import type { Drawing } from "./drawing.ts";
import { lineJump } from "./lineJump.ts";
import type { Send } from "./link.ts";
import { plotFigure } from "./plot/plot.ts";
import { clockShift, stepName } from "./plot/steps.ts";
import { readableTime, visible } from "./text.ts";

/** The log whose lines are led to. */
interface Log {
  readonly uri: string | undefined;
  readonly shift: number;
  readonly send: Send;
}

/** The measurements, the first open; undefined when nothing was measured. */
export function measuredSection({ page, send }: Drawing): HTMLElement | undefined {
  const { measured } = page;
  if (measured.length === 0) return undefined;
  const log = { uri: page.log?.uri, shift: clockShift(page.log?.first), send };
  const parts = measured.map((one, index) => (measured.length === 1 ? single(one, log) : folded(one, index, log)));
  return section("measured", "Measured in this log", parts);
}

function single(one: MeasuredPage, log: Log): HTMLElement {
  return el("div", { class: "measured" }, [el("h3", {}, [visible(one.title)]), ...body(one, log)]);
}

function folded(one: MeasuredPage, index: number, log: Log): HTMLElement {
  const open: Record<string, string> = index === 0 ? { open: "" } : {};
  return el("details", { class: "measured", "data-key": `measured-${one.title}`, ...open }, [
    el("summary", {}, [el("h3", {}, [visible(one.title)])]),
    ...body(one, log),
  ]);
}

function body(one: MeasuredPage, log: Log): Child[] {
  const { uri, shift, send } = log;
  const jump = uri === undefined ? undefined : (line: number) => send({ type: "jump", uri, line });
  return [
    el(
      "dl",
      { class: "figures" },
      one.figures.map((figure, index) => figureItem(figure, `figure-${one.title}-${index}`, log)),
    ),
    el("p", { class: "method" }, [el("strong", {}, ["How it was counted: "]), visible(one.method)]),
    plotFigure(one, { shift, jump }),
    tablePart(one, log),
  ];
}

function figureItem({ label, value, line }: Figure, key: string, { uri, send }: Log): HTMLElement {
  return el("div", {}, [
    el("dt", {}, [visible(label)]),
    el("dd", {}, [
      el("span", {}, [visible(value)]),
      uri === undefined || line === undefined ? undefined : lineJump({ uri, line }, key, send),
    ]),
  ]);
}

const heads = ["Time", "Sessions at once", "Accepted", "Refused or put off", "Line"];

function tablePart(one: MeasuredPage, log: Log): HTMLElement | undefined {
  const { table, title, series } = one;
  if (table.length === 0) return undefined;
  const caption = `${title}: each ${stepName(series.step)} in which anything happened${table.length < 60 ? "" : ", 60 of them"}`;
  const head = heads.map((text, at) => el("th", { scope: "col", class: at > 0 && at < 4 ? "count" : "" }, [text]));
  const rows = table.map((row) => el("tr", {}, cells(row, title, log)));
  return el("details", { class: "as-table", "data-key": `table-${title}` }, [
    el("summary", {}, ["The same as a table"]),
    el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": visible(caption) }, [
      el("table", { class: "numbers" }, [
        el("caption", {}, [visible(caption)]),
        el("thead", {}, [el("tr", {}, head)]),
        el("tbody", {}, rows),
      ]),
    ]),
  ]);
}

function cells(row: MeasuredPage["table"][number], title: string, { uri, send }: Log): HTMLElement[] {
  const { time, sessions, accepted, refused, line } = row;
  const jump: Child =
    uri === undefined || line === undefined ? "–" : lineJump({ uri, line }, `row-${title}-${line}`, send);
  return [
    el("th", { scope: "row", class: "time" }, [readableTime(time)]),
    ...[sessions, accepted, refused].map((count) => el("td", { class: "count" }, [count.toLocaleString("en")])),
    el("td", {}, [jump]),
  ];
}
