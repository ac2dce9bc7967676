// The words of the verdict about the refusal itself: what its code stands for, by whose word, and when.
import type { Condition, Grade, Refusal, Rule, Source, Subject, Unseen } from "../model.ts";
import { rowOf } from "./bearing.ts";
import { blocklists } from "./lists.ts";

/** "AUP#CXCNCT stands, in Cox's own words, for too many connections at once from one IP". */
export function stands({ label, spokenOf = label, provider, rule }: Refusal): string {
  if (rule.source === undefined && rule.grade === "sample")
    return `the refusal itself (${label}) tells of ${rule.standsFor}`;
  const word = byWhom(rule, provider);
  return `${spokenOf} stands${word === undefined ? "" : `, ${word},`} for ${rule.standsFor}`;
}

function byWhom({ source, grade }: Rule, provider: string | undefined): string | undefined {
  return source === undefined || grade === undefined ? undefined : words[grade](source, provider);
}

type Words = (source: Source, provider: string | undefined) => string;

const byReplies: Words = () => "as far as real replies tell";
const byPublisher: Words = (source) => `as ${publisher(source)} has it`;

const words: Readonly<Record<Grade, Words>> = {
  provider: (source, provider) => `in ${possessive(provider ?? publisher(source))} own words`,
  standard: (source) => `by ${publisher(source)}`,
  sample: byReplies,
  observed: byReplies,
  inferred: byReplies,
  secondary: byPublisher,
  expert: byPublisher,
  community: byPublisher,
  general: byPublisher,
};

/** "RFC 7372" of "RFC 7372: Email Authentication Status Codes", "Sisimai" of "Sisimai, Rhost/Cox.pm". */
function publisher({ name }: Source): string {
  return name.split(/[,:]/, 1)[0] ?? name;
}

function possessive(name: string): string {
  return name.endsWith("s") ? `${name}'` : `${name}'s`;
}

/** What no look-up shows, a clause behind what the code stands for; empty when there is nothing of it. */
export function unseenClause(unseen: readonly Unseen[], subject: Pick<Subject, "address">): string {
  const hidden = unseen.filter(({ link }) => link === undefined).map(({ what }) => what);
  const pages = pagesClause(unseen, subject);
  return [
    hidden.length === 0 ? "" : `; no look-up shows ${hidden.join(" or ")}`,
    pages === undefined ? "" : `; ${pages}`,
  ].join("");
}

/** Which lists tell of the address on their own pages only, a clause; undefined when there is none. */
export function pagesClause(unseen: readonly Unseen[], { address }: Pick<Subject, "address">): string | undefined {
  const paged = unseen.filter(({ link }) => link !== undefined);
  const pages = paged.map(({ what, link }) => `${what} (${pageFor(link ?? "", address.text)})`);
  const own = pages.length === 1 ? "the list's own page tells" : "the lists' own pages tell";
  return pages.length === 0 ? undefined : `only ${own} ${enumerated(pages)}`;
}

/** The page about one address; "{ip}" in `page` stands for it. */
export function pageFor(page: string, ip: string): string {
  return page.replace("{ip}", encodeURIComponent(ip));
}

/** When it was refused and when it was checked, a sentence; `caveat` warns of what lies between. */
export function bothTimes({ time, line }: Refusal, checked: string, caveat: string): string {
  if (time !== undefined) return `Refused at ${readable(time)} (log time), checked at ${checked}: ${caveat}.`;
  return line === undefined ? `Checked at ${checked}.` : `Checked at ${checked}, the line has no time: ${caveat}.`;
}

/** What the log shows of the same refusal, a sentence; undefined when it holds no other. */
export function seenSentence({ seen }: Refusal): string | undefined {
  if (seen === undefined || seen.count < 2) return undefined;
  const { count, first, last } = seen;
  const when =
    first === undefined || last === undefined || first === last ? "" : `, from ${readable(first)} to ${readable(last)}`;
  return `This log holds ${count.toLocaleString("en-US")} such refusals of this address${when}.`;
}

/** The time of the check for people, to the minute: "2026-11-23T12:00Z". */
export function minute(iso: string): string {
  return `${iso.slice(0, 16)}Z`;
}

/** The time of a line for people: "2026-11-20 10:00:01", with its zone where the log gives one. */
function readable(iso: string): string {
  const [, day = "", clock = "", zone = ""] = /^(\S{1,10})T([\d:]{1,8})(?:\.\d{1,9})?(.{0,6})/.exec(iso) ?? [];
  const where = zone === "Z" || zone === "+00:00" ? "UTC" : zone;
  return `${day} ${clock} ${where}`.trim();
}

/** Names of rows that are no lists, and of one that the world knows by another name. */
const rowNames: Readonly<Record<string, string>> = {
  ptr: "reverse DNS",
  fcrdns: "whether its name leads back to it",
  generic: "the look of its name",
  helo: "the HELO name",
  spf: "SPF",
  "spf-helo": "SPF of the HELO name",
  dkim: "the DKIM key",
  dmarc: "DMARC",
  "sender-domain": "the sender's domain",
  "bl.score.senderscore.com": "the Validity blocklist (once Return Path)",
};

/** What settles a condition, for people: "Spamhaus ZEN", "SPF". */
export function conditionName(condition: Condition): string {
  const row = rowOf(condition);
  return rowNames[row] ?? blocklists.find(({ zone }) => zone === row)?.name ?? row;
}

/** "A", "A and B", "A, B and C" */
export function enumerated(parts: readonly string[]): string {
  return [parts.slice(0, -1).join(", "), parts.at(-1) ?? ""].filter((part) => part !== "").join(" and ");
}

/** The text with a capital, unless it begins with a host's name. */
export function capital(text: string): string {
  if (/^\S{1,253}\.\S/.test(text)) return text;
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The text, cut at `most` UTF-16 units. */
export function cut(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1).trimEnd()}…`;
}
