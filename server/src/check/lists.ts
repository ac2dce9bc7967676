// The DNS lists that are known, the way from the name of a zone to what is known of it, and the choice of those that are asked.
import data from "../../catalogue/blocklists.json" with { type: "json" };
import { decide, otherZones, readKeys } from "./listChoice.ts";
import { covers, plainZone } from "./listNames.ts";
import type { Blocklist, DeniedZone, KnownZone, LinkedList, ListKey } from "./listTypes.ts";

/** All lists that can be asked; the schema in the catalogue is what makes these casts true. */
export const blocklists = data.lists as readonly Blocklist[];

/** All that have a page only. */
export const linkedLists = data.links as readonly LinkedList[];

/** All zones that are never asked. */
export const deniedZones = data.denied as readonly DeniedZone[];

/** The keys that a user can have. */
export const keyedLists: readonly ListKey[] = data.keys;

const everything: readonly KnownZone[] = [...blocklists, ...linkedLists, ...deniedZones];

/** What is known of the zone with this name, or of the one that it is a part of. */
export function listOfZone(name: string): KnownZone | undefined {
  const plain = plainZone(name);
  const exact = everything.find(({ zone }) => zone === plain);
  return exact ?? everything.find(({ zone, also = [] }) => [zone, ...also].some((pattern) => covers(pattern, plain)));
}

/** What the user and the refusal want of the lists. */
export interface ListWishes {
  /** The setting: zone → asked or not; zones that are not in the data are the user's own. */
  readonly choices: Readonly<Record<string, boolean>>;
  /** The user's keys by the id of the keyed list, "dqs". */
  readonly keys: Readonly<Record<string, string>>;
  /** Zones that the refusal names: asked too when they may be; names of other rows are ignored. */
  readonly named: readonly string[];
}

/** The lists to ask, and sentences about those that are wanted and are not asked. */
export interface ListChoice {
  readonly lists: readonly Blocklist[];
  readonly leftOut: readonly string[];
}

const mostLists = 40;

/** Chooses the lists to ask: the usual ones, those with a key, those that the user or the refusal wants; never a denied zone. */
export function chooseLists(wishes: ListWishes): ListChoice {
  const choices = new Map(Object.entries(wishes.choices).map(([zone, asked]) => [plainZone(zone), asked]));
  const named = new Set(wishes.named.map(namedZone));
  const { keys, complaints } = readKeys(wishes.keys, keyedLists);
  const wanted = { choices, named, keys, about: keyedLists };
  const known = blocklists.map((list) => decide(list, wanted));
  const other = otherZones({ choices, named, known: listOfZone });
  const lists = [...known.flatMap(({ list }) => list ?? []), ...other.lists];
  const leftOut = [...complaints, ...known.flatMap((one) => one.leftOut ?? []), ...other.leftOut];
  if (lists.length > mostLists)
    leftOut.push(`Only ${mostLists} lists are asked at once; left out: ${lists.length - mostLists}.`);
  return { lists: lists.slice(0, mostLists), leftOut: [...new Set(leftOut)] };
}

// A refusal may name a part of a list; a zone that is never asked keeps the name that the refusal gives it.
function namedZone(name: string): string {
  const known = listOfZone(name);
  return known === undefined || known.tier === "X" ? plainZone(name) : known.zone;
}
