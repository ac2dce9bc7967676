// The rows of a code in a report: its numbers, and below them what it is, whose mail it hit, and how long that had waited.
import type { ReportCode, ReportProvider } from "../../../../../server/src/logProtocol.ts";
import type { Counts } from "../../../../../server/src/tally.ts";
import { button, type Child, el, sign } from "../dom.ts";
import type { LinesOf } from "../messages.ts";
import { visible } from "../text.ts";
import { countButton } from "./countButton.ts";
import { type Places, placeButton } from "./place.ts";

/** Where the code stands in the report. */
export interface CodePlace {
  readonly provider: ReportProvider;
  /** The provider's index, and the code's among its codes. */
  readonly index: number;
  readonly at: number;
}

/** What the facts of a code need to know. */
interface Facts {
  readonly key: string;
  /** "Cox, AUP#CXCNCT" */
  readonly what: string;
  readonly of: LinesOf;
  readonly places: Places;
}

const tones = { permanent: "error", temporary: "warning", ours: "info" } as const;
const kinds = { permanent: "Permanent", temporary: "Temporary", ours: "Refused by us" } as const;

/** Two rows: a code's facts are too long for columns. */
export function codeRows(code: ReportCode, { provider, index, at }: CodePlace, places: Places): HTMLElement[] {
  const key = `${provider.name}-${at}`;
  const facts = { key, what: `${provider.name}, ${code.label}`, of: { provider: index, code: at }, places };
  return [numbers(code, facts), explanation(code, facts)];
}

function numbers({ label, count, share, first, last, page }: ReportCode, facts: Facts): HTMLElement {
  const { key, what, of, places } = facts;
  const explain = () => places.send({ type: "explain", page });
  const shown = visible(label);
  const name = button(shown, { class: "jump", "data-key": `code-${key}`, title: `Explain ${shown}` }, explain);
  return el("tr", { class: "entry", role: "row" }, [
    el("th", { scope: "row", role: "rowheader" }, [name]),
    el("td", { class: "count", role: "cell" }, [countButton(count, { key, what, of, send: places.send })]),
    el("td", { class: "count", role: "cell" }, [share]),
    el("td", { class: "first", role: "cell" }, [placeButton(first, { key: `first-${key}`, label: "first" }, places)]),
    el("td", { class: "last", role: "cell" }, [placeButton(last, { key: `last-${key}`, label: "last" }, places)]),
  ]);
}

function explanation({ title, kind, domains, sources, delays }: ReportCode, facts: Facts): HTMLElement {
  const told = [
    fact("Recipients at", namesOf(domains, "domain", facts)),
    fact("Sent from", namesOf(sources, "source", facts)),
    fact("In the queue", delays === "" ? [] : [delays]),
  ];
  return el("tr", { class: "more", role: "row" }, [
    el("td", { role: "cell", colspan: "5" }, [
      el("p", {}, [sign(tones[kind]), el("strong", {}, [kinds[kind]]), `. ${visible(title)}`]),
      el("dl", {}, told),
    ]),
  ]);
}

function fact(name: string, texts: readonly Child[]): Child {
  if (texts.length === 0) return undefined;
  return el("div", {}, [el("dt", {}, [name]), " ", el("dd", {}, texts)]);
}

/** "cox.net 1,286, example.net 2, 3 more to others": each number leads to its lines. */
function namesOf({ named, others }: Counts, part: "domain" | "source", facts: Facts): Child[] {
  const { key, what, of, places } = facts;
  const preposition = part === "domain" ? "to" : "from";
  const told = named.flatMap(([name, count], at) => {
    const naming = { key: `${part}-${key}-${at}`, what: `${what} ${preposition} ${name}`, of: { ...of, [part]: at } };
    return [at === 0 ? "" : ", ", `${visible(name)} `, countButton(count, { ...naming, send: places.send })];
  });
  const rest = `${told.length === 0 ? "" : ", "}${others.toLocaleString("en")} ${preposition} others`;
  return others === 0 ? told : [...told, rest];
}
