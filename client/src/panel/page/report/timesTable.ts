// The timeline of a report as a table, for those who do not see the plot.
import type { ReportTimes } from "../../../../../server/src/logProtocol.ts";
import type { Kind } from "../../../../../server/src/tally.ts";
import { button, el } from "../dom.ts";
import { stepName } from "../plot/steps.ts";
import { countButton } from "./countButton.ts";
import type { Places } from "./place.ts";
import { placeName } from "./placeName.ts";
import { beginning, failuresIn, spanWords } from "./steps.ts";

const most = 60;
const heads = ["Begins", "Permanent", "Temporary", "Refused by us", "First line"];

/** The steps with most failures, in order of time. */
export function timesTable(times: ReportTimes, places: Places): HTMLElement {
  const filled = times.places.flatMap((_, index) => (failuresIn(times, index) > 0 ? [index] : []));
  const shown = [...filled].sort((a, b) => failuresIn(times, b) - failuresIn(times, a)).slice(0, most);
  const rest = shown.length < filled.length ? `, the ${most} with most failures` : "";
  const caption = `Failures in each ${stepName(times.step)}${rest}`;
  const head = heads.map((text, at) => el("th", { scope: "col", class: at > 0 && at < 4 ? "count" : "" }, [text]));
  const rows = shown.sort((a, b) => a - b).map((index) => row(times, index, places));
  return el("details", { class: "as-table", "data-key": "times-table" }, [
    el("summary", {}, ["The same as a table"]),
    el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": caption }, [
      el("table", { class: "numbers" }, [
        el("caption", {}, [caption]),
        el("thead", {}, [el("tr", {}, head)]),
        el("tbody", {}, rows),
      ]),
    ]),
  ]);
}

const columns: readonly (readonly [Kind, string])[] = [
  ["permanent", "permanent"],
  ["temporary", "temporary"],
  ["ours", "refused by us"],
];

function row(times: ReportTimes, step: number, { files, send }: Places): HTMLElement {
  const place = times.places[step];
  const counts = columns.map(([kind, name]) => {
    const count = times.counts[kind][step] ?? 0;
    const lines = { key: `step-${step}-${kind}`, what: `${name}, ${spanWords(times, step)}`, of: { step, kind }, send };
    return el("td", { class: "count" }, [count === 0 ? "0" : countButton(count, lines)]);
  });
  const go = () => place && send({ type: "place", file: place.file, line: place.line });
  const at = place === undefined ? "–" : placeName(place, files);
  const text = files.length < 2 ? at.replace("line ", "") : at;
  return el("tr", {}, [
    el("th", { scope: "row", class: "time" }, [beginning(times, step)]),
    ...counts,
    el("td", {}, [button(text, { class: "jump", "data-key": `step-${step}`, "aria-label": `Go to ${at}` }, go)]),
  ]);
}
