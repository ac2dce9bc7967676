// The names of DNS lists: which zone a name belongs to, which zone is asked, and how it is shown without its key.
import type { Blocklist } from "./listTypes.ts";
import { mask } from "./mask.ts";

// RFC 5782 2.4: 32 nibbles and their dots come before the zone, and a name has 253 characters at most.
const zoneName = /^(?=.{4,189}$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])$/;

/** True for the name of a zone that can be asked, in small letters and without the root dot. */
export function isZone(name: string): boolean {
  return zoneName.test(name);
}

/** A name in small letters, without blanks around it and without the root dot. */
export function plainZone(name: string): string {
  return name.trim().toLowerCase().replace(/\.$/, "");
}

/** True when `pattern`, a zone or "*.zone", covers the plain name; "*.zone" covers the zone itself too. */
export function covers(pattern: string, name: string): boolean {
  if (!pattern.startsWith("*.")) return pattern === name;
  return name === pattern.slice(2) || name.endsWith(pattern.slice(1));
}

/** The zone that is asked in the name of a list; with a key in it where the list has the user's. */
export function zoneAsked({ zone, keyed, secret }: Blocklist): string {
  return keyed === undefined || secret === undefined ? zone : keyed.zone.replace("{key}", secret);
}

/** The same zone for people: the key masked. */
export function zoneShown(list: Blocklist): string {
  return zoneAsked(list.secret === undefined ? list : { ...list, secret: mask });
}

const keyedZone = /^.+?(?=\.[a-z0-9-]+\.(?:dq\.spamhaus\.(?:net|org)|mail\.abusix\.zone)$)/;

/** A zone's name that a person wrote, for people: cut, printable, and without the key that it may begin with. */
export function writtenZone(name: string): string {
  const safe = name.slice(0, 100).replace(/[^\x21-\x7e]/g, "?");
  return safe.replace(keyedZone, mask);
}
