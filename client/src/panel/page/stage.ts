// The part of a check that is acted upon: the plan with its consent, then the way to cancel, then what to do with the answers.
import type { Actions } from "./actions.ts";
import { type Carried, type CheckState, type Consent, isOffline, rowsOfRun } from "./checkState.ts";
import { button, type Child, el } from "./dom.ts";
import type { Send } from "./link.ts";
import { planCard } from "./plan.ts";
import { isAnswered } from "./words.ts";

/** What the stage is drawn with. */
export interface StageTools {
  readonly send: Send;
  readonly actions: Actions;
  /** Where the reader types an address. */
  readonly focusInput: () => void;
  /** Where the focus goes when what held it is gone. */
  readonly said: HTMLElement;
}

/** Draws the stage anew when the state is another one, and moves the focus along. */
export function drawStage(stage: HTMLElement, check: CheckState, tools: StageTools): void {
  // While a plan is renewed the one on the screen stays, out of reach.
  const renewing = check.state === "planning" && stage.querySelector(".plan") !== null;
  stage.inert = renewing;
  if (renewing) return;
  const key = stageKey(check);
  if (stage.dataset.key !== key) {
    const held = stage.contains(document.activeElement);
    stage.dataset.key = key;
    stage.replaceChildren(...stageParts(check, tools).filter((part) => part !== undefined));
    if (held) (stage.querySelector<HTMLElement>("h3, .cancel") ?? tools.said).focus();
  }
  if (check.state === "running") progress(stage, check);
  if (check.state === "ended") tools.actions.offerCopy(check.runs.some(({ report }) => report !== undefined));
}

function stageKey(check: CheckState): string {
  return "answer" in check ? JSON.stringify([check.state, check.answer.id, check.consent]) : check.state;
}

function stageParts(check: CheckState, tools: StageTools): Child[] {
  const { send, actions, focusInput } = tools;
  if (check.state === "planned") {
    return [planCard(check, send) ?? button("Type another address", { class: "secondary" }, focusInput)];
  }
  if (check.state === "running") return [...progressParts(send), standingNote(check.consent, send)];
  if (check.state === "ended") {
    return [isOffline(check) ? settingsButton(send) : undefined, actions.element, standingNote(check.consent, send)];
  }
  return check.state === "refused" && /\bsettings?\b/.test(check.reason) ? [settingsButton(send)] : [];
}

function settingsButton(send: Send): HTMLElement {
  return el("p", {}, [button("Open the settings of the check", {}, () => send({ type: "go", to: "dns-settings" }))]);
}

function progressParts(send: Send): Child[] {
  return [
    el("div", { class: "progress", role: "progressbar", "aria-label": "Checking", "aria-valuemin": "0" }),
    el("div", { class: "actions" }, [
      button("Cancel", { class: "secondary cancel" }, () => send({ type: "cancel" })),
      el("span", { class: "meta count" }),
    ]),
  ];
}

function progress(stage: HTMLElement, { answer, runs }: Carried): void {
  const total = answer.plans.reduce((sum, { questions }) => sum + questions.length, 0);
  const rows = runs.flatMap(rowsOfRun);
  const bar = stage.querySelector(".progress");
  bar?.setAttribute("aria-valuemax", String(total));
  bar?.setAttribute("aria-valuenow", String(rows.length));
  const count = stage.querySelector(".count");
  if (count !== null) count.textContent = `${rows.filter(isAnswered).length} of ${total} answered`;
}

/** Said when nobody was asked this time, with the way back. */
function standingNote(consent: Consent, send: Send): Child {
  if (consent.go === "ask") return undefined;
  if (consent.go === "no") {
    return el("p", { class: "meta standing" }, [
      "Nothing more is asked: the consent was taken back, or trust is missing.",
    ]);
  }
  const bySetting = consent.by === "setting";
  return el("p", { class: "meta standing" }, [
    el("span", {}, [
      bySetting ? "Your settings agree to every check." : "You agreed to these questions in this workspace.",
    ]),
    bySetting
      ? button("Open the setting", { class: "jump" }, () => send({ type: "go", to: "consent-setting" }))
      : button("Ask me again", { class: "jump" }, () => send({ type: "forget" })),
  ]);
}
