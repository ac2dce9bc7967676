// Draws what to do, and what the field does: numbered steps, each with its button where one helps.
import type { ExplanationPage, Step } from "../../../../server/src/protocol.ts";
import { button, type Child, el, section } from "./dom.ts";
import { link, type Send } from "./link.ts";
import { safeUrl } from "./links.ts";

/** The steps; undefined when nothing is known to help. */
export function stepsSection({ steps }: ExplanationPage, send: Send): HTMLElement | undefined {
  if (steps.length === 0) return undefined;
  return section("steps", "What to do", [stepList(steps, send)]);
}

/** What the field does about such refusals; undefined where the code does not call for it. */
export function practiceSection({ practice }: ExplanationPage, send: Send): HTMLElement | undefined {
  if (practice.length === 0) return undefined;
  return section("practice", "Good practice", [stepList(practice, send)]);
}

function stepList(steps: readonly Step[], send: Send): HTMLElement {
  const items = steps.map((step) => el("li", {}, stepParts(step, send)));
  return el("ol", { class: "steps" }, items);
}

function stepParts(step: Step, send: Send): Child[] {
  const { text, source } = step;
  return [
    el("p", {}, [text]),
    stepButton(step, send),
    source === undefined ? undefined : el("p", { class: "meta" }, ["From ", link(send, source.name, source.url)]),
  ];
}

function stepButton({ button: wanted }: Step, send: Send): Child {
  if (wanted === undefined) return undefined;
  if (wanted.kind === "check-ip") return button(wanted.label, { class: "secondary" }, goToCheck);
  const url = safeUrl(wanted.url);
  return url === undefined
    ? undefined
    : button(wanted.label, { class: "secondary", title: url }, () => send({ type: "open", url }));
}

function goToCheck(): void {
  document.getElementById("check")?.scrollIntoView({ block: "start" });
  document.getElementById("check-ip")?.focus({ preventScroll: true });
}
