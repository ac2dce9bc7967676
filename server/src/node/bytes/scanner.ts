// Finds, in bytes, the lines on which a bait may bite, and counts lines on the way: with SIMD where the machine has it, else as text.
import { type Sequence, sequencesOf } from "./anchors.ts";
import type { Found, Scanner } from "./contract.ts";
import * as layout from "./layout.ts";
import { scannerModule } from "./module.ts";
import { writeTables } from "./tables.ts";
import { createTextScanner } from "./textScanner.ts";
import { bucketsOf, sharesOf } from "./windows.ts";

/** A scanner for texts of at most `size` bytes. `sample`, a part of the log, only makes it faster. */
export function createScanner(baits: readonly RegExp[], sample: Uint8Array, size: number): Scanner {
  return createFastScanner(baits, sample, size) ?? createTextScanner(baits, size);
}

interface Exports {
  readonly scan: (from: number, end: number, line: number) => number;
  readonly at: WebAssembly.Global;
  readonly line: WebAssembly.Global;
}

const pageSize = 64 * 1024;
let compiled: WebAssembly.Module | undefined;

/** The scanner with SIMD; undefined where there is none, or when a bait is too free to be looked for in bytes. */
export function createFastScanner(baits: readonly RegExp[], sample: Uint8Array, size: number): Scanner | undefined {
  const sequences = baits.map(sequencesOf);
  if (!WebAssembly.validate(scannerModule())) return undefined;
  const memory = new WebAssembly.Memory({ initial: Math.ceil((layout.text + size + layout.padding) / pageSize) });
  const bytes = new Uint8Array(memory.buffer);
  const all = distinct(sequences.flatMap((some) => some ?? []));
  if (sequences.includes(undefined) || !writeTables(bytes, bucketsOf(all, sharesOf(sample)))) return undefined;
  compiled ??= new WebAssembly.Module(scannerModule());
  const instance = new WebAssembly.Instance(compiled, { env: { memory } });
  const exports = instance.exports as Exports;
  return { buffer: Buffer.from(memory.buffer, layout.text, size), scan: scanning(exports, bytes) };
}

function distinct(sequences: readonly Sequence[]): readonly Sequence[] {
  const key = ({ sets, sure }: Sequence) => `${sure} ${sets.map((set) => [...set].join()).join(" ")}`;
  return [...new Map(sequences.map((sequence) => [key(sequence), sequence])).values()];
}

function scanning(exports: Exports, bytes: Uint8Array<ArrayBuffer>): Scanner["scan"] {
  const records = new Uint32Array(bytes.buffer, layout.records, (layout.mostRecords * layout.recordSize) / 4);
  return ({ from, end, line }, found) => {
    let at = layout.text + from;
    let number = line;
    while (at < layout.text + end) {
      const restore = fence(bytes, at, layout.text + end);
      const count = exports.scan(at, layout.text + end, number);
      restore();
      at = Number(exports.at.value);
      number = Number(exports.line.value);
      report(records, count, found);
    }
    return number - line;
  };
}

/** To the code, a line ends before the text and behind it, whatever is there; gives what puts it back. */
function fence(bytes: Uint8Array, from: number, end: number): () => void {
  const before = bytes[from - 1] ?? 0;
  const behind = bytes.slice(end, end + layout.padding);
  bytes[from - 1] = 10;
  bytes.fill(10, end, end + layout.padding);
  return () => {
    bytes[from - 1] = before;
    bytes.set(behind, end);
  };
}

function report(records: Uint32Array, count: number, found: Found): void {
  for (let at = 0; at < 4 * count; at += 4) {
    const start = (records[at + 1] ?? 0) - layout.text;
    const end = (records[at + 2] ?? 0) - layout.text;
    found(records[at] ?? 0, start, end, records[at + 3] === 1);
  }
}
