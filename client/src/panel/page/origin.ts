// Says which refusal a check starts from, and leads to its line and its explanation.
import type { Origin, Subject } from "../../../../server/src/protocol.ts";
import type { CheckState } from "./checkState.ts";
import { button, type Child, dotted, el } from "./dom.ts";
import { lineJump } from "./lineJump.ts";
import type { Send } from "./link.ts";
import { readableTime, visible } from "./text.ts";
import { counted } from "./words.ts";

/** The page that a check stands on. */
export interface Ground {
  /** The refusal that a page of a check names; undefined on an explanation, which names its own at the top. */
  readonly origin: Origin | undefined;
  /** The log that the lines are of. */
  readonly log: string | undefined;
}

type Refusal = NonNullable<Subject["refusal"]>;

/** "Because of AUP#CXCNCT, refused 2026-11-20 10:00:01, line 12"; undefined when there is no refusal to tell of. */
export function originLine({ origin, log }: Ground, check: CheckState, send: Send): HTMLElement | undefined {
  const refusal = refusalOf(check);
  const label = refusal?.label ?? origin?.label;
  if (label === undefined) return undefined;
  const because = el("span", {}, ["Because of ", labelPart(label, origin, send)]);
  // Each of several addresses has lines of its own.
  if ("answer" in check && check.answer.plans.length > 1) return el("p", {}, [because]);
  const line = refusal === undefined ? origin?.line : refusal.line;
  const facts = [
    because,
    refusal?.time === undefined ? undefined : `refused ${readableTime(refusal.time)}`,
    log === undefined || line === undefined ? undefined : lineJump({ uri: log, line }, "origin-line", send),
    refusal === undefined ? undefined : seenText(refusal),
  ];
  return el("p", {}, dotted(facts));
}

function refusalOf(check: CheckState): Refusal | undefined {
  return "answer" in check ? check.answer.plans[0]?.subject.refusal : undefined;
}

function labelPart(label: string, origin: Origin | undefined, send: Send): Child {
  const code = el("code", {}, [visible(label)]);
  if (origin === undefined) return code;
  const attributes = { class: "jump", "data-key": "explanation", title: "Read what this code means" };
  const open = button("", attributes, () => send({ type: "go", to: "explanation" }));
  open.append(code);
  return open;
}

function seenText({ seen }: Refusal): string | undefined {
  if (seen === undefined || seen.count < 2) return undefined;
  const { count, first, last } = seen;
  const times = first === undefined || last === undefined ? "" : `, ${readableTime(first)} to ${readableTime(last)}`;
  return `${counted(count, "such line")} in this log${times}`;
}
