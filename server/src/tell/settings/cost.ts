// What a throttle costs in delay: how long the busiest minute and the busiest hour of the log take to go out under it.
import type { Throttle } from "../../measurement.ts";
import { counted } from "../words.ts";

/** What a server does besides, as far as it delays mail. */
export interface Service {
  /** Seconds between two queue runs, for a server that holds mail back until the next one. */
  readonly queueRun?: number;
  /** False for a server that cannot wait between two deliveries. */
  readonly pauses: boolean;
}

/** How long one message holds a session when the log does not tell, in seconds. An assumption, and said to be one. */
export const assumedSeconds = 2;

/** Seconds for `messages` to go out, that is messages × time of each ÷ sessions (Little's law, solved for the time). */
export function drainSeconds(throttle: Throttle, messages: number, pauses: boolean): number {
  return (messages * secondsEach(throttle, pauses)) / throttle.connections;
}

/** How many messages an hour go out at most. */
export function messagesPerHour(throttle: Throttle, pauses: boolean): number {
  return Math.floor((throttle.connections * 3600) / secondsEach(throttle, pauses));
}

/** The delay in words, two or three sentences, with what it assumes. */
export function costOf(throttle: Throttle, service: Service): string {
  return [minuteCost(throttle, service), hourCost(throttle, service), runCost(service)]
    .filter((sentence) => sentence !== undefined)
    .join(" ");
}

function secondsEach({ measured, pause }: Throttle, pauses: boolean): number {
  return (measured.secondsPerMessage ?? assumedSeconds) + (pauses ? (pause ?? 0) : 0);
}

function minuteCost(throttle: Throttle, { pauses }: Service): string {
  const { connections, measured } = throttle;
  const sessions = counted(connections, "session");
  const span = readableSpan(drainSeconds(throttle, measured.perMinute, pauses));
  const messages = counted(measured.perMinute, "message");
  return `The busiest minute held ${messages}: over ${sessions}, at ${pace(throttle, pauses)}, they take ${span}.`;
}

function pace({ measured, pause }: Throttle, pauses: boolean): string {
  const told = measured.secondsPerMessage;
  const each =
    told === undefined
      ? `an assumed ${counted(assumedSeconds, "second")} a message (the log does not tell)`
      : `${readableSpan(told)} a message, as this log shows`;
  return pauses && pause !== undefined ? `${each} and ${counted(pause, "second")} of pause` : each;
}

function hourCost(throttle: Throttle, { pauses }: Service): string {
  const held = throttle.measured.perHour;
  const most = messagesPerHour(throttle, pauses);
  const busiest = `The busiest hour held ${counted(held, "message")}`;
  if (held <= most) return `${busiest}, and ${most.toLocaleString("en-US")} go out in an hour: the queue keeps up.`;
  const span = readableSpan(drainSeconds(throttle, held - most, pauses));
  return `${busiest}, but only ${most.toLocaleString("en-US")} go out in an hour: the last ones come ${span} later.`;
}

function runCost({ queueRun }: Service): string | undefined {
  if (queueRun === undefined) return undefined;
  return `A message that finds every session taken waits up to ${readableSpan(queueRun)} more, for the next queue run.`;
}

/** "less than a second", "3 seconds", "2 minutes", "1.4 hours", "2.5 days": two figures are enough for an estimate. */
export function readableSpan(seconds: number): string {
  if (seconds < 1) return "less than a second";
  const [size, noun] = units.find(([size]) => seconds >= size * 1.5) ?? [1, "second"];
  const amount = seconds / size;
  const rounded = amount < 10 ? Math.round(amount * 10) / 10 : Math.round(amount);
  return counted(rounded, noun);
}

const units: readonly (readonly [size: number, noun: string])[] = [
  [86_400, "day"],
  [3600, "hour"],
  [60, "minute"],
];
