// Draws the check of several addresses: a table with a line each, which opens to the rows of that address.
import type { PlanAnswer } from "../../../../server/src/protocol.ts";
import { type Carried, type Run, rowsOfRun } from "./checkState.ts";
import { el, sign } from "./dom.ts";
import type { Send } from "./link.ts";
import { answeredText } from "./outcome.ts";
import { updateRows } from "./rows.ts";
import { visible } from "./text.ts";
import { conclusions, isBad, isOpen, nextTurn, type Toned } from "./words.ts";

/** One address in the table. */
interface Line {
  readonly parts: readonly HTMLElement[];
  update(carried: Carried): void;
}

/** Draws the table into `box`, anew for a new run only: what the reader opened stays open. */
export function updateTable(box: HTMLElement, carried: Carried, draw: { key: string; send: Send }): void {
  const known = tables.get(box);
  const table = known?.key === draw.key ? known : newTable(box, carried.answer, draw);
  for (const line of table.lines) line.update(carried);
}

const tables = new WeakMap<HTMLElement, { readonly key: string; readonly lines: readonly Line[] }>();

function newTable(box: HTMLElement, { plans }: PlanAnswer, { key, send }: { key: string; send: Send }) {
  const lines = plans.map((_, index) => newLine(index, key, send));
  const head = el("tr", {}, ["Address", "Result", "Found", "Unknown"].map(headCell));
  const made = el("table", { class: "addresses" }, [
    el("caption", { class: "unseen" }, ["Results by address"]),
    el("thead", {}, [head]),
    el(
      "tbody",
      {},
      lines.flatMap(({ parts }) => parts),
    ),
  ]);
  box.replaceChildren(made);
  const table = { key, lines };
  tables.set(box, table);
  return table;
}

function headCell(text: string): HTMLElement {
  return el("th", { scope: "col" }, [text]);
}

function newLine(index: number, key: string, send: Send): Line {
  const id = `address-${index}`;
  const toggle = el("button", { type: "button", class: "toggle", "aria-expanded": "false", "aria-controls": id });
  const result = el("td", { class: "result" });
  const bad = el("td", { class: "count" });
  const open = el("td", { class: "count" });
  const sentence = el("p", { class: "sentence" });
  const rows = el("div", { class: "rows", id, hidden: "" });
  let last: Carried | undefined;
  toggle.addEventListener("click", () => {
    rows.hidden = !rows.hidden;
    toggle.setAttribute("aria-expanded", String(!rows.hidden));
    if (last !== undefined) update(last);
  });
  const update = (carried: Carried) => {
    last = carried;
    const plan = carried.answer.plans[index];
    const run = carried.runs[index];
    if (plan === undefined || run === undefined) return;
    const { word, tone } = resultOf(carried, run);
    toggle.textContent = plan.subject.address.text;
    toggle.disabled = run.state === "skipped";
    replace(result, word, () => [el("span", { class: "mark" }, [sign(tone), el("span", {}, [word])])]);
    result.className = `result ${tone}`;
    const answers = rowsOfRun(run);
    bad.textContent = answers.length === 0 ? "–" : String(answers.filter(isBad).length);
    open.textContent = answers.length === 0 ? "–" : String(answers.filter(isOpen).length);
    const words = sentenceOf(run, plan.subject.address.explanation);
    replace(sentence, words, () => [words]);
    sentence.hidden = words === "";
    if (!rows.hidden) updateRows(rows, { key: `${key}/${index}`, plan, run }, send);
  };
  const first = el("tr", { class: "address" }, [el("th", { scope: "row" }, [toggle]), result, bad, open]);
  const second = el("tr", { class: "more" }, [el("td", { colspan: "4" }, [sentence, rows])]);
  return { parts: [first, second], update };
}

function replace(element: HTMLElement, value: string, children: () => (Node | string)[]): void {
  if (element.dataset.value === value) return;
  element.dataset.value = value;
  element.replaceChildren(...children());
}

function resultOf(carried: Carried, run: Run): Toned {
  const { report, state } = run;
  if (state === "skipped") return { word: "Not asked", tone: "neutral" };
  if (state === "waiting") return { word: "Waiting", tone: "neutral" };
  if (state === "failed") return { word: "Did not finish", tone: "error" };
  if (state === "running" || state === "stopped")
    return { word: `${state === "stopped" ? "Cancelled, " : ""}${answeredText(carried, run)}`, tone: "neutral" };
  if (report?.ended === "offline") return { word: "No DNS server answered", tone: "unknown" };
  if (report?.conclusion !== undefined) return conclusions[report.conclusion];
  return report?.rows.some(isBad)
    ? { word: "Something found", tone: "warning" }
    : { word: "Nothing found", tone: "info" };
}

function sentenceOf(run: Run, explanation: string | undefined): string {
  const { report, state, why } = run;
  if (state === "skipped") return visible(explanation ?? "There is nothing to ask about this address.");
  if (report === undefined) return visible(why ?? "");
  const whose = nextTurn(report);
  const next = report.next === undefined ? "" : ` ${whose === undefined ? "" : `${whose}: `}${report.next.text}`;
  return visible(`${report.verdict}${next}`);
}
