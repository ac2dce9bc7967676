// What Sendmail tells of time and sessions: xdelay= in whole seconds, [pid], and where a message came in.
import type { Announced, Parts, Timing, Trial } from "../format.ts";
import { sendmailLength, sendmailSilent } from "./patterns.ts";
import { processOf } from "./process.ts";

/** Deliveries with a relay; "from=" announces messages. */
export const timing: Timing = { baits: [/: to=|: from=/g], atOnce: true, read: readLine };

const second = 1000;

function readLine(line: string, parts: Parts): Trial | Announced | undefined {
  if (parts.queueId === undefined) return undefined;
  const body = line.indexOf(": ", parts.queueId.end) + 2;
  if (line.startsWith("from=", body)) return { kind: "announced" };
  const hasRelay = parts.relayIp !== undefined || parts.relayHost !== undefined;
  return hasRelay && parts.status !== undefined && line.startsWith("to=", body) ? trial(line, body, parts) : undefined;
}

function trial(line: string, body: number, parts: Parts): Trial {
  const { status, failure } = parts;
  const took = seconds(line.slice(body, status?.start));
  return {
    kind: "trial",
    outcome: status?.class === 2 ? "accepted" : status?.class === 4 ? "deferred" : "refused",
    stage: failure?.stage,
    connected: !sendmailSilent.test(line.slice(status?.start, (status?.start ?? 0) + 60)),
    recipients: recipientsOf(line, body),
    // It is the difference of two clocks that show whole seconds.
    open: took === undefined ? undefined : { least: Math.max(0, took - second), most: took + second },
    setup: 0,
    waited: undefined,
    opened: took === undefined ? undefined : { least: -took, most: second - took },
    process: processOf(line, parts),
    ...{ reused: false, use: undefined, localIp: undefined, repeated: false },
  };
}

function seconds(said: string): number | undefined {
  const match = sendmailLength.exec(said);
  if (match === null) return undefined;
  const [days = 0, hours = 0, minutes = 0, rest = 0] = match.slice(1).map((digits) => Number(digits ?? 0));
  return (((days * 24 + hours) * 60 + minutes) * 60 + rest) * second;
}

/** More than a line of Sendmail's names. */
const mostRecipients = 100;

// "to=<a@example.net>,<b@example.net>, delay=…", without brackets when a program handed the message in.
function recipientsOf(line: string, body: number): string[] {
  const start = body + "to=".length;
  const end = line.indexOf(", ", start);
  const names = line.slice(start, end < 0 ? line.length : end).split(",", mostRecipients);
  return names.map((name) => name.replace(/^<|>$/g, "")).filter((name) => name !== "");
}
