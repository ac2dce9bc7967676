// What a number of a report counts, as a search for its lines: made of the report's own data, so that a page can ask for nothing else.
import type { ChosenFailures } from "../../../../../server/src/failuresProtocol.ts";
import type { ReportPage } from "../../../../../server/src/logProtocol.ts";
import type { LinesOf } from "../messages.ts";
import { spanWords } from "./steps.ts";

/** Names and tests, each undefined for what does not matter; `null` where the page names nothing. */
type Part = { readonly name: string; readonly test: Partial<ChosenFailures> } | null | undefined;

/** The search; undefined when the page has no such number. */
export function chosenBy(page: ReportPage, of: LinesOf): ChosenFailures | undefined {
  const parts = [providerPart, codePart, domainPart, sourcePart, wordingPart, kindPart, stepPart].map((part) =>
    part(page, of),
  );
  if (parts.includes(null)) return undefined;
  const known = parts.filter((part) => part !== undefined && part !== null);
  const name = known.map((part) => part.name).join(", ");
  const merged = page.merged ? { merged: true } : {};
  const tests = Object.assign({}, ...known.map(({ test }) => test));
  return { uris: page.files.map(({ uri }) => uri), name: name === "" ? "All failures" : name, ...merged, ...tests };
}

function providerPart({ providers }: ReportPage, of: LinesOf): Part {
  if (of.provider === undefined) return undefined;
  const name = providers[of.provider]?.name;
  return name === undefined ? null : { name, test: { provider: name } };
}

function codePart(page: ReportPage, of: LinesOf): Part {
  if (of.code === undefined) return undefined;
  const code = codeOf(page, of);
  return code === undefined ? null : { name: code.label, test: { group: code.id } };
}

function codeOf({ providers }: ReportPage, { provider = -1, code = -1 }: LinesOf) {
  return providers[provider]?.codes[code];
}

function domainPart(page: ReportPage, of: LinesOf): Part {
  if (of.domain === undefined) return undefined;
  const [domain] = codeOf(page, of)?.domains.named[of.domain] ?? [];
  return domain === undefined ? null : { name: `to ${domain}`, test: { domain } };
}

function sourcePart(page: ReportPage, of: LinesOf): Part {
  if (of.source === undefined) return undefined;
  const [source] = codeOf(page, of)?.sources.named[of.source] ?? [];
  return source === undefined ? null : { name: `from ${source}`, test: { source } };
}

function wordingPart(page: ReportPage, of: LinesOf): Part {
  if (of.wording === undefined) return undefined;
  const template = page.templates[of.wording];
  const code = template && codeOf(page, template);
  return template === undefined || code === undefined
    ? null
    : { name: template.text.slice(0, 100), test: { wording: template.text, group: code.id } };
}

function kindPart(_: ReportPage, { kind }: LinesOf): Part {
  if (kind === undefined) return undefined;
  return { name: kind === "ours" ? "refused by us" : kind, test: { kind } };
}

function stepPart({ times }: ReportPage, { step }: LinesOf): Part {
  if (step === undefined) return undefined;
  if (times === undefined || step >= times.places.length) return null;
  const from = times.start + step * times.step;
  return { name: spanWords(times, step), test: { from, until: from + times.step } };
}
