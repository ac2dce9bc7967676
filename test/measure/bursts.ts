// The bursts that real servers send in the tests, and what is measured of their logs.
import { analyse } from "../../server/src/analyse.ts";
import { measured } from "../../server/src/evidence.ts";
import type { Measurement } from "../../server/src/measurement.ts";
import type { Burst, MailServer } from "../support/mta.ts";
import { exim } from "../support/mta-exim.ts";
import { postfix, uncachedPostfix } from "../support/mta-postfix.ts";
import { sendmail } from "../support/mta-sendmail.ts";
import type { Truth } from "../support/receiver.ts";

/** The servers whose logs tell when a session was open, each with the name of its log that tells most. */
export const exactServers: Readonly<Record<string, { readonly server: MailServer; readonly log: string }>> = {
  postfix: { server: uncachedPostfix, log: "rfc3339" },
  sendmail: { server: sendmail, log: "rfc3339" },
  exim: { server: exim({ log: "+deliver_time +millisec" }), log: "mainlog" },
};

/** Servers whose logs leave something open. */
export const vagueServers: Readonly<Record<string, MailServer>> = {
  "postfix-caching": postfix,
  "exim-default": exim(),
  "exim-deliver-time": exim({ log: "+deliver_time" }),
  "exim-at-once": exim({ atOnce: true }),
};

/** 30 messages over so many sessions; with a limit, more than that are refused. All first messages of a session end before any second one. */
export function burstOf(sessions: number, limit?: number): Burst {
  const common = { messages: 30, sessions, gather: Math.min(sessions, limit ?? sessions) };
  const hold = [400, 420, 440, 460, 480, 500, 520];
  return limit === undefined ? { ...common, hold } : { ...common, limit, hold };
}

/** The one measurement of a log that was written until `fileDate`; throws when there are several or none. */
export function measurementOf(text: string, fileDate: Date): Measurement {
  const findings = analyse(text, { fileDate, certain: true })?.findings ?? [];
  const [one, ...more] = measured(text, findings, { format: undefined, fileDate });
  if (one === undefined || more.length > 0) throw new Error(`${more.length + 1} measurements, not one:\n${text}`);
  return one;
}

/** The most sessions that were open at a moment not farther from `at` than `slack`, in ms. */
export function openNear({ sessions }: Truth, at: number, slack: number): number {
  const near = sessions.flatMap(({ from }) => (Math.abs(from - at) <= slack ? [from] : []));
  return Math.max(
    ...[at - slack, ...near].map((time) => sessions.filter(({ from, to }) => from <= time && time < to).length),
  );
}
