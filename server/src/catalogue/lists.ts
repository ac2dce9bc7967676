// The DNS lists that a refusal's own words name: by a zone, or by a plain name where that is unambiguous.
import data from "../../catalogue/blocklists.json" with { type: "json" };
import type { Condition } from "../model.ts";
import { hostInText } from "./patterns.ts";

/** A list as blocklists.json knows it; the schema there is what makes the cast below true. */
interface ListRow {
  readonly zone: string;
  readonly also?: readonly string[];
  readonly name: string;
  readonly tier: "A" | "B" | "K" | "L" | "X";
  readonly lookup?: string;
  readonly status?: string;
  readonly fate?: string;
}

/** A list that a text names. */
export interface NamedList {
  readonly name: string;
  /** The rows of a check that ask it; none for a list that is not asked. */
  readonly conditions: readonly Condition[];
  /** The list's own page; "{ip}" in it stands for the address. */
  readonly page: string | undefined;
  /** What became of a list that is never asked, a sentence that stands by itself. */
  readonly fate: string | undefined;
  /** True when the list is gone or no list, so that nobody should refuse by it. */
  readonly gone: boolean;
}

interface Plain {
  readonly words: readonly string[];
  readonly list: NamedList;
}

/** Pages that refusals point to for help are no lists; these are, although no DNS question reaches them. */
const unasked: readonly string[] = ["csi.cloudmark.com", "ivmsip.invaluement.com", "ipcheck.proofpoint.com"];

const links = (data.links as readonly ListRow[]).filter(({ zone }) => unasked.includes(zone));
const rows = [...data.lists, ...links, ...data.denied] as readonly ListRow[];

/** Parts of ZEN that have zones of their own. */
const parts: Readonly<Record<string, readonly string[]>> = {
  "sbl.spamhaus.org": ["SBL", "CSS"],
  "xbl.spamhaus.org": ["XBL"],
  "pbl.spamhaus.org": ["PBL"],
  "sbl-xbl.spamhaus.org": ["SBL", "CSS", "XBL"],
};

/** Lists by the names that they and their parts have; "*." is left out, for names below a zone are found anyway. */
const byZone: ReadonlyMap<string, NamedList> = new Map(
  rows.flatMap((row) => [...(row.also ?? []), row.zone].map((name) => [name.replace("*.", ""), namedBy(row, name)])),
);

const zen = "zen.spamhaus.org";

/** Of each group the first row that fits, the telling ones first; a zone in the text says more than all of them. */
const plainNames: readonly (readonly Plain[])[] = [
  [
    plain("dbl.spamhaus.org", [
      "spamhaus dbl",
      "spamhaus.org/dbl",
      "spamhaus.org/query/domain",
      "spamhaus.org/query/dbl",
    ]),
    plain("sbl-xbl.spamhaus.org", ["spamhaus sbl-xbl"]),
    plain("pbl.spamhaus.org", ["spamhaus pbl", "spamhaus-pbl", "spamhaus.org/pbl", "spamhaus.org/query/pbl"]),
    plain("xbl.spamhaus.org", ["spamhaus xbl", "spamhaus-xbl", "spamhaus.org/xbl"]),
    plain("sbl.spamhaus.org", ["spamhaus sbl", "spamhaus.org/sbl", "spamhaus css", "spamhaus.org/css"]),
    plain(zen, ["spamhaus zen", "spamhaus's list", "spamhaus.org/query/ip", "spamhaus.org/query/bl"]),
    plain(zen, ["by spamhaus", "in spamhaus", "on spamhaus", "at spamhaus", "using spamhaus", "check.spamhaus.org"]),
    plain(zen, ["in the spamhaus", "on the spamhaus", "spamhaus.org/lookup", "://www.spamhaus.org"]),
  ],
  [
    plain("bl.spamcop.net", [
      "spamcop.net/bl",
      "spamcop.net/w3m",
      "by spamcop",
      "in spamcop",
      "on spamcop",
      "using spamcop",
    ]),
  ],
  [
    plain("b.barracudacentral.org", [
      "barracudacentral.org/",
      "barracuda reputation",
      "barracudanetworks.com/reputation",
    ]),
  ],
];

const longestWords = 4096;
const mostHosts = 40;
const mostLists = 5;

/** The lists that a refusal's words name, each once, at most five; `words` is a stranger's text. */
export function listsIn(words: string): readonly NamedList[] {
  const text = words.slice(0, longestWords).toLowerCase();
  const hosts = (text.match(hostInText) ?? []).slice(0, mostHosts);
  const zones = hosts.map(listOf).filter((list) => list !== undefined);
  const found = zones.length > 0 ? zones : plainNames.flatMap((group) => firstPlain(group, text));
  return [...new Set(found)].slice(0, mostLists);
}

const goneZones = [...byZone].filter(([, { gone }]) => gone).map(([zone]) => zone);

/** The lists among them that nobody should refuse by; quick for the many words that name none. */
export function goneListsIn(words: string): readonly NamedList[] {
  const text = words.slice(0, longestWords).toLowerCase();
  return goneZones.some((zone) => text.includes(zone)) ? listsIn(text).filter(({ gone }) => gone) : [];
}

/** True when the words show that the list refused to answer the server that asked it (Spamhaus: 127.255.255.0/24). */
export function showsRefusedAsker(words: string): boolean {
  const text = words.slice(0, longestWords).toLowerCase();
  return refusedAsker.some((sign) => text.includes(sign));
}

const refusedAsker = ["127.255.255.", "open resolver", "public resolver", "spamhaus.org/returnc"];

/** The zone of a list that a name, in lower case, is or stands below; the longest of several. */
export function listZone(host: string): string | undefined {
  for (let from = 0; from >= 0; ) {
    const zone = host.slice(from);
    if (byZone.has(zone)) return zone;
    const dot = host.indexOf(".", from);
    from = dot < 0 ? -1 : dot + 1;
  }
  return undefined;
}

/** The list of the zone itself or of the longest zone above it. */
function listOf(host: string): NamedList | undefined {
  return byZone.get(listZone(host) ?? "");
}

function firstPlain(group: readonly Plain[], text: string): NamedList[] {
  const found = group.find(({ words }) => words.some((word) => text.includes(word)));
  return found === undefined ? [] : [found.list];
}

function plain(zone: string, words: readonly string[]): Plain {
  const list = byZone.get(zone);
  if (list === undefined) throw new Error(`blocklists.json has no ${zone}`);
  return { words, list };
}

function namedBy({ zone, name, tier, lookup, status, fate }: ListRow, as: string): NamedList {
  const own = parts[as];
  const asked = tier === "L" || tier === "X" ? [] : [zone];
  return {
    name: own === undefined ? name : `Spamhaus ${own.join(", ")}`,
    conditions: own === undefined ? asked : own.map((part) => `${zone}#${part}`),
    page: lookup,
    fate,
    gone: tier === "X" && status !== "not-asked",
  };
}
