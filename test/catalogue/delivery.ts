// Builds deliveries by hand: a reply's text as a line would hand it to the catalogue.
import type { Delivery, Reply } from "../../server/src/model.ts";

/** A reply read from its text: codes at the beginning, an AUP# token anywhere. */
export function reply(text: string): Reply {
  const codes = /^([2-5]\d\d)[ -]+(?:- )?([245]\.\d{1,3}\.\d{1,3})?/.exec(text);
  const token = /AUP#[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*/.exec(text)?.[0];
  const span = { start: 0, end: text.length };
  return {
    code: codes?.[1] === undefined ? undefined : Number(codes[1]),
    enhanced: codes?.[2],
    ...{ token, text, span },
    codeSpan: undefined,
    enhancedSpan: undefined,
    tokenSpan: undefined,
  };
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
