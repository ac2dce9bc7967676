// The part of the form about the refused mail: a field each, with where its value comes from.
import type { Mail, TypedMail } from "../../../../server/src/protocol.ts";
import type { Wish } from "./checkState.ts";
import { el } from "./dom.ts";
import { knownOf, type MailField, mailFields, originOf, origins, typedMail } from "./mail.ts";
import { visible } from "./text.ts";

/** What was typed, as text. */
export interface KeptMail {
  readonly mail: Readonly<Partial<Record<keyof TypedMail, string>>>;
  readonly extras: boolean;
}

/** The fields, and what moves them on. */
export interface MailDetails {
  readonly element: HTMLElement;
  know(mail: Mail | undefined, typed: TypedMail): void;
  wish(): Pick<Wish, "typed" | "extras">;
  kept(): KeptMail;
  restore(kept: KeptMail): void;
}

/** Makes them, folded; `edited` is told of every change. */
export function mailDetails(edited: () => void): MailDetails {
  const boxes = mailFields.map(fieldBox);
  const extras = el("input", { type: "checkbox", id: "check-extras" });
  const count = el("span", { class: "meta origins" });
  const element = el("details", { class: "mail" }, [
    el("summary", {}, ["About the refused mail ", count]),
    el("p", { class: "meta" }, [
      "What you type here wins over the log. Domains are looked up as the receiver would look them up.",
    ]),
    el(
      "div",
      { class: "boxes" },
      boxes.map((box) => box.element),
    ),
    el("label", { class: "tick", for: "check-extras" }, [
      extras,
      el("span", {}, ["Also look at the sender’s MTA-STS and TLS-RPT records"]),
    ]),
  ]);
  element.addEventListener("input", edited);
  const texts = () => Object.fromEntries(boxes.map(({ field, input }) => [field.key, input.value]));
  return {
    element,
    know: (mail, typed) => {
      for (const box of boxes) tell(box, mail, typed);
      count.textContent = countText(mail, typed);
    },
    wish: () => ({ typed: typedMail(texts()), extras: extras.checked }),
    kept: () => ({ mail: texts(), extras: extras.checked }),
    restore: (kept) => {
      for (const { field, input } of boxes) input.value = kept.mail[field.key] ?? "";
      extras.checked = kept.extras;
      element.open = extras.checked || boxes.some(({ input }) => input.value !== "");
    },
  };
}

interface FieldBox {
  readonly field: MailField;
  readonly element: HTMLElement;
  readonly input: HTMLInputElement;
  readonly origin: HTMLElement;
}

function fieldBox(field: MailField): FieldBox {
  const id = `mail-${field.key}`;
  const input = el("input", { id, type: "text", autocomplete: "off", spellcheck: "false" });
  input.setAttribute("aria-describedby", `${id}-origin`);
  input.setAttribute("placeholder", field.example);
  const origin = el("p", { class: "meta", id: `${id}-origin` });
  return { field, input, origin, element: el("div", {}, [el("label", { for: id }, [field.label]), input, origin]) };
}

/** The log's value stands in the field as long as nothing is typed there. */
function tell({ field, input, origin }: FieldBox, mail: Mail | undefined, typed: TypedMail): void {
  const known = typed[field.key] === undefined ? knownOf(mail, field.key) : undefined;
  input.placeholder = known === undefined ? (mail === undefined ? field.example : "") : visible(known);
  input.classList.toggle("known", known !== undefined);
  origin.textContent = originOf(mail, typed, field.key) ?? "";
}

/** The best told first: "3 from the log · 2 not in the log, so not checked". */
function countText(mail: Mail | undefined, typed: TypedMail): string {
  if (mail === undefined) return "";
  const said = mailFields.map(({ key }) => originOf(mail, typed, key));
  return origins
    .map((origin) => ({ origin, count: said.filter((one) => one === origin).length }))
    .filter(({ count }) => count > 0)
    .map(({ origin, count }) => `${count} ${origin}`)
    .join(" · ");
}
