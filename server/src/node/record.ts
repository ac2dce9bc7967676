// The record of a finding, as `analyse --ndjson` prints it: what a line does not show is null.
import type { Finding } from "../model.ts";
import { safeJson } from "../tell/json.ts";
import { pageId } from "../tell/pages.ts";
import { tellingSpan } from "../tell/words.ts";

/** One finding as a flat object; lines count from 1, columns from 0 in UTF-16 units. */
export function findingRecord(file: string, finding: Finding): Record<string, string | number | boolean | null> {
  const { delivery, entry, decoded } = finding;
  const { reply, relay } = delivery;
  const telling = tellingSpan(delivery);
  return {
    file,
    line: delivery.line + 1,
    start: telling.start,
    end: telling.end,
    reply: reply?.code ?? null,
    enhanced: reply?.enhanced ?? null,
    token: reply?.token ?? null,
    entry: pageId(entry, decoded),
    provider: finding.provider ?? null,
    reason: entry.reason,
    permanent: finding.permanent,
    direction: delivery.direction,
    queueId: delivery.queueId ?? null,
    relay: relay.host ?? relay.ip ?? null,
    recipient: delivery.recipient ?? null,
    sender: delivery.sender ?? null,
    sourceIp: delivery.sourceIp ?? null,
    time: delivery.time ?? null,
    title: entry.title,
  };
}

/** A value as one line of JSON that is safe to show in a terminal. */
export function jsonLine(value: unknown): string {
  return `${safeJson(value)}\n`;
}
