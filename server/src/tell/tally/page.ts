// Tells a report as the one value that its page draws.
import {
  nameInUri,
  type ReportCode,
  type ReportPage,
  type ReportProvider,
  type ReportTemplate,
} from "../../logProtocol.ts";
import type { Group, LogTally } from "../../tally.ts";
import { bounded } from "../markdown.ts";
import { byProvider, countsText, delaysText, fileText, mergedText, type ProviderTally, percent } from "./figures.ts";
import { placeOf, timesOf } from "./times.ts";

const mostNames = 5;
const mostTemplates = 20;

/** The page; `uris` are those of the files, in their order. */
export function tallyPage(tally: LogTally, uris: readonly string[]): ReportPage {
  const { failures, lines, bytes, groups } = tally;
  return {
    files: tally.files.map((file, index) => {
      const uri = uris[index] ?? "";
      return { uri, name: nameInUri(uri), about: file.fault ?? fileText(file), fault: file.fault !== undefined };
    }),
    ...{ failures, lines, bytes },
    providers: byProvider(tally).map((provider) => providerOf(provider, failures)),
    templates: templatesOf(groups),
    times: timesOf(groups),
    notes: tally.merged ? [mergedText] : [],
  };
}

function providerOf({ name, count, groups }: ProviderTally, failures: number): ReportProvider {
  return { name, count, share: percent(count, failures), codes: groups.map((group) => codeOf(group, count)) };
}

function codeOf(group: Group, all: number): ReportCode {
  const { page, label, title, kind, count, domains, sources, delays } = group;
  return {
    ...{ page: `smtp-explain:/${page}.md`, label: bounded(label, 60), title, kind, count, share: percent(count, all) },
    ...{ first: placeOf(group.first), last: placeOf(group.last) },
    ...{ domains: countsText(domains, mostNames), sources: countsText(sources, mostNames) },
    delays: delays === undefined ? "" : delaysText(delays),
  };
}

function templatesOf(groups: readonly Group[]): readonly ReportTemplate[] {
  const all = groups.flatMap(({ templates }) => templates).sort((a, b) => b.count - a.count);
  return all
    .slice(0, mostTemplates)
    .map(({ text, count, first }) => ({ text: bounded(text, 400), count, first: placeOf(first) }));
}
