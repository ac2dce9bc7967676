// `smtp-log-lens report FILE…`: what failed in logs of any size, counted by provider and code.
import { once } from "node:events";
import { parseArgs } from "node:util";
import { setFlagsFromString } from "node:v8";
import type { LogTally } from "../../tally.ts";
import { tallyCsv } from "../../tell/tally/csv.ts";
import { tallyMarkdown } from "../../tell/tally/markdown.ts";
import { tallyRecords } from "../../tell/tally/records.ts";
import { tallySarif } from "../../tell/tally/sarif.ts";
import { tallyText } from "../../tell/tally/text.ts";
import { createProgressBar } from "../progressBar.ts";
import { readLogs } from "../tally/readLogs.ts";
import { inTimeOrder } from "../tally/rotation.ts";
import { exitCodes, UsageError } from "../usage.ts";

const options = {
  csv: { type: "boolean", default: false },
  ndjson: { type: "boolean", default: false },
  sarif: { type: "boolean", default: false },
  markdown: { type: "boolean", default: false },
} as const;

declare const VERSION: string;

const forms: Readonly<Record<keyof typeof options, (tally: LogTally) => string>> = {
  csv: tallyCsv,
  ndjson: tallyRecords,
  sarif: (tally) => tallySarif(tally, VERSION),
  markdown: tallyMarkdown,
};

/** Counts what failed in the files together; one that cannot be read is named, and the others count (exit code 1). */
export async function report(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options });
  if (positionals.length === 0) throw new UsageError('Name a log file, or "-" for standard input.');
  const wanted = (Object.keys(forms) as (keyof typeof forms)[]).filter((form) => values[form]);
  if (wanted.length > 1) throw new UsageError(`Choose one of ${wanted.map((form) => `--${form}`).join(" and ")}.`);
  keepMemorySmall();
  const form = wanted[0] === undefined ? tallyText : forms[wanted[0]];
  const bar = createProgressBar(process.stderr);
  const { tally } = await readLogs(inTimeOrder(positionals), { onProgress: bar.show, here: true });
  bar.clear();
  for (const { fault } of tally.files) if (fault !== undefined) process.stderr.write(`smtp-log-lens: ${fault}\n`);
  if (!process.stdout.write(form(tally))) await once(process.stdout, "drain");
  return tally.files.some(({ fault }) => fault !== undefined) ? exitCodes.failed : exitCodes.done;
}

// What the threads hand over is added up and forgotten: V8 would give it three times the room if it were let.
function keepMemorySmall(): void {
  setFlagsFromString("--semi-space-growth-factor=1");
  setFlagsFromString("--optimize-for-size");
}
