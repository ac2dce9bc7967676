// Makes a template of a failure's words: what differs from mail to mail is masked, what is said each time stays.
import type { Delivery } from "../model.ts";
import {
  atoms,
  digits,
  enhancedCode,
  host,
  ipv4,
  ipv6,
  letter,
  linkStart,
  number,
  replyCode,
  rfc,
  sentenceEnd,
} from "./patterns.ts";

/** What a template needs to be told of the words. */
export interface Hints {
  /** The provider's own token: it stays. */
  readonly token: string | undefined;
  /** Names of this one mail, in lower case: they are masked. */
  readonly names: ReadonlySet<string>;
  /** True for a name in lower case that stays, such as the zone of a list. */
  keeps(name: string): boolean;
}

/** A stretch of the words, from `start` to behind it at `end`, and what stands for it; undefined: it stays. */
interface Piece {
  readonly start: number;
  readonly end: number;
  readonly mask: string | undefined;
}

/** In UTF-16 units: what is said stands at the beginning, and nobody reads a longer template. */
const longestWords = 1_024;
const longestTemplate = 300;
const longestName = 64;

/** The hints that a delivery itself gives. */
export function hintsOf({ recipient, sender, relay, helo, reply }: Delivery, keeps: Hints["keeps"]): Hints {
  const mailboxes = [recipient, sender].flatMap((address) => address?.split("@") ?? []);
  const names = [...mailboxes, relay.host, helo].filter((name) => name !== undefined && name.length > 1);
  return { token: reply?.token, names: new Set(names.map((name) => String(name).toLowerCase())), keeps };
}

/** The template of a failure's words, at most 300 UTF-16 units, still a stranger's text. */
export function templateOf(words: string, hints: Hints): string {
  let template = "";
  let at = 0;
  for (const { start, end, mask } of piecesOf(words, hints)) {
    template += `${between(words.slice(at, start))}${mask ?? words.slice(start, end)}`;
    at = end;
    if (template.length >= longestTemplate) break;
  }
  template += at < longestWords ? between(words.slice(at, longestWords)) : "";
  const whole = template.trim();
  return whole.length <= longestTemplate ? whole : `${whole.slice(0, longestTemplate - 1).trimEnd()}…`;
}

/** Stretches of the words that no mask interrupts, as they are written, from one word to another, the longest first. */
export function stretchesOf(words: string, hints: Hints): readonly string[] {
  const stretches: string[] = [];
  let start: number | undefined;
  let end = 0;
  const close = (): void => {
    if (start !== undefined) stretches.push(words.slice(start, end));
    start = undefined;
  };
  for (const piece of piecesOf(words, hints)) {
    if (piece.mask !== undefined || isCode(words.slice(piece.start, piece.end))) close();
    else {
      start ??= piece.start;
      end = piece.end;
    }
  }
  close();
  return stretches.sort((a, b) => b.length - a.length);
}

/** The quotes and brackets around masks stay, runs of blanks become one. */
function between(text: string): string {
  return text.replace(/\s+/g, " ");
}

function piecesOf(words: string, hints: Hints): Piece[] {
  const text = words.slice(0, longestWords);
  const { token } = hints;
  const own = token === undefined ? -1 : text.indexOf(token);
  return [...text.matchAll(atoms)].flatMap(({ 0: atom, index: start }) => {
    const end = start + withoutEnd(atom);
    if (end === start) return [];
    const ofToken = token !== undefined && own >= 0 && start < own + token.length && end > own;
    return [{ start, end, mask: ofToken ? undefined : maskOf(text.slice(start, end), hints) }];
  });
}

/** The length without the full stops and colons at the end; the "-" of a folded code stays. */
function withoutEnd(atom: string): number {
  let length = atom.length;
  while (length > 0 && sentenceEnd.test(atom.charAt(length - 1))) length--;
  return length;
}

/** What stands for a word of one mail only; undefined for a word that is said each time. */
function maskOf(word: string, { names, keeps }: Hints): string | undefined {
  if (isCode(word)) return undefined;
  const lower = word.toLowerCase();
  if (keeps(lower)) return undefined;
  if (linkStart.test(word)) return "{link}";
  if (word.includes("@")) return "{address}";
  if (ipv4.test(word) || ipv6.test(word)) return "{ip}";
  if (host.test(word)) return "{host}";
  if (names.has(lower)) return "{name}";
  return word.length > longestName ? "{id}" : ofDigits(word);
}

function isCode(word: string): boolean {
  return replyCode.test(word) || enhancedCode.test(word);
}

/** Six letters and digits mixed are an id of a queue or a session; "mx1" and "mx2" are the same word. */
function ofDigits(word: string): string | undefined {
  const without = word.replace(digits, "#");
  if (without === word || rfc.test(word)) return undefined;
  if (number.test(word)) return "{n}";
  return word.length >= 6 && letter.test(word) ? "{id}" : without;
}
