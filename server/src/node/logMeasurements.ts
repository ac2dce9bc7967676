// Streams log files once, for their findings and for what they show of sessions and rates; several files are taken as one log.
import { explained } from "../analyse.ts";
import { measuredAttempts } from "../evidence.ts";
import { type AttemptReader, createAttemptReader } from "../log/attempts.ts";
import { createReader, type Reader } from "../log/reader.ts";
import { sniff } from "../log/sniff.ts";
import type { Attempt, Measurement } from "../measurement.ts";
import type { Delivery, Finding } from "../model.ts";
import { fileFault } from "./fileFault.ts";
import { tellingFirst } from "./logFindings.ts";
import { scanText } from "./scanText.ts";
import { openLog } from "./stream.ts";

/** What logs show; lines count on from file to file. */
export interface MeasuredLogs {
  readonly findings: readonly Finding[];
  readonly measurements: readonly Measurement[];
  /** True when there were more findings or attempts than are kept. */
  readonly cut: boolean;
}

/** How many findings are kept: their texts hold on to memory. */
const mostFindings = 200_000;

interface Gathered {
  readonly findings: Finding[];
  readonly attempts: Attempt[];
  lines: number;
  cut: boolean;
}

/** Reads the files in order. Throws, with a sentence for the user, when one of them cannot be read. */
export async function measureLogs(files: readonly string[]): Promise<MeasuredLogs> {
  const gathered: Gathered = { findings: [], attempts: [], lines: 0, cut: false };
  for (const file of files) {
    await gather(file, gathered).catch((problem: unknown) => {
      throw new Error(fileFault(problem, file));
    });
  }
  const { findings, attempts, cut } = gathered;
  return { findings, measurements: measuredAttempts({ attempts, cut }, findings), cut };
}

async function gather(file: string, gathered: Gathered): Promise<void> {
  const { chunks, date, ends } = openLog(file, "explain");
  let reader: Reader | undefined;
  let attempts: AttemptReader | undefined;
  const from = gathered.lines;
  for await (const chunk of tellingFirst(chunks)) {
    const options = { fileDate: date, ends, scan: scanText, format: sniff(chunk) ?? "plain" };
    reader ??= createReader(options);
    attempts ??= createAttemptReader(options);
    attempts.push(chunk);
    collect(reader.push(chunk), from, gathered);
  }
  collect(reader?.finish() ?? [], from, gathered);
  const read = attempts?.finish();
  for (const attempt of read?.attempts ?? []) gathered.attempts.push(behind(attempt, from));
  gathered.cut ||= read?.cut === true;
  gathered.lines += reader?.lines ?? 0;
}

function collect(deliveries: readonly Delivery[], from: number, gathered: Gathered): void {
  for (const delivery of deliveries) {
    if (gathered.findings.length < mostFindings) gathered.findings.push(explained(behind(delivery, from)));
    else gathered.cut = true;
  }
}

function behind<Placed extends { readonly line: number }>(placed: Placed, lines: number): Placed {
  return lines === 0 ? placed : { ...placed, line: placed.line + lines };
}
