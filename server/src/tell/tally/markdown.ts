// Tells a report as Markdown for a ticket or a wiki; what strangers wrote in the logs is escaped and never becomes markup.
import type { Group, LogTally } from "../../tally.ts";
import { escaped, escapedUpTo, inlineCode } from "../markdown.ts";
import { counted } from "../words.ts";
import {
  byProvider,
  countsText,
  delaysText,
  fileName,
  fileText,
  kindName,
  mergedText,
  type ProviderTally,
  percent,
  placeText,
} from "./figures.ts";

const mostNames = 5;
const mostTemplates = 20;

/** The report: the files, a table for each provider, and the most frequent wordings. */
export function tallyMarkdown(tally: LogTally): string {
  const sections = [
    `# Mail failures\n\n${counted(tally.failures, "failure")} of ${counted(tally.groups.length, "kind")} in ${counted(tally.lines, "line")}.`,
    tally.files.map((file) => `- ${inlineCode(fileName(file))}: ${escaped(file.fault ?? fileText(file))}`).join("\n"),
    ...byProvider(tally).map((provider) => providerSection(provider, tally)),
    templates(tally),
    ...(tally.merged ? [mergedText] : []),
  ];
  return `${sections.filter((section) => section !== "").join("\n\n")}\n`;
}

function providerSection({ name, count, groups }: ProviderTally, tally: LogTally): string {
  const rows = groups.map((group) => row(group, count, tally));
  return [
    `## ${escaped(name)}: ${counted(count, "failure")} (${percent(count, tally.failures)})`,
    "",
    "| Code | What it is | Kind | Count | Share | First | Last | Recipients at | Sent from | In the queue |",
    "| --- | --- | --- | ---: | ---: | --- | --- | --- | --- | --- |",
    ...rows,
  ].join("\n");
}

function row(group: Group, all: number, { files }: LogTally): string {
  const { label, title, count, first, last, domains, sources, delays } = group;
  const cells = [
    ...[label, title, kindName(group), count.toLocaleString("en-US"), percent(count, all)],
    ...[placeText(first, files), placeText(last, files)],
    ...[countsText(domains, mostNames), countsText(sources, mostNames)],
    delays === undefined ? "" : delaysText(delays),
  ];
  return `| ${cells.map((cell) => escaped(cell)).join(" | ")} |`;
}

function templates({ groups }: LogTally): string {
  const all = groups.flatMap(({ templates }) => templates).sort((a, b) => b.count - a.count);
  const rows = all
    .slice(0, mostTemplates)
    .map(({ text, count }) => `- ${count.toLocaleString("en-US")} × ${escapedUpTo(400, text)}`);
  return rows.length === 0 ? "" : ["## The most frequent wordings", "", ...rows].join("\n");
}
