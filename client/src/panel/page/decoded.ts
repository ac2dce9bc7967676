// Draws what a bit mask such as IPBL0011 names: each list with its own way out.
import type { Decoded } from "../../../../server/src/model.ts";
import { type Child, el, section, sign } from "./dom.ts";
import { link, type Send } from "./link.ts";

/** The lists that the code decodes to; undefined when it is no mask. */
export function decodedSection(decoded: Decoded | undefined, send: Send): HTMLElement | undefined {
  if (decoded === undefined) return undefined;
  const { bits, lists, note } = decoded;
  return section("decoded", "What the code decodes to", [
    el("p", {}, [intro(decoded), el("code", {}, [bits]), lists.length === 0 ? " (no known list)" : ":"]),
    el(
      "ul",
      { class: "lists" },
      lists.map(({ name, removal, note: about }) =>
        el("li", {}, [
          el("strong", {}, [name]),
          about === undefined ? undefined : el("p", {}, [about]),
          removal === undefined
            ? el("p", { class: "meta" }, ["This list publishes no page for removal."])
            : el("p", {}, [link(send, "Look up or ask for removal", removal)]),
        ]),
      ),
    ),
    decoded.published ? undefined : unpublished(),
    note === undefined ? undefined : el("p", {}, [note]),
  ]);
}

function intro({ subject }: Decoded): Child {
  return subject === "sending-ip"
    ? "The provider found the sending IP on the lists behind the bits "
    : "The provider found a link in the message on the lists behind the bits ";
}

function unpublished(): HTMLElement {
  return el("p", { class: "notice info" }, [
    sign("info"),
    el("span", {}, ["No source prints this very mask. It was decoded by the pattern of those that are published."]),
  ]);
}
