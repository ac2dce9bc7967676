// Counts as plain data: the groups of a report, the most frequent first.
import type { Group, LogTally, Template } from "../tally.ts";
import { countsOf } from "./counter.ts";
import { delaysOf } from "./delays.ts";
import type { Heap } from "./heap.ts";
import type { Tally } from "./sum.ts";
import { timelineOf } from "./times.ts";

/** How many names and wordings of a group are told. */
const mostNames = 100;
const mostTemplates = 20;

/** The groups of a tally; equally frequent ones by their id. */
export function groupsOf(tally: Tally): readonly Group[] {
  const groups = [...tally.heaps.values()].filter(({ count }) => count > 0).map(groupOf);
  return groups.sort((a, b) => b.count - a.count || (a.id < b.id ? -1 : 1));
}

function groupOf(heap: Heap): Group {
  const { about, count, first, last, domains, sources, waits, times } = heap;
  return {
    ...about,
    ...{ count, first, last },
    domains: countsOf(domains, mostNames),
    sources: countsOf(sources, mostNames),
    templates: templatesOf(heap),
    delays: delaysOf(waits),
    times: timelineOf(times),
  };
}

function templatesOf({ said }: Heap): readonly Template[] {
  const all = [...said.values()].sort((a, b) => b.count - a.count || (a.text < b.text ? -1 : 1));
  return all.slice(0, mostTemplates).map(({ text, count, first }) => ({ text, count, first }));
}

/** What the logs hold, of counts and files that have been read. */
export function logTallyOf(tally: Tally, files: LogTally["files"]): LogTally {
  const sum = (of: (file: LogTally["files"][number]) => number) => files.reduce((all, file) => all + of(file), 0);
  return {
    files,
    groups: groupsOf(tally),
    failures: tally.failures,
    lines: sum(({ lines }) => lines),
    bytes: sum(({ bytes }) => bytes),
    merged: tally.merged,
  };
}
