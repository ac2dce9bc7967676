// Tells what was measured of a provider and a sending address: figures, the plot's limits, and the series as a table.
import type { Measurement, Rate, Series } from "../measurement.ts";
import type { Figure, MeasuredPage } from "../protocol.ts";
import type { Case } from "./judgeCase.ts";
import { lengthText, momentText, type Period } from "./moments.ts";
import { counted } from "./words.ts";

const mostPages = 5;
const mostRows = 60;

/** What the panel draws of each case, at most 5. */
export function measuredPages(cases: readonly Case[]): readonly MeasuredPage[] {
  return cases.slice(0, mostPages).map(measuredPage);
}

function measuredPage({ measurement, period, name, limits, refusals }: Case): MeasuredPage {
  const { sourceIp, method, series } = measurement;
  return {
    title: sourceIp === undefined ? name : `${name} from ${sourceIp}`,
    figures: figures(measurement, refusals.acceptedBefore, period),
    method,
    series,
    limits: limits
      .filter(({ what }) => what === "connections")
      .map(({ value, current }) => ({ value, label: `${name} ${current ? "publishes" : "published"} ${value}` })),
    table: tableOf(series, period),
  };
}

function figures(measurement: Measurement, acceptedBefore: number, period: Period): readonly Figure[] {
  const { peak, sessions, attempts, deferred, refused, messages, recipients, retries } = measurement;
  const failed = deferred + refused;
  const share = attempts === 0 ? 0 : Math.round((failed / attempts) * 100);
  const bounds = peak.least === peak.most ? "" : ` (at least ${peak.least}, at most ${peak.most})`;
  return [
    figure("Most sessions at once", `${peak.sessions.toLocaleString("en-US")}${bounds}`, peak.line),
    figure("When", momentText(peak.at, period), peak.line),
    figure(
      "Attempts",
      `${attempts.toLocaleString("en-US")}, of which ${failed.toLocaleString("en-US")} refused or put off (${share} %)`,
    ),
    figure("Accepted before the first refusal", counted(acceptedBefore, "message")),
    figure(
      "Messages in one session",
      `${sessions.mostMessages.toLocaleString("en-US")} at most, ${sessions.meanMessages} on average`,
    ),
    rate("Busiest minute", messages.perMinute, recipients.perMinute, period),
    rate("Busiest hour", messages.perHour, recipients.perHour, period),
    ...stretches(measurement, period),
    ...(retries === undefined
      ? []
      : [
          figure(
            "Tried again after",
            `${lengthText(retries.median)}, the middle of ${retries.count.toLocaleString("en-US")}; ${lengthText(retries.shortest)} at the soonest`,
          ),
        ]),
    ...worstDomain("Most refused recipients", measurement.recipientDomains),
    ...worstDomain("Most refused senders", measurement.senderDomains),
  ];
}

function figure(label: string, value: string, line?: number): Figure {
  return { label, value, line };
}

function rate(label: string, messages: Rate, recipients: Rate, period: Period): Figure {
  const to = recipients.count > messages.count ? ` to ${counted(recipients.count, "recipient")}` : "";
  return figure(
    label,
    `${counted(messages.count, "message")}${to} from ${momentText(messages.at, period)} on`,
    messages.line,
  );
}

function stretches({ stretches }: Measurement, period: Period): readonly Figure[] {
  const [longest] = [...stretches].sort((a, b) => b.to - b.from - (a.to - a.from));
  if (longest === undefined) return [];
  const more = stretches.length === 1 ? "" : `, the longest of ${stretches.length.toLocaleString("en-US")}`;
  const value = `${lengthText(longest.to - longest.from)} from ${momentText(longest.from, period)} on${more}`;
  return [figure("Time without an acceptance", value, longest.line)];
}

function worstDomain(label: string, shares: Measurement["recipientDomains"]): readonly Figure[] {
  const [worst] = [...shares].sort((a, b) => b.refused - a.refused);
  if (worst === undefined || worst.refused === 0) return [];
  return [
    figure(
      label,
      `${worst.domain}: ${worst.refused.toLocaleString("en-US")} of ${worst.attempts.toLocaleString("en-US")} attempts`,
    ),
  ];
}

/** The steps in which anything happened; the busiest 60 when there are more. */
function tableOf(
  { start, step, sessions, accepted, refused, lines }: Series,
  { shift }: Period,
): MeasuredPage["table"] {
  const rows = sessions.flatMap((open, index) => {
    const [taken, turned] = [accepted[index] ?? 0, refused[index] ?? 0];
    return open + taken + turned === 0 ? [] : [{ index, open, taken, turned, weight: open + turned }];
  });
  const kept = [...rows].sort((a, b) => b.weight - a.weight).slice(0, mostRows);
  return kept
    .sort((a, b) => a.index - b.index)
    .map(({ index, open, taken, turned }) => ({
      time: new Date(start + index * step + shift).toISOString().slice(0, 19),
      sessions: open,
      accepted: taken,
      refused: turned,
      line: lines[index],
    }));
}
