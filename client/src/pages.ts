// The addresses of explanation pages as the client meets them: in links, in commands, in tabs.
import { scheme } from "../../server/src/protocol.ts";

/** The custom editor that draws them. */
export const viewType = "smtpLogLens.panel";

const entry = /[\w.-]{1,40}\/[\w.#-]{1,60}/.source;
const ip = /[0-9A-Za-z.:%]{2,60}/.source;
/** An entry, an address, or an address because of an entry on a line. */
const path = new RegExp(`^/(?:${entry}|check/${ip}|check/${entry}/\\d{1,9}/${ip})\\.md$`);

/** The path of a page when `value` is the address of one, percent signs resolved; undefined for anything else. */
export function pagePath(value: unknown): string | undefined {
  if (typeof value !== "string" || value.length > 200 || !value.startsWith(`${scheme}:/`)) return undefined;
  const read = unescaped(value.slice(scheme.length + 1));
  return read !== undefined && path.test(read) ? read : undefined;
}

/** The path of the page of replies that nobody knows. */
export const unknownPath = "/unknown/replies.md";

/** The path of the page that explains the entry with this id; undefined when it is no id. */
export function entryPath(id: string): string | undefined {
  return pagePath(`${scheme}:/${id}.md`);
}

/** The id of the entry whose page `value` is the address of: "cox/CXCNCT"; undefined for anything else. */
export function pageEntry(value: unknown): string | undefined {
  const known = pagePath(value);
  return known === undefined || known === unknownPath || known.startsWith("/check/")
    ? undefined
    : known.slice(1, -".md".length);
}

/** The path of the page that checks `ip`. */
export function checkPath(ip: string): string {
  return `/check/${ip}.md`;
}

/** The path of a report: its tab is named after its logs. */
export function reportPath(id: string, name: string): string {
  return `/report/${id}/${name.replace(/[^\w.-]+/g, "_").slice(0, 60)} report.md`;
}

/** The id of the report with this path; undefined for any other page. */
export function reportId(path: string): string | undefined {
  return /^\/report\/([0-9a-f]{8})\/[\w.-]{0,60} report\.md$/.exec(path)?.[1];
}

function unescaped(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
