// Finds the entry that explains a delivery. The user's own rows come first, then the order of trust: the provider's token,
// the provider's text (our own server's where there was no reply, or where it refused), the enhanced code as the provider
// uses it, a common wording, a definite enhanced code, a vague wording, any enhanced code as IANA registers it, the reply
// code, the class digit. Something is always found; nothing throws, whatever the line says.
import type { Delivery, Direction, Entry, EntryBy, Finding, Reply, Stage } from "../model.ts";
import {
  hints,
  type Known,
  maskOf,
  providerEntries,
  type Ruled,
  refusingEntries,
  sendingEntries,
  standards,
  subjectOf,
  wordings,
} from "./data.ts";
import { groupBy, groupPairs } from "./group.ts";
import { enhancedCodes, fits, isToken, tokensOf } from "./match.ts";
import { ofOwn } from "./own.ts";
import { type Answerer, platformOf, tokenProvider, whoAnswered } from "./provider.ts";
import { remarks } from "./remarks.ts";
import { type ByText, textsOf } from "./texts.ts";

/** All of a finding but its delivery. */
export type Found = Omit<Finding, "delivery">;

interface Chosen extends Known {
  readonly entryBy: EntryBy;
}

const tokens = providerEntries.flatMap((ruled) => tokensOf(ruled.match).map((token) => [token, ruled] as const));
const byToken = groupPairs(tokens);
const starred = tokens.filter(([token]) => token.includes("*"));
const families = providerEntries.filter(({ mask }) => mask !== undefined);
const rest = new Map(providerEntries.filter(({ match }) => match.rest).map((ruled) => [ruled.entry.provider, ruled]));
const restOfPlatforms = [...rest.values()].filter(({ entry }) => platformOf(entry.provider) === undefined);
const texts = new Map([...groupBy(providerEntries, providerOf)].map(([id, ruled]) => [id, textsOf(ruled)]));
const serverTexts: Readonly<Record<Direction, ByText>> = {
  "they-refused-us": textsOf(sendingEntries),
  "we-refused-them": textsOf(refusingEntries),
};
const unheard: Readonly<Record<Direction, Entry>> = {
  "they-refused-us": last(sendingEntries),
  "we-refused-them": last(refusingEntries),
};
const byEnhanced = new Map(providerEntries.flatMap(enhancedKeys));
const byWording = textsOf(wordings);
const byHint = textsOf(hints);

/** The entry for a delivery, who answered, and what the line's own evidence adds. */
export function lookup(delivery: Delivery): Found {
  const answerer = whoAnswered(delivery);
  const found = identify(delivery, answerer);
  const { entry, entryBy, decoded } = found;
  return { ...found, remarks: remarks({ delivery, answerer, entry, entryBy, decoded }) };
}

/** The same without remarks, when it is known who answered: but for the delivery's reply, words, direction, stage and outcome nothing matters. */
export function identify(delivery: Delivery, { provider, by }: Answerer): Found {
  const { entry, entryBy, decoded } = choose(delivery, provider);
  const permanent = isPermanent(delivery, entry);
  return { entry, entryBy, decoded, provider, providerBy: by, permanent, remarks: [] };
}

function choose(delivery: Delivery, provider: string | undefined): Chosen {
  const { reply, direction } = delivery;
  const owned = ofOwn(delivery, provider);
  if (owned !== undefined) return chosen(owned.entry, owned.entryBy);
  const nothing = chosen(unheard[direction], "none");
  if (direction === "we-refused-them") return ofServer(delivery) ?? ofCodes(reply) ?? nothing;
  if (reply === undefined) return ofServer(delivery) ?? ofWords(delivery) ?? nothing;
  return (
    ofToken(reply, provider) ??
    ofText(reply, provider) ??
    (reply.code === undefined ? ofServer(delivery) : undefined) ??
    ofOwnEnhanced(reply, provider) ??
    ofWording(byWording, reply) ??
    ofDefinite(reply) ??
    ofWording(byHint, reply, delivery.stage) ??
    ofCodes(reply) ??
    nothing
  );
}

/** What the standard says of a reply's codes, the enhanced one first. */
function ofCodes(reply: Reply | undefined): Chosen | undefined {
  return reply && (ofEnhanced(reply) ?? ofCode(reply.code) ?? ofClass(reply.enhanced));
}

/** Words of other servers in a failure that our own reports without a reply: "Mailbox full" of a local mailbox. */
function ofWords({ words }: Delivery): Chosen | undefined {
  const entry = byWording(words, undefined) ?? byHint(words, undefined);
  return entry && chosen(entry, "wording");
}

function chosen(entry: Entry, entryBy: EntryBy): Chosen {
  return { entry, entryBy, decoded: undefined };
}

/** A token by itself, with a mask, or at least with the shape of a provider's codes. */
function ofToken(reply: Reply, provider: string | undefined): Chosen | undefined {
  if (reply.token === undefined) return undefined;
  const upper = reply.token.toUpperCase();
  const fitting = rowsOf(upper).filter(({ match }) => fits(match, reply));
  const plain = ownFirst(fitting, provider);
  if (plain !== undefined) return chosen(plain, "token");
  return ofMask(upper) ?? ofRest(upper, provider);
}

function rowsOf(token: string): readonly Ruled[] {
  return byToken.get(token) ?? starred.flatMap(([form, ruled]) => (isToken(form, token) ? [ruled] : []));
}

/** Two providers may use one token: the one that answered comes first, then the platform. */
function ownFirst(all: readonly Ruled[], provider: string | undefined): Entry | undefined {
  const own = all.find(({ entry }) => entry.provider === provider);
  return (own ?? all.find(({ entry }) => platformOf(entry.provider) === undefined) ?? all[0])?.entry;
}

/** Few masks are in use, but a log can hold any: the memory is bounded. */
const masks = new Map<string, Chosen | undefined>();
const mostMasks = 1024;

function ofMask(token: string): Chosen | undefined {
  if (masks.has(token)) return masks.get(token);
  if (masks.size >= mostMasks) masks.clear();
  const found = families.map((family) => withMask(family, token)).find((known) => known !== undefined);
  const mask: Chosen | undefined = found && { ...found, entryBy: "token" };
  masks.set(token, mask);
  return mask;
}

function withMask(family: Ruled, token: string): Known | undefined {
  const start = family.mask?.token ?? "";
  return token.startsWith(start) ? maskOf(family, token.slice(start.length)) : undefined;
}

function ofRest(token: string, provider: string | undefined): Chosen | undefined {
  const candidates = [rest.get(provider ?? ""), rest.get(tokenProvider(token) ?? ""), ...restOfPlatforms];
  const fitting = candidates.find((ruled) => ruled?.match.rest !== undefined && token.startsWith(ruled.match.rest));
  return fitting && chosen(fitting.entry, "token");
}

function ofText(reply: Reply, provider: string | undefined): Chosen | undefined {
  const entry = provider === undefined ? undefined : texts.get(provider)?.(reply.text, reply);
  return entry && chosen(entry, "text");
}

function ofServer({ direction, words, reply }: Delivery): Chosen | undefined {
  const entry = serverTexts[direction](words, reply);
  return entry && chosen(entry, "text");
}

function ofWording(find: ByText, reply: Reply, stage?: Stage): Chosen | undefined {
  const entry = find(reply.text, reply, stage);
  return entry && chosen(entry, "wording");
}

/** An enhanced code that leaves nothing open: words that may mean anything do not overrule it. */
function ofDefinite(reply: Reply): Chosen | undefined {
  return standards.get(reply.enhanced ?? "")?.definite === true ? ofEnhanced(reply) : undefined;
}

function ofOwnEnhanced({ enhanced }: Reply, provider: string | undefined): Chosen | undefined {
  const meant = enhanced === undefined ? undefined : byEnhanced.get(`${provider} ${enhanced}`);
  return meant && chosen(meant, "enhanced");
}

function ofEnhanced({ code, enhanced }: Reply): Chosen | undefined {
  if (enhanced === undefined) return undefined;
  const standard = standards.get(enhanced) ?? standards.get(subjectOf(enhanced));
  if (standard === undefined || (standard.vague && code !== undefined)) return undefined;
  return chosen(standard.entry, "enhanced");
}

function ofCode(code: number | undefined): Chosen | undefined {
  const standard = code === undefined ? undefined : standards.get(String(code));
  if (standard !== undefined) return chosen(standard.entry, "code");
  const kind = code === undefined ? undefined : standards.get(`${Math.trunc(code / 100)}xx`);
  return kind && chosen(kind.entry, "class");
}

function ofClass(enhanced: string | undefined): Chosen | undefined {
  const standard = standards.get(`${enhanced?.[0]}.x.x`);
  return standard && chosen(standard.entry, "class");
}

/** The reply's class decides, then the enhanced code's, then the entry, then what became of the message. */
function isPermanent({ reply, outcome }: Delivery, entry: Entry): boolean {
  const digit =
    failing(reply?.code === undefined ? undefined : Math.trunc(reply.code / 100)) ?? failing(enhancedClass(reply));
  if (digit !== undefined) return digit === 5;
  if (entry.permanence !== "by-reply") return entry.permanence === "permanent";
  return outcome === "bounced" || outcome === "rejected";
}

function enhancedClass(reply: Delivery["reply"]): number | undefined {
  return reply?.enhanced === undefined ? undefined : Number(reply.enhanced[0]);
}

function failing(digit: number | undefined): number | undefined {
  return digit === 4 || digit === 5 ? digit : undefined;
}

function providerOf({ entry }: Ruled): string {
  return entry.provider;
}

/** "gmail 5.7.27" for a row that says X.7.27 and wants nothing else, in both classes. */
function enhancedKeys({ entry, match }: Ruled): [string, Entry][] {
  if (match.token !== undefined || match.words !== undefined) return [];
  return enhancedCodes(match).map((code) => [`${entry.provider} ${code}`, entry]);
}

function last(all: readonly Ruled[]): Entry {
  const ruled = all.at(-1);
  if (ruled === undefined) throw new Error("servers/ has no row that fits all");
  return ruled.entry;
}
