// Finds what links tell: who logs in, who is asked about, and, where the host is not public, what only that host understands.
import type { Finder, Sight } from "./sight.ts";

/** Claims stretches of links; mailboxes, addresses and names in them are found by others. */
export const links: Finder = (sight) => {
  if (!sight.line.includes("://")) return;
  for (const match of sight.line.matchAll(/[a-z][a-z0-9+.-]{1,15}:\/\/([^\s"<>\\]+)/dgi)) {
    const start = match.indices?.[1]?.[0];
    if (start !== undefined) claimLink(sight, start, match[1] ?? "");
  }
};

function claimLink(sight: Sight, start: number, link: string): void {
  const authority = /^[^/?#]*/.exec(link)?.[0] ?? "";
  const login = authority.lastIndexOf("@");
  if (login > 0) sight.claims.put(start, start + login, () => sight.names.user(authority.slice(0, login)));
  const host = /^[\p{L}\p{N}\p{M}_.-]*/u.exec(authority.slice(login + 1))?.[0] ?? "";
  const rest = { start: start + authority.length, text: link.slice(authority.length) };
  const isPage = sight.known.isPage(host.toLowerCase());
  if (isPage || isPublic(sight, host.replace(/\.$/, ""))) {
    sight.claims.put(start + login + 1, start + login + 1 + host.length, () =>
      isPage ? host : sight.names.domain(host),
    );
    for (const match of rest.text.matchAll(personalKeys)) claimValue(sight, rest.start, match);
  } else if (host !== "") {
    for (const match of rest.text.matchAll(/(?<value>[^/?&=#;,:+()[\]]+)/dg)) {
      if (isOpaque(match.groups?.value ?? "")) claimValue(sight, rest.start, match);
    }
  }
}

function isPublic({ known, names }: Sight, host: string): boolean {
  return names.isPublic(host) || known.listZone(host.toLowerCase()) !== undefined;
}

const personalKeys =
  /[?&;](?:user|username|login|account|name|e?mail|addr|address|from|sender|to|rcpt|recipient|domain|helo|host)=(?<value>[^&;#]+)/dgi;

function claimValue({ claims, names }: Sight, start: number, match: RegExpExecArray): void {
  const at = match.indices?.groups?.value;
  const value = match.groups?.value;
  // Names and addresses have their own finders.
  if (at === undefined || value === undefined || /[.:@]|%(?:40|3a)/i.test(value)) return;
  claims.put(start + at[0], start + at[1], () => names.other("part", value));
}

/** A word in lower case is a part of a page's address; anything else may stand for a person. */
function isOpaque(part: string): boolean {
  return !/^[a-z_-]{1,20}$/.test(part);
}
