// The section that checks addresses: the form, the verdict, the plan and its consent, the rows. It outlives redrawings.
import type { InThisLog, Row } from "../../../../server/src/protocol.ts";
import { actions } from "./actions.ts";
import { updateTable } from "./addressTable.ts";
import { type Carried, type CheckState, isOffline, rowsOfRun, type Wish, withRow, withRun } from "./checkState.ts";
import { type Child, el, section } from "./dom.ts";
import { checkForm, type KeptForm } from "./form.ts";
import type { Send } from "./link.ts";
import { mailFields } from "./mail.ts";
import type { ToPage } from "./messages.ts";
import { type Ground, originLine } from "./origin.ts";
import { saidOf } from "./outcome.ts";
import { updateRows } from "./rows.ts";
import { drawStage } from "./stage.ts";
import { visible } from "./text.ts";
import { counted, isAnswered, isBad, stateOf } from "./words.ts";

/** What the page around tells of itself. */
export interface Surroundings extends Ground {
  /** The address to begin with. */
  readonly ip: string | undefined;
  /** The addresses that the page's log names. */
  readonly addresses: InThisLog["sourceIps"] | undefined;
}

/** What the panel says of the check. */
type CheckMessage = Extract<ToPage, { type: "check" | "row" | "run" | "said" }>;

/** The section, and what moves it on. */
export interface CheckSection {
  readonly element: HTMLElement;
  surround(page: Surroundings): void;
  receive(message: CheckMessage): void;
  /** What is typed, to be kept while the panel is hidden. */
  kept(): KeptForm;
  restore(kept: KeptForm): void;
}

/** Makes the section; `send` reaches the panel. */
export function checkSection(send: Send): CheckSection {
  let check: CheckState = { state: "idle" };
  let page: Surroundings = { ip: undefined, origin: undefined, log: undefined, addresses: undefined };
  const replan = later(() => planAgain(check, form.mail(), send));
  const form = checkForm({ plan: (wish, atOnce) => send({ type: "plan", wish, atOnce }), edited: replan });
  const origin = el("div", { class: "origin" });
  const said = el("div", { class: "said notice", role: "status", tabindex: "-1", hidden: "" });
  const stage = el("div", { class: "stage" });
  const results = el("div", { class: "results" });
  const news = el("p", { class: "unseen", role: "status" });
  const tools = { send, actions: actions(send), focusInput: form.focus, said };

  const draw = () => {
    drawChanged(origin, [originLine(page, check, send)]);
    say(said, check, { stage, send });
    drawStage(stage, check, tools);
    drawResults(results, check, send);
  };
  const drawSoon = onceAFrame(draw);
  const take = (next: CheckState, standing: boolean) => {
    check = next;
    news.textContent = "";
    form.stand(standing && next.state !== "planned", "answer" in next);
    if ("answer" in next) form.know(next.answer.plans[0]?.subject.mail, next.wish.typed);
    replan();
    draw();
  };
  return {
    element: section("check", "Check the sending IP", [origin, form.element, said, stage, results, news]),
    surround: (next) => {
      page = next;
      form.suggest(next.ip);
      form.offer(next.addresses);
      drawChanged(origin, [originLine(page, check, send)]);
    },
    receive: (message) => {
      if (message.type === "said") return tools.actions.say(message.text);
      if (message.type === "check") return take(message.check, message.standing);
      if (message.type === "row") announce(news, message.row);
      check = applied(check, message);
      drawSoon();
    },
    kept: form.kept,
    restore: form.restore,
  };
}

function applied(check: CheckState, message: Extract<CheckMessage, { type: "row" | "run" }>): CheckState {
  if (check.state !== "running" && check.state !== "ended") return check;
  const { index } = message;
  const old = check.runs[index];
  if (old === undefined) return check;
  return {
    ...check,
    runs: withRun(check.runs, index, message.type === "run" ? message.run : withRow(old, message.row)),
  };
}

/** Plans anew when the reader changed something about the mail since the plan that is shown. */
function planAgain(check: CheckState, mail: Pick<Wish, "typed" | "extras">, send: Send): void {
  if (check.state !== "planned" || sameMail(check.wish, mail)) return;
  send({ type: "plan", wish: { ips: check.wish.ips, ...mail }, atOnce: false });
}

function sameMail(one: Pick<Wish, "typed" | "extras">, other: Pick<Wish, "typed" | "extras">): boolean {
  const [a, b] = [one, other].map(({ typed, extras }) => [...mailFields.map(({ key }) => typed[key] ?? null), extras]);
  return JSON.stringify(a) === JSON.stringify(b);
}

function say(element: HTMLElement, check: CheckState, tools: { stage: HTMLElement; send: Send }): void {
  const { stage, send } = tools;
  // A plan that is renewed while the reader types is no news.
  if (check.state === "planning" && stage.querySelector(".plan") !== null) return;
  const { tone, parts } = saidOf(check, send);
  element.className = `said notice ${tone}`;
  element.hidden = parts.length === 0;
  drawChanged(element, parts);
}

function drawResults(results: HTMLElement, check: CheckState, send: Send): void {
  const carried: Carried | undefined = check.state === "running" || check.state === "ended" ? check : undefined;
  const [plan, run] = [carried?.answer.plans[0], carried?.runs[0]];
  if (carried === undefined || plan === undefined || run === undefined) {
    results.replaceChildren();
    return;
  }
  // What is remembered from before is an answer all the same, and stays in sight.
  const silent = isOffline(carried) && !rowsOfRun(run).some(isAnswered);
  const shape = carried.runs.length > 1 ? "table" : silent ? "folded" : "rows";
  const box = boxOf(results, shape, plan.questions.length);
  if (shape === "table") updateTable(box, carried, { key: carried.answer.id, send });
  else updateRows(box, { key: carried.answer.id, plan, run }, send);
}

/** Rows of which none was answered are told in one sentence above: whoever wants them unfolds them. */
function boxOf(results: HTMLElement, shape: "table" | "folded" | "rows", count: number): HTMLElement {
  const known = results.querySelector<HTMLElement>(`:scope [data-shape="${shape}"]`);
  if (known !== null) return known;
  const box = el("div", { "data-shape": shape, class: shape === "table" ? "" : "rows" });
  const summary = `The ${counted(count, "question")}, none of them answered`;
  results.replaceChildren(shape === "folded" ? el("details", {}, [el("summary", {}, [summary]), box]) : box);
  return box;
}

/** Only what needs somebody to act is spoken while rows come; the verdict is spoken at the end. */
function announce(news: HTMLElement, row: Row): void {
  if (isBad(row)) news.textContent = visible(`${row.question} ${stateOf(row).word}.`);
}

/** Replaces the children when they are others, so that focus and speech are left alone. */
function drawChanged(box: HTMLElement, parts: readonly Child[]): void {
  const next = el("div", {}, parts);
  const old = [...box.childNodes];
  const same =
    old.length === next.childNodes.length && old.every((node, at) => node.isEqualNode(next.childNodes[at] ?? null));
  if (!same) box.replaceChildren(...next.childNodes);
}

function later(work: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(work, 400);
  };
}

/** Rows of many addresses come by the hundred. */
function onceAFrame(work: () => void): () => void {
  let waiting = false;
  return () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      work();
    });
  };
}
