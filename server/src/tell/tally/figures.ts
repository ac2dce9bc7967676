// The figures of a report in words, as all of its forms tell them.
import type { Counts, Delays, FileTally, Group, LogTally, Place } from "../../tally.ts";
import { counted, readableTime } from "../words.ts";

/** The groups of one provider. */
export interface ProviderTally {
  readonly name: string;
  readonly count: number;
  readonly groups: readonly Group[];
}

/** The groups by provider, the most frequent provider first. */
export function byProvider({ groups }: LogTally): readonly ProviderTally[] {
  const providers = new Map<string, Group[]>();
  for (const group of groups) {
    const known = providers.get(group.providerName);
    if (known === undefined) providers.set(group.providerName, [group]);
    else known.push(group);
  }
  const count = (of: readonly Group[]) => of.reduce((sum, group) => sum + group.count, 0);
  const all = [...providers].map(([name, groups]) => ({ name, count: count(groups), groups }));
  return all.sort((a, b) => b.count - a.count);
}

/** "12.3 %"; a share that is not 0 is never told as 0. */
export function percent(part: number, whole: number): string {
  const share = whole === 0 ? 0 : (100 * part) / whole;
  return share > 0 && share < 0.05 ? "< 0.1 %" : `${share.toFixed(1)} %`;
}

/** "permanent", "temporary" or "our own". */
export function kindName({ kind }: Group): string {
  return kind === "ours" ? "our own" : kind;
}

/** "2024-06-03 10:02:07 (mail.log:12)": the time where it is known, the file where there are several, the line from 1. */
export function placeText({ file, line, time }: Place, files: readonly FileTally[]): string {
  const at = files.length > 1 ? `${files[file]?.path}:${line + 1}` : `line ${line + 1}`;
  return time === undefined ? at : `${readableTime(time)} (${at})`;
}

/** "cox.net (1,286), example.net (2), 3 others": the first few; empty when there are none. */
export function countsText({ named, others }: Counts, most: number): string {
  const shown = named.slice(0, most).map(([name, count]) => `${name} (${count.toLocaleString("en-US")})`);
  const rest = named.slice(most).reduce((sum, [, count]) => sum + count, others);
  return [...shown, ...(rest > 0 ? [`${rest.toLocaleString("en-US")} more to others`] : [])].join(", ");
}

/** "half within 1.2 s, nine tenths within 3 min, at most 2 h"; less where that says the same thrice. */
export function delaysText({ least, median, ninth, most }: Delays): string {
  if (least === most) return duration(most);
  if (median === most) return `at most ${duration(most)}`;
  return `half within ${duration(median)}, nine tenths within ${duration(ninth)}, at most ${duration(most)}`;
}

const units: readonly (readonly [string, number])[] = [
  ["d", 86_400],
  ["h", 3600],
  ["min", 60],
  ["s", 1],
];

function duration(seconds: number): string {
  const [name, size] = units.find(([, size]) => seconds >= size) ?? ["s", 1];
  return `${Number((seconds / size).toPrecision(2))} ${name}`;
}

/** The file's name for a person. */
export function fileName({ path }: FileTally): string {
  return path === "-" ? "standard input" : path;
}

/** "postfix, 4,721,003 lines, 47,210 failures", or why it was not read. */
export function fileText({ format, lines, failures, fault }: FileTally): string {
  if (fault !== undefined && lines === 0) return "not read";
  const what = format === undefined ? "no mail log that this program knows" : format;
  return `${what}, ${counted(lines, "line")}, ${counted(failures, "failure")}${fault === undefined ? "" : ", not read to its end"}`;
}

/** Said when kinds of failure were counted together. */
export const mergedText =
  "There are more kinds of failure than are kept apart: codes beyond the first 512 are counted by their explanation alone.";
