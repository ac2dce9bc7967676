// Draws what a log says that only its code explained: a row for each wording, with its lines and the button that makes a row of the catalogue.
import type { UnknownLog, UnknownPage, UnknownReply } from "../../../../server/src/protocol.ts";
import { button, type Child, el, sign } from "./dom.ts";
import { lineJump } from "./lineJump.ts";
import type { Send } from "./link.ts";
import { visible } from "./text.ts";

/** The whole page; says what to do when no log is open and when everything is known. */
export function unknownReplies({ log, replies }: UnknownPage, send: Send): Child[] {
  if (log === undefined) return [head(), el("p", { class: "empty" }, [noLog])];
  if (log.unknown === 0) return [head(), el("p", {}, [sign("ok"), allKnown(log)])];
  return [head(), el("p", {}, [numbers(log)]), el("p", {}, [about]), table(log, replies, send)];
}

const noLog = "Open a mail log to see which of its replies nobody explains yet.";
const about =
  "What differs from line to line is masked. A row is made of the first reply: people, hosts and addresses get other names, and you write what it means.";

function head(): HTMLElement {
  return el("header", {}, [
    el("p", { class: "provider" }, ["Unknown replies"]),
    el("h1", {}, [
      "What only the code explains",
      el("span", { class: "title" }, ["Replies whose words neither the catalogue nor your own rules know."]),
    ]),
  ]);
}

function allKnown({ failures }: UnknownLog): string {
  if (failures === 0) return "The log holds no failure.";
  if (failures === 1) return "The one failure of this log is explained by more than its code.";
  return `All ${failures.toLocaleString("en")} failures of this log are explained by more than a code.`;
}

function numbers({ failures, unknown, kinds, left }: UnknownLog): string {
  const [part, whole, wordings] = [unknown, failures, kinds].map((count) => count.toLocaleString("en"));
  const rest =
    left === 0 ? "" : ` ${left.toLocaleString("en")} of them are not listed: too many say something different.`;
  return `${part} of ${whole} failures, in ${wordings} ${kinds === 1 ? "wording" : "wordings"}.${rest}`;
}

function table({ uri, kinds }: UnknownLog, replies: readonly UnknownReply[], send: Send): HTMLElement {
  const heads = ["Times", "What is said", "By", "First", "Last", "Catalogue"];
  const caption =
    replies.length < kinds
      ? `The ${replies.length} most frequent of ${kinds.toLocaleString("en")}`
      : "The most frequent first";
  const head = heads.map((text) => el("th", { scope: "col" }, [text]));
  const rows = replies.map((reply) => el("tr", {}, cells(uri, reply, send)));
  return el("div", { class: "scroll tall", tabindex: "0", role: "region", "aria-label": caption }, [
    el("table", { class: "unknown" }, [
      el("caption", {}, [caption]),
      el("thead", {}, [el("tr", {}, head)]),
      el("tbody", {}, rows),
    ]),
  ]);
}

function cells(uri: string, reply: UnknownReply, send: Send): HTMLElement[] {
  const { template, count, provider, direction, first, last } = reply;
  const who = direction === "we-refused-them" ? "your own server" : (provider ?? "not known");
  const key = `${first}-${template}`;
  const make = button(
    "Make a row",
    { class: "secondary", "data-key": `row-${key}`, "aria-label": `Make a catalogue row of ${visible(template)}` },
    () => send({ type: "row", uri, line: first, template }),
  );
  return [
    el("td", { class: "count" }, [count.toLocaleString("en")]),
    el("td", { class: "words" }, [visible(template)]),
    el("td", {}, [visible(who)]),
    el("td", {}, [lineJump({ uri, line: first }, `first-${key}`, send)]),
    el("td", {}, [first === last ? "–" : lineJump({ uri, line: last }, `last-${key}`, send)]),
    el("td", {}, [make]),
  ];
}
