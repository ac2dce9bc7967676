// Which links a page may open: only those that the server put into its data, and only to the web or to a mail program.
import type { Contact } from "../../../../server/src/model.ts";
import type { CheckPlan, ExplanationPage, Page, Report } from "../../../../server/src/protocol.ts";
import { type CheckState, reportsOf, rowsOf } from "./checkState.ts";

/** The address that a link may lead to, or undefined when it may not: https and mailto only. */
export function safeUrl(url: string | undefined): string | undefined {
  if (url === undefined || url.length > 2_048) return undefined;
  return /^https:\/\/[^\s/@]+(?:[/?#]\S*)?$/.test(url) || /^mailto:[^\s@?]+@[^\s@?]+$/.test(url) ? url : undefined;
}

/** Where a contact's link leads; undefined for a dead or unsafe one. */
export function contactUrl({ kind, value, usable }: Contact): string | undefined {
  if (!usable) return undefined;
  return safeUrl(kind === "mail" ? `mailto:${value}` : value);
}

/** All links of a page. */
export function pageLinks(page: Page): string[] {
  return page.kind !== "explanation" ? [] : explanationLinks(page).filter((url) => url !== undefined);
}

/** All links of a check: the operators' pages, and what the next step names. */
export function checkLinks(check: CheckState): string[] {
  const rows = rowsOf(check).map((row) => safeUrl(row.link));
  return [...rows.filter((url) => url !== undefined), ...reportsOf(check).flatMap(reportLinks)];
}

function reportLinks(report: Report): string[] {
  return [...verdictLinks(report), ...nextLinks(report)];
}

/** Pages that the verdict names because no look-up can take their place, in the order of the text. */
export function verdictLinks({ verdict, subject }: Report): string[] {
  const { text } = subject.address;
  const pages = (subject.refusal?.rule.unseen ?? []).map(({ link }) =>
    link?.replaceAll("{ip}", encodeURIComponent(text)),
  );
  return pages
    .filter((page) => page !== undefined)
    .filter((page) => safeUrl(page) !== undefined && verdict.includes(page))
    .sort((a, b) => verdict.indexOf(a) - verdict.indexOf(b));
}

/** Pages that the next step names. Those of a row's remedy are left out: a stranger's names may stand in it. */
export function nextLinks({ next, rows }: Report): string[] {
  if (next === undefined || rows.some(({ remedy }) => remedy === next.text)) return [];
  const urls = next.text.match(/https:\/\/[^\s<>"']+[^\s<>"'.,;:)]/g) ?? [];
  return urls.filter((url) => safeUrl(url) !== undefined);
}

/** The lines of the log that a page shows as places to go to, from 0. */
export function pagePlaces(page: Page): number[] {
  if (page.kind === "explanation") return explanationLines(page).filter((line) => line !== undefined);
  if (page.kind === "unknown") return page.replies.flatMap(({ first, last }) => [first, last]);
  return page.origin?.line === undefined ? [] : [page.origin.line];
}

/** The log whose lines a page shows. */
export function pageLog(page: Page): string | undefined {
  return page.kind === "check" ? page.origin?.log : page.log?.uri;
}

function explanationLines({ log, claims, measured }: ExplanationPage): (number | undefined)[] {
  return [
    ...(log?.places ?? []).map(({ line }) => line),
    ...claims.flatMap((group) => group.claims.map(({ judgement }) => judgement?.line)),
    ...measured.flatMap(({ figures, table, series }) => [
      ...[...figures, ...table].map(({ line }) => line),
      ...series.lines,
    ]),
  ];
}

/** The lines that a plan starts from, from 0. */
export function planPlaces(check: CheckState): number[] {
  return plansOf(check)
    .map(({ subject }) => subject.refusal?.line)
    .filter((line) => line !== undefined);
}

function plansOf(check: CheckState): readonly CheckPlan[] {
  return "answer" in check ? check.answer.plans : [];
}

function explanationLinks(page: ExplanationPage): (string | undefined)[] {
  return [
    ...page.claims.flatMap((group) => group.claims.map((claim) => safeUrl(claim.source.url))),
    ...[...page.steps, ...page.practice].flatMap(({ button, source }) => [
      button?.kind === "open" ? safeUrl(button.url) : undefined,
      safeUrl(source?.url),
    ]),
    ...page.settings.flatMap(({ sources }) => sources.map(({ url }) => safeUrl(url))),
    ...(page.decoded?.lists ?? []).map((list) => safeUrl(list.removal)),
    ...page.contacts.flatMap((contact) => [contactUrl(contact), safeUrl(contact.source.url)]),
    ...page.sources.map((source) => safeUrl(source.url)),
  ];
}
