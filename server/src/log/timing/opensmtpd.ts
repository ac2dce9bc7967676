// What OpenSMTPD tells of time and sessions: each session has an id, and a line of its own when it is opened.
import type { Announced, Parts, Timing, Trial } from "../format.ts";
import { opensmtpdEvent } from "./patterns.ts";

/** Deliveries over sessions, greetings that refused; "mta connecting" announces a session. */
export const timing: Timing = {
  baits: [/ mta (?:event=)?(?:delivery|connecting) /g, / mta (?:event=)?error reason=[A-Z-]+ rejected: /g],
  atOnce: true,
  read: readLine,
};

/** The id of deliveries that went over no session. */
const none = /^0{16}$/;

function readLine(line: string, parts: Parts): Trial | Announced | undefined {
  const [, session = "", event] = opensmtpdEvent.exec(line.slice(0, 512)) ?? [];
  if (event === undefined || none.test(session)) return undefined;
  if (event === "connecting") return { kind: "announced" };
  return event === "error" ? hostTrial(session, parts) : recipientTrial(session, parts);
}

function recipientTrial(session: string, parts: Parts): Trial | undefined {
  const { status, recipient, queueId } = parts;
  if (status === undefined || recipient === undefined) return undefined;
  return {
    ...blank(session, parts),
    outcome: status.class === 2 ? "accepted" : status.class === 4 ? "deferred" : "refused",
    // The line does not say which command it was; the greeting has a line of its own.
    stage: "other",
    recipients: [recipient.text],
    // An envelope is one recipient; its first half is the message's own id.
    message: queueId?.text.slice(0, 8),
  };
}

/** The whole session was refused: "mta error reason=BANNER rejected: 421 …". */
function hostTrial(session: string, parts: Parts): Trial | undefined {
  if (parts.failure === undefined) return undefined;
  return { ...blank(session, parts), outcome: (parts.reply?.code ?? 400) < 500 ? "deferred" : "refused" };
}

function blank(session: string, parts: Parts): Trial {
  return {
    kind: "trial",
    outcome: "deferred",
    stage: parts.failure?.stage,
    connected: true,
    recipients: [],
    ...{ open: undefined, setup: 0, waited: { least: 0, most: 0 }, opened: undefined },
    process: `session ${session}`,
    session,
    ...{ reused: false, use: undefined, localIp: undefined, repeated: false },
  };
}
