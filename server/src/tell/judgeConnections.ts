// Holds a limit that a claim states against what a log shows: sessions at once, messages over one session, rates.
import type { Judgement, Refused } from "../measurement.ts";
import type { Claim, ClaimLimit } from "../model.ts";
import { asFarAsSeen, type Case, judgementOf, partOf, peakWords } from "./judgeCase.ts";
import { momentText } from "./moments.ts";
import { counted } from "./words.ts";

/** The judgement on a claim that states a limit; undefined for a limit that no log can show. */
export function judgeLimit(claim: Claim, limit: ClaimLimit, the: Case): Judgement | undefined {
  if (limit.what === "connections") return judgeConnections(claim, limit.value, the);
  if (limit.what === "messages-per-connection") return judgeLoad(claim, limit.value, the);
  return judgeRate(claim, limit, the);
}

/** How many of the refusals came while more sessions were open than `limit`: for sure, likely, and possibly. */
interface Tally {
  readonly of: number;
  readonly sure: number;
  readonly likely: number;
  readonly possible: number;
  /** Refusals that met a single open session for sure. */
  readonly alone: number;
  readonly first: Refused | undefined;
}

/** Counts refusals above a limit. */
export function tallyOf({ refusals: { at } }: Case, limit: number): Tally {
  const count = (is: (one: Refused) => boolean): number => at.filter(is).length;
  return {
    of: at.length,
    sure: count(({ least }) => least > limit),
    likely: count(({ sessions }) => sessions > limit),
    possible: count(({ most }) => most > limit),
    alone: count(({ most }) => most === 1),
    first: at.find(({ sessions }) => sessions > limit),
  };
}

function judgeConnections(claim: Claim, limit: number, the: Case): Judgement {
  const { peak } = the.measurement;
  const tally = tallyOf(the, limit);
  const numbers = `${peakWords(the)}; ${stated(claim, limit, the)}`;
  const isProven = tally.sure * 2 >= tally.of || (tally.likely * 2 >= tally.of && peak.least > limit);
  if (isProven) {
    const words = `${numbers}, and ${partOf(tally.likely, the)} came while more than ${limit} were open.`;
    return judgementOf("supported", `${words} ${defaultWords(the)}`.trim(), tally.first?.line);
  }
  if (peak.most <= limit) return judgementOf("contradicted", `${numbers}. ${asFarAsSeen}`, peak.line);
  const against = speaksAgainst(tally, limit, the);
  if (against !== undefined) {
    return judgementOf("contradicted", `${numbers}, but ${against}. ${asFarAsSeen}`, the.refusals.at[0]?.line);
  }
  const open = `${partOf(tally.likely, the)} likely came while more than ${limit} were open${aloneWords(tally)}`;
  return judgementOf(
    "cannot-tell",
    `${numbers}; ${open}, but this log is too coarse to be sure.`,
    tally.first?.line ?? peak.line,
  );
}

function speaksAgainst({ possible, sure, alone, of }: Tally, limit: number, the: Case): string | undefined {
  if (possible === 0) return `no refusal came while more than ${limit} were open`;
  return sure === 0 && alone * 2 >= of ? `${partOf(alone, the)} came with a single session open` : undefined;
}

function aloneWords({ alone }: Tally): string {
  return alone === 0 ? "" : ` and ${alone.toLocaleString("en-US")} with a single one`;
}

/** "Cox publishes 10", "Cox published 5 before", "this source says 10". */
function stated({ grade, limit: own, source }: Claim, value: number, { name, limits }: Case): string {
  if (grade !== "provider") return `this source says ${value.toLocaleString("en-US")}`;
  const known = limits.find(
    (limit) => limit.what === own?.what && limit.value === value && limit.source.id === source.id,
  );
  return `${name} ${known?.current === false ? "published" : "publishes"} ${value.toLocaleString("en-US")}${known?.current === false ? " before" : ""}`;
}

/** Postfix: default_destination_concurrency_limit. */
function defaultWords({ measurement }: Case): string {
  return measurement.format === "postfix" ? "Postfix opens 20 to one destination unless told otherwise." : "";
}

function judgeLoad(claim: Claim, limit: number, the: Case): Judgement {
  const { format, sessions, peak } = the.measurement;
  const numbers = `At most ${counted(sessions.mostMessages, "message")} went over one session; ${stated(claim, limit, the)}`;
  if (sessions.mostMessages <= limit) return judgementOf("contradicted", `${numbers}. ${asFarAsSeen}`, peak.line);
  // Sendmail's log does not say whether a connection was kept.
  return judgementOf(format === "sendmail" ? "cannot-tell" : "supported", `${numbers}.`, peak.line);
}

function judgeRate(claim: Claim, { what, value }: ClaimLimit, the: Case): Judgement | undefined {
  const { messages, recipients } = the.measurement;
  const rates = {
    "messages-per-minute": [messages.perMinute, "messages in a minute"],
    "messages-per-hour": [messages.perHour, "messages in an hour"],
    "recipients-per-hour": [recipients.perHour, "recipients in an hour"],
  } as const;
  if (!(what in rates)) return undefined;
  const [rate, unit] = rates[what as keyof typeof rates];
  const numbers = `At most ${rate.count.toLocaleString("en-US")} ${unit}, from ${momentText(rate.at, the.period)} on; ${stated(claim, value, the)}`;
  if (rate.count > value) return judgementOf("supported", `${numbers}.`, rate.line);
  return judgementOf("contradicted", `${numbers}. ${asFarAsSeen}`, rate.line);
}
