// Draws the rows of a check: question, state in words and by a sign, what was asked and answered, what to do.
import type { Row, Verdict } from "../../../../server/src/protocol.ts";
import { el, sign } from "./dom.ts";
import { link, type Send } from "./link.ts";
import { visible } from "./text.ts";

const states: Record<Verdict, { readonly word: string; readonly tone: string }> = {
  listed: { word: "Listed", tone: "error" },
  "not-listed": { word: "Not listed", tone: "ok" },
  blocked: { word: "The list refused to answer", tone: "unknown" },
  unknown: { word: "Unknown", tone: "unknown" },
  "not-checked": { word: "Not checked", tone: "neutral" },
  pass: { word: "In order", tone: "ok" },
  fail: { word: "Not in order", tone: "error" },
};

/** The rows in `list`, each drawn once and again only when it changed, so that a screen reader hears only news. */
export function updateRows(list: HTMLElement, rows: readonly Row[], send: Send): void {
  rows.forEach((row, index) => {
    const value = JSON.stringify(row);
    const old = list.children.item(index);
    if (old instanceof HTMLElement && old.dataset.value === value) return;
    const fresh = rowItem(row, send);
    fresh.dataset.value = value;
    if (old === null) list.append(fresh);
    else old.replaceWith(fresh);
  });
  while (list.children.length > rows.length) list.lastElementChild?.remove();
}

function rowItem(row: Row, send: Send): HTMLElement {
  const { word, tone } = states[row.verdict];
  return el("li", { class: `row ${tone}` }, [
    el("p", { class: "question" }, [
      sign(tone),
      el("strong", {}, [row.question]),
      el("span", { class: `state ${tone}` }, [word]),
    ]),
    el("p", {}, [visible(row.answer)]),
    row.remedy === undefined ? undefined : el("p", {}, [row.remedy]),
    row.link === undefined ? undefined : el("p", {}, [link(send, "Open the operator’s page", row.link)]),
    wire(row),
  ]);
}

/** What went over the wire, for those who want to repeat it by hand. */
function wire({ asked, answers, ms, resolver }: Row): HTMLElement | undefined {
  if (asked.length === 0) return undefined;
  const answered = answers.length === 0 ? "no record" : answers.map(visible).join(", ");
  return el("p", { class: "wire" }, [
    el("code", {}, [asked.map(visible).join(", ")]),
    el("span", {}, [`answered ${answered}`]),
    el("span", {}, [`${Math.round(ms)} ms`]),
    el("span", {}, [`through ${visible(resolver)}`]),
  ]);
}
