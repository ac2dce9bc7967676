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

/** What a page's address names: the id of an entry, or the text behind `check/`; undefined for anything else. */
export function readPage(address: string): { kind: "entry"; id: string } | { kind: "check"; ip: string } | undefined {
  const path = decoded(address);
  if (path === undefined || !path.startsWith(prefix) || !path.endsWith(suffix)) return undefined;
  const id = path.slice(prefix.length, -suffix.length);
  if (id.startsWith("check/")) return { kind: "check", ip: id.slice("check/".length) };
  return /^[\w.-]+\/[\w.#-]+$/.test(id) ? { kind: "entry", id } : undefined;
}

/** Editors percent-encode the colons of IPv6; a broken escape names no page. */
function decoded(address: string): string | undefined {
  try {
    return decodeURIComponent(address);
  } catch {
    return undefined;
  }
}
