// Makes a Postfix log of any size, the same for the same seed, with a given share of failures.
import { closeSync, openSync, writeSync } from "node:fs";

const replies = [
  (ip: string) =>
    `421 cmsmtp ${ip} blocked. Refer to Error Codes section at https://www.cox.com/residential/support/email-error-codes.html for more information. AUP#CXCNCT`,
  () => "550 5.1.1 <user@example.net>: Recipient address rejected: User unknown in virtual mailbox table",
  (ip: string) =>
    `554 cmsmtp ${ip} blocked. Refer to Error Codes section at https://www.cox.com/residential/support/email-error-codes.html for more information. AUP#IPBL0001`,
  (ip: string) =>
    `421-4.7.0 [${ip}      15] Our system has detected an unusual rate of 421-4.7.0 unsolicited mail originating from your IP address. 421 4.7.0 ab1si123456qkb.12 - gsmtp`,
  () => "452 4.2.2 The email account that you tried to reach is over quota",
];

/** How the log is made: at least `bytes` long, one line in `1 / failures` a refusal. */
export interface LogPlan {
  readonly bytes: number;
  /** 0 to 1. */
  readonly failures: number;
  readonly seed?: number;
}

/** The lines of a busy Postfix server over some hours. */
export function postfixLog({ bytes, failures, seed = 1 }: LogPlan): string {
  const random = generator(seed);
  const lines: string[] = [];
  for (let length = 0, n = 0; length < bytes; n++) {
    const line = random() < failures ? failure(n, random) : success(n, random);
    lines.push(line);
    length += line.length + 1;
  }
  return `${lines.join("\n")}\n`;
}

/** Writes such a log to a file, piece by piece; `refusal` makes the lines of failures. */
export function writePostfixLog(
  path: string,
  { bytes, failures, seed = 1 }: LogPlan,
  refusal: (n: number, random: () => number) => string = failure,
): void {
  const random = generator(seed);
  const file = openSync(path, "w");
  let lines: string[] = [];
  let length = 0;
  for (let n = 0; length < bytes; n++) {
    const line = random() < failures ? refusal(n, random) : success(n, random);
    lines.push(line);
    length += line.length + 1;
    if (lines.length < 50_000 && length < bytes) continue;
    writeSync(file, `${lines.join("\n")}\n`);
    lines = [];
  }
  closeSync(file);
}

/** One refused delivery. */
export function failure(n: number, random: () => number = generator(n)): string {
  const pick = Math.floor(random() * replies.length);
  const reply = replies[pick]?.("203.0.113.7") ?? "";
  const status = reply.startsWith("4") ? "deferred" : "bounced";
  return `${stamp(n)} mx1 postfix/smtp[${1000 + (n % 50)}]: ${queueId(n)}: to=<user${n % 997}@cox.net>, relay=cxr.mx.a.cloudfilter.net[192.0.2.${n % 200}]:25, delay=1.2, delays=0.1/0/0.9/0.2, dsn=4.0.0, status=${status} (host cxr.mx.a.cloudfilter.net[192.0.2.${n % 200}] said: ${reply} (in reply to MAIL FROM command))`;
}

function success(n: number, random: () => number): string {
  const kinds = [
    () => `postfix/smtpd[${2000 + (n % 40)}]: connect from client${n % 500}.example.org[198.51.100.${n % 250}]`,
    () =>
      `postfix/smtpd[${2000 + (n % 40)}]: ${queueId(n)}: client=client${n % 500}.example.org[198.51.100.${n % 250}]`,
    () => `postfix/cleanup[${3000 + (n % 9)}]: ${queueId(n)}: message-id=<${n}.450.${n % 600}@app.example.org>`,
    () =>
      `postfix/qmgr[895]: ${queueId(n)}: from=<news${n % 9}@example.org>, size=${4000 + (n % 9000)}, nrcpt=1 (queue active)`,
    () =>
      `postfix/smtp[${1000 + (n % 50)}]: ${queueId(n)}: to=<user${n % 997}@example.net>, relay=mx.example.net[192.0.2.25]:25, delay=0.4, delays=0.1/0/0.1/0.2, dsn=2.0.0, status=sent (250 2.0.0 Ok: queued as ${queueId(n + 7)})`,
    () => `postfix/qmgr[895]: ${queueId(n)}: removed`,
  ];
  return `${stamp(n)} mx1 ${kinds[Math.floor(random() * kinds.length)]?.()}`;
}

/** The queue id of the n-th message. */
export function queueId(n: number): string {
  return (0x100000000 + n * 7919).toString(16).toUpperCase().slice(-9);
}

/** The time of the n-th line. */
export function stamp(n: number): string {
  const date = new Date(Date.UTC(2024, 5, 3, 6, 0, 0) + n * 40);
  return `${date.getUTCMonth() === 5 ? "Jun" : "Jul"} ${String(date.getUTCDate()).padStart(2)} ${date.toISOString().slice(11, 19)}`;
}

/** A small linear congruential generator: the same numbers on every machine. */
function generator(seed: number): () => number {
  let state = seed >>> 0 || 1;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 0x100000000;
  };
}
