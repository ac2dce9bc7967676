// How attempts ended by domain, and how long messages waited between their tries.
import type { Attempt, DomainShare, Measurement } from "../measurement.ts";

const mostDomains = 20;

/** The most frequent 20 domains of the addresses that `pick` takes from attempts. */
export function sharesOf(
  attempts: readonly Attempt[],
  pick: (attempt: Attempt) => string | undefined,
): readonly DomainShare[] {
  const shares = new Map<string, { attempts: number; refused: number }>();
  for (const attempt of attempts) {
    const domain = domainOf(pick(attempt));
    if (domain === undefined) continue;
    const share = shares.get(domain) ?? { attempts: 0, refused: 0 };
    share.attempts++;
    if (attempt.outcome !== "accepted") share.refused++;
    shares.set(domain, share);
  }
  const all = [...shares].map(([domain, share]) => ({ domain, ...share }));
  return all.sort((a, b) => b.attempts - a.attempts).slice(0, mostDomains);
}

function domainOf(address: string | undefined): string | undefined {
  const at = address?.lastIndexOf("@") ?? -1;
  const domain = at < 0 ? "" : (address?.slice(at + 1).toLowerCase() ?? "");
  return domain === "" ? undefined : domain;
}

/** The gaps between tries of one message for one recipient; undefined without a second try. */
export function retriesOf(attempts: readonly Attempt[]): Measurement["retries"] {
  const last = new Map<string, number>();
  const gaps: number[] = [];
  for (const { queueId, recipient, at } of attempts) {
    if (queueId === undefined || recipient === undefined) continue;
    const key = `${queueId}\n${recipient}`;
    const before = last.get(key);
    if (before !== undefined && at >= before) gaps.push(at - before);
    last.set(key, at);
  }
  gaps.sort((a, b) => a - b);
  const [shortest] = gaps;
  if (shortest === undefined) return undefined;
  return { count: gaps.length, median: gaps[gaps.length >> 1] ?? shortest, shortest };
}
