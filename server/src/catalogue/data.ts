// The list of the catalogue's files, and its entries by id and by code.
import basicJson from "../../catalogue/codes/basic.json" with { type: "json" };
import enhancedJson from "../../catalogue/codes/enhanced.json" with { type: "json" };
import aol from "../../catalogue/providers/aol.json" with { type: "json" };
import apple from "../../catalogue/providers/apple.json" with { type: "json" };
import att from "../../catalogue/providers/att.json" with { type: "json" };
import barracuda from "../../catalogue/providers/barracuda.json" with { type: "json" };
import cisco from "../../catalogue/providers/cisco.json" with { type: "json" };
import cloudmark from "../../catalogue/providers/cloudmark.json" with { type: "json" };
import comcast from "../../catalogue/providers/comcast.json" with { type: "json" };
import cox from "../../catalogue/providers/cox.json" with { type: "json" };
import earthlink from "../../catalogue/providers/earthlink.json" with { type: "json" };
import exchangeOnline from "../../catalogue/providers/exchange-online.json" with { type: "json" };
import free from "../../catalogue/providers/free.json" with { type: "json" };
import gmail from "../../catalogue/providers/gmail.json" with { type: "json" };
import godaddy from "../../catalogue/providers/godaddy.json" with { type: "json" };
import laposte from "../../catalogue/providers/laposte.json" with { type: "json" };
import mailRu from "../../catalogue/providers/mail-ru.json" with { type: "json" };
import mimecast from "../../catalogue/providers/mimecast.json" with { type: "json" };
import netease from "../../catalogue/providers/netease.json" with { type: "json" };
import optonline from "../../catalogue/providers/optonline.json" with { type: "json" };
import orange from "../../catalogue/providers/orange.json" with { type: "json" };
import outlook from "../../catalogue/providers/outlook.json" with { type: "json" };
import oxVade from "../../catalogue/providers/ox-vade.json" with { type: "json" };
import proofpoint from "../../catalogue/providers/proofpoint.json" with { type: "json" };
import qq from "../../catalogue/providers/qq.json" with { type: "json" };
import sfr from "../../catalogue/providers/sfr.json" with { type: "json" };
import spectrum from "../../catalogue/providers/spectrum.json" with { type: "json" };
import symantec from "../../catalogue/providers/symantec.json" with { type: "json" };
import tOnline from "../../catalogue/providers/t-online.json" with { type: "json" };
import trellix from "../../catalogue/providers/trellix.json" with { type: "json" };
import trendMicro from "../../catalogue/providers/trend-micro.json" with { type: "json" };
import unitedInternet from "../../catalogue/providers/united-internet.json" with { type: "json" };
import verizon from "../../catalogue/providers/verizon.json" with { type: "json" };
import yahoo from "../../catalogue/providers/yahoo.json" with { type: "json" };
import yandex from "../../catalogue/providers/yandex.json" with { type: "json" };
import zoho from "../../catalogue/providers/zoho.json" with { type: "json" };
import type { Decoded, Entry } from "../model.ts";
import { decode } from "./decode.ts";
import { entryOf, type Owner } from "./entry.ts";
import { isToken, tokensOf } from "./match.ts";
import { ownByToken, ownEntry } from "./own.ts";
import { basicCode, blanks, enhancedCode, maskBits } from "./patterns.ts";
import type { BasicFile, EnhancedFile, EntryRow, Mask, Match, ProviderFile, ServersFile } from "./rows.ts";
import { servers, wordingsFile } from "./servers.ts";
import { enhancedStandards, type Standard, standardOf } from "./standard.ts";

/** An entry, and what the mask it was asked with decodes to. */
export interface Known {
  readonly entry: Entry;
  readonly decoded: Decoded | undefined;
}

/** An entry of a provider or of our own server, and what leads to it. */
export interface Ruled {
  readonly entry: Entry;
  readonly match: Match;
  /** For families of tokens with bits. */
  readonly mask: Mask | undefined;
}

/** The providers' files; the order of providers has no meaning. */
export const providers = [
  aol,
  apple,
  att,
  barracuda,
  cisco,
  cloudmark,
  comcast,
  cox,
  earthlink,
  exchangeOnline,
  free,
  gmail,
  godaddy,
  laposte,
  mailRu,
  mimecast,
  netease,
  optonline,
  orange,
  outlook,
  oxVade,
  proofpoint,
  qq,
  sfr,
  spectrum,
  symantec,
  tOnline,
  trellix,
  trendMicro,
  unitedInternet,
  verizon,
  yahoo,
  yandex,
  zoho,
] as readonly ProviderFile[];

const basic = basicJson as BasicFile;
const enhanced = enhancedJson as EnhancedFile;

/** The entries of all providers, in their files' order. */
export const providerEntries: readonly Ruled[] = providers.flatMap((file) =>
  file.entries.map((row) => ruled(row, file, row.match.mask === undefined ? undefined : file.masks?.[row.match.mask])),
);

/** What a sending server writes without a reply of the other side, in order of trust; the last row fits all. */
export const sendingEntries: readonly Ruled[] = servers.flatMap((file) =>
  file.entries.map((row) => ofServer(row, file)),
);

/** What a server writes when it refuses a client, in order of trust; the last row fits all. */
export const refusingEntries: readonly Ruled[] = servers
  .flatMap((file) => file.ours.map((row) => ofServer(row, file)))
  // What the field advises is for the sender, and here it is the client who sends.
  .map((ruled) => ({ ...ruled, entry: { ...ruled.entry, practice: [] } }));

/** Common wordings of servers anywhere, in order of trust: they say what a code alone leaves open. */
export const wordings: readonly Ruled[] = wordingsFile.entries.map(ofAnyone);

/** Wordings that may mean several things, in order of trust: they give way to a definite enhanced code. */
export const hints: readonly Ruled[] = wordingsFile.hints.map(ofAnyone);

/** The standard's entries by code: "421", "5xx", "5.7.1", "X.7.1", "5.7.x", "5.x.x". */
export const standards: ReadonlyMap<string, Standard> = new Map(
  [
    ...[basic.standard, basic.extensions, basic.nonstandard, basic.classes]
      .flat()
      .map((row) => standardOf(row, row.code)),
    ...[enhanced.classes, enhanced.subjects, enhanced.codes].flat().flatMap(enhancedStandards),
  ].map((standard) => [standard.entry.code, standard]),
);

/** Every entry, providers first; of the enhanced codes those with a class. */
export const entries: readonly Entry[] = [
  ...providerEntries.map(({ entry }) => entry),
  ...[...sendingEntries, ...refusingEntries, ...wordings, ...hints].map(({ entry }) => entry),
  ...[...standards.values()].map(({ entry }) => entry).filter(({ code }) => !code.startsWith("X")),
];

const byId: ReadonlyMap<string, Entry> = new Map(
  [...entries, ...[...standards.values()].map(({ entry }) => entry)].map((entry) => [entry.id.toLowerCase(), entry]),
);

/** A provider's word on a token comes before that of the platform which answers for it. */
const tenantsFirst = [...providerEntries].sort((a, b) => Number(isTenant(b)) - Number(isTenant(a)));

const families: readonly Ruled[] = providerEntries.filter(({ mask }) => mask !== undefined);

function ofAnyone(row: EntryRow): Ruled {
  return ruled(row, { id: "wording", name: wordingsFile.name }, undefined);
}

function ofServer(row: EntryRow, { name }: ServersFile): Ruled {
  return ruled(row, { id: "server", name }, undefined);
}

function isTenant({ entry }: Ruled): boolean {
  return providers.some(({ id, platform }) => id === entry.provider && platform !== undefined);
}

function ruled(row: EntryRow, owner: Owner, mask: Mask | undefined): Ruled {
  return { entry: entryOf(row, owner), match: row.match, mask };
}

/** The entry of an id in any case; `cox/IPBL0011` is the family with its mask decoded. */
export function entryById(id: string): Known | undefined {
  const entry = ownEntry(id) ?? byId.get(id.toLowerCase());
  return entry === undefined ? withMask(id) : { entry, decoded: undefined };
}

function withMask(id: string): Known | undefined {
  const upper = id.toUpperCase();
  const family = families.find(({ entry }) => upper.startsWith(entry.id.toUpperCase()));
  return family && maskOf(family, upper.slice(family.entry.id.length));
}

/** A family with `digits` decoded; undefined when they are not 1 to 16 bits. */
export function maskOf({ entry, mask }: Ruled, digits: string): Known | undefined {
  return mask !== undefined && maskBits.test(digits) ? { entry, decoded: decode(mask, digits) } : undefined;
}

/** Entries that a person means by "AUP#CXCNCT", "cxcnct", "cox/CXCNCT", "421", "5.7.1" or "421 4.7.0"; best first. */
export function findCode(text: string): Known[] {
  const written = text.trim().slice(0, 200);
  const exact = written.split(blanks).reverse().flatMap(oneCode);
  return exact.length > 0 ? exact : inTitles(written.toLowerCase());
}

function oneCode(word: string): Known[] {
  const upper = word.toUpperCase();
  if (word.includes("/")) return known(entryById(word));
  if (basicCode.test(upper)) return known(standardOfCode(upper.replace("XX", "xx")));
  if (enhancedCode.test(upper)) return known(standardOfCode(upper) ?? standardOfCode(subjectOf(upper)));
  return byToken(upper);
}

function known(one: Known | undefined): Known[] {
  return one === undefined ? [] : [one];
}

function standardOfCode(code: string): Known | undefined {
  const standard = standards.get(code);
  return standard && { entry: standard.entry, decoded: undefined };
}

/** "5.7.x" for "5.7.515". */
export function subjectOf(code: string): string {
  return `${code.slice(0, code.lastIndexOf("."))}.x`;
}

/** Entries whose token is written so, with or without "AUP#". */
function byToken(upper: string): Known[] {
  const names = [upper, `AUP#${upper}`];
  const plain = tenantsFirst.filter(({ match }) =>
    tokensOf(match).some((token) => names.some((name) => isToken(token, name))),
  );
  const masked = families.flatMap((family) => {
    const token = family.mask?.token ?? "";
    const name = names.find((name) => name.startsWith(token));
    if (name === token) return [{ entry: family.entry, decoded: undefined }];
    return name === undefined ? [] : known(maskOf(family, name.slice(token.length)));
  });
  const listed = [...ownByToken(names), ...plain.map(({ entry }) => entry)];
  const found = [...listed.map((entry) => ({ entry, decoded: undefined })), ...masked];
  return found.length > 0 ? found : unknownToken(upper);
}

/** The row for tokens that no other row holds: of the provider that writes such tokens, else of the platform. */
function unknownToken(upper: string): Known[] {
  const rest = tenantsFirst.filter(({ match }) => match.rest !== undefined && upper.startsWith(match.rest));
  const own = providers.find(({ markers }) => markers.tokens?.some((start) => upper.startsWith(start)));
  const row = rest.find(({ entry }) => entry.provider === own?.id) ?? rest.findLast((ruled) => !isTenant(ruled));
  return row === undefined ? [] : [{ entry: row.entry, decoded: undefined }];
}

function inTitles(text: string): Known[] {
  if (text.length < 3) return [];
  const found = entries.filter(({ code, title }) => `${code}\n${title}`.toLowerCase().includes(text));
  return found.slice(0, 20).map((entry) => ({ entry, decoded: undefined }));
}
