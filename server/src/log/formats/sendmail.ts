// Reads Sendmail's own log.
import type { Format, Parts } from "../format.ts";
import { piece } from "../piece.ts";
import { readSendmailText } from "../sendmailText.ts";
import { readPrefix } from "../syslog.ts";
import { timing } from "../timing/sendmail.ts";

/** Sendmail 8 (sendmail, sm-mta, sm-msp-queue, MTA). */
export const sendmail: Format = {
  id: "sendmail",
  baits: [
    /stat=(?!Sent|queued)|reply=[45]|reject=/g,
    /\.\.\. |DSN: /g,
    /protocol error|timeout waiting|rejecting commands/g,
  ],
  read: readSendmail,
  timing,
};

const programs = /^(?:sendmail|sm-mta|sm-msp|sm-queue|sm-que|mta|msp)(?:-[\w-]{1,20})?$/i;
// Sendmail's own ids end in the process id; an anonymised log may keep any word with a digit.
const queueId = /((?=[A-Za-z]{0,20}\d)[0-9A-Za-z]{6,20})(?:\[\d{1,4}\])?: /y;

function readSendmail(line: string): Parts | undefined {
  const prefix = readPrefix(line);
  if (prefix?.process === undefined || !programs.test(prefix.process.text)) return undefined;
  queueId.lastIndex = prefix.body;
  const match = queueId.exec(line);
  const id = match?.[1] === undefined ? undefined : piece(line, prefix.body, prefix.body + match[1].length);
  const body = prefix.body + (match?.[0].length ?? 0);
  const { stamp, time, host, process } = prefix;
  const head = { stamp, time, host, process, queueId: id };
  return { ...head, ...readSendmailText(line, body) };
}
