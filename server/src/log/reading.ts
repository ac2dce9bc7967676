// Turns what a format found in a line into the coloured fields and the delivery of the vocabulary.
import type { Delivery, Field, FieldKind, FormatId, Reading, Reply, Span } from "../model.ts";
import { type Plain, placedReply } from "./columns.ts";
import type { Parts } from "./format.ts";
import { bounded, type Piece } from "./piece.ts";
import { foldedCodes, longestText } from "./reply.ts";
import { isAddress } from "./source.ts";

/** What a line's own text does not tell. */
export interface Place {
  readonly line: number;
  readonly format: FormatId;
  readonly time: string | undefined;
}

/** The reading of one line. */
export function readingOf(parts: Parts, place: Place): Reading {
  return { fields: arrange(fieldsOf(parts)), delivery: deliveryOf(parts, place) };
}

/** The delivery that the parts describe; undefined when they hold no failure. */
export function deliveryOf(parts: Parts, place: Place): Delivery | undefined {
  const { failure } = parts;
  if (failure === undefined) return undefined;
  // A line cut off before its reason still failed: what it does say stands for the reason.
  const told = [failure.words, parts.status, parts.recipient, parts.queueId].find(
    (at) => at !== undefined && at.text !== "",
  );
  const words = bounded(told ?? failure.words, longestText);
  return {
    ...place,
    process: parts.process?.text,
    queueId: parts.queueId?.text,
    recipient: parts.recipient?.text,
    sender: parts.sender?.text,
    relay: { host: parts.relayHost?.text, ip: address(parts.relayIp)?.text, port: parts.relayPort },
    sourceIp: address(parts.sourceIp)?.text,
    helo: parts.helo?.text,
    stage: failure.stage,
    direction: failure.direction,
    outcome: failure.outcome,
    reply: parts.reply,
    words: words.text,
    span: { start: words.start, end: words.end },
  };
}

/** The reading of a carried line, with the columns of the line that carries it. */
export function carriedReading(reading: Reading, carrier: Plain): Reading {
  const fields = reading.fields.flatMap((at) => field(at.kind, carrier.spanOf(at), at.class));
  return { fields: arrange(fields), delivery: reading.delivery && carriedDelivery(reading.delivery, carrier) };
}

/** The delivery of a carried line, with the columns of the line that carries it. */
export function carriedDelivery(delivery: Delivery, carrier: Plain): Delivery {
  const { reply, span } = delivery;
  return { ...delivery, span: carrier.spanOf(span), reply: reply && placedReply(carrier, reply) };
}

function fieldsOf(parts: Parts): Field[] {
  const { status } = parts;
  const simple: readonly (readonly [FieldKind, Piece | undefined])[] = [
    ["time", parts.time],
    ["host", parts.host],
    ["process", parts.process],
    ["queueId", parts.queueId],
    ["recipient", parts.recipient],
    ["sender", parts.sender],
    ["relayHost", parts.relayHost],
    ["relayIp", address(parts.relayIp)],
    ["sourceIp", address(parts.sourceIp)],
  ];
  const fields = simple.flatMap(([kind, at]) => field(kind, at, undefined));
  return [...fields, ...field("status", status, status?.class), ...replyFields(parts.reply)];
}

/** Anything may stand in the brackets where a server writes an address. */
function address(at: Piece | undefined): Piece | undefined {
  return at !== undefined && isAddress(at.text) ? at : undefined;
}

function replyFields(reply: Reply | undefined): Field[] {
  if (reply === undefined) return [];
  const codeClass = classOf(reply.code);
  const enhancedClass = classOf(reply.enhanced === undefined ? undefined : Number(reply.enhanced[0]) * 100);
  const folded = foldedCodes(reply).flatMap((again) => [
    ...field("replyCode", again.code, codeClass),
    ...field("enhancedCode", again.enhanced, enhancedClass),
  ]);
  return [
    ...field("token", reply.tokenSpan, codeClass ?? enhancedClass),
    ...field("replyCode", reply.codeSpan, codeClass),
    ...field("enhancedCode", reply.enhancedSpan, enhancedClass),
    ...folded,
  ];
}

function field(kind: FieldKind, at: Span | undefined, level: Field["class"]): Field[] {
  if (at === undefined || at.start < 0 || at.end <= at.start) return [];
  return [{ kind, start: at.start, end: at.end, class: level }];
}

function classOf(code: number | undefined): Field["class"] {
  const level = code === undefined ? 0 : Math.floor(code / 100);
  return level === 2 || level === 3 || level === 4 || level === 5 ? level : undefined;
}

// The sort is stable: of two fields on the same place the one that was listed first stays.
function arrange(fields: Field[]): Field[] {
  let end = 0;
  return fields
    .sort((a, b) => a.start - b.start)
    .filter((at) => {
      if (at.start < end) return false;
      end = at.end;
      return true;
    });
}
