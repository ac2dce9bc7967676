// What every plot does alike: tells what is in view, shows a point of time, and takes clicks.
import type uPlot from "uplot";
import type { Bounds, Span } from "./window.ts";

/** The part that is in view. */
export function spanOf({ scales }: uPlot, { full }: Bounds): Span {
  return { min: scales.x?.min ?? full.min, max: scales.x?.max ?? full.max };
}

/** Puts the cursor on a time, or away when that is not in view. */
export function pointAt(plot: uPlot, time: number): void {
  const left = plot.valToPos(time, "x");
  const seen = left >= 0 && left <= plot.over.clientWidth;
  plot.setCursor(seen ? { left, top: 4 } : { left: -10, top: -10 }, false);
}

/**
 * Calls `clicked` with what `meant` finds at a click's place, in pixels from the left; undefined for nothing. Not for
 * the first half of a double click, which shows the whole time.
 */
export function onClick(
  plot: uPlot,
  meant: (offsetX: number) => number | undefined,
  clicked: (what: number) => void,
): void {
  let waiting: ReturnType<typeof setTimeout> | undefined;
  plot.over.addEventListener("dblclick", () => clearTimeout(waiting));
  plot.over.addEventListener("click", ({ detail, offsetX }) => {
    const what = detail > 1 ? undefined : meant(offsetX);
    clearTimeout(waiting);
    if (what !== undefined) waiting = setTimeout(() => clicked(what), 250);
  });
}
