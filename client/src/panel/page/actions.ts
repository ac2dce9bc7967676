// What can be done with the answers of a check: ask again, copy, with or without addresses.
import { button, el } from "./dom.ts";
import type { Send } from "./link.ts";

/** The buttons, made once: what is ticked stays ticked. */
export interface Actions {
  readonly element: HTMLElement;
  /** Copying needs a report. */
  offerCopy(there: boolean): void;
  /** Says beside the buttons what became of a click. */
  say(text: string): void;
}

/** Makes the buttons. */
export function actions(send: Send): Actions {
  const redact = el("input", { type: "checkbox", id: "check-redact" });
  const said = el("span", { class: "meta", role: "status" });
  const copy = (format: "markdown" | "json") => () => send({ type: "copy", format, redact: redact.checked });
  const copying = [
    button("Copy as Markdown", { class: "secondary" }, copy("markdown")),
    button("Copy as JSON", { class: "secondary" }, copy("json")),
    el("label", { class: "tick", for: "check-redact" }, [redact, el("span", {}, ["Redact addresses"])]),
  ];
  const refresh = button("Refresh", { class: "secondary", title: "Ask the same questions again" }, () =>
    send({ type: "refresh" }),
  );
  return {
    element: el("div", { class: "actions" }, [refresh, ...copying, said]),
    offerCopy: (there) => {
      for (const one of copying) one.hidden = !there;
      said.textContent = "";
    },
    say: (text) => {
      said.textContent = text;
    },
  };
}
