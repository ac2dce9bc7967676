// The addresses of explanation pages: `smtp-explain:/cox/CXCNCT.md`. Built from catalogue ids and canonical addresses only.
import type { Decoded, Entry, Finding } from "../model.ts";

const prefix = "smtp-explain:/";
const suffix = ".md";

/** The id of what an entry says of a mask: "cox/CXCNCT", "cox/IPBL0011". */
export function pageId(entry: Entry, decoded: Decoded | undefined): string {
  return `${entry.id}${decoded?.bits ?? ""}`;
}

/** The address of an entry's page; a decoded mask has a page of its own. */
export function entryPage(entry: Entry, decoded: Decoded | undefined): string {
  return `${prefix}${pageId(entry, decoded)}${suffix}`;
}

/** The address of the page that explains a finding. */
export function findingPage(finding: Finding): string {
  return entryPage(finding.entry, finding.decoded);
}

/** The address of the page that checks `ip`, a canonical address. */
export function checkPage(ip: string): string {
  return `${prefix}check/${ip}${suffix}`;
}

/** The address of the page that checks `ip` because of a finding's refusal. */
export function findingCheckPage({ entry, decoded, delivery }: Finding, ip: string): string {
  return `${prefix}check/${pageId(entry, decoded)}/${delivery.line + 1}/${ip}${suffix}`;
}

/** What a page's address names; addresses and ids are not looked up. */
export type NamedPage =
  | { readonly kind: "entry"; readonly id: string }
  | { readonly kind: "unknown" }
  | { readonly kind: "check"; readonly ip: string; readonly from: CheckFrom | undefined };

/** The refusal that a check starts from: an entry's page, and a line from 0. */
export interface CheckFrom {
  readonly id: string;
  readonly line: number;
}

/** What a page's address names; undefined for anything else. */
export function readPage(address: string): NamedPage | undefined {
  const path = decoded(address);
  if (path === undefined || !path.startsWith(prefix) || !path.endsWith(suffix)) return undefined;
  const id = path.slice(prefix.length, -suffix.length);
  if (id === unknownReplies) return { kind: "unknown" };
  if (id.startsWith("check/")) return readCheck(id.slice("check/".length));
  return entryId.test(id) ? { kind: "entry", id } : undefined;
}

/** No provider is called so. */
const unknownReplies = "unknown/replies";

const entryId = /^[\w.-]+\/[\w.#-]+$/;

function readCheck(path: string): NamedPage {
  const [, id, line, ip] = /^([\w.-]+\/[\w.#-]+)\/(\d{1,9})\/([^/]+)$/.exec(path) ?? [];
  if (id === undefined || line === undefined || ip === undefined) return { kind: "check", ip: path, from: undefined };
  return { kind: "check", ip, from: { id, line: Math.max(0, Number(line) - 1) } };
}

/** Editors percent-encode the colons of IPv6; a broken escape names no page. */
function decoded(address: string): string | undefined {
  try {
    return decodeURIComponent(address);
  } catch {
    return undefined;
  }
}
