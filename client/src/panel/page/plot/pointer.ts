// The step that the reader is at, by mouse or keys, and what it holds in words.
import type { Series } from "../../../../../server/src/measurement.ts";
import { busiest, stepText } from "./steps.ts";

/** Where the reader is. */
export interface Pointer {
  /** The step pointed at last, at first the busiest. */
  step(): number;
  /** The middle of a step, in the clock of the plot. */
  timeOf(step: number): number;
  /** Its line in the log; undefined when nothing was written in it. */
  line(): number | undefined;
  /** The mouse is over a step, or over none. */
  hover(step: number | undefined): void;
  /** Keys led to a step: it is spoken too. */
  go(step: number): void;
}

/** Begins at the busiest step; `shift` leads from UTC to the clock of the plot. */
export function pointer(
  series: Series,
  shift: number,
  texts: { readonly readout: HTMLElement; readonly spoken: HTMLElement },
): Pointer {
  let at = busiest(series);
  const hover = (step: number | undefined): void => {
    at = step ?? at;
    texts.readout.textContent = stepText(series, at, shift);
  };
  hover(at);
  return {
    step: () => at,
    timeOf: (step) => series.start + shift + (step + 0.5) * series.step,
    line: () => series.lines[at],
    hover,
    go: (step) => {
      hover(step);
      texts.spoken.textContent = texts.readout.textContent;
    },
  };
}
