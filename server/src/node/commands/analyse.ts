// `smtp-log-lens analyse FILE…`: the findings of logs, one JSON object each, or counted by kind.
import { once } from "node:events";
import { parseArgs } from "node:util";
import type { Finding } from "../../model.ts";
import { findingPage } from "../../tell/pages.ts";
import { type Counted, summaryText } from "../../tell/terminal.ts";
import { codeLabel, kindOf } from "../../tell/words.ts";
import { fileFault } from "../fileFault.ts";
import { type ReadFile, readFindings } from "../logFindings.ts";
import { findingRecord, jsonLine } from "../record.ts";
import { exitCodes, UsageError } from "../usage.ts";

const options = { ndjson: { type: "boolean", default: false } } as const;

/** Analyses each file in turn; one that cannot be read is named, and the others go on (exit code 1). */
export async function analyse(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options });
  if (positionals.length === 0) throw new UsageError('Name a log file, or "-" for standard input.');
  let code: number = exitCodes.done;
  for (const file of positionals) {
    try {
      const { fault } = await (values.ndjson ? records(file) : summary(file));
      if (fault !== undefined) throw fault;
    } catch (problem) {
      process.stderr.write(`smtp-log-lens: ${fileFault(problem, file)}\n`);
      code = exitCodes.failed;
    }
  }
  return code;
}

async function records(file: string): Promise<ReadFile> {
  return readFindings(file, async (findings) => {
    const lines = findings.map((finding) => jsonLine(findingRecord(file, finding))).join("");
    if (lines !== "" && !process.stdout.write(lines)) await once(process.stdout, "drain");
  });
}

async function summary(file: string): Promise<ReadFile> {
  const kinds = new Map<string, Counted>();
  const read = await readFindings(file, async (findings) => {
    for (const finding of findings) count(kinds, finding);
  });
  process.stdout.write(summaryText(file === "-" ? "standard input" : file, read, [...kinds.values()]));
  return read;
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
