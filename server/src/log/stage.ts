// The SMTP command that a reply answered, from the words that servers use for it.
import type { Stage } from "../model.ts";

const stages: readonly (readonly [RegExp, Stage])[] = [
  [/^(?:pipelined )?RCPT/i, "rcpt"],
  [/^(?:pipelined )?MAIL/i, "mail"],
  [/^(?:pipelined )?(?:end[ -]of[ -](?:DATA|message)|DATA-2|sending data block|\.$)/i, "end-of-data"],
  [/^(?:pipelined )?DATA/i, "data"],
  [/^(?:EHLO|HELO|LHLO)/i, "helo"],
  [/^STARTTLS/i, "starttls"],
  [/^AUTH/i, "auth"],
  [/^(?:initial connection|CONNECT|banner|greeting|initial|client initial)/i, "connect"],
];

/** The stage that words such as "RCPT TO:<…>", "end of DATA" or "initial connection" name; undefined for no words. */
export function stageOf(words: string | undefined): Stage | undefined {
  if (words === undefined || words === "") return undefined;
  return stages.find(([shape]) => shape.test(words))?.[1] ?? "other";
}
