// Throttles that the tests of settings start from.
import type { Throttle } from "../../../server/src/measurement.ts";

/** Cox with two sessions, as a log of one recipient domain gives it. */
export const cox: Throttle = {
  provider: "cox",
  providerName: "Cox",
  domains: ["cox.net"],
  hosts: ["cxr.mx.a.cloudfilter.net"],
  connections: 2,
  messagesPerConnection: 100,
  recipientsPerMessage: 30,
  pause: undefined,
  measured: { sessions: 14, perMinute: 55, perHour: 400, secondsPerMessage: 3 },
  because: ["Cox publishes 10 sessions."],
};

/** A throttle with every number, for two domains. */
export const paused: Throttle = {
  ...cox,
  provider: "exchange-online",
  providerName: "Exchange Online",
  domains: ["example.com", "example.org"],
  connections: 1,
  pause: 20,
};

/** A throttle that knows nothing but the number of sessions. */
export const bare: Throttle = {
  ...cox,
  connections: 3,
  messagesPerConnection: undefined,
  recipientsPerMessage: undefined,
};
