// The table of a report: a row for each provider, the largest first, which unfolds into its codes.
import type { ReportPage, ReportProvider } from "../../../../../server/src/logProtocol.ts";
import { button, el } from "../dom.ts";
import { visible } from "../text.ts";
import { counted } from "../words.ts";
import { codeRows } from "./codeRows.ts";
import { countButton } from "./countButton.ts";
import type { Places } from "./place.ts";

/** So many codes are to be seen at first, of as many providers as fit; so many of one provider until more are wanted. */
const firstCodes = 12;
const firstOfOne = 10;

/** What the reader unfolded, by provider: the page is drawn anew after each counting. */
const kept = new Map<string, { readonly open: boolean; readonly all: boolean }>();

const heads = ["Provider and code", "Count", "Share", "First", "Last"];

/** The whole table, with a button to unfold all of it. */
export function providersTable({ providers }: ReportPage, places: Places): HTMLElement[] {
  const shown = firstShown(providers);
  const parts = providers.map((provider, index) =>
    providerPart({ provider, index, open: shown.has(provider) }, places),
  );
  const label = "Failures by provider and code";
  const head = heads.map((text, at) =>
    el("th", { scope: "col", role: "columnheader", class: at === 1 || at === 2 ? "count" : "" }, [text]),
  );
  const table = el("table", { class: places.oneClock ? "report" : "report zones", role: "table" }, [
    el("caption", { class: "unseen" }, [label]),
    el("thead", { role: "rowgroup" }, [el("tr", { role: "row" }, head)]),
    ...parts.flatMap(({ bodies }) => bodies),
  ]);
  const frame = el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": label }, [table]);
  const shares = "A provider’s share is of all failures, a code’s is of its provider’s. Counts lead to their lines.";
  return [el("p", { class: "meta about" }, [shares]), ...(providers.length < 2 ? [] : [foldAll(parts)]), frame];
}

/** The providers whose codes are to be seen at first: the largest ones, as long as it stays a page that one can take in. */
function firstShown(providers: readonly ReportProvider[]): ReadonlySet<ReportProvider> {
  let room = firstCodes;
  const shown = providers.filter(({ codes }) => {
    const fits = codes.length <= room;
    room -= Math.min(room, codes.length);
    return fits;
  });
  return new Set([...providers.slice(0, 1), ...shown]);
}

/** A provider's row and its codes. */
interface Part {
  readonly bodies: readonly HTMLElement[];
  fold(open: boolean): void;
}

interface Shown {
  readonly provider: ReportProvider;
  readonly index: number;
  readonly open: boolean;
}

function providerPart({ provider, index, open }: Shown, places: Places): Part {
  const codes = el("tbody", { role: "rowgroup", id: `codes-${index}` });
  const attributes = { class: "toggle", "data-key": `fold-${provider.name}`, "aria-controls": codes.id };
  const toggle = button(visible(provider.name), attributes, () => fold(codes.hidden !== false));
  let drawn = false;
  const draw = (all: boolean): void => {
    const wanted = all ? provider.codes.length : firstOfOne;
    drawn = true;
    codes.replaceChildren(
      ...provider.codes.slice(0, wanted).flatMap((code, at) => codeRows(code, { provider, index, at }, places)),
      ...moreRow(provider, wanted, () => more()),
    );
  };
  const more = (): void => {
    kept.set(provider.name, { open: true, all: true });
    draw(true);
    // The button is gone: the reader goes on where the new rows begin.
    codes.querySelectorAll<HTMLElement>("tr.entry")[firstOfOne]?.querySelector("button")?.focus();
  };
  const fold = (open: boolean): void => {
    const all = kept.get(provider.name)?.all ?? false;
    kept.set(provider.name, { open, all });
    if (open && !drawn) draw(all);
    codes.hidden = !open;
    toggle.setAttribute("aria-expanded", String(open));
  };
  fold(kept.get(provider.name)?.open ?? open);
  return { bodies: [providerBody({ provider, index, toggle }, places), codes], fold };
}

interface Heading {
  readonly provider: ReportProvider;
  readonly index: number;
  readonly toggle: HTMLElement;
}

function providerBody({ provider, index, toggle }: Heading, { send }: Places): HTMLElement {
  const { name, count, share, codes } = provider;
  const lines = countButton(count, { key: `provider-${name}`, what: name, of: { provider: index }, send });
  return el("tbody", { role: "rowgroup" }, [
    el("tr", { class: "group", role: "row" }, [
      el("th", { scope: "rowgroup", role: "rowheader" }, [toggle]),
      el("td", { class: "count", role: "cell" }, [lines]),
      el("td", { class: "count", role: "cell" }, [share]),
      el("td", { class: "meta-cell", role: "cell", colspan: "2" }, [counted(codes.length, "code")]),
    ]),
  ]);
}

function moreRow({ name, codes }: ReportProvider, shown: number, press: () => void): HTMLElement[] {
  const left = codes.length - shown;
  if (left <= 0) return [];
  const text = `Show ${counted(left, "more code", "more codes")} of ${visible(name)}`;
  const cell = el("td", { role: "cell", colspan: String(heads.length) }, [
    button(text, { class: "jump", "data-key": `more-${name}` }, press),
  ]);
  return [el("tr", { class: "rest", role: "row" }, [cell])];
}

function foldAll(parts: readonly Part[]): HTMLElement {
  const fold = (open: boolean) => () => {
    for (const part of parts) part.fold(open);
  };
  return el("div", { class: "actions fold" }, [
    button("Unfold all", { class: "secondary", "data-key": "unfold-all" }, fold(true)),
    button("Fold all", { class: "secondary", "data-key": "fold-all" }, fold(false)),
  ]);
}
