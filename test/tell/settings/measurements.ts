// Measurements that the tests of throttles start from.
import type { Limit, LimitKind, Measurement, Refused } from "../../../server/src/measurement.ts";
import type { Reason, Turn } from "../../../server/src/model.ts";
import type { Known } from "../../../server/src/tell/settings/throttle.ts";

const start = Date.UTC(2024, 5, 3, 10, 2);

/** A burst of 30 messages to Cox over 14 sessions in one minute, nine of them refused. */
export const burst: Measurement = {
  provider: "cox",
  host: "cxr.mx.a.cloudfilter.net",
  sourceIp: "192.0.2.1",
  format: "postfix",
  ...{ attempts: 30, accepted: 21, deferred: 9, refused: 0 },
  ...{ first: start, last: start + 30_000 },
  peak: { sessions: 14, least: 13, most: 15, at: start, line: 3 },
  sessions: { count: 28, mostMessages: 2, meanMessages: 1.1 },
  messages: { perMinute: rate(30), perHour: rate(30) },
  recipients: { perMinute: rate(30), perHour: rate(30) },
  acceptedBefore: 10,
  stretches: [],
  retries: undefined,
  recipientDomains: [{ domain: "cox.net", attempts: 30, refused: 9 }],
  senderDomains: [],
  series: { start, step: 1000, sessions: [14, 14, 8, 4], accepted: [], refused: [], lines: [] },
  refusals: { "cox/CXCNCT": refusals([11, 12, 14, 13, 12, 11, 14, 12, 11]) },
  method: "",
};

/** Refusals with so many sessions open. */
export function refusals(sessions: readonly number[]): Measurement["refusals"][string] {
  const at = sessions.map((count, line): Refused => ({ line, at: start, sessions: count, least: count, most: count }));
  return { count: at.length, acceptedBefore: 10, at };
}

/** A count, in the minute of the burst. */
export function rate(count: number): Measurement["messages"]["perMinute"] {
  return { count, at: start, line: 3 };
}

/** A current limit of the provider's own page. */
export function limit(what: LimitKind, value: number, current = true): Limit {
  const source = { id: "s", name: "Source", url: undefined, date: undefined, checked: "2026-07-01", via: undefined };
  return { what, value, per: "ip", grade: "provider", source, current };
}

/** A provider with these limits, whose refusals all have this reason and turn. */
export function known(limits: readonly Limit[], reason: Reason = "toomanyconn", turn: Turn = "you"): Known {
  return { name: "Cox", limits, entry: () => ({ reason, turn }) };
}
