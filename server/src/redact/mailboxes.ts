// Finds mailboxes in all their spellings: plain, quoted, encoded, inside others (VERP, SRS, BATV), in links.
import { hexOf } from "./hex.ts";
import { endWithout, nameStart } from "./looks.ts";
import { partingSigns } from "./parted.ts";
import type { Finder, Sight } from "./sight.ts";

/** Claims local parts and their domains. */
export const mailboxes: Finder = (sight) => {
  const links = linksOf(sight.line);
  const parts = partingSigns(sight.line);
  let last = 0;
  for (const match of sight.line.matchAll(/@|%40|=40|\\u0040|&#64;|&#x40;|&commat;/gi)) {
    if (parts(match.index)) {
      last = match.index + 1;
      continue;
    }
    const box = { at: match.index, behind: match.index + match[0].length, last, inLink: links(match.index) };
    last = claimBox(sight, box) ?? last;
  }
};

interface Box {
  /** Where the sign for "@" begins, and the column behind it. */
  readonly at: number;
  readonly behind: number;
  /** Where the mailbox before this one ended. */
  readonly last: number;
  readonly inLink: boolean;
}

/** The column behind the mailbox that was claimed; undefined when there is none. */
function claimBox(sight: Sight, box: Box): number | undefined {
  const { line, claims, names, known } = sight;
  const domain = domainAt(line, box.behind);
  const start = localAt(line, box);
  if (domain === "" || start === box.at) return undefined;
  const local = line.slice(start, box.at);
  if (!isEncoded(line, box, local)) return undefined;
  const end = box.behind + (domain === "[" ? 0 : domain.length);
  const whole = `${local}@${domain}`.toLowerCase();
  const stays = domain !== "[" && known.isContact(whole);
  if (!claims.put(start, box.at, () => (stays ? local : names.user(unquoted(local))))) return undefined;
  if (domain !== "[") claims.put(box.behind, end, () => (stays ? domain : names.domain(domain)));
  return end;
}

const domainShape = /[\p{L}\p{N}_](?:[\p{L}\p{N}\p{M}_-]|\.(?=[\p{L}\p{N}_]))*/uy;

/** The domain that begins at a column, "[" for an address with brackets or without, "" for none. */
function domainAt(line: string, at: number): string {
  if (line[at] === "[") return "[";
  domainShape.lastIndex = at;
  const shown = domainShape.exec(line)?.[0] ?? "";
  const domain = shown.slice(0, endWithout(shown, "-"));
  return hexOf(domain) === undefined ? domain : "[";
}

/** "=40" is more often a number behind a key. */
function isEncoded(line: string, { at, behind }: Box, local: string): boolean {
  return (
    line[at] !== "=" || (!isKey(local) && /^[a-z_][\w-]*(?:\.[\w-]+)*\.[a-z]{2,24}$/i.test(domainAt(line, behind)))
  );
}

/** Where the local part that ends at a column begins (RFC 5321 4.1.2, RFC 6531 3.3); the column itself when there is none. */
function localAt(line: string, box: Box): number {
  if (line[box.at - 1] === '"') return quotedAt(line, box);
  let start = box.at;
  const first = Math.max(box.last, box.at - longestLocal);
  while (start > first && (isLocal(line.charCodeAt(start - 1), box.inLink) || isLetter(line, start - 1))) start--;
  start += nameStart(line, { start, text: line.slice(start, box.at) });
  return behindKeys(line, start, box.at);
}

/** Far more than the 64 octets of RFC 5321 4.5.3.1.1. */
const longestLocal = 512;
/** Whether a backslash begins a letter as Exim writes it, "\\303\\274"; quotation marks (U+2000 and on) are none. */
function isLetter(line: string, at: number): boolean {
  const isByte = line[at] === "\\" && /^\\[23][0-7]{2}$/.test(line.slice(at, at + 4));
  return isByte && line.slice(Math.max(0, at - 8), at) !== "\\342\\200";
}

const longestQuoted = 256;

function quotedAt(line: string, { at, last }: Box): number {
  const escaped = line[at - 2] === "\\";
  const opening = line.lastIndexOf(escaped ? '\\"' : '"', at - (escaped ? 3 : 2));
  // A quote behind a letter or another quote closes something else: 'msg="" id="@example.org"'.
  const opens = escaped || /^[\s<([{,;:=]?$/.test(line.slice(Math.max(0, opening - 1), opening));
  return opening < Math.max(last, at - longestQuoted) || !opens ? at : opening;
}

function unquoted(local: string): string {
  return local.replace(/^\\?"|\\?"$/g, "");
}

/** Characters of an unquoted local part, without those that logs put between values; those of a link end it there. */
function isLocal(code: number, inLink: boolean): boolean {
  if (code >= 0x80) return code !== 0xa0 && !(code >= 0x2000 && code <= 0x206f) && code !== 0xfeff;
  const character = String.fromCharCode(code);
  return inLink ? /[\w!$%'*+^~.-]/.test(character) : /[\w!#$%&'*+/=?^}~.-]/.test(character);
}

/** Keys that values stand behind; any other word before "=" may be a part of the mailbox. */
const keys = new Set(
  (
    "from to orig_to sender rcpt recipient recipients ctladdr id id* msgid message-id user username sasl_username sasl_sender " +
    "arg1 relay f p helo mailbox email e-mail mail e v addr address params a u s envelope-from envelope_from mail_from mailfrom rcptto rcpt_to " +
    "smtp.mailfrom smtp.rcpttodomain header.from header.i header.d mfrom i d login account login_name authid set_id reply-to orcpt final-recipient"
  ).split(" "),
);

function isKey(word: string): boolean {
  return keys.has(word.toLowerCase());
}

/** The column behind punctuation and keys: "from=ann" is a key and a local part. */
function behindKeys(line: string, from: number, end: number): number {
  let start = from;
  for (;;) {
    while (start < end && /[!#$%&'*+/=?^~.-]/.test(line[start] ?? "")) start++;
    const equals = line.slice(start, end).indexOf("=");
    if (equals < 0 || !isKey(line.slice(start, start + equals))) return start;
    start += equals + 1;
  }
}

/** Whether a column lies in a link. */
function linksOf(line: string): (at: number) => boolean {
  if (!line.includes("://")) return () => false;
  const links = [...line.matchAll(/[a-z][a-z0-9+.-]{1,15}:\/\/[^\s"<>\\]+/gi)];
  let next = 0;
  // Asked from left to right.
  return (at) => {
    while (next < links.length && endOf(links[next]) <= at) next++;
    return (links[next]?.index ?? Number.POSITIVE_INFINITY) <= at;
  };
}

function endOf(match: RegExpExecArray | undefined): number {
  return match === undefined ? 0 : match.index + match[0].length;
}
