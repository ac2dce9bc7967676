// Draws the rows of one address: grouped by how they bear on the refusal, the waiting ones by what they ask.
import type { CheckPlan, Row } from "../../../../server/src/protocol.ts";
import { type Run, rowsOfRun } from "./checkState.ts";
import { button, type Child, dotted, el, sign } from "./dom.ts";
import { grouped } from "./groups.ts";
import { link, type Send } from "./link.ts";
import { visible } from "./text.ts";
import { ago, capital, isBad, lasted, rowTurn, stateOf, wantsKey } from "./words.ts";

/** One address: its plan, and how far its check is. */
export interface Checked {
  /** Names the run, so that a new one is drawn anew. */
  readonly key: string;
  readonly plan: CheckPlan;
  readonly run: Run;
}

/** Draws the rows into `box`; each is drawn once and again only when it changed, so that nothing moves under the reader. */
export function updateRows(box: HTMLElement, checked: Checked, send: Send): void {
  const { key, plan, run } = checked;
  if (box.dataset.plan !== key) {
    box.dataset.plan = key;
    box.replaceChildren(...skeleton(plan));
  }
  const rows = new Map(rowsOfRun(run).map((row) => [row.id, row]));
  for (const slot of box.querySelectorAll<HTMLElement>("[data-row]")) {
    const index = Number(slot.dataset.row);
    const question = plan.questions[index];
    if (question !== undefined) fill(slot, rows.get(question.id) ?? { what: question.what, word: openWord(run) }, send);
  }
}

function skeleton(plan: CheckPlan): HTMLElement[] {
  const questions = plan.questions.map((question, index) => ({ ...question, index }));
  return grouped(questions, plan.subject.refusal).map(({ heading, items }) =>
    el("div", { class: "group" }, [
      heading === undefined ? undefined : el("h3", {}, [heading]),
      el(
        "ul",
        {},
        items.map(({ index }) => el("li", { "data-row": String(index) })),
      ),
    ]),
  );
}

/** A question without an answer. */
interface Open {
  readonly what: string;
  readonly word: string;
}

function openWord({ state }: Run): string {
  if (state === "running") return "Waiting";
  return state === "waiting" ? "Not asked yet" : "Not answered";
}

function fill(slot: HTMLElement, content: Row | Open, send: Send): void {
  const value = JSON.stringify(content);
  if (slot.dataset.value === value) return;
  slot.dataset.value = value;
  if ("word" in content) {
    slot.className = "row open waiting";
    slot.replaceChildren(head("waiting", visible(capital(content.what)), content.word));
    return;
  }
  const { tone } = stateOf(content);
  slot.className = `row ${tone}`;
  slot.replaceChildren(...rowParts(content, send).filter((part) => part !== undefined));
}

function head(tone: string, question: string, word: string): HTMLElement {
  return el("p", { class: "question" }, [
    sign(tone),
    el("strong", {}, [question]),
    el("span", { class: `state ${tone}` }, [word]),
  ]);
}

function rowParts(row: Row, send: Send): Child[] {
  const { word, tone } = stateOf(row);
  return [
    head(tone, visible(row.question), word),
    el("p", { class: "answer" }, [visible(row.answer)]),
    remedyPart(row),
    row.link === undefined ? undefined : el("p", {}, [link(send, "Open the operator’s page", row.link)]),
    row.verdict === "blocked" && wantsKey(row.remedy ?? "") ? keyPart(send) : undefined,
    rawPart(row),
  ];
}

function remedyPart({ remedy, turn }: Row): HTMLElement | undefined {
  if (remedy === undefined) return undefined;
  const whose = rowTurn(turn);
  const lead = whose === undefined ? undefined : el("strong", {}, [`${whose}: `]);
  return el("p", { class: "remedy" }, [lead, visible(remedy)]);
}

function keyPart(send: Send): HTMLElement {
  return el("p", {}, [button("Set a key…", { class: "secondary" }, () => send({ type: "go", to: "key" }))]);
}

/** What went over the wire, for those who want to repeat it by hand, and more for those who look closer. */
function rawPart(row: Row): HTMLElement | undefined {
  const { asked, answers, details } = row;
  if (asked.length === 0 && details.length === 0) return undefined;
  return el("details", { class: "raw", ...(isBad(row) && details.length > 0 ? { open: "" } : {}) }, [
    el("summary", {}, dotted(factsOf(row))),
    details.length === 0 ? undefined : el("pre", { tabindex: "0" }, [details.map(visible).join("\n")]),
    asked.length === 0
      ? undefined
      : el(
          "ul",
          { class: "wire" },
          asked.map((name, index) => wireItem(name, answers[index])),
        ),
  ]);
}

function factsOf({ asked, ms, resolver, age }: Row): string[] {
  return [
    asked.length === 0 ? "Nothing was asked" : exchanges(asked.length),
    lasted(ms),
    `through ${visible(resolver)}`,
    ...(age === undefined ? [] : [`remembered, ${ago(age)}`]),
  ];
}

function exchanges(count: number): string {
  return count === 1 ? "1 DNS question and its answer" : `${count} DNS questions and their answers`;
}

function wireItem(asked: string, answer: string | undefined): HTMLElement {
  return el("li", {}, [
    el("code", {}, [visible(asked)]),
    el("span", { class: "arrow" }, ["answered"]),
    el("code", {}, [answer === undefined || answer === "" ? "no record" : visible(answer)]),
  ]);
}
