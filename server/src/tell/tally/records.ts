// Tells a report as records, one object for each kind of failure; what is not known is null.
import type { Counts, FileTally, Group, LogTally, Place } from "../../tally.ts";
import { safeJson } from "../json.ts";

/** One JSON object a line for each kind of failure, the most frequent first. */
export function tallyRecords({ groups, failures, files }: LogTally): string {
  return groups.map((group) => `${safeJson(recordOf(group, failures, files))}\n`).join("");
}

function recordOf(group: Group, failures: number, files: readonly FileTally[]) {
  const { provider, providerName, label, page, title, kind, permanent, reason, count, templates, delays, times } =
    group;
  const place = (at: Place) => ({ file: files[at.file]?.path, line: at.line + 1, time: at.time });
  return {
    ...{ provider, providerName, code: label, entry: page, title, kind, permanent, reason, count },
    share: count / failures,
    first: place(group.first),
    last: place(group.last),
    recipientDomains: namesOf(group.domains),
    sourceIps: namesOf(group.sources),
    delays,
    templates: templates.map(({ text, count, first }) => ({ text, count, first: place(first) })),
    timeline: { minutes: times.step, counts: times.bars.map(([minute, count]) => [isoMinute(minute), count]) },
  };
}

function namesOf({ named, others }: Counts) {
  return { named: named.map(([name, count]) => ({ name, count })), others };
}

/** "2024-06-03T10:02", in the log's own clock. */
function isoMinute(minute: number): string {
  return new Date(minute * 60_000).toISOString().slice(0, 16);
}
