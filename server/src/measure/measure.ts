// Measures what a log shows of each provider and each sending address: sessions, rates, refusals. Pure; times in milliseconds.
import type { Attempt, Measurement } from "../measurement.ts";
import { concurrency } from "./concurrency.ts";
import { groupsOf } from "./groups.ts";
import { methodOf } from "./method.ts";
import { rates } from "./rates.ts";
import { acceptedBefore, refusalsOf, stretchesOf } from "./refused.ts";
import { seriesOf } from "./series.ts";
import { type Sessions, sessionsOf } from "./sessions.ts";
import { retriesOf, sharesOf } from "./shares.ts";

/** What the attempts themselves do not tell. */
export interface Given {
  /** The catalogue's id of the provider that an attempt went to; undefined for one that it does not know. */
  readonly providerOf: (attempt: Attempt) => string | undefined;
  /** The id of the page that explains the failure on a line; undefined for a line without one. */
  readonly pageOf: (line: number) => string | undefined;
}

/** One measurement for each provider and sending address, the most refused first, at most 50. Attempts are sorted by line. */
export function measure(attempts: readonly Attempt[], given: Given): readonly Measurement[] {
  return groupsOf(attempts, given.providerOf).map((group) => measurementOf(group, given));
}

type Group = ReturnType<typeof groupsOf>[number];

function measurementOf({ provider, host, sourceIp, attempts }: Group, { pageOf }: Given): Measurement {
  const sessions = sessionsOf(attempts);
  const caches = attempts.some(({ format, reused }) => format === "postfix" && reused);
  const counted = concurrency(sessions.all, caches);
  const count = (wanted: Attempt["outcome"]) => attempts.filter(({ outcome }) => outcome === wanted).length;
  const byTime = [...attempts].sort((a, b) => a.at - b.at || a.line - b.line);
  return {
    ...{ provider, host, sourceIp, format: attempts[0]?.format ?? "plain" },
    attempts: attempts.length,
    ...{ accepted: count("accepted"), deferred: count("deferred"), refused: count("refused") },
    ...{ first: byTime[0]?.at ?? 0, last: byTime.at(-1)?.at ?? 0 },
    peak: counted.peak,
    sessions: loads(sessions),
    messages: rates(byTime.filter(isOneOf(sessions.messages))),
    recipients: rates(byTime.filter(({ connected, recipient }) => connected && recipient !== undefined)),
    acceptedBefore: acceptedBefore(sessions.messages, attempts),
    stretches: stretchesOf(attempts),
    retries: retriesOf(attempts),
    recipientDomains: sharesOf(attempts, ({ recipient }) => recipient),
    senderDomains: sharesOf(attempts, ({ sender }) => sender),
    series: seriesOf(attempts, sessions.all),
    refusals: refusalsOf(attempts, { ...sessions, concurrency: counted, pageOf }),
    method: methodOf(attempts, counted.peak, caches),
  };
}

function isOneOf(some: readonly Attempt[]): (attempt: Attempt) => boolean {
  const set = new Set(some);
  return (attempt) => set.has(attempt);
}

function loads({ all, messages }: Sessions): Measurement["sessions"] {
  const mostMessages = all.reduce((most, session) => Math.max(most, session.messages, session.last.use ?? 0), 0);
  const meanMessages = all.length === 0 ? 0 : Math.round((messages.length / all.length) * 100) / 100;
  return { count: all.length, mostMessages, meanMessages };
}
