// Sums up what one log shows of an entry: counts, times, recipients, source addresses, lines.
import type { Finding } from "../model.ts";
import type { InThisLog, Place } from "../protocol.ts";
import { bounded } from "./markdown.ts";

const mostValues = 20;
const mostPlaces = 50;

/** What the log at `uri` shows; undefined when it holds no finding of the entry. */
export function inThisLog(uri: string, findings: readonly Finding[]): InThisLog | undefined {
  if (findings.length === 0) return undefined;
  const deliveries = findings.map((finding) => finding.delivery);
  const times = deliveries.map((delivery) => delivery.time).filter((time) => time !== undefined);
  return {
    uri,
    count: findings.length,
    first: times[0],
    last: times.at(-1),
    recipients: distinct(deliveries.map((delivery) => delivery.recipient)),
    sourceIps: distinct(deliveries.map((delivery) => delivery.sourceIp)),
    places: findings.slice(0, mostPlaces).map(place),
    remarks: distinct(findings.flatMap((finding) => finding.remarks)).shown,
  };
}

function place(finding: Finding): Place {
  const { line, time, recipient, sourceIp, words } = finding.delivery;
  return { line, time, recipient, sourceIp, words: bounded(words, 240) };
}

function distinct(values: readonly (string | undefined)[]): { shown: string[]; total: number } {
  const all = new Set(values.filter((value) => value !== undefined));
  return { shown: [...all].slice(0, mostValues), total: all.size };
}
