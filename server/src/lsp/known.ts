// What is known of a log, whether the editor handed it over or it is read from disk.
import { readFailuresUri } from "../logProtocol.ts";
import type { Analysis, Finding } from "../model.ts";
import { type Tally, tallyOf } from "../tally/tally.ts";
import type { Session } from "./session.ts";

/** The findings of a log by line: all of an open document, the kept ones of a log on disk; none when it is no mail log. */
export function findingsOf(session: Session, uri: string): readonly Finding[] {
  const scanned = session.scanned(uri);
  return scanned === undefined ? (session.log(uri)?.analysis?.findings ?? []) : keptOf(scanned.tally);
}

/** The counts of a log; undefined when it is no mail log that we know. */
export function tallyIn(session: Session, uri: string): Tally | undefined {
  const analysis = session.log(uri)?.analysis;
  return analysis === undefined ? session.scanned(uri)?.tally : countedOnce(analysis);
}

/** The logs that count: a text of failing lines repeats its log, so it counts only when that is not known. */
export function logsIn(session: Session): readonly { readonly uri: string; readonly tally: Tally }[] {
  const uris = session.uris();
  const repeats = (uri: string): boolean => uris.includes(readFailuresUri(uri)?.uri ?? "");
  return uris
    .filter((uri) => !repeats(uri))
    .map((uri) => ({ uri, tally: tallyIn(session, uri) }))
    .filter((log): log is { uri: string; tally: Tally } => log.tally !== undefined);
}

const tallies = new WeakMap<Analysis, Tally>();

/** An analysis never changes: an edit makes another one. */
function countedOnce(analysis: Analysis): Tally {
  const known = tallies.get(analysis) ?? tallyOf(analysis.findings);
  tallies.set(analysis, known);
  return known;
}

const kept = new WeakMap<Tally, { readonly count: number; readonly findings: readonly Finding[] }>();

function keptOf(tally: Tally): readonly Finding[] {
  const known = kept.get(tally);
  if (known?.count === tally.count) return known.findings;
  const findings = tally.kinds.flatMap((kind) => kind.kept).sort((a, b) => a.delivery.line - b.delivery.line);
  kept.set(tally, { count: tally.count, findings });
  return findings;
}
