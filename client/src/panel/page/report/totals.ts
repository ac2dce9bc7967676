// The totals of a report: how many failures of each kind, and from when to when.
import type { ReportCode, ReportPage, ReportPlace } from "../../../../../server/src/logProtocol.ts";
import type { Kind } from "../../../../../server/src/tally.ts";
import { type Child, el, sign } from "../dom.ts";
import { countButton } from "./countButton.ts";
import { type Places, placeButton } from "./place.ts";

const kinds: readonly (readonly [Kind, string, string, string])[] = [
  ["permanent", "Permanent", "error", "these messages came back"],
  ["temporary", "Temporary", "warning", "tried again by the mail server"],
  ["ours", "Refused by us", "info", "by our own server"],
];

/** The cards at the top. */
export function totals(page: ReportPage, places: Places): HTMLElement {
  const codes = page.providers.flatMap((provider) => provider.codes);
  return el("dl", { class: "verdict totals" }, [
    ...kinds.map(([kind, name, tone, about]) => {
      const count = codes.reduce((sum, code) => sum + (code.kind === kind ? code.count : 0), 0);
      const number =
        count === 0 ? "0" : countButton(count, { key: `total-${kind}`, what: name, of: { kind }, send: places.send });
      const share = count === 0 ? "" : `${percent(count, page.failures)} of all, ${about}`;
      return el("div", { class: tone }, [
        el("dt", {}, [sign(tone), name]),
        el("dd", {}, [el("span", { class: "number" }, [number])]),
        el("dd", { class: "meta" }, [share]),
      ]);
    }),
    span(codes, places),
  ]);
}

function percent(part: number, whole: number): string {
  const share = (100 * part) / whole;
  return share < 0.05 ? "< 0.1 %" : `${share.toFixed(1)} %`;
}

/** From the first failure to the last; undefined for logs without times. */
function span(codes: readonly ReportCode[], places: Places): Child {
  const timed = (all: readonly ReportPlace[]) =>
    all.filter(({ time }) => time !== undefined).sort((a, b) => a.file - b.file || a.line - b.line);
  const first = timed(codes.map((code) => code.first))[0];
  const last = timed(codes.map((code) => code.last)).at(-1);
  if (first === undefined || last === undefined) return undefined;
  return el("div", { class: "neutral" }, [
    el("dt", {}, ["First and last failure"]),
    el("dd", {}, [placeButton(first, { key: "total-first", label: "first" }, places)]),
    el("dd", {}, [placeButton(last, { key: "total-last", label: "last" }, places)]),
  ]);
}
