// What qmail tells of time and sessions: each delivery has a number, a line when it starts and one when it ends, and a session of its own.
import type { Announced, Parts, Timing, Trial } from "../format.ts";
import { qmailResult, qmailSilent, qmailStart } from "./patterns.ts";

/** Deliveries to remote hosts. */
export const timing: Timing = {
  baits: [/\bdelivery \d{1,10}: (?:msg|success|failure|deferral)\b/g],
  atOnce: true,
  read: readLine,
};

function readLine(line: string, parts: Parts): Trial | Announced | undefined {
  const head = line.slice(0, 512);
  const begun = qmailStart.exec(head)?.[1];
  if (begun !== undefined) return { kind: "announced", session: `delivery ${begun}` };
  const ended = qmailResult.exec(head)?.[1];
  return ended === undefined || parts.relayIp === undefined ? undefined : trial(`delivery ${ended}`, parts);
}

function trial(session: string, { status, failure, recipient }: Parts): Trial {
  return {
    kind: "trial",
    outcome: status?.class === 2 ? "accepted" : status?.class === 4 ? "deferred" : "refused",
    stage: failure?.stage,
    connected: !qmailSilent.test(failure?.words.text ?? ""),
    recipients: recipient === undefined ? [] : [recipient.text],
    ...{ open: undefined, setup: 0, waited: undefined, opened: undefined },
    process: session,
    session,
    ...{ reused: false, use: undefined, localIp: undefined, repeated: false },
  };
}
