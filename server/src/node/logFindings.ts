// Streams a log file through reader and catalogue, for the commands that look at all of its findings.
import { explained } from "../analyse.ts";
import { createReader, type Reader } from "../log/reader.ts";
import { sniff } from "../log/sniff.ts";
import type { Finding, FormatId, MailCounts } from "../model.ts";
import { scanText } from "./scanText.ts";
import { openLog } from "./stream.ts";

/** Takes the findings of one file, in order. */
export type Sink = (findings: readonly Finding[]) => Promise<void>;

/** What a file is: its format, undefined when it is no mail log, and how many mails a folder holds. */
export interface ReadFile {
  readonly format: FormatId | undefined;
  readonly mails: MailCounts | undefined;
  /** What went wrong behind the lines that were read; undefined when all were. */
  readonly fault: unknown;
}

/** How much of a text, in UTF-16 units, is looked at before it is taken for no server's log. */
const mostHeld = 64 * 1024;

/** Streams a file through reader and catalogue, and tells what it is. Throws what opening it throws, or reading it before the first line. */
export async function readFindings(file: string, sink: Sink): Promise<ReadFile> {
  const { chunks, date, ends } = openLog(file);
  let reader: Reader | undefined;
  let known: FormatId | undefined;
  let fault: unknown;
  const note = (problem: unknown): void => {
    fault = problem;
  };
  for await (const chunk of tellingFirst(untilFault(chunks, note))) {
    known ??= sniff(chunk);
    // A text that no format claims may still hold replies.
    reader ??= createReader({ fileDate: date, ends, scan: scanText, format: known ?? "plain" });
    const findings = reader.push(chunk).map(explained);
    if (findings.length > 0) known ??= reader.format;
    await sink(findings);
  }
  if (reader === undefined && fault !== undefined) throw fault;
  const last = reader?.finish().map(explained) ?? [];
  if (last.length > 0) await sink(last);
  return { format: known, mails: reader?.mails, fault };
}

/** The chunks as far as they come; what ends them is noted. */
async function* untilFault(chunks: AsyncIterable<string>, note: (problem: unknown) => void): AsyncIterable<string> {
  try {
    yield* chunks;
  } catch (problem) {
    note(problem);
  }
}

/** A pipe may begin with a few lines of other programs: chunks are held back until they tell the format. */
export async function* tellingFirst(chunks: AsyncIterable<string>): AsyncIterable<string> {
  let held: string | undefined = "";
  for await (const chunk of chunks) {
    if (held === undefined) yield chunk;
    else {
      held += chunk;
      if (held.length < mostHeld && sniff(held) === undefined) continue;
      yield held;
      held = undefined;
    }
  }
  if (held) yield held;
}
