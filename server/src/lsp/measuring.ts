// Measurements of open logs: made when somebody looks, kept until the log changes, and not at each line of one that grows.
import { measured } from "../evidence.ts";
import type { Measurement } from "../measurement.ts";
import type { Session } from "./session.ts";

interface Kept {
  readonly version: number;
  readonly measurements: readonly Measurement[];
  /** Until when a changed log is not measured again, in milliseconds since 1970. */
  readonly rests: number;
}

/** A log that grows is measured again when this many times as long has passed as measuring took. */
const rest = 20;

const kept = new WeakMap<Session, Map<string, Kept>>();

/** What the open log at `uri` shows of each provider; none when it is no mail log. */
export function measurementsOf(session: Session, uri: string): readonly Measurement[] {
  const log = session.log(uri);
  if (log?.analysis === undefined) return [];
  const logs = keptOf(session);
  const known = logs.get(uri);
  if (known !== undefined && (known.version === log.document.version || Date.now() < known.rests))
    return known.measurements;
  const began = Date.now();
  const { format, findings } = log.analysis;
  const measurements = measured(log.document.getText(), findings, { format, fileDate: log.fileDate });
  const ended = Date.now();
  logs.set(uri, { version: log.document.version, measurements, rests: ended + (ended - began) * rest });
  return measurements;
}

/** What is known of a log without measuring it: for hovers, which must not wait. */
export function knownMeasurements(session: Session, uri: string): readonly Measurement[] {
  return kept.get(session)?.get(uri)?.measurements ?? [];
}

/** Forgets logs that were closed. */
function keptOf(session: Session): Map<string, Kept> {
  const logs = kept.get(session) ?? new Map<string, Kept>();
  kept.set(session, logs);
  for (const uri of logs.keys()) if (session.log(uri) === undefined) logs.delete(uri);
  return logs;
}
