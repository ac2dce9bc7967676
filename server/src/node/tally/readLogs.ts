// Reads logs of any size and kind, side by side on the machine's cores, into counts: what the report and the editor show.

import { logTallyOf } from "../../report/groups.ts";
import type { Tally } from "../../report/sum.ts";
import type { FileTally, LogTally, Resume } from "../../tally.ts";
import { fileFault } from "../fileFault.ts";
import { createGathered, type Gathered, type GatheredPlaces } from "./gathered.ts";
import { type Glimpse, glimpse } from "./glimpse.ts";
import { inOrder } from "./inOrder.ts";
import { readFile } from "./readFile.ts";
import { createReaderHere, createThreads, createThreadsAndHere, type Readers } from "./threads.ts";
import { yearsOf } from "./years.ts";

/** How far reading has come. */
export interface Progress {
  /** Bytes of text that were read, of how many; what packed files and pipes hold is not known before, and not in `total`. */
  readonly done: number;
  readonly total: number;
  readonly failures: number;
}

/** How logs are read; all of it may be left out. */
export interface ReadLogsOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  /** How many failures are listed with their places, at most; none by default. */
  readonly places?: number | undefined;
  /** Pipes are refused, for they may never end. */
  readonly onlyFiles?: boolean | undefined;
  /** Goes on where the last reading of a file ended, by its path. */
  readonly from?: ReadonlyMap<string, Resume> | undefined;
  /** Counts of an earlier reading to add to. */
  readonly into?: Tally | undefined;
  /** Threads to read with; without them, as many as the machine runs at a time, and none for small logs. */
  readonly readers?: Readers | undefined;
  /** This thread reads as well, for nothing else is to be done in it meanwhile. */
  readonly here?: boolean | undefined;
  /** Bytes of a file that one thread reads at a time. */
  readonly rangeSize?: number | undefined;
}

/** What was read. */
export interface LogsRead {
  readonly tally: LogTally;
  /** The counts themselves, to go on with. */
  readonly counts: Tally;
  /** The failures with their places, in order, as far as they were wanted. */
  readonly places: GatheredPlaces;
}

/** Logs up to so many bytes are read faster without other threads. */
const smallLogs = 4 * 1024 * 1024;

/** A thread reads at most so many bytes of a file at a time, and at least so many. */
const largestRange = 64 * 1024 * 1024;
const smallestRange = 2 * 1024 * 1024;

/**
 * Reads logs in the order given. A log that cannot be read, or not to its end, has a `fault`, and the others go on.
 * Lines are counted as `analyse` counts them, and the failures are those that it finds. Rejects only with the reason of an aborted signal.
 */
export async function readLogs(paths: readonly string[], options: ReadLogsOptions = {}): Promise<LogsRead> {
  const looks = await lookAtAll(paths, options);
  const logs = looks.map(({ log }) => log);
  const readers = options.readers ?? readersFor(logs, options);
  const gathered = createGathered(options);
  const reading = { readers, gathered, signal: options.signal, onPart: createOnPart(logs, gathered, options) };
  const years = yearsOf(logs);
  const files: FileTally[] = [];
  try {
    for (const [file, { log, fault }] of looks.entries()) {
      const path = paths[file] ?? "";
      const toRead = log && { log, file, year: years[file], from: options.from?.get(path) };
      const rangeSize = options.rangeSize ?? rangeFor(log?.size ?? 0, readers.count);
      files.push(toRead === undefined ? unread(path, fault) : await readFile(toRead, { ...reading, rangeSize }));
    }
  } finally {
    if (options.readers === undefined) await readers.stop();
  }
  return { tally: logTallyOf(gathered.counts, files), counts: gathered.counts, places: gathered.places() };
}

function readersFor(logs: readonly (Glimpse | undefined)[], { here }: ReadLogsOptions): Readers {
  if (isSmall(logs)) return createReaderHere();
  return here ? createThreadsAndHere() : createThreads();
}

/** So many logs are looked at at once: each takes a place among the open files, and packed ones a program. */
const mostLooks = 8;

async function lookAtAll(paths: readonly string[], options: ReadLogsOptions): Promise<readonly Looked[]> {
  const looks: Looked[] = [];
  await inOrder(paths, {
    do: (path) => tryToLook(path, options),
    take: async (look) => void looks.push(look),
    atOnce: mostLooks,
  });
  return looks;
}

interface Looked {
  readonly log: Glimpse | undefined;
  readonly fault: string | undefined;
}

async function tryToLook(path: string, { signal, onlyFiles }: ReadLogsOptions): Promise<Looked> {
  try {
    const log = await glimpse(path, signal);
    if (log.kind === "stream" && onlyFiles) throw new Error("it is a pipe, not a file.");
    return { log, fault: undefined };
  } catch (problem) {
    signal?.throwIfAborted();
    return { log: undefined, fault: fileFault(problem, path) };
  }
}

function unread(path: string, fault: string | undefined): FileTally {
  return { path, identity: "", format: undefined, lines: 0, bytes: 0, failures: 0, end: undefined, fault };
}

function isSmall(logs: readonly (Glimpse | undefined)[]): boolean {
  const sizes = logs.map((log) => (log === undefined || log.kind === "file" ? (log?.size ?? 0) : smallLogs));
  return sizes.reduce((sum, size) => sum + size, 0) <= smallLogs;
}

function rangeFor(size: number, threads: number): number {
  return Math.max(smallestRange, Math.min(largestRange, Math.ceil(size / (4 * threads))));
}

function createOnPart(
  logs: readonly (Glimpse | undefined)[],
  gathered: Gathered,
  { onProgress }: ReadLogsOptions,
): (bytes: number) => void {
  const total = logs.reduce((sum, log) => sum + (log?.kind === "file" ? log.size : 0), 0);
  let done = 0;
  return (bytes) => {
    done += bytes;
    onProgress?.({ done, total, failures: gathered.counts.failures });
  };
}
