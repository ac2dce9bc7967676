// Tells an explanation page as Markdown, for editors without the panel and for the command line.

import type { JudgedClaim, Setting } from "../measurement.ts";
import { type ExplanationPage, gradeNames, judgementNames } from "../protocol.ts";
import { escaped, fenced, inlineCode, link } from "./markdown.ts";
import { settingLines } from "./settings/text.ts";
import { counted, readableTime, unpublished } from "./words.ts";

type Section = readonly string[];

/** The page as Markdown; log text in it is escaped. */
export function pageText(page: ExplanationPage): string {
  const sections: Section[] = [
    heading(page),
    claims(page),
    measured(page),
    steps(page),
    ...page.settings.slice(0, 1).map(setting),
    practice(page),
    decoded(page),
    contacts(page),
    log(page),
    notes(page),
    sources(page),
  ];
  return `${sections
    .filter((section) => section.length > 0)
    .map((section) => section.join("\n"))
    .join("\n\n")}\n`;
}

function heading(page: ExplanationPage): Section {
  const verdict = page.verdict.map(({ label, value }) => `- **${label}:** ${escaped(value)}`);
  return [
    `# ${escaped(page.code)} · ${escaped(page.provider)}`,
    "",
    `**${escaped(page.title)}**`,
    "",
    ...verdict,
    "",
    ...page.meaning.map((text) => escaped(text)),
  ];
}

function claims(page: ExplanationPage): Section {
  if (page.claims.length === 0) return [];
  const notice = page.disputed
    ? ["", "The sources disagree. Each is shown with its grade; none is blended with another."]
    : [];
  const groups = page.claims.flatMap((group) => [
    "",
    `### ${escaped(group.heading)}`,
    "",
    ...group.claims.map(claim),
    ...(group.evidence === undefined ? [] : ["", `This log: ${escaped(group.evidence)}`]),
  ]);
  return ["## What the sources say", ...notice, ...groups];
}

function claim({ says, grade, source, judgement }: JudgedClaim): string {
  const name = source.url === undefined ? escaped(source.name) : link(source.name, source.url);
  const via = source.via === undefined ? "" : `, via ${escaped(source.via)}`;
  const held =
    judgement === undefined ? "" : `\n  - **${judgementNames[judgement.verdict]}:** ${escaped(judgement.words)}`;
  return `- ${escaped(says)} — ${name}, ${escaped(source.date ?? "no date")}${via} (${gradeNames[grade]})${held}`;
}

/** A relay's name comes from a log, so it stands in no heading. */
function measured({ measured }: ExplanationPage): Section {
  const parts = measured.flatMap(({ title, figures, method }) => [
    "",
    `**${escaped(title)}**`,
    "",
    ...figures.map(({ label, value }) => `- ${escaped(label)}: ${escaped(value)}`),
    "",
    escaped(method),
  ]);
  return parts.length === 0 ? [] : ["## Measured in this log", ...parts];
}

function setting(change: Setting): Section {
  return ["## The setting to change", "", ...fenced(settingLines(change).join("\n"))];
}

function steps(page: ExplanationPage): Section {
  if (page.steps.length === 0) return [];
  return ["## What to do", "", ...page.steps.map((step, index) => `${index + 1}. ${escaped(step.text)}`)];
}

function practice(page: ExplanationPage): Section {
  if (page.practice.length === 0) return [];
  const rows = page.practice.map(({ text, source }) => {
    if (source === undefined) return `- ${escaped(text)}`;
    return `- ${escaped(text)} — ${source.url === undefined ? escaped(source.name) : link(source.name, source.url)}`;
  });
  return ["## Good practice", "", ...rows];
}

function decoded(page: ExplanationPage): Section {
  if (page.decoded === undefined) return [];
  const { lists, published, note, bits } = page.decoded;
  const rows = lists.map(
    (list) => `- ${escaped(list.name)}${list.removal === undefined ? "" : `: ${link(list.removal, list.removal)}`}`,
  );
  const origin = published ? "A source prints this code." : unpublished;
  return [
    `## What ${inlineCode(bits)} stands for`,
    "",
    ...rows,
    "",
    origin,
    ...(note === undefined ? [] : [escaped(note)]),
  ];
}

function contacts(page: ExplanationPage): Section {
  if (page.contacts.length === 0) return [];
  const rows = page.contacts.map(({ what, value, source, usable, note }) => {
    const extra = note === undefined ? "" : ` ${escaped(note)}`;
    return `- ${escaped(what)}: ${escaped(value)}${usable ? "" : " (no longer in use)"} — ${escaped(source.name)}, ${escaped(source.date ?? "no date")}.${extra}`;
  });
  const why = page.noRequest === undefined ? [] : ["", escaped(page.noRequest)];
  return ["## Whom to write to", "", ...rows, ...why];
}

function log(page: ExplanationPage): Section {
  if (page.log === undefined) return [];
  const { count, recipients, sourceIps, places, remarks } = page.log;
  return [
    "## In this log",
    "",
    `- ${counted(count, "line")}${escaped(period(page.log))}`,
    `- Recipients: ${named(recipients)}`,
    `- Source addresses: ${named(sourceIps)}`,
    ...remarks.map((remark) => `- ${escaped(remark)}`),
    "",
    ...places.map(({ line, words }) => `- line ${line + 1}: ${inlineCode(words)}`),
    ...(count > places.length ? [`- and ${counted(count - places.length, "more line", "more lines")}`] : []),
  ];
}

function period({ first, last }: NonNullable<ExplanationPage["log"]>): string {
  if (first === undefined || last === undefined) return "";
  return first === last ? `, ${readableTime(first)}` : `, ${readableTime(first)} to ${readableTime(last)}`;
}

function named({ shown, total }: { readonly shown: readonly string[]; readonly total: number }): string {
  if (total === 0) return "none named on these lines";
  const more = total - shown.length;
  return `${shown.map((text) => escaped(text)).join(", ")}${more > 0 ? ` and ${more.toLocaleString("en-US")} more` : ""}`;
}

function notes(page: ExplanationPage): Section {
  return page.notes.length === 0 ? [] : ["## Good to know", "", ...page.notes.map((note) => `- ${escaped(note)}`)];
}

function sources(page: ExplanationPage): Section {
  const rows = page.sources.map(({ name, url, date, checked }) => {
    const title = url === undefined ? escaped(name) : link(name, url);
    return `- ${title}, ${escaped(date ?? "no date")}, looked up ${checked}`;
  });
  return rows.length === 0 ? [] : ["## Sources", "", ...rows];
}

/** The page of an address as Markdown, for editors without the panel. */
export function addressText(ip: string, explanation: string | undefined): string {
  const how = `Run ${inlineCode(`smtp-log-lens check ${ip}`)} in a terminal: it shows what would be asked, and asks only after you agree.`;
  return `# Check ${escaped(ip)}\n\n${explanation === undefined ? how : escaped(explanation)}\n`;
}
