// What Postfix tells of time and sessions: delays=a/b/c/d, conn_use=, and when a message became active.
import type { Announced, Parts, Range, Timing, Trial } from "../format.ts";
import { postfixDelays, postfixInside, postfixOutside, postfixSilent, postfixUses } from "./patterns.ts";
import { processOf } from "./process.ts";

/** Deliveries of smtp and lmtp, and hosts that failed before the last; the queue manager's lines announce messages. */
export const timing: Timing = {
  baits: [
    /status=(?:sent|deferred|bounced|SOFTBOUNCE|deliverable|undeliverable)|queue active|refused to talk to me: |said: /g,
    /lost connection with |timed out while /g,
  ],
  atOnce: false,
  read: readLine,
};

function readLine(line: string, parts: Parts): Trial | Announced | undefined {
  if (parts.queueId === undefined || parts.queueId.text === "NOQUEUE") return undefined;
  if (line.startsWith("from=<", parts.queueId.end + 2)) {
    return line.endsWith("(queue active)") ? { kind: "announced" } : undefined;
  }
  if (parts.failure?.direction === "we-refused-them") return undefined;
  if (parts.status === undefined) return parts.failure && hostTrial(line, parts);
  return parts.recipient === undefined ? undefined : recipientTrial(line, parts);
}

function recipientTrial(line: string, parts: Parts): Trial | undefined {
  const { status, failure, recipient } = parts;
  const connected = failure === undefined || !postfixSilent.test(failure.words.text);
  if (!reachesOut(parts) || !(connected || isSmtp(parts))) return undefined;
  const said = line.slice(0, status?.end);
  const use = Number(postfixUses.exec(said)?.[1] ?? 1);
  return {
    ...blank(line, parts),
    ...spans(said),
    outcome: status?.class === 2 ? "accepted" : status?.class === 4 ? "deferred" : "refused",
    recipients: recipient === undefined ? [] : [recipient.text],
    connected,
    reused: use > 1,
    use,
  };
}

/** The error and retry daemons repeat what an earlier host said, local, pipe and virtual never leave the machine. */
function reachesOut(parts: Parts): boolean {
  if (postfixInside.test(parts.process?.text ?? "")) return false;
  return parts.relayIp !== undefined || (isSmtp(parts) && parts.relayHost !== undefined && parts.status?.class !== 2);
}

function isSmtp({ process }: Parts): boolean {
  return postfixOutside.test(process?.text ?? "");
}

/** One host of several: "host mx1… said: 450 …", the next one is tried. */
function hostTrial(line: string, parts: Parts): Trial | undefined {
  if (parts.failure === undefined || parts.failure.words.text.startsWith("connect to ")) return undefined;
  if (line.startsWith("connect to ", (parts.queueId?.end ?? 0) + 2)) return undefined;
  return { ...blank(line, parts), outcome: (parts.reply?.code ?? 400) < 500 ? "deferred" : "refused" };
}

function blank(line: string, parts: Parts): Trial {
  return {
    kind: "trial",
    outcome: "deferred",
    stage: parts.failure?.stage,
    connected: true,
    recipients: [],
    ...{ open: undefined, setup: 0, waited: undefined, opened: undefined },
    process: processOf(line, parts),
    reused: false,
    use: 1,
    localIp: undefined,
    repeated: false,
  };
}

function spans(said: string): Pick<Trial, "open" | "setup" | "waited"> {
  const found = postfixDelays.exec(said);
  if (found === null) return { open: undefined, setup: 0, waited: undefined };
  const [queued, connecting, sending] = [figure(found[2]), figure(found[3]), figure(found[4])];
  const open = { least: connecting.least + sending.least, most: connecting.most + sending.most };
  return { open, setup: connecting.least, waited: queued };
}

/** Postfix writes two significant digits, at most two behind the point unless told otherwise, rounded to the nearest. */
function figure(text: string | undefined): Range {
  const [whole = "0", fraction = ""] = (text ?? "0").split(".");
  const seconds = Number(text ?? 0);
  const unit = seconds >= 10 ? 1 : seconds >= 1 ? 0.1 : 0.01;
  const half = Math.min(unit, whole === "0" ? 10 ** -fraction.length : unit) / 2;
  return { least: Math.max(0, seconds - half) * 1000, most: (seconds + half) * 1000 };
}
