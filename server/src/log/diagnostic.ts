// What another server answered, as a value of a record: "smtp;550 5.1.1 …" (RFC 3464 2.3.6), "550 5.1.1 …", or a code and a text of their own.
import type { Direction, Outcome, Reply, Stage } from "../model.ts";
import { createWeaver, type Plain, placed, placedReply, type Value } from "./columns.ts";
import type { Parts } from "./format.ts";
import { type Piece, piece } from "./piece.ts";
import { findReplies, readReply, tokenReply } from "./reply.ts";
import { findSource } from "./source.ts";

const head = /^[\s'"]{0,16}(?:(?:smtp|lmtp|x-[\w-]{1,30}) {0,4}; {0,8})?['"]?/i;
const mostText = 8192;

/** What became of the message, and whose answer it is. */
export interface Ending {
  readonly outcome: Outcome;
  readonly stage?: Stage | undefined;
  /** The other side's unless told. */
  readonly direction?: Direction | undefined;
  /** The other side's address, which is not the sender's. */
  readonly relayIp?: Piece | undefined;
}

/** The failure that an answer reports; without an answer, `otherwise` says what happened. Undefined when neither is there. */
export function readFailure(
  answer: Plain | undefined,
  otherwise: Plain | undefined,
  ending: Ending,
): Parts | undefined {
  const told = [answer, otherwise].find((value) => value !== undefined && value.text.trim() !== "");
  if (told === undefined) return undefined;
  const text = told.text.slice(0, mostText);
  const reply = replyIn(text);
  const words = reply === undefined ? piece(text, 0, text.length) : { ...reply.span, text: reply.text };
  const { outcome, stage, direction = "they-refused-us", relayIp } = ending;
  const source = direction === "they-refused-us" && reply ? findSource(text, words, [relayIp?.text]) : undefined;
  return {
    reply: reply && placedReply(told, reply),
    ...(source && { sourceIp: placed(told, source) }),
    failure: { direction, outcome, stage, words: placed(told, words) },
  };
}

// An answer of success is none that a failure goes by.
function replyIn(text: string): Reply | undefined {
  const start = head.exec(text)?.[0].length ?? 0;
  const first = readReply(text, start, text.trimEnd().length) ?? findReplies(text, start, text.length)[0];
  if (first?.code !== undefined && first.code < 400) return undefined;
  return first ?? tokenReply(text, piece(text, 0, text.length));
}

/** Whether a value is a code that a server can have answered with; some services have numbers of their own. */
export function isReplyCode(value: Value | undefined): value is Value {
  return value !== undefined && /^(?:4[2-7]\d|5[0-7]\d)$/.test(value.text);
}

/** The answer whose code, enhanced code and text stand apart, as one. */
export function joinedAnswer(...parts: readonly (Value | undefined)[]): Plain | undefined {
  const known = parts.filter((part) => part !== undefined && part.text.trim() !== "");
  if (known.length === 0) return undefined;
  const weaver = createWeaver();
  for (const [index, part] of known.entries()) {
    if (part === undefined) continue;
    if (index > 0) weaver.glue(" ");
    weaver.value(part);
  }
  return weaver.finish();
}
