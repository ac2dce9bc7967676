// Zoom without a mouse: buttons for all, and keys on the plot itself.
import { button, el } from "../dom.ts";
import type { Charts } from "./charts.ts";
import { fitted, moved, type Span, showing, zoomed } from "./window.ts";

/** The buttons, and what to tell them when another part of the time is shown. */
export interface Controls {
  readonly element: HTMLElement;
  shown(span: Span): void;
}

/** Where zooming in leads: the step under the cursor, in the clock of the plot. */
type Centre = () => number | undefined;

const changes: Readonly<Record<string, (span: Span, centre: number | undefined) => Span>> = {
  "Zoom in": (span, centre) => zoomed(span, 0.5, centre),
  "Zoom out": (span, centre) => zoomed(span, 2, centre),
  Earlier: (span) => moved(span, -0.5),
  Later: (span) => moved(span, 0.5),
  "Whole time": () => ({ min: Number.MIN_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER }),
};

/** The buttons; those that would change nothing are marked so and stay in reach. */
export function controls(charts: Charts, key: string, centre: Centre): Controls {
  const buttons = Object.entries(changes).map(([name, change]) => {
    const press = () => charts.show(change(charts.span(), centre()));
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
        element.setAttribute("aria-disabled", String(isSame(fitted(change(span, centre()), charts.bounds), span)));
    },
  };
}

function isSame(one: Span, other: Span): boolean {
  return Math.abs(one.min - other.min) < 1 && Math.abs(one.max - other.max) < 1;
}

/** What keys on the plot do. */
export interface Keyed {
  readonly charts: Charts;
  /** How many steps there are, and the one that the cursor is on. */
  readonly steps: number;
  step(): number;
  timeOf(step: number): number;
  /** The cursor was put on the step. */
  went(step: number): void;
  enter(): void;
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

function press(key: string, keyed: Keyed): boolean {
  const { charts, steps, step, timeOf } = keyed;
  const change = changes[zooms[key] ?? ""];
  const pace = paces[key];
  if (key === "Enter") keyed.enter();
  else if (change !== undefined) charts.show(change(charts.span(), timeOf(step())));
  else if (pace !== undefined) goTo(Math.min(Math.max(step() + pace, 0), steps - 1), keyed);
  return key === "Enter" || change !== undefined || pace !== undefined;
}

function goTo(step: number, { charts, timeOf, went }: Keyed): void {
  const span = charts.span();
  const next = showing(span, timeOf(step));
  if (next !== span) charts.show(next);
  charts.point(step);
  went(step);
}
