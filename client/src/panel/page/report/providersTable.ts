// The table of a report: a row for each code, below its provider.
import type { ReportCode, ReportFile, ReportPage, ReportProvider } from "../../../../../server/src/logProtocol.ts";
import { button, el, sign } from "../dom.ts";
import type { Send } from "../link.ts";
import { visible } from "../text.ts";
import { placeButton } from "./place.ts";

const heads = ["Code", "Count", "Share", "What it is", "First", "Last", "Recipients at", "Sent from", "In the queue"];
const numeric: ReadonlySet<string> = new Set(["Count", "Share"]);

/** What the rows need of the page around. */
interface Table {
  readonly files: readonly ReportFile[];
  readonly send: Send;
}

/** The whole table. */
export function providersTable({ providers, files }: ReportPage, send: Send): HTMLElement {
  const head = heads.map((text) => el("th", { scope: "col", class: numeric.has(text) ? "count" : "" }, [text]));
  const bodies = providers.map((provider) => body(provider, { files, send }));
  const label = "Failures by provider and code";
  return el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": label }, [
    el("table", { class: "report" }, [
      el("caption", { class: "unseen" }, [label]),
      el("thead", {}, [el("tr", {}, head)]),
      ...bodies,
    ]),
  ]);
}

function body({ name, count, share, codes }: ReportProvider, table: Table): HTMLElement {
  const heading = el("tr", { class: "group" }, [
    el("th", { scope: "rowgroup" }, [visible(name)]),
    el("td", { class: "count" }, [count.toLocaleString("en")]),
    el("td", { class: "count" }, [share]),
    el("td", { colspan: String(heads.length - 3) }),
  ]);
  return el("tbody", {}, [heading, ...codes.map((code, index) => row(code, `${name}-${index}`, table))]);
}

const tones = { permanent: "error", temporary: "warning", ours: "info" } as const;
const kinds = { permanent: "Permanent", temporary: "Temporary", ours: "Refused by us" } as const;

function row(code: ReportCode, key: string, { files, send }: Table): HTMLElement {
  const { label, title, kind, count, share, first, last, domains, sources, delays, page } = code;
  const explain = () => send({ type: "explain", page });
  const name = button(
    visible(label),
    { class: "jump", "data-key": `code-${key}`, title: `Explain ${visible(label)}` },
    explain,
  );
  return el("tr", {}, [
    el("th", { scope: "row" }, [name]),
    el("td", { class: "count" }, [count.toLocaleString("en")]),
    el("td", { class: "count" }, [share]),
    el("td", {}, [el("span", { class: "kind" }, [sign(tones[kind]), `${kinds[kind]}. `]), visible(title)]),
    el("td", { class: "time" }, [placeButton(first, { key: `first-${key}`, label: "first", files, send })]),
    el("td", { class: "time" }, [placeButton(last, { key: `last-${key}`, label: "last", files, send })]),
    ...[domains, sources, delays].map((text) => el("td", {}, [text === "" ? "–" : visible(text)])),
  ]);
}
