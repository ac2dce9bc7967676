// Whole logs as counts: those on disk by the door that has one, a document that is no file by what is known of it.
import { createKeep } from "../log/keep.ts";
import { createCollect } from "../report/collect.ts";
import { logTallyOf } from "../report/groups.ts";
import { createTally } from "../report/sum.ts";
import type { LogTally } from "../tally.ts";
import type { ScanProgress } from "./scan.ts";
import type { Session } from "./session.ts";

/** How logs are counted. */
export interface CountOptions {
  readonly signal: AbortSignal;
  readonly told: (progress: ScanProgress) => void;
}

/** Counts, and the URIs of the files in the order in which they were read. */
export interface CountedLogs {
  readonly tally: LogTally;
  readonly uris: readonly string[];
}

/** The counts of an open document; undefined when it is no mail log. */
export function countDocument(session: Session, uri: string): CountedLogs | undefined {
  const log = session.log(uri);
  if (log?.analysis === undefined) return undefined;
  const { format, findings, lines } = log.analysis;
  const counts = createTally();
  const collect = createCollect(counts, createKeep());
  for (const { delivery } of findings) {
    const { line, time } = delivery;
    collect(delivery, session.lineText(uri, line), { file: 0, line, offset: 0, time });
  }
  const bytes = new TextEncoder().encode(log.document.getText()).length;
  const known = { path: uri, identity: "", format, lines, bytes, failures: findings.length };
  return { tally: logTallyOf(counts, [{ ...known, fault: undefined, end: undefined }]), uris: [uri] };
}
