// Reads one part of a log in this thread.
import { createKeep } from "../../log/keep.ts";
import { createLineReader } from "../../log/lineReader.ts";
import { baitsFor } from "../../log/readAs.ts";
import type { FormatId } from "../../model.ts";
import { createCollect } from "../../report/collect.ts";
import { createTally } from "../../report/sum.ts";
import type { Scanner } from "../bytes/contract.ts";
import { createScanner } from "../bytes/scanner.ts";
import { createNotes } from "./notes.ts";
import { type Desk, readBlock } from "./readBlock.ts";
import { readFully } from "./readFully.ts";
import { blockSize, type FileRange, type Result, type Sight, seenBefore, seenBehind, type Task } from "./task.ts";

const sampleSize = 64 * 1024;
const keep = createKeep();

interface Tools {
  readonly scanner: Scanner;
  readonly baits: readonly RegExp[];
}

const tools = new Map<FormatId, Tools>();

/** Reads one part of a log. Throws what reading the file throws. */
export function readTask(task: Task): Result {
  const { scanner, baits } = toolsFor(task);
  const tally = createTally();
  const { note, places } = createNotes(task.places);
  const reader = createLineReader(task, task.state);
  const desk = { scanner, baits, reader, collect: createCollect(tally, keep), note };
  const seen = readAll(desk, sightsOf(task, scanner.buffer));
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

/** The scanner for a task's log: made once a format, by a sample of the first log that comes. */
function toolsFor({ part, format }: Task): Tools {
  const known = tools.get(format);
  if (known !== undefined) return known;
  const baits = baitsFor(format);
  const scanner = createScanner(baits, sampleOf(part), seenBefore + blockSize + seenBehind);
  const made = { scanner, baits };
  tools.set(format, made);
  return made;
}

function sampleOf(part: Task["part"]): Uint8Array {
  if ("block" in part) return part.block.bytes.subarray(0, sampleSize);
  const sample = new Uint8Array(sampleSize);
  return sample.subarray(0, readFully(part.range.descriptor, sample, part.range.from));
}
