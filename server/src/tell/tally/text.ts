// Tells a report as plain text for a terminal; log text in it cannot move the cursor or change colours.
import type { Group, LogTally, Template } from "../../tally.ts";
import { bounded, visible } from "../markdown.ts";
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

const mostNames = 3;
const mostTemplates = 10;
const mostShown = 160;

/** The report: the files, then each provider with its codes, then the most frequent wordings. */
export function tallyText(tally: LogTally): string {
  const parts = [
    tally.files.map((file) => `${shown(fileName(file))}: ${fileText(file)}\n`).join(""),
    ...byProvider(tally).map((provider) => providerText(provider, tally)),
    templatesText(tally),
    tally.merged ? `${mergedText}\n` : "",
  ];
  return parts.filter((part) => part !== "").join("\n");
}

function providerText({ name, count, groups }: ProviderTally, tally: LogTally): string {
  const head = `${shown(name)}: ${counted(count, "failure")}, ${percent(count, tally.failures)} of all\n`;
  return head + groups.map((group) => groupText(group, count, tally)).join("");
}

function groupText(group: Group, all: number, { files }: LogTally): string {
  const { count, label, title, first, last, domains, sources, delays } = group;
  const share = percent(count, all).padStart(7);
  const head = `${count.toLocaleString("en-US").padStart(11)}  ${share}  ${kindName(group).padEnd(9)}  ${shown(label).padEnd(16)}  ${title}`;
  const span = count === 1 ? placeText(first, files) : `${placeText(first, files)} to ${placeText(last, files)}`;
  const facts = [
    span,
    named("recipients at", countsText(domains, mostNames)),
    named("sent from", countsText(sources, mostNames)),
    named("in the queue:", delays === undefined ? "" : delaysText(delays)),
  ].filter((fact) => fact !== "");
  return `${head}\n${facts.map((fact) => `${" ".repeat(24)}${visible(fact)}\n`).join("")}`;
}

function named(name: string, text: string): string {
  return text === "" ? "" : `${name} ${text}`;
}

function templatesText({ groups }: LogTally): string {
  const all: Template[] = groups.flatMap(({ templates }) => templates);
  const top = all.sort((a, b) => b.count - a.count).slice(0, mostTemplates);
  const rows = top.map(({ count, text }) => `${count.toLocaleString("en-US").padStart(11)}  ${shown(text)}\n`);
  return rows.length === 0 ? "" : `The most frequent wordings (… is what changes)\n${rows.join("")}`;
}

function shown(text: string): string {
  return bounded(visible(text), mostShown);
}
