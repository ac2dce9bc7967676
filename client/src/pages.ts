// The addresses of explanation pages as the client meets them: in links, in commands, in tabs.
import { scheme } from "../../server/src/protocol.ts";

/** The custom editor that draws them. */
export const viewType = "smtpLogLens.panel";

const path = /^\/(?:check\/[0-9A-Za-z.:%]{2,60}|[\w.-]{1,40}\/[\w.#-]{1,60})\.md$/;

/** The path of a page when `value` is the address of one, percent signs resolved; undefined for anything else. */
export function pagePath(value: unknown): string | undefined {
  if (typeof value !== "string" || value.length > 200 || !value.startsWith(`${scheme}:/`)) return undefined;
  const read = unescaped(value.slice(scheme.length + 1));
  return read !== undefined && path.test(read) ? read : undefined;
}

/** The path of the page that checks `ip`. */
export function checkPath(ip: string): string {
  return `/check/${ip}.md`;
}

/** True for text that has the shape of one IP address; the server decides what it is. */
export function isAddress(text: string): boolean {
  return isV4(text) || isV6(text);
}

function isV4(text: string): boolean {
  const parts = text.split(".");
  return parts.length === 4 && parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255);
}

function isV6(text: string): boolean {
  if (!text.includes(":") || text.length > 45 || !/^[0-9A-Fa-f:.]+$/.test(text)) return false;
  const halves = text.split("::");
  const groups = halves.flatMap((half) => (half === "" ? [] : half.split(":")));
  const size = groups.reduce((sum, group) => sum + groupSize(group), 0);
  return halves.length === 1 ? size === 8 : halves.length === 2 && size <= 7;
}

/** How many 16-bit groups `group` stands for; too many to fit when it is none. */
function groupSize(group: string): number {
  if (group.includes(".")) return isV4(group) ? 2 : 9;
  return /^[0-9A-Fa-f]{1,4}$/.test(group) ? 1 : 9;
}

function unescaped(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
