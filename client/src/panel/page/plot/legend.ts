// The names of what is drawn, each with the stroke or filling that it is drawn with.
import type { MeasuredPage } from "../../../../../server/src/protocol.ts";
import { el } from "../dom.ts";
import { isBeyond, limitsOf } from "./limits.ts";
import { stepName } from "./steps.ts";

/** Above the plot of sessions: the line, and each published limit. */
export function sessionLegend(measured: MeasuredPage): HTMLElement {
  const { sessions } = measured.series;
  return legend([
    entry("sessions", "Sessions open at the same moment, the most in each step"),
    ...limitsOf(measured).map((limit) =>
      entry("limit", `${limit.label}${isBeyond(limit, sessions) ? " (far above this plot)" : ""}`),
    ),
  ]);
}

/** Above the bars. */
export function attemptLegend({ series }: MeasuredPage): HTMLElement {
  return legend([
    el("li", {}, [`Attempts in each ${stepName(series.step)}:`]),
    entry("accepted", "accepted"),
    entry("refused", "refused or put off, on top"),
  ]);
}

function legend(entries: readonly HTMLElement[]): HTMLElement {
  return el("ul", { class: "legend" }, entries);
}

function entry(kind: "sessions" | "limit" | "accepted" | "refused", name: string): HTMLElement {
  return el("li", {}, [el("span", { class: `key ${kind}`, "aria-hidden": "true" }), name]);
}
