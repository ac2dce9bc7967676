// Draws the published addresses: each with its source, the dead ones marked as dead.
import type { Contact } from "../../../../server/src/model.ts";
import { type Child, el } from "./dom.ts";
import { link, type Send } from "./link.ts";
import { contactUrl } from "./links.ts";

/** The contacts as a list. */
export function contactList(contacts: readonly Contact[], send: Send): HTMLElement {
  const items = contacts.map((contact) => el("li", contact.usable ? {} : { class: "dead" }, parts(contact, send)));
  return el("ul", { class: "contacts" }, items);
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
