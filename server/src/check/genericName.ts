// Does a host name look generated from its address, as names of end-user lines do? A heuristic; receivers have their own, unpublished ones.
import type { Address } from "../model.ts";
import { readBytes } from "./bytes.ts";
import { mostOfAddress, partOfAddress, type Stretch } from "./embedded.ts";
import { organization } from "./names.ts";

/** A part of the name that makes it look generated. */
export interface Matched extends Stretch {
  readonly text: string;
}

/** How a name looks. `generic-static`: generated too, but a word in it says that it is a server's or static. */
export interface NameLook {
  readonly kind: "generic" | "generic-static" | "named";
  /** In the order of the name, without overlaps; empty for `named`. */
  readonly matched: readonly Matched[];
  /** A clause: "it holds 3 of the 4 numbers". */
  readonly why: string;
}

const keywords: ReadonlySet<string> = new Set(
  "dyn dynamic dhcp dsl adsl vdsl ppp pppoe pool cable catv cpe dial dialup modem res broadband gprs cdma wifi nat unused".split(
    " ",
  ),
);
const numberedKeyword = /^clients?\d+$/;
const exempt: ReadonlySet<string> = new Set(
  "static fix fixip fixed dedicated smtp smtpout mail mailout mx mta outbound relay".split(" "),
);
const longest = 253;

/**
 * How a host name (small letters, without the root dot) looks beside its address. Most of the address counts anywhere (hosters
 * register domains like ip-192-0-2.eu); words and parts only left of the organizational domain, so that a company called
 * dynamic-solutions.com is not suspected, and words as a whole only.
 */
export function nameLook(name: string, address: Address): NameLook {
  const bytes = readBytes(address.text);
  if (bytes === undefined) throw new TypeError(`not an address: ${address.text}`);
  const left = ownPart(name);
  const words = [...left.matchAll(/[^-._]+/g)].map(({ 0: text, index }) => matchedAt(text, index));
  const whole = name.slice(0, longest);
  const most = mostOfAddress(whole, bytes);
  if (most.length > 0) return generated(whole, { stretches: most, words, why: mostly(address.family) });
  const keyword = words.find(({ text }) => keywords.has(stem(text)) || numberedKeyword.test(text));
  const part = keyword === undefined ? [] : partOfAddress(left, bytes);
  if (keyword === undefined || part.length === 0) return named;
  return generated(left, { stretches: [keyword, ...part], words, why: partly(keyword.text) });
}

const named: NameLook = {
  kind: "named",
  matched: [],
  why: "it neither holds most of the address nor joins a part of it to a word for end-user lines",
};

/** Left of the organizational domain, without the dot between. */
function ownPart(name: string): string {
  const bounded = name.slice(0, longest);
  return bounded.slice(0, Math.max(0, bounded.length - organization(bounded).length - 1));
}

function generated(
  name: string,
  found: { readonly stretches: readonly Stretch[]; readonly words: readonly Matched[]; readonly why: string },
): NameLook {
  const matched = [...found.stretches].sort((a, b) => a.start - b.start);
  const texts = matched.map(({ start, end }) => matchedAt(name.slice(start, end), start));
  const excuse = found.words.find(({ text }) => exempt.has(stem(text)));
  if (excuse === undefined) return { kind: "generic", matched: texts, why: found.why };
  return {
    kind: "generic-static",
    matched: texts,
    why: `${found.why}, but "${excuse.text}" marks a server or a static line`,
  };
}

function matchedAt(text: string, start: number): Matched {
  return { text, start, end: start + text.length };
}

/** Without its number: "mx1" is an mx. */
function stem(word: string): string {
  return word.replace(/\d+$/, "");
}

function mostly(family: Address["family"]): string {
  return family === 4 ? "it is built from the numbers of the address" : "it holds a long part of the address";
}

function partly(keyword: string): string {
  return `it joins a part of the address to "${keyword}", a word for end-user lines`;
}
