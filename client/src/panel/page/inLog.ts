// Draws what the reader's own log shows of the code: counts, times, people, and the lines as buttons that jump.
import type { InThisLog, Place } from "../../../../server/src/protocol.ts";
import { button, type Child, el, section } from "./dom.ts";
import type { Drawing } from "./drawing.ts";
import type { Send } from "./link.ts";
import { readableTime, visible } from "./text.ts";

/** This log's share of the page; says what to do when there is none. */
export function logSection({ page, logOpen, send }: Drawing): HTMLElement {
  const { log } = page;
  if (log === undefined) return section("log", "In this log", [el("p", { class: "empty" }, [noLog(logOpen)])]);
  if (log.count === 0) {
    return section("log", "In this log", [el("p", { class: "empty" }, ["The open log does not hold this code."])]);
  }
  return section("log", "In this log", [
    facts(log),
    ...log.remarks.map((remark) => el("p", { class: "evidence" }, [remark])),
    ...placesParts(log, send),
  ]);
}

function noLog(logOpen: boolean): string {
  return logOpen
    ? "The open log does not hold this code."
    : "Open a mail log to see where this code stands in it, how often, and for whom.";
}

function facts(log: InThisLog): HTMLElement {
  const pairs: [string, Child[]][] = [
    ["Lines", [log.count.toLocaleString("en")]],
    ["First", [log.first === undefined ? "not dated" : readableTime(log.first)]],
    ["Last", [log.last === undefined ? "not dated" : readableTime(log.last)]],
    ["Recipients", several(log.recipients)],
    ["Source IPs", several(log.sourceIps)],
  ];
  return el(
    "dl",
    { class: "facts" },
    pairs.map(([term, value]) => el("div", {}, [el("dt", {}, [term]), el("dd", {}, value)])),
  );
}

function several({ shown, total, more: least }: InThisLog["recipients"]): Child[] {
  if (total === 0) return ["none named"];
  const items = shown.map((text) => el("li", {}, [visible(text)]));
  const more =
    total > shown.length
      ? [el("li", { class: "more" }, [`and ${least ? "at least " : ""}${total - shown.length} more`])]
      : [];
  return [el("ul", { class: "chips" }, [...items, ...more])];
}

/** The words once when every line has the same, else a column of their own. */
function placesParts(log: InThisLog, send: Send): Child[] {
  const [first, ...others] = log.places;
  if (first === undefined) return [];
  const same = others.every(({ words }) => words === first.words);
  if (!same) return [placesTable(log, wordsHead, send)];
  return [el("blockquote", { class: "words" }, [visible(first.words)]), placesTable(log, undefined, send)];
}

const wordsHead = "What was said";

function placesTable(log: InThisLog, words: string | undefined, send: Send): HTMLElement {
  const { uri, places, count } = log;
  const heads = ["Line", "Time", "Recipient", "Source IP", words].filter((text) => text !== undefined);
  const head = el(
    "tr",
    {},
    heads.map((text) => el("th", { scope: "col" }, [text])),
  );
  const rows = places.map((place) => {
    const cells = placeCells(place, () => send({ type: "jump", uri, line: place.line }));
    return el("tr", {}, cells.slice(0, heads.length));
  });
  const caption =
    places.length < count ? `The first ${places.length} of ${count.toLocaleString("en")} lines` : "The lines";
  return el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": caption }, [
    el("table", {}, [el("caption", {}, [caption]), el("thead", {}, [head]), el("tbody", {}, rows)]),
  ]);
}

function placeCells({ line, time, recipient, sourceIp, words }: Place, jump: () => void): HTMLElement[] {
  const label = `${line + 1}`;
  const key = `line-${line}`;
  return [
    el("td", {}, [button(label, { class: "jump", "data-key": key, "aria-label": `Go to line ${label}` }, jump)]),
    el("td", { class: "time" }, [time === undefined ? "–" : readableTime(time)]),
    el("td", {}, [visible(recipient ?? "–")]),
    el("td", {}, [visible(sourceIp ?? "–")]),
    el("td", { class: "words" }, [visible(words)]),
  ];
}
