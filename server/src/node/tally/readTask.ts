// Reads one part of a log in this thread.
import { createKeep } from "../../log/keep.ts";
import { createLineReader } from "../../log/lineReader.ts";
import { createCollect } from "../../report/collect.ts";
import { createTally } from "../../report/sum.ts";
import { createNotes } from "./notes.ts";
import { type Desk, readBlock } from "./readBlock.ts";
import { readFully } from "./readFully.ts";
import { blockSize, type FileRange, type Result, type Sight, seenBefore, seenBehind, type Task } from "./task.ts";
import { toolsFor } from "./tools.ts";

const sampleSize = 64 * 1024;
const keep = createKeep();

/** Reads one part of a log. Throws what reading the file throws. */
export function readTask(task: Task): Result {
  const tools = toolsFor(task.format, () => sampleOf(task.part));
  const tally = createTally();
  const { note, places } = createNotes(task.places);
  const reader = createLineReader(task, task.state);
  const collect = createCollect(tally, keep);
  const found: Desk["found"] = (delivery, text, offset) => {
    const { line, time } = delivery;
    note(line, offset, collect(delivery, text, { file: 0, line, offset, time }).about.id);
  };
  const seen = readAll({ ...tools, reader, found }, sightsOf(task, tools.scanner.buffer));
  const short = "range" in task.part && seen.bytes < task.part.range.to - task.part.range.from;
  return { ...seen, tally, places, state: reader.state, firstStamp: reader.firstStamp, short };
}

function readAll(desk: Desk, sights: Iterable<Sight>): Pick<Result, "lines" | "bytes" | "whole" | "firstLine"> {
  const all = { lines: 0, bytes: 0, whole: undefined as Result["whole"], firstLine: undefined as number | undefined };
  for (const sight of sights) {
    const seen = readBlock(desk, sight, all.lines);
    if (seen.whole.lines > 0) all.whole = { offset: seen.whole.offset, line: all.lines + seen.whole.lines };
    all.lines += seen.lines;
    all.bytes += sight.end - sight.start;
    all.firstLine ??= seen.firstLine;
  }
  return all;
}

/** Puts the part's bytes into the buffer, a stretch at a time. */
function sightsOf({ part }: Task, buffer: Buffer): Iterable<Sight> {
  if ("range" in part) return rangeSights(part.range, buffer);
  buffer.set(part.block.bytes);
  return [part.block];
}

function* rangeSights(range: FileRange, buffer: Buffer): Iterable<Sight> {
  for (let at = range.from; at < range.to; at += blockSize) {
    const offset = Math.max(0, at - seenBefore);
    const to = Math.min(range.to, at + blockSize);
    const length = readFully(
      range.descriptor,
      buffer.subarray(0, Math.min(range.size, to + seenBehind) - offset),
      offset,
    );
    const end = Math.min(to - offset, length);
    if (end > at - offset) yield { start: at - offset, end, length, offset };
    // Nothing more is there: the file has become shorter.
    if (end < to - offset) return;
  }
}

function sampleOf(part: Task["part"]): Uint8Array {
  if ("block" in part) return part.block.bytes.subarray(0, sampleSize);
  const sample = new Uint8Array(sampleSize);
  return sample.subarray(0, readFully(part.range.descriptor, sample, part.range.from));
}
