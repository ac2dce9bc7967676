// Decides about one list after another whether it is asked, and says in sentences why a list that is wanted is not.
import { isZone, writtenZone } from "./listNames.ts";
import type { Blocklist, DeniedZone, KnownZone, LinkedList, ListCode, ListKey } from "./listTypes.ts";

/** What is wanted, in plain names. */
export interface Wanted {
  readonly choices: ReadonlyMap<string, boolean>;
  readonly named: ReadonlySet<string>;
  /** Valid keys by the id of the keyed list. */
  readonly keys: ReadonlyMap<string, string>;
  readonly about: readonly ListKey[];
}

/** About one list: it is asked, there is a sentence why not, or neither. */
export interface Decision {
  readonly list?: Blocklist;
  readonly leftOut?: string;
}

const keyText = /^[a-z0-9]{8,64}$/i;

/** The keys that can be keys, and a sentence about each other one; the text of a key is never repeated. */
export function readKeys(
  given: Readonly<Record<string, string>>,
  about: readonly ListKey[],
): { readonly keys: ReadonlyMap<string, string>; readonly complaints: readonly string[] } {
  const found = about.flatMap(({ id, name }) => {
    const text = Object.hasOwn(given, id) ? String(given[id]).trim() : "";
    return text === "" ? [] : [{ id, name, text }];
  });
  const wrong = found.filter(({ text }) => !keyText.test(text));
  return {
    keys: new Map(found.filter(({ text }) => keyText.test(text)).map(({ id, text }) => [id, text])),
    complaints: wrong.map(
      ({ name }) =>
        `The key for ${name} is not used: a key has 8 to 64 letters and digits and nothing else. Store it again.`,
    ),
  };
}

/** Whether this list is asked, and with which key. */
export function decide(list: Blocklist, wanted: Wanted): Decision {
  const choice = wanted.choices.get(list.zone);
  const named = wanted.named.has(list.zone);
  if (choice === false) return named ? { leftOut: switchedOff(list) } : {};
  const secret = list.keyed === undefined ? undefined : wanted.keys.get(list.keyed.key);
  const usual = list.tier === "A" || (list.tier === "K" && secret !== undefined);
  if (list.status !== "active" || !(usual || choice === true || named)) return {};
  if (list.registration !== undefined && choice !== true) return { leftOut: unregistered(list, list.registration) };
  if (list.keyed?.required && secret === undefined) return { leftOut: withoutKey(list, wanted.about) };
  return { list: secret === undefined ? list : { ...list, secret } };
}

function switchedOff({ name, zone }: Blocklist): string {
  return `${name} is not asked although the refusal names it, because ${zone} is switched off.`;
}

function unregistered({ name, zone }: Blocklist, registration: string): string {
  return `${name} is not asked although the refusal names it. ${registration} Then switch ${zone} on: smtpLogLens.check.lists in the editor, --list on the command line.`;
}

function withoutKey({ name, keyed }: Blocklist, about: readonly ListKey[]): string {
  const key = about.find(({ id }) => id === keyed?.key);
  return `${name} is not asked: it answers with your key only. ${key?.about ?? ""}`.trimEnd();
}

/** What there is to choose from outside the data. */
export interface Others {
  readonly choices: ReadonlyMap<string, boolean>;
  readonly named: ReadonlySet<string>;
  readonly known: (zone: string) => KnownZone | undefined;
}

const mostOwn = 20;

/** The user's own zones, and sentences about wanted names that are dead, have a page only, or are no zones at all. */
export function otherZones({ choices, named, known }: Others): {
  readonly lists: readonly Blocklist[];
  readonly leftOut: readonly string[];
} {
  const chosen = [...choices].filter(([, asked]) => asked).map(([zone]) => zone);
  const own = chosen.filter((zone) => known(zone) === undefined);
  const sound = own.filter(isZone);
  const leftOut = [...chosen, ...named].flatMap((zone) => notAsked(zone, known(zone)) ?? []);
  const wrong = own
    .filter((zone) => !isZone(zone))
    .slice(0, mostOwn)
    .map(noZone);
  const more = sound.length - mostOwn;
  const tooMany = more > 0 ? [`Of your own lists only the first ${mostOwn} are asked; left out: ${more}.`] : [];
  return { lists: sound.slice(0, mostOwn).map(ownList), leftOut: [...leftOut, ...wrong, ...tooMany] };
}

function notAsked(zone: string, known: KnownZone | undefined): string | undefined {
  if (known === undefined) return undefined;
  if (known.tier === "X") return denied(zone, known);
  if (known.tier === "L") return pageOnly(known);
  return zone === known.zone ? undefined : partOf(zone, known);
}

function denied(zone: string, { fate }: DeniedZone): string {
  return `${writtenZone(zone)} is never asked. ${fate}`;
}

function pageOnly({ why, lookup }: LinkedList): string {
  return `${why} Look at ${lookup.replace(/\?.*$/, "")}`;
}

function partOf(zone: string, list: Blocklist): string {
  const shown = writtenZone(zone);
  const key =
    shown === zone
      ? ""
      : " A key does not belong into the name of a list, where others can read it: remove it there, and store it as a key.";
  return `${shown} is not asked by itself: what it lists is part of ${list.name} (${list.zone}).${key}`;
}

function noZone(name: string): string {
  return `"${writtenZone(name)}" is not the name of a DNS zone, so it is not asked.`;
}

/** A list that only the user knows: any answer in 127.0.0.0/8 lists, when its test entries prove it. */
function ownList(zone: string): Blocklist {
  // Not 127.0.0.1: where a list answers so it means the opposite, and resolvers that block a name answer so too.
  const codes = ["127.0.0.0", "127.0.0.2-255", "127.0.1-255.*", "127.1-255.*.*"];
  return {
    zone,
    name: zone,
    operator: zone,
    kind: "block",
    tier: "B",
    families: [4, 6],
    testPoints: "rfc5782",
    codes: codes.map((code) => ownCode(zone, code)),
    notes: [],
    unused: [],
    errors: [],
    policy: "A list from your own settings; nothing more is known of it here.",
    status: "active",
    sources: [],
  };
}

function ownCode(zone: string, code: string): ListCode {
  return {
    code,
    list: zone,
    brief: "what the code means stands on its operator's page",
    means: `${zone} lists the address. It is a list of your own settings, so what the code means stands on its operator's page.`,
    remedy:
      "Look up on the page of whoever runs the list what the code means, stop the cause, then ask for removal there.",
    turn: "you",
  };
}
