// Which wishes of a page the panel follows: only those that the page's own data allow.
import type { ExplanationPage, Page, RequestParams, RowWish } from "../../../server/src/protocol.ts";
import { copyTexts } from "./page/settingText.ts";

/** True for lines of a configuration that the page offers to copy. */
export function offersToCopy(page: Page | undefined, text: string): boolean {
  return page?.kind === "explanation" && copyTexts(page).includes(text);
}

/** True for a reply that the page of unknown ones shows. */
export function offersRow(page: Page | undefined, { uri, line, template }: RowWish): boolean {
  if (page?.kind !== "unknown" || page.log?.uri !== uri) return false;
  return page.replies.some((reply) => reply.first === line && reply.template === template);
}

/** What a letter about `ip` is drafted from; undefined when the page offers none about it. */
export function requestOf(page: Page | undefined, ip: string | undefined): Omit<RequestParams, "reports"> | undefined {
  if (page?.kind !== "explanation" || page.log === undefined || page.noRequest !== undefined) return undefined;
  return ip === undefined || names(page, ip) ? { page: page.id, log: page.log.uri, ip } : undefined;
}

function names({ log, checkIp }: ExplanationPage, ip: string): boolean {
  return ip === checkIp || log?.sourceIps.shown.includes(ip) === true;
}
