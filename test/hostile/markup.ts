// What an editor would make of our Markdown, by the parser that VS Code uses itself: every link, image, tag and heading.
import { marked, type Token } from "marked";
import { entries, providers } from "../../server/src/catalogue/data.ts";
import { readAddress } from "../../server/src/check/address.ts";
import { settingsFor } from "../../server/src/tell/settings/servers/index.ts";
import { bare, cox, paused } from "../tell/settings/throttles.ts";

/** The markup of a Markdown text. */
export interface Markup {
  /** Addresses of links, autolinks too, percent signs as written. */
  readonly links: readonly string[];
  readonly images: readonly string[];
  readonly html: readonly string[];
  readonly headings: readonly string[];
  /** The kinds of all tokens, each once: "paragraph", "strong", "codespan". */
  readonly kinds: ReadonlySet<string>;
}

/** Parses as GitHub-flavoured Markdown, the dialect with the most ways to make a link. */
export function markupOf(markdown: string): Markup {
  const tokens: Token[] = [];
  marked.walkTokens(marked.lexer(markdown, { gfm: true, pedantic: false }), (token) => {
    tokens.push(token);
  });
  const of = (type: string, key: "href" | "raw" | "text"): string[] =>
    tokens.filter((token) => token.type === type).map((token) => String((token as Record<string, unknown>)[key]));
  return {
    links: [...of("link", "href"), ...of("def", "href")],
    images: of("image", "href"),
    html: of("html", "raw"),
    headings: of("heading", "text"),
    kinds: new Set(tokens.map((token) => token.type)),
  };
}

/** True for an address that we may link to: a page of the catalogue, the check of a canonical IP, or an address in the catalogue's own data. */
export function isOurs(link: string): boolean {
  const plain = link.replaceAll("%28", "(").replaceAll("%29", ")");
  return isOurPage(plain) || catalogueLinks.has(plain) || manuals.has(plain);
}

/** True for `smtp-explain:/` and an id of the catalogue or a canonical address. */
export function isOurPage(link: string): boolean {
  const path = /^smtp-explain:\/([^%?#\s]+)\.md$/.exec(link)?.[1];
  if (path === undefined) return false;
  if (path.startsWith("check/")) return isOurCheck(path.slice("check/".length));
  return isOurEntry(path);
}

/** An address alone, or the id of an entry and a line before it. */
function isOurCheck(path: string): boolean {
  const [, id, ip = path] = /^(.+)\/\d+\/([^/]+)$/.exec(path) ?? [];
  return readAddress(ip)?.text === ip && (id === undefined || isOurEntry(id));
}

function isOurEntry(path: string): boolean {
  return ids.has(path) || masks.some((mask) => path.startsWith(mask) && /^[01]{1,16}$/.test(path.slice(mask.length)));
}

/** What the settings of each server are documented by, whatever a log says. */
const manuals: ReadonlySet<string> = new Set(
  [cox, paused, bare].flatMap((throttle) =>
    settingsFor(throttle, "postfix").flatMap(({ sources }) => sources.map(({ url }) => url)),
  ),
);

const ids: ReadonlySet<string> = new Set(entries.map(({ id }) => id));
const masks = entries.filter(({ decodes }) => decodes !== undefined).map(({ id }) => id);
const mailboxes = entries.flatMap(({ contacts }) => contacts.filter(({ kind }) => kind === "mail"));
const catalogueLinks: ReadonlySet<string> = new Set([
  ...addressesIn([entries, providers]),
  ...mailboxes.map(({ value }) => `mailto:${value}`),
]);

function addressesIn(value: unknown): string[] {
  if (typeof value === "string") return /^(?:https?:\/\/|mailto:)\S+$/.test(value) ? [value] : [];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(addressesIn) : [];
}

/** Characters that hide, reorder or control text; a line feed is none where several lines are shown. */
export const unseen = /[^\P{Cc}\n]|[\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{DI}]/u;
