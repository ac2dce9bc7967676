// The joint of a code, a log and everything that helps: the explanation page, held against what the log shows.
import type { Known } from "./catalogue/data.ts";
import { limitsOf } from "./catalogue/limits.ts";
import type { Measurement } from "./measurement.ts";
import type { Finding } from "./model.ts";
import type { ExplanationPage } from "./protocol.ts";
import { settingsForPage } from "./remedy.ts";
import { noRequestFor } from "./request.ts";
import { explain } from "./tell/explain.ts";
import { pageId } from "./tell/pages.ts";

/** A log that a page is held against. */
export interface PageLog {
  readonly uri: string;
  /** All of its findings. */
  readonly findings: readonly Finding[];
  /** What it shows of sessions and rates; asked for only when it holds the page's code. Undefined for a log that is not measured. */
  readonly measured: (() => readonly Measurement[]) | undefined;
}

/** The page of a code; without a log, what the catalogue alone says. */
export function explanationPage(known: Known, log: PageLog | undefined): ExplanationPage {
  if (log === undefined) return explain({ ...known, log: undefined, noRequest: noRequestFor(known, undefined) });
  const { uri, findings: others } = log;
  const findings = others.filter((finding) => isOf(finding, known));
  const measurements = findings.length === 0 ? [] : log.measured?.();
  return explain({
    ...known,
    log: { uri, findings, others },
    noRequest: noRequestFor(known, findings, measurements),
    ...(measurements !== undefined && { measurements }),
    limits: limitsOf(known.entry.provider),
    settings: settingsForPage(pageId(known.entry, known.decoded), measurements ?? []),
  });
}

/** True when the page of `known` explains the finding; compared by id, for a log may hold a million. */
export function isOf({ entry, decoded }: Finding, known: Known): boolean {
  return entry.id === known.entry.id && decoded?.bits === known.decoded?.bits;
}
