// The page inside the panel: receives values, draws them with DOM calls, sends back what the reader wants.

import plotCss from "uplot/dist/uPlot.min.css";
import { checkSection } from "./check.ts";
import { keepChoices } from "./choices.ts";
import { button, type Child, el, sign } from "./dom.ts";
import { explanation } from "./explanation.ts";
import type { KeptForm } from "./form.ts";
import measuredCss from "./measured.css";
import { type FromPage, readToPage, type ToPage, type View } from "./messages.ts";
import reportCss from "./report/report.css";
import { report } from "./report/report.ts";
import settingsCss from "./settings.css";
import css from "./style.css";
import { unknownReplies } from "./unknown.ts";

interface Kept {
  readonly scroll: number;
  readonly form: KeptForm | undefined;
}

declare function acquireVsCodeApi(): {
  postMessage(message: FromPage): void;
  getState(): Kept | undefined;
  setState(state: Kept): void;
};

const host = acquireVsCodeApi();
const kept = host.getState();
const send = (message: FromPage): void => host.postMessage(message);
const check = checkSection(send);
if (kept?.form !== undefined) check.restore(kept.form);
const main = el("main");
let drawn = false;

/** Keeps the reader's place: the page may be drawn again while a log grows. */
function draw(children: readonly Child[]): void {
  const scroll = drawn ? window.scrollY : (kept?.scroll ?? 0);
  const key = document.activeElement instanceof HTMLElement ? document.activeElement.dataset.key : undefined;
  const inCheck = document.activeElement instanceof HTMLElement && check.element.contains(document.activeElement);
  const active = inCheck ? (document.activeElement as HTMLElement) : undefined;
  const giveBack = keepChoices(main);
  main.replaceChildren(...children.filter((child) => child !== undefined));
  giveBack();
  window.scrollTo(0, scroll);
  const again =
    active ?? (key === undefined ? null : main.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`));
  again?.focus({ preventScroll: true });
}

function show(view: View): void {
  draw(children(view));
  if (view.state === "page" || view.state === "report") drawn = true;
}

function children(view: View): readonly Child[] {
  if (view.state === "loading") return [message("neutral", "Reading the catalogue …", [])];
  if (view.state === "missing") return missing(view.path);
  if (view.state === "gone") return gone(view.why);
  if (view.state === "counting") return [message("neutral", "Counting …", [el("p", {}, [view.message ?? ""])])];
  if (view.state === "report") return report(view.page, send);
  const { page, logOpen } = view;
  if (page.kind === "unknown") return unknownReplies(page, send);
  if (page.kind === "explanation") {
    const { checkIp: ip, log } = page;
    check.surround({ ip, origin: undefined, log: log?.uri, addresses: log?.sourceIps });
    return explanation({ page, logOpen, check: check.element, send });
  }
  check.surround({ ip: page.ip, origin: page.origin, log: page.origin?.log, addresses: undefined });
  return [el("header", {}, [el("p", { class: "provider" }, ["Sending IP"]), checkTitle(page.ip)]), check.element];
}

function checkTitle(ip: string): HTMLElement {
  return el("h1", {}, [
    el("span", { class: "code" }, [ip]),
    el("span", { class: "title" }, ["Is it listed, and is its name in order?"]),
  ]);
}

function missing(path: string): Child[] {
  return [
    message("warning", "There is no explanation here.", [
      el("p", {}, ["The catalogue has no entry ", el("code", {}, [path]), ". It may have been renamed."]),
      el("p", {}, ["Run “SMTP Log Lens: Explain a Code…” to pick one from the list."]),
    ]),
  ];
}

function gone(why: string): Child[] {
  return [
    message("error", "The explanation could not be read.", [
      el("p", {}, [why]),
      el("p", {}, ["Try again; if it stays like this, reload the window."]),
      button("Try again", {}, () => send({ type: "reload" })),
    ]),
  ];
}

function message(tone: string, text: string, more: readonly Child[]): HTMLElement {
  return el("div", { class: "whole", role: "status" }, [el("h1", {}, [sign(tone), text]), ...more]);
}

/** Tells beside the button what became of a click on it. */
function tell({ about, text }: Extract<ToPage, { type: "said" }>): void {
  const said = main.querySelector(`[data-said=${about}][data-listens]`);
  if (said !== null) said.textContent = text;
}

function dress(): void {
  const sheets = [plotCss, css, measuredCss, settingsCss, reportCss].map((text) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    return sheet;
  });
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, ...sheets];
}

dress();
document.body.append(main);
window.addEventListener("message", (event: MessageEvent<unknown>) => {
  const received = readToPage(event.data);
  if (received?.type === "view") show(received.view);
  else if (received?.type === "said" && received.about !== "check") tell(received);
  else if (received !== undefined) check.receive(received);
});
const keep = (): void => host.setState({ scroll: window.scrollY, form: check.kept() });
window.addEventListener("scroll", keep, { passive: true });
window.addEventListener("input", keep);
send({ type: "ready" });
