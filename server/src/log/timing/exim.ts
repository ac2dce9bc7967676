// What Exim tells of time and sessions: DT= when it is logged, `*` behind a host whose connection was kept, [pid], arrivals.
import type { Announced, Parts, QueueRun, Range, Timing, Trial } from "../format.ts";
import { eximFlags, eximKept, eximLength, eximOwnIp, eximProcess, eximRun, eximSilent } from "./patterns.ts";
import { processOf } from "./process.ts";

/** Deliveries to hosts, each host that failed, and arrivals. A message is delivered as soon as it has come in, unless it is queued. */
export const timing: Timing = {
  baits: [/ (?:=>|->|\*\*|==|<=) /g, /[SL]MTP error |SMTP timeout |closed connection| queue run: /g],
  atOnce: true,
  read: readLine,
};

function readLine(line: string, parts: Parts): Trial | Announced | QueueRun | undefined {
  if (parts.queueId === undefined) return readRun(line);
  const body = parts.queueId.end + 1;
  eximFlags.lastIndex = body;
  const flag = eximFlags.exec(line)?.[1];
  if (flag === "<=") return { kind: "announced" };
  if (flag === undefined) return line.startsWith("H=", body) ? hostTrial(line, parts) : undefined;
  if (parts.relayIp === undefined && parts.relayHost === undefined) return undefined;
  return recipientTrial(line, parts);
}

function readRun(line: string): QueueRun | undefined {
  const [, word, id] = eximRun.exec(line.slice(0, 128)) ?? [];
  return id === undefined ? undefined : { kind: "run", id, begins: word === "Start" };
}

function recipientTrial(line: string, parts: Parts): Trial {
  const { status, failure, recipient } = parts;
  const told = line.slice(0, failure?.words.start ?? line.length);
  return {
    ...blank(line, parts),
    outcome: status?.class === 2 ? "accepted" : status?.class === 4 ? "deferred" : "refused",
    recipients: recipient === undefined ? [] : [recipient.text],
    open: lengthOf(failure === undefined ? line : `${told} ${line.slice(failure.words.end)}`),
    reused: isKept(line, parts),
  };
}

/** The line of the process that spoke to the host; the message's own line follows and says the same of the recipient. */
function hostTrial(line: string, parts: Parts): Trial | undefined {
  if (parts.failure === undefined) return undefined;
  const outcome = (parts.reply?.code ?? 400) < 500 ? "deferred" : "refused";
  return { ...blank(line, parts), outcome, process: childOf(line, parts), repeated: true };
}

// A delivery process holds several sessions at a time, so its number tells none; that of its child does.
function blank(line: string, parts: Parts): Trial {
  return {
    kind: "trial",
    outcome: "deferred",
    stage: parts.failure?.stage,
    connected: !eximSilent.test(parts.failure?.words.text ?? ""),
    recipients: [],
    ...{ open: undefined, setup: 0, waited: undefined, opened: undefined },
    process: undefined,
    reused: false,
    use: undefined,
    localIp: localIp(line, parts),
    repeated: false,
  };
}

function childOf(line: string, parts: Parts): string | undefined {
  const before = line.slice(Math.max(0, (parts.queueId?.start ?? 0) - 14), parts.queueId?.start);
  const own = eximProcess.exec(before)?.[1];
  return own === undefined ? processOf(line, parts) : `exim[${own}]`;
}

/** "H=mx.example.net [192.0.2.1]*": the connection was open before this message. */
function isKept(line: string, { relayIp }: Parts): boolean {
  return relayIp !== undefined && eximKept.test(line.slice(relayIp.end, relayIp.end + 8));
}

function localIp(line: string, { failure, reply }: Parts): string | undefined {
  const end = failure?.words.start ?? reply?.span.start ?? line.length;
  return eximOwnIp.exec(line.slice(0, end))?.[1];
}

function lengthOf(told: string): Range | undefined {
  const match = [...told.slice(-4096).matchAll(eximLength)].at(-1);
  if (match === undefined || match[0] === " DT=") return undefined;
  const [days, hours, minutes, seconds] = match.slice(1, 5).map((digits) => Number(digits ?? 0));
  const whole = (((days ?? 0) * 24 + (hours ?? 0)) * 60 + (minutes ?? 0)) * 60 + (seconds ?? 0);
  const fraction = Number(`0${match[5] ?? ""}`);
  const grain = match[5] === undefined ? 1000 : 1000 / 10 ** (match[5].length - 1);
  const least = (whole + fraction) * 1000;
  return { least, most: least + grain };
}
