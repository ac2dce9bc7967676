// Reads one log into the counts, whatever kind of file it is.
import { closeSync, fstatSync } from "node:fs";
import { startYear } from "../../log/clock.ts";
import type { FileTally, Resume } from "../../tally.ts";
import { fileFault } from "../fileFault.ts";
import { openFile } from "../fileKind.ts";
import { openPipe } from "../pipe.ts";
import type { Gathered } from "./gathered.ts";
import { type Glimpse, identityOf, type Look, lookAt } from "./glimpse.ts";
import { inOrder } from "./inOrder.ts";
import { blocksOf, type LogContext, rangeTasks, stateAtStart, streamTasks } from "./parts.ts";
import { createTaking, type Taking } from "./taking.ts";
import type { Block, Task } from "./task.ts";
import type { Readers } from "./threads.ts";
import { packingOf, unpack } from "./unpack.ts";

/** A log that is to be read, as the first look showed it. */
export interface LogToRead {
  readonly log: Glimpse;
  /** Its index among the files. */
  readonly file: number;
  /** The year of its first line. */
  readonly year: number | undefined;
  /** Where an earlier reading ended. */
  readonly from: Resume | undefined;
}

/** Who reads, and how. */
export interface Reading {
  readonly readers: Readers;
  readonly gathered: Gathered;
  /** Bytes of a file that are read at a time. */
  readonly rangeSize: number;
  readonly signal: AbortSignal | undefined;
  /** Told how many bytes, unpacked, were read. */
  readonly onPart: (bytes: number) => void;
}

/** What was read of one log, until it ended or failed. */
interface Told {
  look: Look;
  taking: Taking | undefined;
}

/** Reads one log; rejects only with the reason of an aborted signal. */
export async function readFile(toRead: LogToRead, reading: Reading): Promise<FileTally> {
  const told: Told = { look: toRead.log, taking: undefined };
  try {
    await (toRead.log.kind === "stream" ? readPipe(toRead, reading, told) : readFromDisk(toRead, reading, told));
    if (told.taking?.short) throw new Error("it became shorter while it was read. What was left is counted.");
  } catch (problem) {
    reading.signal?.throwIfAborted();
    return tallyOf(toRead, told, fileFault(problem, toRead.log.path));
  }
  return tallyOf(toRead, told, undefined);
}

function tallyOf({ log }: LogToRead, { look, taking }: Told, fault: string | undefined): FileTally {
  const counted = taking?.counted() ?? { lines: 0, bytes: 0, failures: 0, end: undefined };
  const format = look.format ?? (counted.failures > 0 ? "plain" : undefined);
  const end = log.kind === "file" && fault === undefined ? counted.end : undefined;
  return { path: log.path, identity: log.identity, format, ...counted, end, fault };
}

async function readFromDisk(toRead: LogToRead, reading: Reading, told: Told): Promise<void> {
  const { log, from } = toRead;
  const descriptor = openFile(log.path);
  try {
    const status = fstatSync(descriptor);
    if (identityOf(status) !== log.identity) throw new Error("another file has taken its name. Read it again.");
    const context = contextOf(toRead, reading, log);
    const file = { descriptor, from: from?.offset ?? 0, size: status.size };
    const tasks =
      log.packing === undefined
        ? rangeTasks(context, file, reading.rangeSize)
        : streamTasks(context, blocksOf(unpack(descriptor, log.packing, reading.signal)));
    await readTasks(tasks, context, { toRead, reading, told });
  } finally {
    closeSync(descriptor);
  }
}

async function readPipe(toRead: LogToRead, reading: Reading, told: Told): Promise<void> {
  const { path } = toRead.log;
  const blocks = blocksOf(path === "-" ? process.stdin : openPipe(path));
  try {
    await readBlocks(blocks, { toRead, reading, told });
  } finally {
    // Else a pipe that is refused would keep the program waiting for its writer.
    await blocks.return(undefined);
  }
}

/** A pipe is looked at by its first bytes. */
async function readBlocks(blocks: AsyncGenerator<Block>, { toRead, reading, told }: Job): Promise<void> {
  const first = await blocks.next();
  if (first.done) return;
  const { bytes, length } = first.value;
  const packing = packingOf(bytes.subarray(0, length));
  if (packing !== undefined)
    throw new Error(`it is compressed. Unpack it first: ${packing.program} -dc FILE | smtp-log-lens report -`);
  told.look = lookAt(Buffer.from(bytes.buffer, 0, length), undefined);
  const year = told.look.first && startYear(told.look.first, told.look.first, toRead.log.date);
  const context = contextOf({ ...toRead, year }, reading, told.look);
  await readTasks(streamTasks(context, chained(first.value, blocks)), context, { toRead, reading, told });
}

async function* chained(first: Block, rest: AsyncIterator<Block>): AsyncIterable<Block> {
  yield first;
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
}

function contextOf({ from, year }: LogToRead, { gathered }: Reading, look: Look): LogContext {
  const state = from === undefined ? stateAtStart(year) : { clock: from.clock, passage: from.passage };
  // A text that no format claims may still hold replies.
  return {
    format: from?.format ?? look.format ?? "plain",
    header: from?.header ?? look.header,
    state,
    places: gathered.room(),
  };
}

interface Job {
  readonly toRead: LogToRead;
  readonly reading: Reading;
  readonly told: Told;
}

async function readTasks(
  tasks: Iterable<Task> | AsyncIterable<Task>,
  context: LogContext,
  { toRead, reading, told }: Job,
): Promise<void> {
  const { readers, signal } = reading;
  const taking = createTaking(context, { ...reading, file: toRead.file }, toRead.from);
  told.taking = taking;
  await inOrder(tasks, {
    do: (task) => readers.read(task),
    take: (part) => {
      signal?.throwIfAborted();
      return taking.take(part);
    },
    atOnce: 2 * readers.count + 1,
  });
}
