// The joint of findings, catalogue and letter: which refusals a request is about, who gave them, and how that provider is reached.
import { contactsOf } from "./catalogue/contacts.ts";
import { type Known, refusingEntries } from "./catalogue/data.ts";
import { limitsOf } from "./catalogue/limits.ts";
import { covers, dayOf, operatorOf, platformOf, providerName, tenures } from "./catalogue/provider.ts";
import { sameAs } from "./inquire.ts";
import type { Measurement, Throttle } from "./measurement.ts";
import type { Address, Entry, Finding, Report } from "./model.ts";
import type { Draft, RequestRefusal } from "./protocol.ts";
import { draft, noRequest } from "./tell/request.ts";
import type { Answerer, RequestCase } from "./tell/requestCase.ts";
import { isGeneral } from "./tell/requestNames.ts";
import { createTally, type Tally } from "./tell/requestTally.ts";
import { quotedHelo } from "./trace/helo.ts";

/** What is known besides the refusals. */
export interface Besides {
  /** Of any address; those of another are left out. */
  readonly reports: readonly Report[];
  /** Of any provider and address. */
  readonly measurements?: readonly Measurement[] | undefined;
  readonly throttles?: readonly Throttle[] | undefined;
  readonly helo?: RequestCase["helo"];
  readonly now: Date;
}

/** The refusals with one code, as they come; bounded, however many there are. */
export interface Gathering {
  readonly known: Known;
  readonly address: Address | undefined;
  /** Takes a finding; one with another code, or of another address, is left out. */
  add(finding: Finding): void;
  /** By the id of who answered, "" when that is not known. */
  readonly tallies: ReadonlyMap<string, Tally>;
  readonly others: ReadonlySet<string>;
}

const mostOthers = 5;

/** Gathers refusals with one code, and of one address when it is given: lines that name no address are about it too. */
export function gather(known: Known, address: Address | undefined): Gathering {
  const tallies = new Map<string, Tally>();
  const others = new Set<string>();
  const same = address === undefined ? () => true : sameAs(address);
  const add = (finding: Finding): void => {
    const { direction, sourceIp } = finding.delivery;
    if (direction !== "they-refused-us" || !isAsked(finding, known)) return;
    if (sourceIp !== undefined && !same(sourceIp)) {
      if (others.size < mostOthers) others.add(sourceIp);
      return;
    }
    const id = answererOf(finding) ?? "";
    const tally = tallies.get(id) ?? createTally();
    tallies.set(id, tally);
    tally.add(finding);
  };
  return { known, address, add, tallies, others };
}

/** The letter about what was gathered, or why none helps. */
export function requestFor(gathering: Gathering, besides: Besides): Draft | RequestRefusal {
  return draft(caseOf(gathering, besides, true));
}

/** Why no letter helps with these findings of a code, undefined without a log; undefined when one can be drafted. */
export function noRequestFor(
  known: Known,
  findings: readonly Finding[] | undefined,
  measurements: readonly Measurement[] = [],
): string | undefined {
  const gathering = gather(known, undefined);
  for (const finding of findings ?? []) gathering.add(finding);
  return noRequest(caseOf(gathering, { reports: [], measurements, now: new Date() }, findings !== undefined));
}

/** Who answered, the id of a provider: a code alone, on a line of a day when another answered for the recipient, does not tell. */
export function answererOf({ delivery, provider, providerBy }: Finding): string | undefined {
  const day = dayOf(delivery);
  const host = delivery.relay.host;
  if (providerBy !== "marker" || day === undefined || (host !== undefined && operatorOf(host) !== undefined))
    return provider;
  return tenures(delivery.recipient).find((tenure) => covers(tenure, day))?.provider ?? provider;
}

function isAsked({ entry, decoded }: Finding, known: Known): boolean {
  return entry.id === known.entry.id && decoded?.bits === known.decoded?.bits;
}

function caseOf({ known, address, tallies, others }: Gathering, besides: Besides, log: boolean): RequestCase {
  const { entry, decoded } = known;
  const id = mainAnswerer(entry, tallies);
  const seen = (tallies.get(id ?? "") ?? createTally()).seen();
  const last = seen.samples.at(-1);
  const quoted = last === undefined ? undefined : quotedHelo(last.delivery);
  return {
    ...{ entry, decoded, log, seen, others: [...others], ip: address?.text, now: besides.now },
    ours: refusingEntries.some((ruled) => ruled.entry === entry),
    answerer: id === undefined ? undefined : answerer(id, entry),
    helo: besides.helo ?? (quoted === undefined ? undefined : { name: quoted, assumed: false }),
    reports: besides.reports.filter(({ subject }) => subject.address.text === address?.text),
    measurement: besides.measurements?.find((one) => one.provider === id && isAbout(one, address)),
    limits: id === undefined ? [] : limitsOf(id),
    throttle: besides.throttles?.find(({ provider }) => provider === id),
    cautions: id === undefined ? [] : moves(seen.samples, id),
  };
}

/** One of the code's own people first, then the one with most refusals; its provider when there are none. */
function mainAnswerer(entry: Entry, tallies: ReadonlyMap<string, Tally>): string | undefined {
  const counted = [...tallies].map(([id, tally]) => ({ id, count: tally.count() }));
  const best = counted
    .filter(({ id }) => id !== "")
    .sort((a, b) => Number(isOwn(b.id, entry)) - Number(isOwn(a.id, entry)) || b.count - a.count)[0];
  if (best !== undefined) return best.id;
  return isGeneral(entry) || tallies.size > 0 ? undefined : entry.provider;
}

function answerer(id: string, entry: Entry): Answerer {
  return { id, name: providerName(id), contacts: contactsOf(id), own: isOwn(id, entry) };
}

/** The code is the provider's, or of the platform that answers for it. */
function isOwn(id: string, entry: Entry): boolean {
  const { provider } = entry;
  return isGeneral(entry) || id === provider || platformOf(id) === provider || platformOf(provider) === id;
}

function isAbout({ sourceIp }: Measurement, address: Address | undefined): boolean {
  return sourceIp === undefined || address === undefined || sameAs(address)(sourceIp);
}

/** Recipients whose domain another provider answered for when these lines were written. */
function moves(samples: readonly Finding[], provider: string): string[] {
  const found = samples.flatMap(({ delivery }) => {
    const all = tenures(delivery.recipient);
    const left = all.find((tenure) => tenure.provider === provider && tenure.until !== undefined);
    const day = dayOf(delivery);
    const next = day === undefined ? undefined : all.find((tenure) => tenure !== left && covers(tenure, day));
    if (left === undefined || next === undefined || covers(left, day)) return [];
    const [old, now] = [providerName(provider), providerName(next.provider)];
    return `${left.pattern} is answered by ${now} since ${next.since}, but these refusals came from ${old}. Look up its MX records: if your server uses an old route, correct that instead.`;
  });
  return [...new Set(found)];
}
