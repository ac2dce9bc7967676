// `smtp-log-lens analyse FILE…`: the findings of logs, one JSON object each, or counted by kind.
import { once } from "node:events";
import { parseArgs } from "node:util";
import { explained } from "../../analyse.ts";
import { createReader, type Reader } from "../../log/read.ts";
import { sniff } from "../../log/sniff.ts";
import type { Finding, FormatId } from "../../model.ts";
import { findingPage } from "../../tell/pages.ts";
import { type Counted, summaryText } from "../../tell/terminal.ts";
import { codeLabel, kindOf } from "../../tell/words.ts";
import { findingRecord, jsonLine } from "../record.ts";
import { fileFault, openLog } from "../stream.ts";
import { exitCodes, UsageError } from "../usage.ts";

const options = { ndjson: { type: "boolean", default: false } } as const;

/** How much of a text, in UTF-16 units, is looked at before it is taken for no server's log. */
const mostHeld = 64 * 1024;

/** Takes the findings of one file, in order. */
type Sink = (findings: readonly Finding[]) => Promise<void>;

/** Analyses each file in turn; one that cannot be read is named, and the others go on (exit code 1). */
export async function analyse(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options });
  if (positionals.length === 0) throw new UsageError('Name a log file, or "-" for standard input.');
  let code: number = exitCodes.done;
  for (const file of positionals) {
    try {
      await (values.ndjson ? records(file) : summary(file));
    } catch (problem) {
      process.stderr.write(`smtp-log-lens: ${fileFault(problem, file)}\n`);
      code = exitCodes.failed;
    }
  }
  return code;
}

async function records(file: string): Promise<void> {
  await readFindings(file, async (findings) => {
    const lines = findings.map((finding) => jsonLine(findingRecord(file, finding))).join("");
    if (lines !== "" && !process.stdout.write(lines)) await once(process.stdout, "drain");
  });
}

async function summary(file: string): Promise<void> {
  const kinds = new Map<string, Counted>();
  const format = await readFindings(file, async (findings) => {
    for (const finding of findings) count(kinds, finding);
  });
  process.stdout.write(summaryText(file === "-" ? "standard input" : file, format, [...kinds.values()]));
}

/** Streams a file through reader and catalogue; gives its format, undefined when it is no mail log. */
async function readFindings(file: string, sink: Sink): Promise<FormatId | undefined> {
  const { chunks, date, ends } = openLog(file);
  let reader: Reader | undefined;
  let known: FormatId | undefined;
  for await (const chunk of tellingFirst(chunks)) {
    known ??= sniff(chunk);
    // A text that no format claims may still hold replies.
    reader ??= createReader({ fileDate: date, ends, format: known ?? "plain" });
    const findings = reader.push(chunk).map(explained);
    if (findings.length > 0) known ??= reader.format;
    await sink(findings);
  }
  return known;
}

/** A pipe may begin with a few lines of other programs: chunks are held back until they tell the format. */
async function* tellingFirst(chunks: AsyncIterable<string>): AsyncIterable<string> {
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

function count(kinds: Map<string, Counted>, finding: Finding): void {
  const { line } = finding.delivery;
  const kind = kindOf(finding);
  const key = `${findingPage(finding)} ${codeLabel(finding)} ${finding.permanent} ${kind}`;
  const known = kinds.get(key);
  kinds.set(key, {
    label: codeLabel(finding),
    title: finding.entry.title,
    provider: finding.entry.providerName,
    kind,
    count: (known?.count ?? 0) + 1,
    firstLine: known?.firstLine ?? line,
    lastLine: line,
  });
}
