// Which links a page may open: only those that the server put into its data, and only to the web or to a mail program.
import type { Contact } from "../../../../server/src/model.ts";
import type { CheckPlan, ExplanationPage, Page, Row } from "../../../../server/src/protocol.ts";

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
  return page.kind === "check" ? [] : explanationLinks(page).filter((url) => url !== undefined);
}

/** All links of a check's rows. */
export function rowLinks(rows: readonly Row[]): string[] {
  return rows.map((row) => safeUrl(row.link)).filter((url) => url !== undefined);
}

/** True when `plan` may be carried out: only public addresses are asked about. */
export function mayAsk(plan: CheckPlan): boolean {
  return plan.address.class === "public" && plan.questions.length > 0;
}

function explanationLinks(page: ExplanationPage): (string | undefined)[] {
  return [
    ...page.claims.flatMap((group) => group.claims.map((claim) => safeUrl(claim.source.url))),
    ...page.steps.flatMap(({ button, source }) => [
      button?.kind === "open" ? safeUrl(button.url) : undefined,
      safeUrl(source?.url),
    ]),
    ...(page.decoded?.lists ?? []).map((list) => safeUrl(list.removal)),
    ...page.contacts.flatMap((contact) => [contactUrl(contact), safeUrl(contact.source.url)]),
    ...page.sources.map((source) => safeUrl(source.url)),
  ];
}
