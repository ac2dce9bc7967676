// Finds the names of a sender and of its mail wherever a report holds them: itself, names below it, mailboxes at it.
import type { Report } from "../model.ts";
import { asciiName, isShared } from "../redact/domains.ts";

/** The names of some reports, and what stands in their place. */
export interface Names {
  /** A pattern's source, for the flags `giu`; it has no named groups. */
  readonly pattern: string;
  placeholder(found: string): string;
}

/** HELO, PTR, sender, header, DKIM and recipient names of these reports, and the domains above them. */
export function namesOf(reports: readonly Report[]): Names {
  const table = new Map<string, string>();
  for (const [name, kind] of reports.flatMap(named)) enter(table, name, kind);
  const known = [...table.keys()];
  const [senders, names] = [known.filter((name) => name.includes("@")), known.filter((name) => !name.includes("@"))];
  const domains = names.filter((name) => name.includes(".")).flatMap(spellings);
  const words = [...names.filter((name) => !name.includes(".")), ...senders.flatMap(localPart)];
  const parts = [whole(senders), below(domains), whole(words)];
  return {
    pattern: parts.filter((part) => part !== "").join("|") || never,
    placeholder: (found) => placeholderOf(table, found),
  };
}

type Kind = "host" | "domain" | "sender" | "recipient domain" | "mailbox";
type Named = readonly [name: string, kind: Kind];

const never = "(?!)";
const longestName = 320;

/** What a report says of the sender; own names before the domains above them. */
function named({ subject, rows }: Report): readonly Named[] {
  const { helo, sender, headerFrom, signatures, recipientDomain } = subject.mail;
  const hosts = [helo, ...rows.flatMap(reverseNames)].map((name = ""): Named => [name, "host"]);
  const domains = [sender, headerFrom, ...signatures.map(({ domain }) => domain)];
  const own: readonly Named[] = [
    ...hosts,
    [sender ?? "", "sender"],
    ...domains.map((name): Named => [domainOf(name) ?? "", "domain"]),
    [domainOf(recipientDomain) ?? "", "recipient domain"],
  ];
  const sound = own.map(([name, kind]): Named => [plainName(name), kind]).filter(([name]) => isTelling(name));
  return [...sound, ...sound.flatMap(([name]) => parents(name).map((parent): Named => [parent, "domain"]))];
}

/** What reverse DNS answered in this row. */
function reverseNames({ asked, answers }: Report["rows"][number]): string[] {
  const names = asked.flatMap((question, at) => (question.endsWith(" PTR") ? (answers[at] ?? "").split(", ") : []));
  return names.filter((name) => !silence.test(name));
}

/** How a report says that no records came. */
const silence = /^(?:NXDOMAIN|NODATA|SERVFAIL|REFUSED|cancelled|unreadable|no .*)$/;

function domainOf(address: string | undefined): string | undefined {
  return address?.slice(address.lastIndexOf("@") + 1);
}

function plainName(name: string): string {
  return name
    .trim()
    .replace(/^[<[]+|[>\].]+$/g, "")
    .slice(0, longestName)
    .toLowerCase();
}

/** Words that so many hosts are called by that they tell nothing of any, and that sentences need. */
const common = new Set(
  "localhost localhost.localdomain mail mails smtp mx mta web www host server email relay local user client gateway unknown sender domain address name null none admin root info news newsletter noreply no-reply bounce bounces postmaster mailer-daemon support sales contact office abuse".split(
    " ",
  ),
);

// Addresses are found by their own pattern.
function isTelling(name: string): boolean {
  return name.length > 2 && !common.has(name) && !/^[\d.]+$|:/.test(name);
}

/** The domains above a name, without those that many share. */
function parents(name: string): string[] {
  const labels = name.slice(name.lastIndexOf("@") + 1).split(".");
  return labels
    .map((_, at) => labels.slice(at))
    .filter((rest) => rest.length >= 2 && !isShared(rest))
    .map((rest) => rest.join("."));
}

function enter(table: Map<string, string>, name: string, kind: Kind): void {
  for (const one of new Set([name, asciiName(name)])) {
    if (one !== "" && !table.has(one)) table.set(one, table.get(name) ?? nextPlaceholder(table, kind));
  }
}

function nextPlaceholder(table: ReadonlyMap<string, string>, kind: Kind): string {
  const same = new Set([...table.values()].filter((text) => text.startsWith(`[${kind}`)));
  const single = kind === "sender" || kind === "recipient domain";
  return single && same.size === 0 ? `[${kind}]` : `[${kind} ${same.size + 1}]`;
}

// Hosts of large mail services are named after their tenants with hyphens for dots.
function spellings(name: string): string[] {
  return [name, name.replaceAll(".", "-")];
}

/** A person may be known by the part before "@"; roles are not. */
function localPart(sender: string): string[] {
  const local = sender.slice(0, sender.lastIndexOf("@"));
  return local.length >= 4 && !common.has(local) ? [local] : [];
}

/** These names with everything that stands below them, and mailboxes at them; labels such as "_dmarc" stay. */
function below(names: readonly string[]): string {
  if (names.length === 0) return "";
  const label = "[\\p{L}\\p{N}](?:[\\p{L}\\p{N}_-]{0,62})\\.";
  const box = "(?:[\\p{L}\\p{N}!#$&'*+^_~.-]{1,64}(?:@|%40))";
  return `(?<![\\p{L}\\p{N}-])(?:(?<!_)${box}?(?:${label}){0,40})?(?:${alternatives(names)})(?![\\p{L}\\p{N}-])`;
}

function whole(words: readonly string[]): string {
  return words.length === 0 ? "" : `(?<![\\p{L}\\p{N}-])(?:${alternatives(words)})(?![\\p{L}\\p{N}-])`;
}

function alternatives(words: readonly string[]): string {
  const longestFirst = [...new Set(words)].sort((a, b) => b.length - a.length);
  return longestFirst.map((word) => word.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&")).join("|");
}

/** Of the name itself, else a new one for what stands below it. */
function placeholderOf(table: Map<string, string>, found: string): string {
  const name = found.toLowerCase().replace("%40", "@");
  const known = table.get(name) ?? [...table].find(([own]) => own.replaceAll(".", "-") === name)?.[1];
  if (known !== undefined) return known;
  const sender = [...table].find(([own]) => own.startsWith(`${name}@`))?.[1];
  const made = sender ?? nextPlaceholder(table, name.includes("@") ? "mailbox" : "host");
  table.set(name, made);
  return made;
}
