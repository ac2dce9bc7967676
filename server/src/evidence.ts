// The joint of a log, its findings and the catalogue for measuring: whom each attempt went to, and which page explains a refusal.
import { operatorOf, whoAnswered } from "./catalogue/provider.ts";
import { type AttemptOptions, type Attempts, readAttempts } from "./log/attempts.ts";
import { measure } from "./measure/measure.ts";
import type { Attempt, Measurement } from "./measurement.ts";
import type { Delivery, Finding } from "./model.ts";
import { pageId } from "./tell/pages.ts";

/** What a text shows of each provider, the most refused first. It reads all of the text: ask for it once, and only when someone looks. */
export function measured(text: string, findings: readonly Finding[], options: AttemptOptions): readonly Measurement[] {
  return measuredAttempts(readAttempts(text, options), findings);
}

/** The same for attempts that were read piece by piece. */
export function measuredAttempts({ attempts, cut }: Attempts, findings: readonly Finding[]): readonly Measurement[] {
  const pages = new Map(findings.map(({ delivery, entry, decoded }) => [delivery.line, pageId(entry, decoded)]));
  const measurements = measure(attempts, { providerOf: providerBy(findings), pageOf: (line) => pages.get(line) });
  if (!cut) return measurements;
  const words = `Only the first ${attempts.length.toLocaleString("en-US")} attempts of this log were counted.`;
  return measurements.map((one) => ({ ...one, method: `${one.method} ${words}` }));
}

/** A refusal names its provider in many ways; what is known of its relay then holds for what the same relay accepted. */
function providerBy(findings: readonly Finding[]): (attempt: Attempt) => string | undefined {
  const told = new Map<number, string>();
  const relays = new Map<string, string>();
  for (const { delivery, provider, providerBy } of findings) {
    if (provider === undefined || providerBy === "recipient") continue;
    const relay = delivery.relay.host ?? delivery.relay.ip;
    if (relay !== undefined) relays.set(relay, provider);
    told.set(delivery.line, provider);
  }
  return (attempt) => {
    const relay = attempt.relay.host ?? attempt.relay.ip;
    const known = relay !== undefined && relays.has(relay);
    return byRelay(attempt) ?? (known ? relays.get(relay) : undefined) ?? told.get(attempt.line);
  };
}

/** By the relay, and on a platform by the recipient; a relay that nobody knows may be our own smarthost, whoever the recipient is. */
function byRelay(attempt: Attempt): string | undefined {
  const { host, ip } = attempt.relay;
  const isKnown = host === undefined ? ip === undefined : operatorOf(host) !== undefined;
  return isKnown ? whoAnswered(deliveryOf(attempt)).provider : undefined;
}

function deliveryOf({ line, format, at, process, queueId, recipient, sender, relay, sourceIp }: Attempt): Delivery {
  return {
    ...{ line, format, process, queueId, recipient, sender, relay, sourceIp },
    time: new Date(at).toISOString(),
    ...{ helo: undefined, stage: undefined, reply: undefined, words: "", span: { start: 0, end: 0 } },
    direction: "they-refused-us",
    outcome: "attempt",
  };
}
