// Times in which nothing was accepted, and how the refusals of each entry stand among the sessions.
import type { Attempt, PageRefusals, Refused, Stretch } from "../measurement.ts";
import type { Concurrency } from "./concurrency.ts";
import type { Sessions } from "./sessions.ts";

const mostStretches = 50;
const mostRefused = 1000;

/** Unbroken runs of refusals, the longest 50, in order of time. */
export function stretchesOf(attempts: readonly Attempt[]): readonly Stretch[] {
  const found: Stretch[] = [];
  let run: Stretch | undefined;
  for (const { outcome, at, line } of attempts) {
    if (outcome !== "accepted")
      run = { from: run?.from ?? at, to: at, line: run?.line ?? line, refusals: (run?.refusals ?? 0) + 1 };
    else if (run !== undefined) {
      found.push(run);
      run = undefined;
    }
  }
  if (run !== undefined) found.push(run);
  const longest = [...found].sort((a, b) => b.to - b.from - (a.to - a.from) || b.refusals - a.refusals);
  return longest.slice(0, mostStretches).sort((a, b) => a.line - b.line);
}

/** Messages that were accepted on lines before the first refusal. */
export function acceptedBefore(messages: readonly Attempt[], attempts: readonly Attempt[]): number {
  const first = attempts.find(({ outcome }) => outcome !== "accepted");
  return messages.filter(
    ({ outcome, line }) => outcome === "accepted" && line < (first?.line ?? Number.POSITIVE_INFINITY),
  ).length;
}

/** What the refusals are counted with. */
export interface Among extends Sessions {
  readonly concurrency: Concurrency;
  readonly pageOf: (line: number) => string | undefined;
}

/** The refusals of each entry page that met a session. */
export function refusalsOf(attempts: readonly Attempt[], among: Among): Readonly<Record<string, PageRefusals>> {
  const pages = new Map<string, { count: number; readonly acceptedBefore: number; readonly at: Refused[] }>();
  const accepted = new Set(among.messages.filter(({ outcome }) => outcome === "accepted"));
  let before = 0;
  let last = -1;
  for (const attempt of attempts) {
    if (accepted.has(attempt)) before++;
    const page = attempt.outcome === "accepted" || attempt.line === last ? undefined : among.pageOf(attempt.line);
    const refused = page === undefined ? undefined : refusedOf(attempt, among);
    if (page === undefined || refused === undefined) continue;
    last = attempt.line;
    const known = pages.get(page) ?? { count: 0, acceptedBefore: before, at: [] };
    known.count++;
    if (known.at.length < mostRefused) known.at.push(refused);
    pages.set(page, known);
  }
  return Object.fromEntries(pages);
}

function refusedOf(attempt: Attempt, { of, concurrency }: Among): Refused | undefined {
  const session = of.get(attempt);
  const count = session && concurrency.atEnd.get(session);
  return count && { line: attempt.line, at: attempt.at, ...count };
}
