// What is known of a log, whether the editor handed it over or it is read from disk.

import { type Digest, digestOf } from "../digest/digest.ts";
import { readFailuresUri } from "../failuresProtocol.ts";
import type { Analysis, Finding } from "../model.ts";
import type { Session } from "./session.ts";

/** The findings of a log by line: all of an open document, the kept ones of a log on disk; none when it is no mail log. */
export function findingsOf(session: Session, uri: string): readonly Finding[] {
  const scanned = session.scanned(uri);
  return scanned === undefined ? (session.log(uri)?.analysis?.findings ?? []) : keptOf(scanned.digest);
}

/** The counts of a log; undefined when it is no mail log that we know. */
export function digestIn(session: Session, uri: string): Digest | undefined {
  const analysis = session.log(uri)?.analysis;
  return analysis === undefined ? session.scanned(uri)?.digest : countedOnce(analysis);
}

/** The logs that count: a text of failing lines repeats its log, so it counts only when that is not known; some lines of a report never count. */
export function logsIn(session: Session): readonly { readonly uri: string; readonly digest: Digest }[] {
  const uris = session.uris();
  const repeats = (uri: string): boolean => {
    const params = readFailuresUri(uri);
    return params !== undefined && (params.chosen !== undefined || uris.includes(params.uri));
  };
  return uris
    .filter((uri) => !repeats(uri))
    .map((uri) => ({ uri, digest: digestIn(session, uri) }))
    .filter((log): log is { uri: string; digest: Digest } => log.digest !== undefined);
}

const digests = new WeakMap<Analysis, Digest>();

/** An analysis never changes: an edit makes another one. */
function countedOnce(analysis: Analysis): Digest {
  const known = digests.get(analysis) ?? digestOf(analysis.findings);
  digests.set(analysis, known);
  return known;
}

const kept = new WeakMap<Digest, { readonly count: number; readonly findings: readonly Finding[] }>();

function keptOf(digest: Digest): readonly Finding[] {
  const known = kept.get(digest);
  if (known?.count === digest.count) return known.findings;
  const findings = digest.kinds.flatMap((kind) => kind.kept).sort((a, b) => a.delivery.line - b.delivery.line);
  kept.set(digest, { count: digest.count, findings });
  return findings;
}
