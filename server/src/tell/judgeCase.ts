// What a claim is held against: the log's refusals with one page, and what was measured of the provider that gave them.
import type { Judgement, Limit, Measurement, PageRefusals } from "../measurement.ts";
import { momentText, type Period } from "./moments.ts";
import { counted } from "./words.ts";

/** What was measured of a log, and what the catalogue knows of its providers. */
export interface Measured {
  /** The most refused first. */
  readonly measurements: readonly Measurement[];
  readonly limitsOf: (provider: string) => readonly Limit[];
  readonly nameOf: (provider: string) => string;
}

/** The measurement with the most refusals of one page. */
export interface Case {
  readonly measurement: Measurement;
  readonly refusals: PageRefusals;
  readonly period: Period;
  /** The provider's name, or its host's. */
  readonly name: string;
  readonly limits: readonly Limit[];
}

/** The cases of a page, the most refused first; none when no measured session met its refusals. */
export function casesOf(page: string, { measurements, limitsOf, nameOf }: Measured, shift: number): readonly Case[] {
  const cases = measurements.flatMap((measurement): Case[] => {
    const refusals = Object.hasOwn(measurement.refusals, page) ? measurement.refusals[page] : undefined;
    if (refusals === undefined) return [];
    const { provider, host, first, last } = measurement;
    const name = provider === undefined ? (host ?? "the relay") : nameOf(provider);
    const limits = provider === undefined ? [] : limitsOf(provider);
    return [{ measurement, refusals, period: { first, last, shift }, name, limits }];
  });
  return cases.sort((a, b) => b.refusals.count - a.refusals.count);
}

/** "Peak 14 sessions at 10:02:07", with its bounds when the log leaves any. */
export function peakWords({ measurement: { peak }, period }: Case): string {
  const bounds = peak.least === peak.most ? "" : ` (at least ${peak.least}, at most ${peak.most})`;
  return `Peak ${counted(peak.sessions, "session")}${bounds} at ${momentText(peak.at, period)}`;
}

/** "12 of 16 refusals", "all 16 refusals", "none of 16 refusals"; of very many the first 1,000 were looked at. */
export function partOf(part: number, { refusals: { at, count } }: Case): string {
  const all = at.length === count ? counted(count, "refusal") : `the first ${counted(at.length, "refusal")}`;
  if (part === at.length) return count === 1 ? "the one refusal" : `all ${all}`;
  return `${part === 0 ? "none" : part.toLocaleString("en-US")} of ${all}`;
}

/** Said of whatever a log has not seen: other servers may share the address. */
export const asFarAsSeen = "As far as this log goes: other servers behind the same address are not in it.";

/** A judgement with the line to look at first. */
export function judgementOf(verdict: Judgement["verdict"], words: string, line: number | undefined): Judgement {
  return { verdict, words, line };
}
