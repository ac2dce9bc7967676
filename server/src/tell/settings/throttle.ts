// Decides how to send to a provider from now on, out of what a log shows and what the provider allows.
import type { Limit, LimitKind, Measurement, Refused, Throttle } from "../../measurement.ts";
import type { Entry } from "../../model.ts";
import { counted } from "../words.ts";
import { soundNames } from "./names.ts";
import { secondsPerMessage } from "./pace.ts";

/** What is known of the provider besides the log. */
export interface Known {
  /** The provider's name for a person. */
  readonly name: string;
  readonly limits: readonly Limit[];
  /** The entry of a page id ("cox/CXCNCT"). */
  readonly entry: (id: string) => Pick<Entry, "reason" | "turn"> | undefined;
}

/** How to send to a measured provider; undefined when no setting cures its refusals, or nothing of the log can be written down. */
export function throttleOf(measurement: Measurement, known: Known): Throttle | undefined {
  const domains = measurement.recipientDomains.map(({ domain }) => domain);
  const pace = choosePace(measurement, known);
  if (measurement.provider === undefined || pace === undefined || soundNames(domains).length === 0) return undefined;
  return {
    provider: measurement.provider,
    providerName: known.name,
    domains,
    hosts: measurement.host === undefined ? [] : [measurement.host],
    ...pace,
    messagesPerConnection: sizeOf(known.limits, "messages-per-connection"),
    recipientsPerMessage: sizeOf(known.limits, "recipients-per-message"),
    measured: {
      sessions: measurement.peak.sessions,
      perMinute: measurement.messages.perMinute.count,
      perHour: measurement.messages.perHour.count,
      secondsPerMessage: secondsPerMessage(measurement),
    },
  };
}

type Pace = Pick<Throttle, "connections" | "pause" | "because">;

function choosePace(measurement: Measurement, known: Known): Pace | undefined {
  const pressing = refusalsFor(["toomanyconn", "speeding"], measurement, known);
  if (pressing.length === 0) return perConnectionPace(measurement, known);
  const sessions = chooseSessions(pressing, measurement, known);
  const spacing = choosePause(sessions.connections, pressing, { measurement, known });
  if (spacing === undefined)
    return { connections: sessions.connections, pause: undefined, because: [sessions.because] };
  return { connections: 1, pause: spacing.pause, because: [spacing.because] };
}

/** For refusals that are only about what one session or one message carries: no fewer sessions than the provider publishes. */
function perConnectionPace(measurement: Measurement, known: Known): Pace | undefined {
  const { limits, name } = known;
  const sized = sizeOf(limits, "messages-per-connection") ?? sizeOf(limits, "recipients-per-message");
  if (sized === undefined || refusalsFor(["exceedlimit"], measurement, known).length === 0) return undefined;
  const peak = Math.max(1, measurement.peak.sessions);
  const connections = Math.min(peak, lowest(limits, "connections")?.value ?? peak);
  const because = `The refusals are about what one session or one message carries, not about the pace: the sessions stay as they are, as far as ${name} allows.`;
  return { connections, pause: undefined, because: [because] };
}

/** The refusals with one of these of Sisimai's reasons that are the sender's turn. Others (a full mailbox, a listing, a mailbox that gets too much) are somebody else's. */
function refusalsFor(reasons: readonly Entry["reason"][], { refusals }: Measurement, known: Known): readonly Refused[] {
  return Object.entries(refusals).flatMap(([id, { at }]) => {
    const { reason, turn } = known.entry(id) ?? { reason: "unknown", turn: "unknown" };
    return reasons.includes(reason) && (turn === "you" || turn === "wait") ? at : [];
  });
}

/** The lowest current limit of a kind. */
function lowest(limits: readonly Limit[], what: LimitKind): Limit | undefined {
  const current = limits.filter((limit) => limit.what === what && limit.current && limit.value >= 1);
  return current.toSorted((a, b) => a.value - b.value)[0];
}

/** A limit on what one session or one message carries; an older figure where no current one is known, as keeping to it does no harm. */
function sizeOf(limits: readonly Limit[], what: LimitKind): number | undefined {
  return (lowest(limits, what) ?? lowest(withoutDates(limits), what))?.value;
}

function withoutDates(limits: readonly Limit[]): readonly Limit[] {
  return limits.map((limit) => ({ ...limit, current: true }));
}

interface Sessions {
  readonly connections: number;
  readonly because: string;
}

// Half of what is published: other servers may share the address, and a session that is closing still counts at the other end.
function chooseSessions(refused: readonly Refused[], { peak }: Measurement, known: Known): Sessions {
  const few = fewSessions(refused);
  const published = lowest(known.limits, "connections")?.value;
  const half = Math.max(1, Math.floor((published ?? Math.min(few, peak.sessions)) / 2));
  const below = Math.max(1, few - 1);
  const [name, seen] = [known.name, `refusals came with as few as ${counted(few, "session")} open`];
  if (below < half)
    return { connections: below, because: `${name} publishes ${published}, yet ${seen}: stay below that.` };
  const because =
    published === undefined
      ? `No limit of ${name} on sessions is known; ${seen}, and half of that is a careful start.`
      : `${name} publishes ${published} sessions; half of it leaves room for sessions that are still closing and for other servers behind the same address.`;
  return { connections: half, because };
}

/**
 * With how few sessions refusals came. One counts with the most that may have been open, as a log shows sessions only when they end;
 * the lowest quarter is passed over, as a provider that has begun to refuse goes on for a while.
 */
function fewSessions(refused: readonly Refused[]): number {
  const counts = refused.map(({ most }) => most).sort((a, b) => a - b);
  return Math.max(1, counts[Math.floor(counts.length / 4)] ?? 1);
}

interface Spacing {
  /** Seconds. */
  readonly pause: number;
  readonly because: string;
}

interface Situation {
  readonly measurement: Measurement;
  readonly known: Known;
}

/** The pause after each message; undefined where fewer sessions do. */
function choosePause(connections: number, refused: readonly Refused[], situation: Situation): Spacing | undefined {
  const { measurement, known } = situation;
  const rate = exceededRate(measurement, known.limits);
  if (rate !== undefined && rate.seconds >= 1) {
    const because = `${known.name} allows ${rate.words}: one session, and a pause after each message.`;
    return { pause: bounded(rate.seconds), because };
  }
  if (connections > 1 || fewSessions(refused) > 1) return undefined;
  const because =
    "Refusals came even with one session open: keep one, and pause after each message, so that at most half as many go out as in the busiest minute of the log.";
  return { pause: bounded(120 / Math.max(1, measurement.messages.perMinute.count)), because };
}

interface Rate {
  /** Seconds a message, at the limit. */
  readonly seconds: number;
  readonly words: string;
}

/** The limit on a rate that the log goes beyond; the strictest of several. */
function exceededRate({ messages, recipients }: Measurement, limits: readonly Limit[]): Rate | undefined {
  const exceeded = rates.flatMap(({ what, span, noun }) => {
    const limit = lowest(limits, what);
    const counts = what.startsWith("recipients") ? recipients : messages;
    const seen = span === 60 ? counts.perMinute.count : counts.perHour.count;
    if (limit === undefined || seen <= limit.value) return [];
    return [{ seconds: span / limit.value, words: `${limit.value.toLocaleString("en-US")} ${noun}` }];
  });
  return exceeded.sort((a, b) => b.seconds - a.seconds)[0];
}

const rates: readonly { what: LimitKind; span: number; noun: string }[] = [
  { what: "messages-per-minute", span: 60, noun: "messages a minute" },
  { what: "messages-per-hour", span: 3600, noun: "messages an hour" },
  { what: "recipients-per-hour", span: 3600, noun: "recipients an hour" },
  { what: "messages-per-day", span: 86_400, noun: "messages a day" },
];

/** Whole seconds, from one second to five minutes: a longer pause is no cure but a queue that never empties. */
function bounded(seconds: number): number {
  return Math.min(300, Math.max(1, Math.ceil(seconds)));
}
