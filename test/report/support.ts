// What a log holds by the way of small logs: read whole, as one text.
import { readdirSync, readFileSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { analyse } from "../../server/src/analyse.ts";
import { heapId } from "../../server/src/report/about.ts";
import { createCollect } from "../../server/src/report/collect.ts";
import { groupsOf } from "../../server/src/report/groups.ts";
import { createTally } from "../../server/src/report/sum.ts";
import type { Group } from "../../server/src/tally.ts";

/** The folder of all test logs, and their paths. */
export const logFolder = fileURLToPath(new URL("../logs", import.meta.url));
export const logs: readonly string[] = readdirSync(logFolder, { recursive: true, encoding: "utf8" })
  .filter((name) => /\.(?:log|txt)$/.test(name))
  .map((name) => `${logFolder}/${name}`);

/** What a file holds: its groups, and each failure's line and kind in order. */
export interface Whole {
  readonly format: string | undefined;
  readonly lines: number;
  readonly groups: readonly Group[];
  readonly failures: readonly string[];
}

/** Reads a file of UTF-8 at once. */
export function readWhole(path: string): Whole {
  const bytes = readFileSync(path);
  const text = new TextDecoder().decode(bytes);
  // The decoder leaves a byte order mark out, but its bytes stand in the file.
  const mark = bytes.length - Buffer.byteLength(text) === 3 ? 3 : 0;
  const analysis = analyse(text, { fileDate: statSync(path).mtime, certain: true });
  const tally = createTally();
  const collect = createCollect(tally, (text) => text);
  const starts = lineStarts(text);
  const failures: string[] = [];
  for (const finding of analysis?.findings ?? []) {
    const { line, time } = finding.delivery;
    const start = starts[line] ?? 0;
    const end = text.indexOf("\n", start);
    const shown = text.slice(start, end < 0 ? text.length : end);
    collect(finding.delivery, shown, { file: 0, line, offset: mark + Buffer.byteLength(text.slice(0, start)), time });
    failures.push(`${line} ${heapId(finding)}`);
  }
  return { format: analysis?.format, lines: analysis?.lines ?? 0, groups: groupsOf(tally), failures };
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}
