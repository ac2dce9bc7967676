// Puts attempts together that one receiving provider counts together: the same provider, the same sending address.
import type { Attempt } from "../measurement.ts";

/** Attempts of one provider and sending address, sorted by line. */
export interface Group {
  readonly provider: string | undefined;
  readonly host: string | undefined;
  readonly sourceIp: string | undefined;
  readonly attempts: readonly Attempt[];
}

const mostGroups = 50;

/** The groups, the most refused first, at most 50. */
export function groupsOf(
  attempts: readonly Attempt[],
  providerOf: (attempt: Attempt) => string | undefined,
): readonly Group[] {
  const byProvider = grouped(attempts, (attempt) => {
    const provider = providerOf(attempt);
    return provider === undefined ? ` ${attempt.relay.host ?? attempt.relay.ip ?? ""}` : provider;
  });
  const groups = [...byProvider].flatMap(([key, own]) => bySource(key.startsWith(" ") ? undefined : key, own));
  const refused = new Map(
    groups.map((group) => [group, group.attempts.filter(({ outcome }) => outcome !== "accepted").length]),
  );
  groups.sort((a, b) => (refused.get(b) ?? 0) - (refused.get(a) ?? 0) || b.attempts.length - a.attempts.length);
  return groups.slice(0, mostGroups);
}

/**
 * Few lines name the sending address. Those that name none belong to the address that their program (a Postfix transport)
 * names most often, else to the most frequent one of the provider.
 */
function bySource(provider: string | undefined, attempts: readonly Attempt[]): Group[] {
  const named = attempts.filter(({ sourceIp }) => sourceIp !== undefined);
  const usual = mostFrequent(named.map(({ sourceIp }) => sourceIp));
  const byProgram = new Map(
    [...grouped(named, programOf)].map(([program, own]) => [
      program,
      mostFrequent(own.map(({ sourceIp }) => sourceIp)),
    ]),
  );
  const sourceOf = (attempt: Attempt): string => attempt.sourceIp ?? byProgram.get(programOf(attempt)) ?? usual ?? "";
  return [...grouped(attempts, sourceOf)].map(([source, own]) => ({
    provider,
    host: mostFrequent(own.map(({ relay }) => relay.host)),
    sourceIp: source === "" ? undefined : source,
    attempts: own,
  }));
}

function programOf({ process }: Attempt): string {
  return process?.replace(/\[\d+\]$/, "") ?? "";
}

function grouped(attempts: readonly Attempt[], key: (attempt: Attempt) => string): Map<string, Attempt[]> {
  const groups = new Map<string, Attempt[]>();
  for (const attempt of attempts) {
    const name = key(attempt);
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [attempt]);
    else group.push(attempt);
  }
  return groups;
}

function mostFrequent(values: readonly (string | undefined)[]): string | undefined {
  const counts = new Map<string, number>();
  for (const value of values) if (value !== undefined) counts.set(value, (counts.get(value) ?? 0) + 1);
  let best: string | undefined;
  for (const [value, count] of counts) if (count > (counts.get(best ?? "") ?? 0)) best = value;
  return best;
}
