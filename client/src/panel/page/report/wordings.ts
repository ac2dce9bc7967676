// The wordings of a report: how the most frequent refusals were said, in the words of those who said it.
import type { ReportPage, ReportTemplate } from "../../../../../server/src/logProtocol.ts";
import { button, el } from "../dom.ts";
import { visible } from "../text.ts";
import { countButton } from "./countButton.ts";
import { type Places, placeButton } from "./place.ts";

/** A table of them, the most frequent first. */
export function wordingsTable(page: ReportPage, places: Places): HTMLElement {
  const caption = "What changes from line to line is shown as …";
  const head = ["Count", "What was said"].map((text, at) =>
    el("th", { scope: "col", class: at === 0 ? "count" : "" }, [text]),
  );
  return el("table", { class: "wordings" }, [
    el("caption", {}, [caption]),
    el("thead", {}, [el("tr", {}, head)]),
    el(
      "tbody",
      {},
      page.templates.map((template, index) => row(template, index, { page, places })),
    ),
  ]);
}

interface Around {
  readonly page: ReportPage;
  readonly places: Places;
}

function row(template: ReportTemplate, index: number, { page, places }: Around): HTMLElement {
  const { text, count, first, provider, code } = template;
  const [who, what] = [page.providers[provider], page.providers[provider]?.codes[code]];
  const lines = { key: `wording-${index}`, what: text.slice(0, 100), of: { wording: index }, send: places.send };
  const label = visible(what?.label ?? "");
  const explain = () => what && places.send({ type: "explain", page: what.page });
  return el("tr", {}, [
    el("td", { class: "count" }, [countButton(count, lines)]),
    el("td", {}, [
      el("q", { class: "words" }, [visible(text)]),
      el("div", { class: "meta" }, [
        el("span", {}, [visible(who?.name ?? "")]),
        button(label, { class: "jump", "data-key": `wording-code-${index}`, title: `Explain ${label}` }, explain),
        el("span", {}, ["first ", placeButton(first, { key: `wording-first-${index}`, label: "first" }, places)]),
      ]),
    ]),
  ]);
}
