// Cuts a log into parts for those who read, and guesses what each part's lines need to know of those before.
import { advance, startClock } from "../../log/clock.ts";
import { stampNear } from "../../log/firstYear.ts";
import { noPassage, type ReadState } from "../../log/lineReader.ts";
import type { Clock, FormatId } from "../../model.ts";
import { createCutter } from "./blocks.ts";
import { readFully } from "./readFully.ts";
import type { Block, Result, Task } from "./task.ts";

/** What all parts of a log have in common. */
export interface LogContext {
  readonly format: FormatId;
  readonly header: string | undefined;
  /** What the first line needs to know. */
  readonly state: ReadState;
  readonly places: number;
}

const sampleSize = 16 * 1024;
const sampleLines = 50;

/** The parts of an open file from one place to another, `size` bytes each. */
export function* rangeTasks(
  log: LogContext,
  file: { readonly descriptor: number; readonly from: number; readonly size: number },
  size: number,
): Iterable<Task> {
  let { state } = log;
  for (let from = file.from; from < file.size; from += size) {
    const range = { descriptor: file.descriptor, from, to: Math.min(file.size, from + size), size: file.size };
    yield { ...log, part: { range }, state };
    state = { clock: clockAfter(state.clock, textAt(file.descriptor, from + size)), passage: noPassage };
  }
}

function textAt(descriptor: number, offset: number): string {
  const bytes = Buffer.alloc(sampleSize);
  return bytes.toString("utf8", 0, readFully(descriptor, bytes, offset));
}

/** The parts of a stream. Throws what the stream throws. */
export async function* streamTasks(log: LogContext, blocks: AsyncIterable<Block>): AsyncIterable<Task> {
  let { state } = log;
  for await (const block of blocks) {
    const end = Buffer.from(block.bytes.buffer, Math.max(0, block.end - sampleSize), Math.min(block.end, sampleSize));
    const clock = clockAfter(state.clock, end.toString("utf8"));
    yield { ...log, part: { block }, state };
    state = { clock, passage: noPassage };
  }
}

/** The blocks of a stream. When it fails, what came before is given first. */
export async function* blocksOf(stream: AsyncIterable<Uint8Array>): AsyncGenerator<Block> {
  const cutter = createCutter();
  let fault: { readonly problem: unknown } | undefined;
  try {
    for await (const chunk of stream) yield* cutter.push(chunk);
  } catch (problem) {
    fault = { problem };
  }
  yield cutter.finish();
  if (fault !== undefined) throw fault.problem;
}

// The sample begins within a line.
function clockAfter(clock: Clock, sample: string): Clock {
  const stamp = stampNear(sample.split("\n", sampleLines).slice(1));
  return advance(clock, stamp);
}

/** What the first line of a log needs to know. */
export function stateAtStart(year: number | undefined): ReadState {
  return { clock: startClock(year), passage: noPassage };
}

/** Whether a part that was read after a guess reads the same after what came before indeed. */
export function agrees(guess: ReadState, actual: ReadState, { firstStamp, firstLine }: Result): boolean {
  const [before, now] = [advance(guess.clock, firstStamp), advance(actual.clock, firstStamp)];
  const sameClock = firstStamp === undefined || (before.year === now.year && before.month === now.month);
  const samePassage = guess.passage.last === actual.passage.last && guess.passage.owner === actual.passage.owner;
  return sameClock && (samePassage || firstLine === undefined || actual.passage.last < firstLine);
}

/** What a part leaves behind for the next one, whose lines count from its own first. */
export function stateBehind(actual: ReadState, { state, firstStamp, lines }: Result): ReadState {
  const { owner, last } = state.passage.last < 0 ? actual.passage : state.passage;
  const passage = last < lines ? noPassage : { owner: owner - lines, last: last - lines };
  return { clock: firstStamp === undefined ? actual.clock : state.clock, passage };
}
