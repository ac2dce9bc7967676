// The timeline of a report as a table, for those who do not see the plot.
import type { ReportTimes } from "../../../../../server/src/logProtocol.ts";
import { button, el } from "../dom.ts";
import type { Send } from "../link.ts";
import { stepName } from "../plot/steps.ts";
import { beginning, failuresIn } from "./steps.ts";

const most = 60;
const heads = ["Begins", "Permanent", "Temporary", "Refused by us", "First line"];

/** The steps with most failures, in order of time. */
export function timesTable(times: ReportTimes, send: Send): HTMLElement {
  const filled = times.places.flatMap((_, index) => (failuresIn(times, index) > 0 ? [index] : []));
  const shown = [...filled].sort((a, b) => failuresIn(times, b) - failuresIn(times, a)).slice(0, most);
  const rest = shown.length < filled.length ? `, the ${most} with most failures` : "";
  const caption = `Failures in each ${stepName(times.step)}${rest}`;
  const head = heads.map((text, at) => el("th", { scope: "col", class: at > 0 && at < 4 ? "count" : "" }, [text]));
  const rows = shown.sort((a, b) => a - b).map((index) => row(times, index, send));
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

function row(times: ReportTimes, index: number, send: Send): HTMLElement {
  const { permanent, temporary, ours } = times.counts;
  const place = times.places[index];
  const counts = [permanent[index], temporary[index], ours[index]].map((count = 0) => count.toLocaleString("en"));
  const go = () => place && send({ type: "place", file: place.file, line: place.line });
  const text = place === undefined ? "–" : (place.line + 1).toLocaleString("en");
  return el("tr", {}, [
    el("th", { scope: "row", class: "time" }, [beginning(times, index)]),
    ...counts.map((count) => el("td", { class: "count" }, [count])),
    el("td", {}, [
      button(text, { class: "jump", "data-key": `step-${index}`, "aria-label": `Go to line ${text}` }, go),
    ]),
  ]);
}
