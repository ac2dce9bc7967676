// Holds a limit on connections against the sessions that were open when each refusal came.
import type { Judgement, Limit, Measurement, PageRefusals } from "../measurement.ts";
import type { Claim } from "../model.ts";
import type { LogClock } from "./logClock.ts";
import { counted } from "./words.ts";

/** What is held against the limit. */
export interface Sessions {
  readonly measurement: Measurement;
  readonly refusals: PageRefusals;
  readonly providerName: string;
  readonly limits: readonly Limit[];
  readonly clock: LogClock;
}

/** How the refusals stand to a limit: for sure beyond it, likely, possibly, and surely with a single session open. */
interface Tally {
  readonly all: number;
  readonly sure: number;
  readonly likely: number;
  readonly possible: number;
  readonly alone: number;
}

/** The judgement on one claim; the claim's own number counts, else the one that the provider publishes. */
export function judgeSessions(claim: Claim, held: Sessions): Judgement {
  const { measurement, refusals, clock } = held;
  const limit = claim.limit?.value ?? published(held.limits);
  const top = peakWords(measurement, clock);
  const { peak } = measurement;
  if (limit === undefined) return numberless(top, held);
  const tally = tallyOf(refusals, limit);
  const numbers = `${top}; ${stated(claim, limit, held)}`;
  const first = refusals.at.find(({ sessions }) => sessions > limit)?.line;
  if (tally.sure * 2 >= tally.all || (tally.likely * 2 >= tally.all && peak.least > limit)) {
    const words = `${numbers}, and ${share(tally.likely, refusals)} came while more than ${limit} were open.`;
    return { verdict: "supported", words, line: first };
  }
  const against = reasonAgainst(tally, limit, held);
  if (against !== undefined) {
    return { verdict: "contradicted", words: `${numbers}${against}. ${asFarAsSeen}`, line: refusals.at[0]?.line };
  }
  const alone = tally.alone === 0 ? "" : `, ${count(tally.alone)} with a single one`;
  const sure = tally.sure === tally.likely ? "" : ", as far as its clock can tell";
  const words = `${numbers}; ${share(tally.likely, refusals)} came while more than ${limit} were open${alone}${sure}.`;
  return { verdict: "cannot-tell", words, line: first ?? peak.line };
}

const asFarAsSeen = "As far as this log goes: other servers behind the same address are not in it.";

/** Nobody states a number: only refusals of a single session speak against the limit. */
function numberless(top: string, { refusals, measurement }: Sessions): Judgement {
  const { alone, all } = tallyOf(refusals, 1);
  if (alone * 2 < all) {
    const words = `${top}; no number of the provider is known to hold it against.`;
    return { verdict: "cannot-tell", words, line: measurement.peak.line };
  }
  const words = `${top}, but ${share(alone, refusals)} came with a single session open. ${asFarAsSeen}`;
  return { verdict: "contradicted", words, line: refusals.at[0]?.line };
}

function tallyOf({ at }: PageRefusals, limit: number): Tally {
  return {
    all: at.length,
    sure: at.filter(({ least }) => least > limit).length,
    likely: at.filter(({ sessions }) => sessions > limit).length,
    possible: at.filter(({ most }) => most > limit).length,
    alone: at.filter(({ most }) => most === 1).length,
  };
}

function reasonAgainst({ possible, sure, alone, all }: Tally, limit: number, held: Sessions): string | undefined {
  if (held.measurement.peak.most <= limit) return "";
  if (possible === 0) return `, but no refusal came while more than ${limit} were open`;
  return sure === 0 && alone * 2 >= all
    ? `, but ${share(alone, held.refusals)} came with a single session open`
    : undefined;
}

/** "Cox publishes 10", "Cox published 5 before", "this source says 10". */
function stated({ grade, source }: Claim, value: number, { providerName, limits }: Sessions): string {
  if (grade !== "provider") return `this source says ${value}`;
  const isOld = limits.some((limit) => limit.value === value && limit.source.id === source.id && !limit.current);
  return isOld ? `${providerName} published ${value} before` : `${providerName} publishes ${value}`;
}

function published(limits: readonly Limit[]): number | undefined {
  return limits.find(({ what, current, per }) => what === "connections" && current && per === "ip")?.value;
}

function peakWords({ peak }: Measurement, clock: LogClock): string {
  const range = peak.least === peak.most ? "" : ` (between ${peak.least} and ${peak.most})`;
  return `Peak ${counted(peak.sessions, "session")}${range} at ${clock.clock(peak.at)}`;
}

/** "12 of 16 refusals", "all 16 refusals", "none of 16 refusals", "no refusal" of one; of very many the first 1,000 were looked at. */
export function share(some: number, { at, count: total }: PageRefusals): string {
  const all = at.length === total ? counted(total, "refusal") : `the first ${counted(at.length, "refusal")}`;
  if (some === at.length) return total === 1 ? "the one refusal" : `all ${all}`;
  if (some === 0 && total === 1) return "no refusal";
  return `${some === 0 ? "none" : count(some)} of ${all}`;
}

function count(value: number): string {
  return value.toLocaleString("en-US");
}
