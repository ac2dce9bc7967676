// Reads logs for the tests of following: each refusal with what the log tells of its mail.
import { readFileSync } from "node:fs";
import { readLog } from "../../server/src/log/read.ts";
import type { Delivery, Mail } from "../../server/src/model.ts";
import { follow } from "../../server/src/trace/follow.ts";

const folder = new URL("../logs/trace/", import.meta.url);

/** The text of a log of signed mail. */
export function signedLog(name: string): string {
  return readFileSync(new URL(name, folder), "utf8");
}

/** The refusals of a text. */
export function refusalsIn(text: string): readonly Delivery[] {
  return readLog(text, { fileDate: undefined }).deliveries;
}

/** What a text tells of the mail that was refused on a line, from 1. */
export function mailOn(text: string, line: number): Mail {
  const found = refusalsIn(text).find((delivery) => delivery.line === line - 1);
  if (found === undefined) throw new TypeError(`nothing is refused on line ${line}`);
  return follow(text, found);
}

/** What the last refusal of these lines tells of its mail. */
export function mailOf(...lines: readonly string[]): Mail {
  const text = `${lines.join("\n")}\n`;
  const last = refusalsIn(text).at(-1);
  if (last === undefined) throw new TypeError(`nothing is refused in ${text}`);
  return follow(text, last);
}

/** A Postfix line that ends a message with a refusal. */
export function refusedLine(id: string, reply = "550 5.7.1 refused", host = "mx1"): string {
  return `Nov 23 09:00:02 ${host} postfix/smtp[106]: ${id}: to=<kim@example.com>, relay=mx.example.com[192.0.2.8]:25, delay=1, delays=0/0/0/1, dsn=5.7.1, status=bounced (host mx.example.com[192.0.2.8] said: ${reply} (in reply to RCPT TO command))`;
}

/** A line of another program about a message. */
export function lineOf(program: string, message: string): string {
  return `Nov 23 09:00:01 mx1 ${program}[105]: ${message}`;
}
