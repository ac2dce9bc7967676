// The refusal that `check --log FILE --line N` names: the line, and as much of the log around it as tells of its mail.
import { explained } from "../analyse.ts";
import type { Surroundings } from "../inquire.ts";
import { createReader, type Reader } from "../log/reader.ts";
import { sniff } from "../log/sniff.ts";
import type { Finding } from "../model.ts";
import { visible } from "../tell/markdown.ts";
import { fileFault } from "./fileFault.ts";
import { scanText } from "./scanText.ts";
import { openLog } from "./stream.ts";
import { UsageError } from "./usage.ts";

/** A refusal in a log. Lines of `log` count from the text's first. */
export interface LogPlace {
  readonly finding: Finding;
  readonly log: Surroundings;
  /** How many lines of the file stand before the text. */
  readonly before: number;
  /** What was not read, a sentence; undefined when the whole file was. */
  readonly note: string | undefined;
}

/** How much is read on each side of the line's own chunk, in UTF-16 units. */
const reach = 8 * 1024 * 1024;

interface Chunk {
  readonly text: string;
  readonly first: number;
  readonly lines: number;
  readonly findings: readonly Finding[];
}

/** Reads the refusal on a line (from 0). Of a large file only what is near is kept: mails do not stay for days. Throws a UsageError with a sentence for the user. */
export async function refusalAt({ file, line }: { readonly file: string; readonly line: number }): Promise<LogPlace> {
  const { chunks, cut } = await chunksAround(file, line);
  const [first, last] = [chunks[0], chunks.at(-1)];
  const behind = last === undefined ? 0 : last.first + last.lines;
  if (first === undefined || line >= behind)
    throw new UsageError(`${visible(file)} has ${behind} lines: there is no line ${line + 1}.`);
  const findings = chunks.flatMap(({ findings }) => findings);
  const finding = findings.find(({ delivery }) => delivery.line === line);
  if (finding === undefined) throw new UsageError(noRefusal(file, line, findings));
  const moved = findings.map((one) => ({
    ...one,
    delivery: { ...one.delivery, line: one.delivery.line - first.first },
  }));
  const text = chunks.map((chunk) => chunk.text).join("");
  return {
    finding,
    log: { text, findings: moved, line: line - first.first },
    before: first.first,
    note: cut ? `The log is large: only lines ${first.first + 1} to ${behind} were looked at.` : undefined,
  };
}

async function chunksAround(file: string, line: number): Promise<{ chunks: readonly Chunk[]; cut: boolean }> {
  const kept: Chunk[] = [];
  let cut = false;
  let after = 0;
  try {
    for await (const chunk of readChunks(file)) {
      const reached = chunk.first + chunk.lines > line;
      if (reached && kept.some((one) => one.first + one.lines > line)) after += chunk.text.length;
      if (after > reach) return { chunks: kept, cut: true };
      kept.push(chunk);
      if (!reached) cut = forget(kept) || cut;
    }
  } catch (problem) {
    throw new UsageError(fileFault(problem, file));
  }
  return { chunks: kept, cut };
}

/** Lets go of what is too far before; true when something was. */
function forget(kept: Chunk[]): boolean {
  const length = kept.reduce((sum, { text }) => sum + text.length, 0);
  const [oldest] = kept;
  if (oldest === undefined || length - oldest.text.length < reach) return false;
  kept.shift();
  return true;
}

async function* readChunks(file: string): AsyncIterable<Chunk> {
  const { chunks, date, ends } = openLog(file);
  let reader: Reader | undefined;
  for await (const text of chunks) {
    // A text that no format claims may still hold replies.
    reader ??= createReader({ fileDate: date, ends, scan: scanText, format: sniff(text) ?? "plain" });
    const first = reader.lines;
    const findings = reader.push(text).map(explained);
    yield { text, first, lines: reader.lines - first, findings };
  }
  const last = reader?.finish().map(explained) ?? [];
  if (reader !== undefined && last.length > 0) yield { text: "", first: reader.lines, lines: 0, findings: last };
}

function noRefusal(file: string, line: number, findings: readonly Finding[]): string {
  const near = [...findings]
    .sort((a, b) => Math.abs(a.delivery.line - line) - Math.abs(b.delivery.line - line))
    .slice(0, 3)
    .map(({ delivery }) => delivery.line + 1);
  const others = near.length === 0 ? "" : ` The nearest are on lines ${near.sort((a, b) => a - b).join(", ")}.`;
  return `There is no refusal on line ${line + 1} of ${visible(file)}.${others}`;
}
