// Published limits on the plot of sessions: a dashed line each, with its name beside it.
import type uPlot from "uplot";
import type { MeasuredPage } from "../../../../../server/src/protocol.ts";
import { el } from "../dom.ts";
import { visible } from "../text.ts";
import { highest } from "./steps.ts";

/** A limit, or several of the same height. */
export interface DrawnLimit {
  readonly value: number;
  readonly label: string;
}

/** The limits by height; what names the same number shares a line. */
export function limitsOf({ limits }: Pick<MeasuredPage, "limits">): readonly DrawnLimit[] {
  const values = [...new Set(limits.map(({ value }) => value))].sort((a, b) => a - b);
  return values.map((value) => ({
    value,
    label: limits
      .filter((limit) => limit.value === value)
      .map(({ label }) => visible(label))
      .join(", "),
  }));
}

/** True for a limit so far above all that was measured that its line would flatten the plot. */
export function isBeyond({ value }: DrawnLimit, sessions: readonly number[]): boolean {
  return value > 3 * highest(sessions);
}

/** Lays the lines over the plot, and keeps them in place when it is drawn anew. */
export function limitLines(limits: readonly DrawnLimit[]): (plot: uPlot) => void {
  const lines = limits.map(({ label }) =>
    el("div", { class: "limit-line", "aria-hidden": "true" }, [el("span", {}, [label])]),
  );
  return (plot) => {
    const tops = limits.map(({ value }) => plot.valToPos(value, "y"));
    for (const [index, line] of lines.entries()) {
      const [top = 0, above = Number.NEGATIVE_INFINITY] = tops.slice(index);
      line.style.top = `${top}px`;
      // A label has no room above its line when another line is close there.
      line.classList.toggle("low", top - above < 18);
    }
    if (lines[0]?.parentElement !== plot.over) plot.over.append(...lines);
  };
}
