// Tells all that is known of one entry, and what one log shows of it, as the one value that the panel draws.
import type { Judgement, Limit, Measurement, Setting } from "../measurement.ts";
import type { Decoded, Entry, Finding, Remedy, Source } from "../model.ts";
import type { ExplanationPage, InThisLog, Step } from "../protocol.ts";
import { inThisLog } from "./evidence.ts";
import { isMeasured, judge, type Shown, strongest } from "./judgement.ts";
import { logClock } from "./logClock.ts";
import { measuredPage } from "./measured.ts";
import { pageId } from "./pages.ts";
import { disputed, groupClaims } from "./topics.ts";
import { entryLabel, entryPermanence, firstSentence, turnLabels } from "./words.ts";

/** What to explain: an entry, the mask it was met with, and the log's findings of it and of others. */
export interface Explained {
  readonly entry: Entry;
  readonly decoded: Decoded | undefined;
  readonly log:
    | { readonly uri: string; readonly findings: readonly Finding[]; readonly others?: readonly Finding[] }
    | undefined;
  /** Why no letter to the provider helps; undefined when one can be drafted. */
  readonly noRequest?: string | undefined;
  /** What the log shows of providers and sending addresses, the most refused first; and the provider's limits. */
  readonly measurements?: readonly Measurement[];
  readonly limits?: readonly Limit[];
  /** The changes of settings that help, that of the log's own server first. */
  readonly settings?: readonly Setting[];
}

/** Pages show so many measurements. */
const mostMeasured = 5;

/** The page of an entry. */
export function explain(explained: Explained): ExplanationPage {
  const { entry, decoded, log, noRequest, settings = [] } = explained;
  const findings = log?.findings ?? [];
  const held = shownOf(explained);
  const shown = log === undefined ? undefined : inThisLog(log.uri, findings);
  return {
    kind: "explanation",
    id: pageId(entry, decoded),
    code: entryLabel(entry, decoded?.bits),
    provider: entry.providerName,
    title: entry.title,
    verdict: verdict(entry, findings),
    meaning: entry.meaning.split("\n").filter((paragraph) => paragraph !== ""),
    claims: groupClaims(entry.claims, { own: findings, others: log?.others ?? [] }, (claim) => judge(claim, held)),
    disputed: disputed(entry.claims),
    steps: entry.remedies.map((remedy) => step(remedy, shown)),
    decoded,
    measured: ownMeasurements(explained)
      .slice(0, mostMeasured)
      .map((one) => measuredPage(one, held)),
    settings,
    practice: practice(entry, findings).map((remedy) => step(remedy, shown)),
    noRequest,
    contacts: entry.contacts,
    notes: entry.notes,
    log: shown,
    checkIp: shown?.sourceIps.shown[0],
    sources: sources(entry, practice(entry, findings)).map(({ name, url, date, checked }) => ({
      name,
      url,
      date,
      checked,
    })),
  };
}

/** Of the addresses and providers that gave this page's refusals, the most refused first. */
function ownMeasurements({ entry, decoded, measurements = [] }: Explained): readonly Measurement[] {
  const id = pageId(entry, decoded);
  const count = ({ refusals }: Measurement) => refusals[id]?.count ?? 0;
  return measurements.filter((one) => count(one) > 0).sort((a, b) => count(b) - count(a));
}

/** What claims of the page are held against. */
function shownOf(explained: Explained): Shown {
  const { entry, decoded, log, limits = [] } = explained;
  const findings = log?.findings ?? [];
  return {
    page: pageId(entry, decoded),
    providerName: entry.providerName,
    findings,
    wasMeasured: explained.measurements !== undefined,
    measurement: ownMeasurements(explained)[0],
    limits,
    clock: logClock(findings.find(({ delivery }) => delivery.time !== undefined)?.delivery.time),
  };
}

/** What measuring the log says most clearly about the page's claims; undefined when it decides none. */
export function strongestJudgement(explained: Explained): Judgement | undefined {
  const held = shownOf(explained);
  return strongest(explained.entry.claims.filter(isMeasured).map((claim) => judge(claim, held)));
}

function verdict(entry: Entry, findings: readonly Finding[]): ExplanationPage["verdict"] {
  return [
    { label: "Kind", value: kind(entry, findings), tone: tone(entry, findings) },
    { label: "Try again", value: firstSentence(entry.retry), tone: "neutral" },
    { label: "Whose turn", value: turnLabels[entry.turn], tone: "info" },
  ];
}

/** The log's replies decide when there are any; the entry's own word stays visible beside them. */
function kind(entry: Entry, findings: readonly Finding[]): string {
  const kinds = new Set(findings.map((finding) => finding.permanent));
  if (kinds.size === 0) return entryPermanence(entry);
  if (kinds.size === 2) return "Temporary and permanent, see the lines";
  return kinds.has(true) ? "Permanent" : "Temporary";
}

function tone(entry: Entry, findings: readonly Finding[]): ExplanationPage["verdict"][number]["tone"] {
  if (findings.length === 0 && entry.permanence === "by-reply") return "neutral";
  const permanent =
    findings.length > 0 ? findings.some((finding) => finding.permanent) : entry.permanence === "permanent";
  return permanent ? "error" : "warning";
}

function step(remedy: Remedy, log: InThisLog | undefined): Step {
  const source = remedy.source === undefined ? undefined : { name: remedy.source.name, url: remedy.source.url };
  return { text: remedy.text, button: button(remedy, log), source };
}

function button(remedy: Remedy, log: InThisLog | undefined): Step["button"] {
  const action = remedy.action;
  if (action === undefined) return undefined;
  if (action.kind === "open") return { label: `Open ${new URL(action.url).hostname}`, kind: "open", url: action.url };
  const ip = log?.sourceIps.shown[0];
  return { label: ip === undefined ? "Check an IP" : `Check ${ip}`, kind: "check-ip" };
}

/** What the field advises senders; nothing for an entry that the log holds only as refusals by our own server. */
function practice(entry: Entry, findings: readonly Finding[]): readonly Remedy[] {
  const ours = findings.length > 0 && findings.every(({ delivery }) => delivery.direction === "we-refused-them");
  return ours ? [] : entry.practice;
}

/** Every source of the page once, the entry's own first. */
function sources(entry: Entry, practice: readonly Remedy[]): Source[] {
  const all = [
    ...entry.sources,
    ...entry.claims.map((claim) => claim.source),
    ...entry.contacts.map((contact) => contact.source),
    ...practice.flatMap(({ source }) => source ?? []),
  ];
  return [...new Map(all.map((source) => [source.id, source])).values()];
}
