// Draws a report: how much was read, when failures came, what each provider refused, how it was said, and the exports.
import type { ReportFile, ReportForm, ReportPage } from "../../../../../server/src/logProtocol.ts";
import { button, type Child, el, section, sign } from "../dom.ts";
import type { Send } from "../link.ts";
import { visible } from "../text.ts";
import { capital, counted } from "../words.ts";
import { clockWords, hasOneClock } from "./clock.ts";
import { countButton } from "./countButton.ts";
import { failuresFigure } from "./failuresFigure.ts";
import type { Places } from "./place.ts";
import { providersTable } from "./providersTable.ts";
import { timesTable } from "./timesTable.ts";
import { totals } from "./totals.ts";
import { wordingsTable } from "./wordings.ts";

/** All children of the page's main landmark. */
export function report(page: ReportPage, send: Send): Child[] {
  const places = { files: page.files, oneClock: hasOneClock(page), send };
  if (page.failures === 0) return [header(page, send), files(page), none(page), actions(send, false)];
  return [
    header(page, send, totals(page, places)),
    files(page),
    actions(send, true),
    times(page, places),
    section("providers", "By provider and code", providersTable(page, places)),
    section("wordings", "The most frequent wordings", [wordingsTable(page, places)]),
  ];
}

function header(page: ReportPage, send: Send, ...more: readonly Child[]): HTMLElement {
  const { files, failures, lines } = page;
  const [first] = files;
  const name = files.length === 1 && first !== undefined ? visible(first.name) : counted(files.length, "log");
  const unread = files.every(({ fault }) => fault) && lines === 0;
  const all = { key: "total", what: "all of the report", of: {}, send };
  const number = failures === 0 ? "0 failures" : countButton(failures, all, counted(failures, "failure"));
  const title = unread ? ["Nothing could be read"] : [number, ` in ${counted(lines, "line")}`];
  const facts = [oneFile(page), clockWords(page)].filter((fact) => fact !== undefined);
  return el("header", {}, [
    el("p", { class: "provider" }, ["Report"]),
    el("h1", {}, [el("span", { class: "code" }, [name]), el("span", { class: "title" }, title)]),
    ...more,
    facts.length === 0 ? undefined : el("p", { class: "meta" }, [facts.join(" ")]),
  ]);
}

/** What a single log is, unless more is to be said of it. */
function oneFile({ files, bytes }: ReportPage): string | undefined {
  const [first, ...others] = files;
  if (first === undefined || others.length > 0 || first.fault) return undefined;
  return `${capital(visible(first.about.split(", ")[0] ?? ""))}, ${size(bytes)}.`;
}

function size(bytes: number): string {
  if (bytes < 1e3) return counted(bytes, "byte");
  const [unit, name] = bytes >= 1e9 ? [1e9, "GB"] : bytes >= 1e6 ? [1e6, "MB"] : [1e3, "kB"];
  return `${(bytes / unit).toLocaleString("en", { maximumFractionDigits: 1 })} ${name}`;
}

/** More logs than these are folded away. */
const fewFiles = 8;

function files({ files, notes }: ReportPage): HTMLElement | undefined {
  const remarks = notes.map((note) => el("p", { class: "evidence" }, [note]));
  const faulty = files.filter(({ fault }) => fault);
  if (files.length < 2 && faulty.length === 0 && remarks.length === 0) return undefined;
  const items = files.map((file) => el("li", {}, fileParts(file)));
  const list = el("ul", { class: "files" }, items);
  const shown =
    files.length <= fewFiles || faulty.length > 0
      ? list
      : el("details", { "data-key": "files" }, [el("summary", {}, [counted(files.length, "log")]), list]);
  return section("files", "What was read", [shown, ...faultRemark(faulty.length), ...remarks]);
}

function faultRemark(faults: number): HTMLElement[] {
  if (faults === 0) return [];
  const what = faults === 1 ? "that log" : `those ${faults.toLocaleString("en")} logs`;
  const text = `What could not be read of ${what} is in no number here. Put the file back, unpack or copy it anew, then count again.`;
  return [el("p", { class: "notice warning" }, [sign("warning"), el("span", {}, [text])])];
}

function fileParts({ name, about, fault }: ReportFile): Child[] {
  return [fault ? sign("error") : undefined, el("span", {}, [el("strong", {}, [visible(name)]), ` ${visible(about)}`])];
}

function none({ files }: ReportPage): HTMLElement | undefined {
  if (files.every(({ fault }) => fault)) return undefined;
  if (!files.some(({ isLog }) => isLog)) {
    const text = "Nothing here looks like a mail log, so nothing was counted. Choose a file that a mail server wrote.";
    return el("p", { class: "notice warning" }, [sign("warning"), el("span", {}, [text])]);
  }
  const tell = files.length === 1 ? "this log tells" : "these logs tell";
  const text = `No message was refused, put off or bounced, as far as ${tell}.`;
  return el("p", { class: "notice ok" }, [sign("ok"), el("span", {}, [text])]);
}

const forms: readonly (readonly [ReportForm, string])[] = [
  ["markdown", "Markdown"],
  ["csv", "CSV"],
  ["ndjson", "NDJSON"],
  ["sarif", "SARIF"],
];

function actions(send: Send, any: boolean): HTMLElement {
  const exports = forms.map(([form, name]) => {
    const attributes = { class: "secondary", "data-key": form, "aria-label": `Export as ${name}` };
    return button(name, attributes, () => send({ type: "export", form }));
  });
  return el("div", { class: "actions report-actions" }, [
    ...(any ? [el("div", { class: "group", role: "group" }, ["Export as", ...exports])] : []),
    button("Count again", { class: "secondary", "data-key": "recount" }, () => send({ type: "reload" })),
    el("span", { class: "meta", role: "status", "data-said": "export", "data-listens": "" }),
  ]);
}

function times({ times }: ReportPage, places: Places): HTMLElement | undefined {
  if (times === undefined) return undefined;
  return section("times", "When", [failuresFigure(times, places), timesTable(times, places)]);
}
