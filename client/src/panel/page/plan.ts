// Draws what would be asked, whom, through which resolver: the text of the consent, and the answers to it.
import type { CheckPlan, PlanAnswer } from "../../../../server/src/protocol.ts";
import { askingPlans, type CheckState, type Consent, many, mayAsk } from "./checkState.ts";
import { button, type Child, el, sign } from "./dom.ts";
import { grouped } from "./groups.ts";
import type { Send } from "./link.ts";
import { visible } from "./text.ts";
import { capital, counted, wantsKey } from "./words.ts";

/** A plan on the screen. */
type Planned = Extract<CheckState, { state: "planned" }>;

/** The card; undefined when nothing is to be asked. */
export function planCard({ answer, consent }: Planned, send: Send): HTMLElement | undefined {
  const asking = askingPlans(answer);
  const [first] = asking;
  if (first === undefined) return undefined;
  return el("div", { class: "card plan" }, [
    el("h3", { tabindex: "-1" }, [`What would be asked about ${titleOf(answer)}`]),
    consent.go === "no" ? refusalNotice(consent.by, send) : undefined,
    ...(answer.plans.length === 1 ? questionGroups(first) : severalParts(answer)),
    el("p", { class: "via" }, ["All of it goes through the resolver ", el("code", {}, [visible(first.resolver)]), "."]),
    leftOutPart(answer, send),
    ...consentParts(answer, consent, send),
  ]);
}

function titleOf(answer: PlanAnswer): string {
  const asking = askingPlans(answer);
  const [first] = asking;
  return asking.length === 1 && first !== undefined
    ? first.subject.address.text
    : counted(asking.length, "address", "addresses");
}

function questionGroups({ questions, subject }: CheckPlan): HTMLElement[] {
  return grouped(questions, subject.refusal).map(({ heading, items }) =>
    el("div", { class: "group" }, [
      heading === undefined ? undefined : el("h4", {}, [heading]),
      el(
        "ul",
        { class: "questions" },
        distinct(items).map(({ what, whom }) =>
          el("li", {}, [
            el("span", {}, [capital(visible(what))]),
            el("span", { class: "whom" }, [`to ${visible(whom)}`]),
          ]),
        ),
      ),
    ]),
  );
}

/** Two rows may need the same question; it goes out once, and the consent says it once. */
function distinct<Item extends { readonly what: string; readonly whom: string }>(items: readonly Item[]): Item[] {
  return [...new Map(items.map((item) => [`${item.what}\n${item.whom}`, item])).values()];
}

/** Who gets something first, then each address by itself, folded. */
function severalParts(answer: PlanAnswer): HTMLElement[] {
  const asking = askingPlans(answer);
  const total = asking.reduce((sum, { questions }) => sum + questions.length, 0);
  const whom = [...new Set(asking.flatMap(({ questions }) => questions.map((question) => question.whom)))];
  return [
    el("p", {}, [
      `${counted(total, "question")} in all about ${counted(asking.length, "address", "addresses")}, to ${counted(whom.length, "party", "parties")}:`,
    ]),
    el(
      "ul",
      { class: "chips parties" },
      whom.map((one) => el("li", {}, [visible(one)])),
    ),
    el("ul", { class: "addresses" }, answer.plans.map(addressItem)),
  ];
}

function addressItem(plan: CheckPlan): HTMLElement {
  const { address } = plan.subject;
  if (!mayAsk(plan)) {
    const why = address.explanation ?? "There is nothing to ask.";
    return el("li", {}, [el("code", {}, [address.text]), el("span", { class: "meta" }, [`Not asked about. ${why}`])]);
  }
  return el("li", {}, [
    el("details", {}, [
      el("summary", {}, [el("code", {}, [address.text]), ` ${counted(plan.questions.length, "question")}`]),
      ...questionGroups(plan),
    ]),
  ]);
}

function leftOutPart({ plans }: PlanAnswer, send: Send): HTMLElement | undefined {
  const all = [...new Set(plans.flatMap(({ leftOut }) => leftOut))];
  if (all.length === 0) return undefined;
  return el("details", { class: "left-out" }, [
    el("summary", {}, [`Not asked, and why (${all.length})`]),
    el(
      "ul",
      { class: "prose" },
      all.map((sentence) => el("li", {}, [visible(sentence)])),
    ),
    all.some(wantsKey)
      ? button("Set a key…", { class: "secondary" }, () => send({ type: "go", to: "key" }))
      : undefined,
  ]);
}

/** What the user can answer, or why there is nothing to answer. */
function consentParts(answer: PlanAnswer, consent: Consent, send: Send): Child[] {
  if (consent.go === "no") return [];
  const count = askingPlans(answer).length;
  const tick = count > many ? manyTick(count) : undefined;
  const reply = (how: "now" | "always" | "never") => () => {
    if (how !== "never" && tick !== undefined && !tick.box.checked) return tick.insist();
    send({ type: "ask", plan: answer.id, how, many: tick?.box.checked === true });
  };
  const now = button("Ask now", {}, reply("now"));
  const always = button("Always in this workspace", { class: "secondary" }, reply("always"));
  const never = button("Never in this workspace", { class: "secondary" }, reply("never"));
  tick?.guard([now, always]);
  return [
    tick?.element,
    consent.go === "yes" ? el("p", {}, [agreedBefore(consent.by)]) : undefined,
    consent.go === "ask" && consent.changed ? changedNotice() : undefined,
    el("div", { class: "actions" }, consent.go === "yes" ? [now] : [now, always, never]),
    consent.go === "yes" ? undefined : remembered(),
  ];
}

function remembered(): HTMLElement {
  return el("p", { class: "meta" }, [
    "Your answer is remembered for this workspace only, and asked for again when somebody else would be asked.",
  ]);
}

function agreedBefore(by: "setting" | "workspace"): string {
  return by === "setting" ? "Your settings agree to every check." : "You agreed to these questions in this workspace.";
}

function changedNotice(): HTMLElement {
  return el("p", { class: "notice info" }, [
    sign("info"),
    el("span", {}, [
      "You agreed before, but this goes to somebody new or through another resolver. Please look again.",
    ]),
  ]);
}

interface Tick {
  readonly element: HTMLElement;
  readonly box: HTMLInputElement;
  /** Marks these buttons as disabled until the box is ticked; they stay in reach, to say why. */
  guard(buttons: readonly HTMLElement[]): void;
  insist(): void;
}

function manyTick(count: number): Tick {
  const box = el("input", { type: "checkbox", id: "check-many" });
  const hint = el("p", { class: "meta", id: "check-many-hint", role: "status" }, [
    `More than ${many} addresses at once are asked about only after you tick this.`,
  ]);
  const label = el("label", { class: "tick", for: "check-many" }, [
    box,
    el("span", {}, [`Yes, ask about ${counted(count, "address", "addresses")}`]),
  ]);
  return {
    element: el("div", { class: "many" }, [label, hint]),
    box,
    guard: (buttons) => {
      const mark = () => {
        for (const one of buttons) {
          one.setAttribute("aria-disabled", String(!box.checked));
          one.setAttribute("aria-describedby", "check-many-hint");
        }
      };
      box.addEventListener("change", mark);
      mark();
    },
    insist: () => {
      hint.classList.add("fault");
      box.focus();
    },
  };
}

const refusals: Readonly<Record<Extract<Consent, { go: "no" }>["by"], string>> = {
  untrusted: "This workspace is not trusted, so nothing is asked. Trust it to check addresses from here.",
  setting: "Your setting “Check: Consent” is “never”, so nothing is asked.",
  workspace: "You chose never to ask from this workspace.",
};

function refusalNotice(by: Extract<Consent, { go: "no" }>["by"], send: Send): HTMLElement {
  return el("div", { class: "notice warning refusal" }, [
    sign("warning"),
    el("div", {}, [el("p", {}, [refusals[by]]), refusalButton(by, send)]),
  ]);
}

function refusalButton(by: Extract<Consent, { go: "no" }>["by"], send: Send): HTMLElement {
  if (by === "untrusted") return button("Manage Workspace Trust", {}, () => send({ type: "go", to: "trust" }));
  if (by === "workspace") return button("Ask me again", {}, () => send({ type: "forget" }));
  return button("Open the setting", {}, () => send({ type: "go", to: "consent-setting" }));
}
