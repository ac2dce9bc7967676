// A page about a log of which only some findings are kept: its counts are those of the whole log.

import type { Counter } from "../digest/counter.ts";
import type { Digest, Kind } from "../digest/digest.ts";
import type { Distinct, ExplanationPage, InThisLog } from "../protocol.ts";

const mostShown = 20;

/** The page with the log's own counts, dates, recipients and addresses; `address` is that of the page. */
export function withCounts(page: ExplanationPage, address: string, digest: Digest): ExplanationPage {
  const kinds = digest.kinds.filter((kind) => kind.page === address);
  const { log } = page;
  return log === undefined || kinds.length === 0 ? page : { ...page, log: counted(log, kinds) };
}

function counted(log: InThisLog, kinds: readonly Kind[]): InThisLog {
  const last = [...kinds].sort((a, b) => a.last.line - b.last.line).at(-1);
  return {
    ...log,
    count: kinds.reduce((sum, { count }) => sum + count, 0),
    last: last?.lastTime ?? log.last,
    recipients: distinct(kinds.map(({ recipients }) => recipients)),
    sourceIps: distinct(kinds.map(({ sourceIps }) => sourceIps)),
  };
}

/** What several kinds share counts once. */
function distinct(counters: readonly Counter[]): Distinct {
  const all = [...new Set(counters.flatMap((counter) => counter.first(Number.POSITIVE_INFINITY)))];
  const more = counters.some(({ others }) => others > 0);
  return { shown: all.slice(0, mostShown), total: all.length, ...(more && { more }) };
}
