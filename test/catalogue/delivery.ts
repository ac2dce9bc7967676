// Builds deliveries by hand: a reply's text as a line would hand it to the catalogue.
import { readReply } from "../../server/src/log/reply.ts";
import type { Delivery, Reply } from "../../server/src/model.ts";

/** A reply as the reader of logs takes it from its text, token included. */
export function reply(text: string): Reply {
  const read = readReply(text, 0, text.length);
  if (read !== undefined) return read;
  const span = { start: 0, end: text.length };
  const nowhere = { codeSpan: undefined, enhancedSpan: undefined, tokenSpan: undefined };
  return { code: undefined, enhanced: undefined, token: undefined, text, span, ...nowhere };
}

/** A refused delivery to someone@example.com of May 2023, with the parts that matter to a test. */
export function refused(text: string, parts: Partial<Delivery> = {}): Delivery {
  return {
    line: 0,
    format: "postfix",
    time: "2023-05-01T10:00:00",
    process: undefined,
    queueId: undefined,
    recipient: "someone@example.com",
    sender: undefined,
    relay: { host: undefined, ip: undefined, port: undefined },
    sourceIp: undefined,
    helo: undefined,
    stage: undefined,
    direction: "they-refused-us",
    outcome: /^5/.test(text) ? "bounced" : "deferred",
    reply: reply(text),
    words: text,
    span: { start: 0, end: text.length },
    ...parts,
  };
}

/** A failure without a reply of the other side. */
export function failed(words: string, parts: Partial<Delivery> = {}): Delivery {
  return { ...refused(words, parts), reply: undefined };
}

/** Parts of a delivery: the relay by its name. */
export function through(host: string): Pick<Delivery, "relay"> {
  return { relay: { host, ip: undefined, port: 25 } };
}
