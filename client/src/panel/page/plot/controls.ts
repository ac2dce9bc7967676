// Zoom without a mouse: buttons for all, and keys on the plot itself.
import { button, el } from "../dom.ts";
import type { Charts } from "./charts.ts";
import type { Pointer } from "./pointer.ts";
import { fitted, moved, type Span, showing, zoomed } from "./window.ts";

/** The buttons, and what to tell them when another part of the time is shown. */
export interface Controls {
  readonly element: HTMLElement;
  shown(span: Span): void;
}

type Change = (span: Span, centre: number) => Span;

const changes: Readonly<Record<string, Change>> = {
  "Zoom in": (span, centre) => zoomed(span, 0.5, centre),
  "Zoom out": (span, centre) => zoomed(span, 2, centre),
  Earlier: (span) => moved(span, -0.5),
  Later: (span) => moved(span, 0.5),
  "Whole time": () => ({ min: Number.MIN_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER }),
};

/** The buttons, which zoom in on where the reader is; those that would change nothing are marked so and stay in reach. */
export function controls(charts: Charts, key: string, reader: Pointer): Controls {
  const buttons = Object.entries(changes).map(([name, change]) => {
    const press = () => apply(change, charts, reader);
    const element = button(name, { class: "secondary", "data-key": `${key}-${name}` }, press);
    return { element, change };
  });
  return {
    element: el(
      "div",
      { class: "actions zoom", role: "group", "aria-label": "Zoom" },
      buttons.map(({ element }) => element),
    ),
    shown: (span) => {
      for (const { element, change } of buttons)
        element.setAttribute(
          "aria-disabled",
          String(isSame(fitted(change(span, reader.timeOf(reader.step())), charts.bounds), span)),
        );
    },
  };
}

/** The cursor stays at its step, not at its place on the screen. */
function apply(change: Change, charts: Charts, reader: Pointer): void {
  const step = reader.step();
  charts.show(change(charts.span(), reader.timeOf(step)));
  charts.point(step);
  reader.hover(step);
}

function isSame(one: Span, other: Span): boolean {
  return Math.abs(one.min - other.min) < 1 && Math.abs(one.max - other.max) < 1;
}

/** What keys on the plot work on. */
export interface Keyed {
  readonly charts: Charts;
  readonly reader: Pointer;
  /** How many steps there are. */
  readonly steps: number;
  /** Goes to a line of the log; undefined when there is none to go to. */
  readonly jump: ((line: number) => void) | undefined;
}

const paces: Readonly<Record<string, number>> = {
  ArrowLeft: -1,
  ArrowRight: 1,
  PageUp: -10,
  PageDown: 10,
  Home: Number.NEGATIVE_INFINITY,
  End: Number.POSITIVE_INFINITY,
};

const zooms: Readonly<Record<string, string>> = { "+": "Zoom in", "=": "Zoom in", "-": "Zoom out", "0": "Whole time" };

/** Arrows go from step to step, Enter to the line, + and − zoom, 0 shows all. */
export function listenToKeys(plot: HTMLElement, keyed: Keyed): void {
  plot.addEventListener("keydown", (event) => {
    if (event.target !== plot || event.ctrlKey || event.metaKey || event.altKey) return;
    const known = press(event.key, keyed);
    if (known) event.preventDefault();
  });
}

function press(key: string, { charts, reader, steps, jump }: Keyed): boolean {
  const change = changes[zooms[key] ?? ""];
  const pace = paces[key];
  const line = reader.line();
  if (key === "Enter" && line !== undefined) jump?.(line);
  if (change !== undefined) apply(change, charts, reader);
  if (pace !== undefined) {
    const step = Math.min(Math.max(reader.step() + pace, 0), steps - 1);
    reader.go(step);
    apply(showing, charts, reader);
  }
  return key === "Enter" || change !== undefined || pace !== undefined;
}
