// The form of a check: one or several addresses, and what is known of the refused mail. It outlives redrawings.
import type { InThisLog, Mail, TypedMail } from "../../../../server/src/protocol.ts";
import { addressFault, readAddresses } from "./addresses.ts";
import type { Wish } from "./checkState.ts";
import { button, el } from "./dom.ts";
import { type KeptMail, mailDetails } from "./mailFields.ts";

/** What the reader typed, to be kept while the panel is hidden. */
export interface KeptForm extends KeptMail {
  readonly ip: string;
}

/** The form, and what moves it on. */
export interface CheckForm {
  readonly element: HTMLElement;
  /** Fills the input unless there is something in it. */
  suggest(text: string | undefined): void;
  /** Offers the addresses that a log names, when there are several. */
  offer(addresses: InThisLog["sourceIps"] | undefined): void;
  /** Tells what the plan knows of the mail beside what was typed. */
  know(mail: Mail | undefined, typed: TypedMail): void;
  /** `standing`: a yes stands, so the check may be started at once. `behind`: what to press next is further down. */
  stand(standing: boolean, behind: boolean): void;
  /** What is typed beside the addresses. */
  mail(): Pick<Wish, "typed" | "extras">;
  kept(): KeptForm;
  restore(kept: KeptForm): void;
  focus(): void;
}

/** What the form reports. */
interface Reactions {
  readonly plan: (wish: Wish, atOnce: boolean) => void;
  /** Something about the mail was changed. */
  readonly edited: () => void;
}

const promise = "Nothing leaves this computer before you have seen the list.";
const agreed = "You agreed before, so “Check now” asks at once, unless somebody new would be asked.";

/** Makes the form. */
export function checkForm({ plan, edited }: Reactions): CheckForm {
  const box = addressBox();
  const mail = mailDetails(edited);
  const element = el("form", { novalidate: "" }, [...box.parts, mail.element]);
  element.addEventListener("submit", (event) => {
    event.preventDefault();
    const read = readAddresses(box.input.value);
    const fault = addressFault(read);
    box.complain(fault);
    if (fault === undefined) plan({ ips: read.ips, ...mail.wish() }, event.submitter === box.now);
  });
  return {
    element,
    suggest: (text) => {
      if (text !== undefined && box.input.value === "") box.input.value = text;
    },
    offer: (addresses) => offerAll(box.all, addresses),
    know: mail.know,
    stand: box.stand,
    mail: mail.wish,
    kept: () => ({ ip: box.input.value, ...mail.kept() }),
    restore: (kept) => {
      box.input.value = kept.ip;
      mail.restore(kept);
    },
    focus: () => {
      box.input.focus();
      box.input.select();
    },
  };
}

interface AddressBox extends Pick<CheckForm, "stand"> {
  readonly parts: readonly HTMLElement[];
  readonly input: HTMLInputElement;
  /** Starts at once; hidden while no yes stands. */
  readonly now: HTMLElement;
  /** Takes all addresses of the log. */
  readonly all: HTMLElement;
  /** Says what is wrong with what was typed, or that nothing is. */
  complain(fault: string | undefined): void;
}

function addressBox(): AddressBox {
  const input = el("input", { id: "check-ip", type: "text", autocomplete: "off", spellcheck: "false" });
  input.setAttribute("placeholder", "IPv4 or IPv6, one or several");
  input.setAttribute("aria-describedby", "check-hint");
  const hint = el("p", { class: "meta", id: "check-hint", role: "status" }, [promise]);
  const now = el("button", { type: "submit", hidden: "" }, ["Check now"]);
  const show = el("button", { type: "submit" }, ["Show what would be asked"]);
  const all = button("", { class: "secondary", hidden: "" }, () => {
    input.value = all.dataset.ips ?? "";
    input.focus();
  });
  const complain = (fault: string | undefined) => {
    hint.textContent = fault ?? (now.hidden ? promise : agreed);
    hint.classList.toggle("fault", fault !== undefined);
    input.setAttribute("aria-invalid", String(fault !== undefined));
    if (fault !== undefined) input.focus();
  };
  input.addEventListener("input", () => complain(undefined));
  const label = el("label", { for: "check-ip" }, ["The address your server sends from"]);
  const stand: CheckForm["stand"] = (standing, behind) => {
    now.hidden = !standing;
    now.className = behind ? "secondary" : "";
    show.className = standing || behind ? "secondary" : "";
    if (!hint.classList.contains("fault")) hint.textContent = standing ? agreed : promise;
  };
  return {
    parts: [label, el("div", { class: "field" }, [input, now, show, all]), hint],
    input,
    now,
    all,
    stand,
    complain,
  };
}

function offerAll(all: HTMLElement, addresses: InThisLog["sourceIps"] | undefined): void {
  const { shown = [], total = 0 } = addresses ?? {};
  all.hidden = total < 2 || shown.length < 2;
  all.dataset.ips = shown.join(", ");
  all.textContent =
    shown.length < total
      ? `Use the first ${shown.length} of ${total.toLocaleString("en")} addresses of this log`
      : `Use all ${total} addresses of this log`;
}
