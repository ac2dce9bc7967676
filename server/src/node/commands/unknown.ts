// `smtp-log-lens unknown FILE…`: what these logs say that only its code explained, put together by what is said.
import { parseArgs } from "node:util";
import { providerName } from "../../catalogue/provider.ts";
import type { Cluster, Clusters } from "../../cluster/clusters.ts";
import { draftOfFinding } from "../../rowDraft.ts";
import { type ListedReply, type UnknownCount, unknownText } from "../../tell/unknown.ts";
import { createUnknown } from "../../unknown.ts";
import { fileFault } from "../fileFault.ts";
import { readFindings } from "../logFindings.ts";
import { jsonLine } from "../record.ts";
import { exitCodes, UsageError } from "../usage.ts";

const options = { json: { type: "boolean", default: false }, row: { type: "string" } } as const;

/** Reads all files into one list; one that cannot be read is named, and the others count (exit code 1). */
export async function unknown(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options });
  if (positionals.length === 0) throw new UsageError('Name a log file, or "-" for standard input.');
  const all = createUnknown();
  const { failures, code } = await read(positionals, all);
  const clusters = all.list();
  if (values.row !== undefined) return drafted(clusters, values.row, code);
  const count = { failures, unknown: all.count, kinds: clusters.length, left: all.left };
  process.stdout.write(values.json ? jsonLine(record(count, clusters)) : unknownText(count, clusters.map(listed)));
  return code;
}

async function read(files: readonly string[], all: Clusters): Promise<{ failures: number; code: number }> {
  let failures = 0;
  let code: number = exitCodes.done;
  for (const file of files) {
    try {
      const { fault } = await readFindings(file, async (findings) => {
        failures += findings.length;
        for (const finding of findings) all.add(finding, file);
      });
      if (fault !== undefined) throw fault;
    } catch (problem) {
      process.stderr.write(`smtp-log-lens: ${fileFault(problem, file)}\n`);
      code = exitCodes.failed;
    }
  }
  return { failures, code };
}

/** The row for the n-th of the list, from 1. */
function drafted(clusters: readonly Cluster[], row: string, code: number): number {
  const cluster = /^\d{1,6}$/.test(row) ? clusters[Number(row) - 1] : undefined;
  if (cluster === undefined)
    throw new UsageError(
      `--row takes a number of the list, from 1 to ${clusters.length}: run "unknown" without it first.`,
    );
  process.stdout.write(draftOfFinding(cluster.example, new Date()));
  return code;
}

function listed({ template, count, provider, direction, first, last }: Cluster): ListedReply {
  const name = provider === undefined ? undefined : providerName(provider);
  return { template, count, provider: name, direction, first: first.line, last: last.line, log: first.log };
}

function record(count: UnknownCount, clusters: readonly Cluster[]): object {
  return {
    ...count,
    replies: clusters.map(({ template, count, provider, direction, first, last, example }) => ({
      template,
      count,
      provider,
      direction,
      entry: example.entry.id,
      first: { file: first.log, line: first.line + 1 },
      last: { file: last.log, line: last.line + 1 },
      example: example.delivery.words,
    })),
  };
}
