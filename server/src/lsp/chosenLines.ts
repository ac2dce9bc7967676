// The lines that a number of a report stands for, out of the logs of the report.
import type { CancellationToken } from "vscode-languageserver";
import { explained } from "../analyse.ts";
import type { ChosenFailures, FailuresText } from "../failuresProtocol.ts";
import { sniff } from "../log/sniff.ts";
import { nameInUri } from "../logProtocol.ts";
import type { Finding } from "../model.ts";
import { type Choice, createChoice } from "../report/choice.ts";
import { chosenLines, type FoundLines } from "../tell/failures.ts";
import { documentLines, type LineText, storedLines, written } from "./failingLines.ts";
import type { Context } from "./feature.ts";
import { progressTo } from "./progress.ts";
import { reasonOf } from "./reason.ts";
import type { StoredLog } from "./stored.ts";

/** What is looked for, and how many lines may be shown in all. */
export interface Search {
  readonly chosen: ChosenFailures;
  readonly most: number;
}

/** The lines of one log, with their texts. */
interface Found extends FoundLines {
  readonly textOf: LineText;
}

/** Reads the logs one after the other; one that cannot be read is told in its place. Rejects when cancelled. */
export async function chosenText(
  context: Context,
  { chosen, most }: Search,
  token: CancellationToken,
): Promise<FailuresText> {
  const abort = new AbortController();
  token.onCancellationRequested(() => abort.abort());
  const found: Found[] = [];
  for (const uri of chosen.uris) {
    const room = most - found.reduce((sum, { lines }) => sum + lines.length, 0);
    found.push(await searchLog(context, { uri, chosen, room, signal: abort.signal }));
    abort.signal.throwIfAborted();
  }
  return written(chosenLines(chosen.name, found), (line, file) => found[file]?.textOf(line));
}

interface Wanted {
  readonly uri: string;
  readonly chosen: ChosenFailures;
  readonly room: number;
  readonly signal: AbortSignal;
}

/** As the report does: a file is read from disk, also when the editor shows it. */
async function searchLog({ session, host, connection }: Context, wanted: Wanted): Promise<Found> {
  const { uri, chosen, room, signal } = wanted;
  const choice = createChoice(chosen);
  const name = nameInUri(uri);
  const findings = session.log(uri)?.analysis?.findings;
  if (host.disk === undefined || (!uri.startsWith("file:") && findings !== undefined)) {
    const lines = linesOf((findings ?? []).filter(choice));
    const fault = findings === undefined ? "it is not open, and there is no disk to read it from" : undefined;
    return { ...shortened(lines, room), name, fault, textOf: documentLines(session, uri) };
  }
  const told = progressTo(connection, uri);
  let stored: StoredLog | undefined;
  try {
    stored = await host.disk.openLog(uri);
    const { lines, fault } = await searchStored(stored, { choice, signal, told });
    const shown = shortened(lines, room);
    return { ...shown, name, fault, textOf: await storedLines(stored, shown.lines, signal) };
  } catch (problem) {
    return { lines: [], count: 0, name, fault: reasonOf(problem), textOf: () => undefined };
  } finally {
    await stored?.close();
  }
}

interface Reading {
  readonly choice: Choice;
  readonly signal: AbortSignal;
  readonly told: ReturnType<typeof progressTo>;
}

async function searchStored(stored: StoredLog, { choice, signal, told }: Reading) {
  // A text that no format claims may still hold replies.
  const reader = stored.createReader(sniff(stored.head) ?? "plain");
  const lines: number[] = [];
  try {
    for await (const piece of stored.pieces(0, signal)) {
      lines.push(...linesOf(reader.push(piece).map(explained).filter(choice)));
      told({ bytes: piece.end, size: stored.packed ? undefined : stored.size, failures: lines.length });
    }
    lines.push(...linesOf(reader.finish().map(explained).filter(choice)));
    return { lines, fault: undefined };
  } catch (problem) {
    // A damaged archive still holds what comes before the damage.
    return { lines, fault: reasonOf(problem) };
  }
}

function linesOf(findings: readonly Finding[]): number[] {
  return findings.map(({ delivery }) => delivery.line);
}

/** One line may tell of several failures. */
function shortened(
  lines: readonly number[],
  room: number,
): { readonly lines: readonly number[]; readonly count: number } {
  const all = [...new Set(lines)].sort((a, b) => a - b);
  return { lines: all.slice(0, room), count: all.length };
}
