// Tells a measurement as figures, a plot's series and its table, for the explanation page.
import type { DomainShare, Limit, Measurement, Stretch } from "../measurement.ts";
import type { Figure, MeasuredPage } from "../protocol.ts";
import { type LogClock, span } from "./logClock.ts";
import { bounded, visible } from "./markdown.ts";
import { counted } from "./words.ts";

/** What a measurement is told with. */
export interface MeasuredContext {
  readonly page: string;
  readonly providerName: string;
  readonly limits: readonly Limit[];
  readonly clock: LogClock;
}

const mostRows = 60;

/** Postfix's own most sessions to one destination (default_destination_concurrency_limit, postconf(5)). */
const postfixDefault = 20;

/** The measurement as the page draws it. */
export function measuredPage(measurement: Measurement, context: MeasuredContext): MeasuredPage {
  const { provider, host, sourceIp, method, series } = measurement;
  const whom = provider === undefined ? (host ?? "an unnamed relay") : context.providerName;
  return {
    title: sourceIp === undefined ? whom : `${whom} from ${sourceIp}`,
    figures: figuresOf(measurement, context),
    method,
    series,
    limits: limitLines(measurement, context),
    table: tableOf(measurement, context.clock),
  };
}

function figuresOf(measurement: Measurement, { page, clock }: MeasuredContext): readonly Figure[] {
  const { peak, sessions, messages, recipients, retries, refusals } = measurement;
  const longest = [...measurement.stretches].sort((a, b) => b.to - b.from - (a.to - a.from))[0];
  const all: readonly (Figure | undefined)[] = [
    figure("Most sessions at once", range(peak), peak.line),
    figure("When", clock.full(peak.at), undefined),
    figure("Attempts", attemptsOf(measurement), undefined),
    figure(
      "Accepted before the first refusal",
      count(refusals[page]?.acceptedBefore ?? 0),
      refusals[page]?.at[0]?.line,
    ),
    sessions.count === 0
      ? undefined
      : figure(
          "Messages in one session",
          `${count(sessions.mostMessages)} at most, ${sessions.meanMessages} on average`,
          undefined,
        ),
    figure(
      "Busiest minute",
      `${counted(messages.perMinute.count, "message")} at ${clock.clock(messages.perMinute.at).slice(0, 5)}, ${counted(recipients.perMinute.count, "recipient")}`,
      messages.perMinute.line,
    ),
    figure(
      "Busiest hour",
      `${counted(messages.perHour.count, "message")} from ${clock.clock(messages.perHour.at).slice(0, 5)}, ${counted(recipients.perHour.count, "recipient")}`,
      messages.perHour.line,
    ),
    longest && figure("Longest time without an acceptance", stretchWords(longest, measurement.stretches), longest.line),
    retries &&
      figure(
        "Tried again after",
        `${span(retries.median)}, the middle of ${count(retries.count)}; ${span(retries.shortest)} at the least`,
        undefined,
      ),
    shares("Refused by recipient domain", measurement.recipientDomains),
    shares("Refused by sender domain", measurement.senderDomains),
  ];
  return all.filter((one) => one !== undefined);
}

function figure(label: string, value: string, line: number | undefined): Figure {
  return { label, value, line };
}

function count(value: number): string {
  return value.toLocaleString("en-US");
}

function range({ sessions, least, most }: Measurement["peak"]): string {
  return least === most ? count(sessions) : `${count(sessions)} (at least ${count(least)}, at most ${count(most)})`;
}

function attemptsOf({ attempts, deferred, refused }: Measurement): string {
  const failed = deferred + refused;
  const percent = attempts === 0 ? 0 : Math.round((failed / attempts) * 100);
  return `${count(attempts)}, of which ${count(failed)} refused or put off (${percent} %)`;
}

function stretchWords(longest: Stretch, all: readonly Stretch[]): string {
  const times = all.length === 1 ? "" : `; ${count(all.length)} such times in all`;
  return `${span(longest.to - longest.from)}, ${counted(longest.refusals, "refusal")}${times}`;
}

/** One domain alone has the share of all. */
function shares(label: string, all: readonly DomainShare[]): Figure | undefined {
  if (all.length < 2) return undefined;
  const words = all
    .slice(0, 4)
    .map(({ domain, attempts, refused }) => `${bounded(visible(domain), 80)} ${count(refused)} of ${count(attempts)}`);
  return figure(label, words.join(", "), undefined);
}

function limitLines({ format }: Measurement, { limits, providerName }: MeasuredContext): MeasuredPage["limits"] {
  const own = limits
    .filter(({ what, per, current }) => what === "connections" && per === "ip" && current)
    .map(({ value }) => ({ value, label: `${providerName} publishes ${value}` }));
  const older = limits
    .filter(({ what, per, current }) => what === "connections" && per === "ip" && !current)
    .map(({ value }) => ({ value, label: `${providerName}, older text: ${value}` }));
  const ours = format === "postfix" ? [{ value: postfixDefault, label: `Postfix’s default, ${postfixDefault}` }] : [];
  return [...own, ...older, ...ours];
}

/** The steps with most going on, in order of time. */
function tableOf({ series }: Measurement, clock: LogClock): MeasuredPage["table"] {
  const rows = series.sessions.map((sessions, index) => ({
    time: clock.full(series.start + index * series.step),
    sessions,
    accepted: series.accepted[index] ?? 0,
    refused: series.refused[index] ?? 0,
    line: series.lines[index],
  }));
  const busy = rows.filter(({ sessions, accepted, refused }) => sessions + accepted + refused > 0);
  const kept = new Set([...busy].sort((a, b) => b.refused - a.refused || b.sessions - a.sessions).slice(0, mostRows));
  return busy.filter((row) => kept.has(row));
}
