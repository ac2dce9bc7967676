// Draws how to write to the provider: the button that drafts a letter or why none helps, and the published addresses.
import type { ExplanationPage } from "../../../../server/src/protocol.ts";
import { contactList } from "./contacts.ts";
import { button, type Child, el, section, sign } from "./dom.ts";
import type { Send } from "./link.ts";
import { visible } from "./text.ts";

/** The section; undefined when nobody is known to write to. */
export function requestSection(page: ExplanationPage, send: Send): HTMLElement | undefined {
  const { contacts, noRequest } = page;
  if (contacts.length === 0 && noRequest === undefined) return undefined;
  return section("contacts", "Write to the provider", [
    noRequest === undefined ? draftPart(page, send) : refusal(noRequest),
    contacts.length === 0 ? undefined : contactList(contacts, send),
  ]);
}

function refusal(why: string): HTMLElement {
  return el("p", { class: "notice info" }, [
    sign("info"),
    el("span", {}, [el("strong", {}, ["A letter would not help. "]), visible(why)]),
  ]);
}

function draftPart({ log, checkIp }: ExplanationPage, send: Send): HTMLElement {
  if (log === undefined || log.count === 0)
    return el("p", { class: "empty" }, ["Open the log with the refusals: the request is drafted from what it shows."]);
  const chosen = chooser(log.sourceIps.shown, checkIp);
  const said = el("span", { class: "meta", role: "status", "data-said": "request", "data-listens": "" });
  const draft = button("Draft the request", { "data-key": "draft" }, () => {
    said.textContent = "";
    send({ type: "request", ip: chosen.ip() });
  });
  return el("div", {}, [
    el("p", {}, [
      "Drafts a letter with the evidence of this log, as a document to finish and send by hand. Nothing is sent for you.",
    ]),
    el("div", { class: "actions" }, [chosen.element, draft, said]),
  ]);
}

interface Chooser {
  readonly element: Child;
  ip(): string | undefined;
}

/** Which address the letter is about, when the log shows several. */
function chooser(ips: readonly string[], first: string | undefined): Chooser {
  if (ips.length < 2) return { element: undefined, ip: () => first ?? ips[0] };
  const options = ips.map((ip) => el("option", { value: ip }, [visible(ip)]));
  const select = el("select", { "data-key": "draft-ip" }, options);
  if (first !== undefined && ips.includes(first)) select.value = first;
  return { element: el("label", { class: "about" }, ["About ", select]), ip: () => select.value };
}
