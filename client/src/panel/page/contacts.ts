// Draws who can help: every published address with its source, the dead ones marked as dead.
import type { Contact } from "../../../../server/src/model.ts";
import { type Child, el, section } from "./dom.ts";
import { link, type Send } from "./link.ts";
import { contactUrl } from "./links.ts";

/** The contacts; undefined when none is known. */
export function contactsSection(contacts: readonly Contact[], send: Send): HTMLElement | undefined {
  if (contacts.length === 0) return undefined;
  const items = contacts.map((contact) => el("li", contact.usable ? {} : { class: "dead" }, parts(contact, send)));
  return section("contacts", "Who to write to", [el("ul", { class: "contacts" }, items)]);
}

function parts(contact: Contact, send: Send): Child[] {
  const { what, value, usable, source, note } = contact;
  return [
    el("p", {}, [
      el("span", { class: "what" }, [what]),
      el("span", { class: "value" }, [link(send, value, contactUrl(contact))]),
      usable ? undefined : el("span", { class: "badge" }, ["no longer works"]),
    ]),
    note === undefined ? undefined : el("p", {}, [note]),
    el("p", { class: "meta" }, [
      "From ",
      link(send, source.name, source.url),
      el("span", {}, [source.date ?? "no date"]),
      source.via === undefined ? undefined : el("span", {}, [`via ${source.via}`]),
    ]),
  ];
}
