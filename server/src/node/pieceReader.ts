// Reads the pieces of a log on disk as bytes: only lines that may hold a failure become text.
import { startClock } from "../log/clock.ts";
import { firstYear } from "../log/firstYear.ts";
import { createLineReader, type LineReader, noPassage } from "../log/lineReader.ts";
import { headerIn, type ReadOptions } from "../log/read.ts";
import { createReader } from "../log/reader.ts";
import type { PieceReader } from "../lsp/stored.ts";
import type { Delivery, FormatId } from "../model.ts";
import { readBlock } from "./tally/readBlock.ts";
import { blockSize, seenBefore } from "./tally/task.ts";
import { toolsFor } from "./tally/tools.ts";

/** How a log is read whose format is known. */
export interface PieceReading extends ReadOptions {
  readonly format: FormatId;
  /** Its first and last lines. */
  readonly ends: string;
}

const lineFeed = 10;

/** A reader for the pieces of one log, from its first line on. */
export function createPieceReader(options: PieceReading): PieceReader {
  return options.format === "bounce" ? createTextReader(options) : createByteReader(options);
}

// What a report says hangs together over many lines.
function createTextReader(options: ReadOptions): PieceReader {
  const reader = createReader(options);
  return { push: ({ bytes }) => reader.push(bytes.toString("utf8")), finish: () => reader.finish() };
}

function createByteReader({ format, ends, fileDate }: PieceReading): PieceReader {
  const clock = startClock(firstYear(ends, fileDate));
  const reader = createLineReader({ format, header: headerIn(ends, format) }, { clock, passage: noPassage });
  const stretches = createStretches(format, reader);
  return {
    push({ bytes }) {
      const deliveries: Delivery[] = [];
      for (let at = 0; at < bytes.length; ) {
        const end = stretchEnd(bytes, at);
        deliveries.push(...stretches.read(bytes.subarray(at, Math.min(end, at + blockSize))));
        at = end;
      }
      return deliveries;
    },
    finish: () => [],
  };
}

/** Where the lines from `start` on end that are read together; a longer line is one stretch. */
function stretchEnd(bytes: Buffer, start: number): number {
  if (bytes.length - start <= blockSize) return bytes.length;
  const end = bytes.lastIndexOf(lineFeed, start + blockSize - 1) + 1;
  if (end > start) return end;
  const next = bytes.indexOf(lineFeed, start + blockSize);
  return next < 0 ? bytes.length : next + 1;
}

/** Reads stretches of whole lines one after the other, each with the lines before it in sight. */
function createStretches(format: FormatId, reader: LineReader) {
  let above = Buffer.alloc(0);
  let [line, offset] = [0, 0];
  return {
    read(bytes: Buffer): readonly Delivery[] {
      const tools = toolsFor(format, () => bytes);
      const { buffer } = tools.scanner;
      buffer.set(above);
      buffer.set(bytes, above.length);
      const end = above.length + bytes.length;
      const deliveries: Delivery[] = [];
      const found = (delivery: Delivery): void => void deliveries.push(delivery);
      const sight = { start: above.length, end, length: end, offset: offset - above.length };
      line += readBlock({ ...tools, reader, found }, sight, line).lines;
      offset += bytes.length;
      above = linesBefore(buffer.subarray(0, end));
      return deliveries;
    },
  };
}

/** A copy of the last lines, as far as they are seen by those behind them. */
function linesBefore(bytes: Buffer): Buffer<ArrayBuffer> {
  const from = Math.max(0, bytes.length - seenBefore);
  const start = from === 0 ? 0 : bytes.indexOf(lineFeed, from) + 1;
  return Buffer.from(from > 0 && start === 0 ? bytes.subarray(bytes.length) : bytes.subarray(start));
}
