// Tells a report as the one value that its page draws.
import { formatNames } from "../../formatNames.ts";
import {
  nameInUri,
  type ReportCode,
  type ReportPage,
  type ReportProvider,
  type ReportTemplate,
} from "../../logProtocol.ts";
import type { Counts, FileTally, Group, LogTally } from "../../tally.ts";
import { bounded } from "../markdown.ts";
import { byProvider, delaysText, fileText, mergedText, type ProviderTally, percent } from "./figures.ts";
import { placeOf, timesOf } from "./times.ts";

const mostNames = 5;
const mostTemplates = 20;

/** The page; `uris` are those of the files, in their order. */
export function tallyPage(tally: LogTally, uris: readonly string[]): ReportPage {
  const { failures, lines, bytes, groups, merged } = tally;
  const providers = byProvider(tally);
  return {
    files: tally.files.map((file, index) => {
      const uri = uris[index] ?? "";
      return {
        uri,
        name: nameInUri(uri),
        about: aboutFile(file),
        isLog: file.format !== undefined,
        fault: file.fault !== undefined,
      };
    }),
    ...{ failures, lines, bytes, merged },
    providers: providers.map((provider) => providerOf(provider, failures)),
    templates: templatesOf(providers),
    times: timesOf(groups),
    notes: merged ? [mergedText] : [],
  };
}

/** The name stands beside it, so that a fault need not begin with the whole path. */
function aboutFile(file: FileTally): string {
  const { path, fault, format } = file;
  if (fault === undefined)
    return format === undefined ? fileText(file) : fileText(file).replace(format, formatNames[format]);
  return fault.startsWith(`${path} `) ? fault.slice(path.length + 1) : fault;
}

function providerOf({ name, count, groups }: ProviderTally, failures: number): ReportProvider {
  return { name, count, share: percent(count, failures), codes: groups.map((group) => codeOf(group, count)) };
}

function codeOf(group: Group, all: number): ReportCode {
  const { id, page, label, title, kind, count, domains, sources, delays } = group;
  return {
    id,
    ...{ page: `smtp-explain:/${page}.md`, label: bounded(label, 60), title, kind, count, share: percent(count, all) },
    ...{ first: placeOf(group.first), last: placeOf(group.last) },
    ...{ domains: shortened(domains), sources: shortened(sources) },
    delays: delays === undefined ? "" : delaysText(delays),
  };
}

function shortened({ named, others }: Counts): Counts {
  const rest = named.slice(mostNames).reduce((sum, [, count]) => sum + count, others);
  return { named: named.slice(0, mostNames), others: rest };
}

function templatesOf(providers: readonly ProviderTally[]): readonly ReportTemplate[] {
  const all = providers.flatMap(({ groups }, provider) =>
    groups.flatMap(({ templates }, code) => templates.map((template) => ({ ...template, provider, code }))),
  );
  const top = all.sort((a, b) => b.count - a.count).slice(0, mostTemplates);
  return top.map(({ text, first, ...rest }) => ({ ...rest, text: bounded(text, 400), first: placeOf(first) }));
}
