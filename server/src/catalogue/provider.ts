// Who answered: by the relay host, then by what the text says, then by the recipient's domain at the date of the line.
import type { Delivery, ProviderBy, Reply } from "../model.ts";
import { providers } from "./data.ts";
import { groupBy } from "./group.ts";
import { bannerHost } from "./patterns.ts";
import type { Dated, ProviderFile } from "./rows.ts";

/** The provider that answered and how it is known. */
export interface Answerer {
  readonly provider: string | undefined;
  readonly by: ProviderBy;
}

/** A provider's claim to a domain, from `since` until before `until`. */
export interface Tenure extends Dated {
  readonly provider: string;
}

interface Marker {
  readonly text: string;
  readonly provider: string;
}

const nobody: Answerer = { provider: undefined, by: "none" };
const files: ReadonlyMap<string, ProviderFile> = new Map(providers.map((file) => [file.id, file]));
const hosts = grouped((file) => file.hosts);
const domains = grouped((file) => file.domains);
const tokenMarkers = marked(({ tokens }) => tokens);
const wordMarkers = marked(({ words }) => words);
const platformMarkers = marked(({ platform }) => platform);

/** Host names repeat on thousands of lines; strangers choose them, so the memory is bounded. */
const remembered = new Map<string, string | undefined>();
const mostRemembered = 4096;

/** Whether the catalogue has a provider with this id. */
export function isProvider(id: string): boolean {
  return files.has(id);
}

/** The provider's name for a person; the id when the catalogue has no such provider. */
export function providerName(id: string): string {
  return files.get(id)?.name ?? id;
}

/** The name of the provider or platform whose mail host this is, for a person; undefined when the catalogue does not know it. */
export function operatorOf(host: string): string | undefined {
  const id = hostProvider(host.endsWith(".") ? host.slice(0, -1) : host);
  return id === undefined ? undefined : providerName(id);
}

/** The id of the provider whose gateway answers for this one. */
export function platformOf(id: string | undefined): string | undefined {
  return id === undefined ? undefined : files.get(id)?.platform;
}

/** Who answered a delivery; nobody's is known when we refused, the answer is then our own. */
export function whoAnswered(delivery: Delivery): Answerer {
  if (delivery.direction === "we-refused-them") return nobody;
  const relay = delivery.relay.host === undefined ? undefined : hostProvider(delivery.relay.host);
  if (relay !== undefined && !isPlatform(relay)) return { provider: relay, by: "relay" };
  const text = delivery.reply?.text.toLowerCase() ?? "";
  return byText(delivery.reply, text, relay) ?? byPlatform(delivery, text, relay) ?? byRecipient(delivery);
}

/** The provider that alone uses tokens with this beginning; `token` in upper case. */
export function tokenProvider(token: string): string | undefined {
  return tokenMarkers.find(({ text }) => token.startsWith(text))?.provider;
}

/** What is known of the recipient's domain, over all time. */
export function tenures(recipient: string | undefined): readonly Tenure[] {
  const domain = recipient?.slice(recipient.lastIndexOf("@") + 1).toLowerCase();
  return domain === undefined ? [] : found(domains, domain);
}

/** The day of a line, ISO; undefined when it has no ISO time. */
export function dayOf({ time }: Delivery): string | undefined {
  return time?.[4] === "-" ? time.slice(0, 10) : undefined;
}

/** Whether a tenure covers a day; without a day, whether it still runs. */
export function covers({ since, until }: Dated, day: string | undefined): boolean {
  if (day === undefined) return until === undefined;
  return (since === undefined || since <= day) && (until === undefined || day < until);
}

/** On a platform's host only the platform's own tenants can be meant; `text` in lower case. */
function byText(reply: Reply | undefined, text: string, relay: string | undefined): Answerer | undefined {
  if (reply === undefined) return undefined;
  const named = (reply.token && tokenProvider(reply.token.toUpperCase())) ?? markedBy(wordMarkers, text);
  if (named && (relay === undefined || platformOf(named) === relay)) return { provider: named, by: "marker" };
  const host = relay === undefined ? bannerHost.exec(reply.text)?.[1] : undefined;
  const greeter = host === undefined ? undefined : hostProvider(host);
  return greeter === undefined || isPlatform(greeter) ? undefined : { provider: greeter, by: "banner" };
}

/** On a platform the recipient's domain tells the tenant, whenever it was one; `text` in lower case. */
function byPlatform(delivery: Delivery, text: string, relay: string | undefined): Answerer | undefined {
  const platform = relay ?? markedBy(platformMarkers, text);
  if (platform === undefined) return undefined;
  const tenant = tenures(delivery.recipient).find(({ provider }) => platformOf(provider) === platform);
  if (tenant !== undefined) return { provider: tenant.provider, by: "recipient" };
  return { provider: platform, by: relay === undefined ? "banner" : "relay" };
}

function markedBy(markers: readonly Marker[], text: string): string | undefined {
  return markers.find((marker) => text.includes(marker.text))?.provider;
}

function byRecipient(delivery: Delivery): Answerer {
  const day = dayOf(delivery);
  const tenure = tenures(delivery.recipient).find((tenure) => covers(tenure, day));
  return tenure === undefined ? nobody : { provider: tenure.provider, by: "recipient" };
}

const platforms = new Set(providers.map(({ platform }) => platform));

function isPlatform(id: string): boolean {
  return platforms.has(id);
}

function hostProvider(host: string): string | undefined {
  if (remembered.has(host)) return remembered.get(host);
  if (remembered.size >= mostRemembered) remembered.clear();
  const provider = found(hosts, host.toLowerCase())[0]?.provider;
  remembered.set(host, provider);
  return provider;
}

/** Rows for the name itself, else for the longest `*.` above it. */
function found(rows: ReadonlyMap<string, readonly Tenure[]>, name: string): readonly Tenure[] {
  const exact = rows.get(name);
  if (exact !== undefined || name.length > 253) return exact ?? [];
  for (let dot = name.indexOf("."); dot >= 0; dot = name.indexOf(".", dot + 1)) {
    const above = rows.get(`*${name.slice(dot)}`);
    if (above !== undefined) return above;
  }
  return [];
}

function grouped(part: (file: ProviderFile) => readonly Dated[]): ReadonlyMap<string, readonly Tenure[]> {
  const all = providers.flatMap((file) => part(file).map((row) => ({ ...row, provider: file.id })));
  return groupBy(all, ({ pattern }) => pattern);
}

function marked(part: (markers: ProviderFile["markers"]) => readonly string[] | undefined): Marker[] {
  return providers.flatMap(({ id, markers }) => (part(markers) ?? []).map((text) => ({ text, provider: id })));
}
