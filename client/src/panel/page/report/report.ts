// Draws a report: how much was read, when failures came, what each provider refused, how it was said, and the exports.
import type { ReportFile, ReportForm, ReportPage, ReportTemplate } from "../../../../../server/src/logProtocol.ts";
import { button, type Child, el, section, sign } from "../dom.ts";
import type { Send } from "../link.ts";
import { visible } from "../text.ts";
import { counted } from "../words.ts";
import { failuresFigure } from "./failuresFigure.ts";
import { placeButton } from "./place.ts";
import { providersTable } from "./providersTable.ts";
import { timesTable } from "./timesTable.ts";

/** All children of the page's main landmark. */
export function report(page: ReportPage, send: Send): Child[] {
  if (page.failures === 0) return [header(page), files(page), actions(send, false)];
  return [
    header(page),
    files(page),
    actions(send, true),
    times(page, send),
    providers(page, send),
    wordings(page, send),
  ];
}

function header({ files, failures, lines }: ReportPage): HTMLElement {
  const [first] = files;
  const name = files.length === 1 && first !== undefined ? visible(first.name) : counted(files.length, "log");
  return el("header", {}, [
    el("p", { class: "provider" }, ["Report"]),
    el("h1", {}, [
      el("span", { class: "code" }, [name]),
      el("span", { class: "title" }, [`${counted(failures, "failure")} in ${counted(lines, "line")}`]),
    ]),
  ]);
}

function files({ files, notes }: ReportPage): HTMLElement {
  const items = files.map((file) => el("li", {}, fileParts(file)));
  const remarks = notes.map((note) => el("p", { class: "evidence" }, [note]));
  return section("files", "What was read", [el("ul", { class: "files" }, items), ...remarks]);
}

function fileParts({ name, about, fault }: ReportFile): Child[] {
  return [fault ? sign("error") : undefined, el("strong", {}, [visible(name)]), ` ${visible(about)}`];
}

const forms: readonly (readonly [ReportForm, string])[] = [
  ["markdown", "Export as Markdown"],
  ["csv", "Export as CSV"],
  ["ndjson", "Export as NDJSON"],
  ["sarif", "Export as SARIF"],
];

function actions(send: Send, any: boolean): HTMLElement {
  const exports = any ? forms : [];
  return el("div", { class: "actions" }, [
    ...exports.map(([form, label]) =>
      button(label, { class: "secondary", "data-key": form }, () => send({ type: "export", form })),
    ),
    button("Count again", { class: "secondary", "data-key": "recount" }, () => send({ type: "reload" })),
    el("span", { class: "meta", role: "status", "data-said": "export", "data-listens": "" }),
  ]);
}

function times({ times }: ReportPage, send: Send): HTMLElement | undefined {
  if (times === undefined) return undefined;
  return section("times", "When", [failuresFigure(times, send), timesTable(times, send)]);
}

function providers(page: ReportPage, send: Send): HTMLElement {
  return section("providers", "By provider and code", [providersTable(page, send)]);
}

function wordings({ templates, files }: ReportPage, send: Send): HTMLElement {
  const items = templates.map((template, index) => el("li", {}, wordingParts(template, { index, files, send })));
  return section("wordings", "The most frequent wordings", [el("ol", { class: "wordings" }, items)]);
}

interface Around {
  readonly index: number;
  readonly files: readonly ReportFile[];
  readonly send: Send;
}

function wordingParts({ text, count, first }: ReportTemplate, { index, files, send }: Around): Child[] {
  return [
    el("span", { class: "count" }, [`${count.toLocaleString("en")} × `]),
    el("q", { class: "words" }, [visible(text)]),
    " ",
    placeButton(first, { key: `wording-${index}`, label: "first", files, send }),
  ];
}
