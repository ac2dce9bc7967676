// The section that checks an address: an input, the plan, the consent, the rows, the verdict. It outlives redrawings.
import type { CheckPlan, Row } from "../../../../server/src/protocol.ts";
import { button, type Child, el, section, sign } from "./dom.ts";
import type { Send } from "./link.ts";
import { mayAsk } from "./links.ts";
import type { CheckState } from "./messages.ts";
import { updateRows } from "./rows.ts";
import { visible } from "./text.ts";

/** The section, and what moves it on. */
export interface CheckSection {
  readonly element: HTMLElement;
  /** Fills the input unless the reader has typed there. */
  suggest(ip: string | undefined): void;
  update(check: CheckState): void;
  /** What is in the input, to be kept while the panel is hidden. */
  typed(): string;
}

/** Makes the section; `send` reaches the panel. */
export function checkSection(send: Send): CheckSection {
  const input = el("input", {
    id: "check-ip",
    type: "text",
    autocomplete: "off",
    spellcheck: "false",
    placeholder: "IPv4 or IPv6 address",
    "aria-describedby": "check-hint",
  });
  const stage = el("div", { class: "stage" });
  const said = el("p", { class: "said", role: "status", tabindex: "-1" });
  const rows = el("ul", { class: "rows", "aria-live": "polite", "aria-label": "Results" });
  const ask = () => input.value.trim() !== "" && send({ type: "plan", ip: input.value.trim() });
  const element = section("check", "Check the sending IP", [form(input, ask), said, stage, rows]);
  return {
    element,
    suggest: (ip) => {
      if (ip !== undefined && input.value === "") input.value = ip;
    },
    update: (check) => {
      const held = stage.contains(document.activeElement);
      stage.replaceChildren(...stageParts(check, send).filter((part) => part !== undefined));
      say(said, check);
      updateRows(rows, rowsOf(check), send);
      if (held) (stage.querySelector("button") ?? said).focus();
    },
    typed: () => input.value,
  };
}

function form(input: HTMLElement, ask: () => void): HTMLElement {
  const element = el("form", {}, [
    el("label", { for: "check-ip" }, ["The address your server sends from"]),
    el("div", { class: "field" }, [input, el("button", { type: "submit" }, ["Show what would be asked"])]),
    el("p", { class: "meta", id: "check-hint" }, ["Nothing leaves this computer before you have seen the list."]),
  ]);
  element.addEventListener("submit", (event) => {
    event.preventDefault();
    ask();
  });
  return element;
}

function stageParts(check: CheckState, send: Send): Child[] {
  if (check.state === "planned") return [planCard(check.plan, send)];
  if (check.state === "running") {
    return [
      el("div", { class: "progress", role: "progressbar", "aria-label": "Checking" }),
      button("Cancel", { class: "secondary" }, () => send({ type: "cancel" })),
    ];
  }
  return [];
}

function planCard(plan: CheckPlan, send: Send): HTMLElement | undefined {
  if (!mayAsk(plan)) return undefined;
  const questions = plan.questions.map(({ what, whom }) =>
    el("li", {}, [el("span", {}, [what]), el("span", { class: "whom" }, [`to ${whom}`])]),
  );
  return el("div", { class: "card plan" }, [
    el("h3", {}, [`What would be asked about ${plan.address.text}`]),
    el("ul", { class: "questions" }, questions),
    el("p", {}, ["All of it goes through the resolver ", el("code", {}, [visible(plan.resolver)]), "."]),
    button("Ask now", {}, () => send({ type: "check", ip: plan.address.text })),
  ]);
}

function rowsOf(check: CheckState): readonly Row[] {
  if (check.state === "done") return check.report.rows;
  return check.state === "running" || check.state === "stopped" ? check.rows : [];
}

/** One sentence on how far the check is, spoken to screen readers too. */
function say(element: HTMLElement, check: CheckState): void {
  const [tone, text] = sentence(check);
  const shown = element.dataset.text === text ? undefined : text;
  if (shown === undefined) return;
  element.dataset.text = shown;
  element.className = `said notice ${tone}`;
  element.hidden = shown === "";
  element.replaceChildren(sign(tone), el("span", {}, [visible(shown)]));
}

function sentence(check: CheckState): readonly [tone: string, text: string] {
  switch (check.state) {
    case "idle":
      return ["neutral", ""];
    case "planning":
      return ["neutral", "Looking up what would be asked …"];
    case "refused":
      return ["warning", check.reason];
    case "planned":
      return planSentence(check.plan);
    case "running":
      return ["neutral", `Asking about ${check.plan.address.text}. Answers appear as they come.`];
    case "done":
      return [check.report.rows.some(isBad) ? "error" : "info", check.report.verdict];
    case "stopped":
      return ["warning", "Cancelled. What was answered before stays below; the rest was not checked."];
    case "failed":
      return ["error", `The check did not finish: ${check.why} Press “Show what would be asked” to begin again.`];
  }
}

function planSentence(plan: CheckPlan): readonly [tone: string, text: string] {
  if (mayAsk(plan)) return ["info", `${questionCount(plan)} Nothing has been asked yet.`];
  return ["info", plan.address.explanation ?? "There is nothing to ask about this address."];
}

function questionCount({ questions }: CheckPlan): string {
  return questions.length === 1 ? "One question would be asked." : `${questions.length} questions would be asked.`;
}

function isBad({ verdict }: Row): boolean {
  return verdict === "listed" || verdict === "fail";
}
