// The failing lines of a log as a text of their own: of an open document, a log that is read from disk, or a file that nobody has opened.
import { type CancellationToken, RequestType } from "vscode-languageserver";
import type { Digest } from "../../digest/digest.ts";
import { type FailuresParams, type FailuresText, readChosen } from "../../failuresProtocol.ts";
import { type LogRefusal, logMethods, nameInUri } from "../../logProtocol.ts";
import { byKind, type FailureGroup, inOrder } from "../../tell/failures.ts";
import { chosenText } from "../chosenLines.ts";
import { documentLines, storedLines, written } from "../failingLines.ts";
import type { Context, Feature } from "../feature.ts";
import { digestIn } from "../known.ts";
import { member } from "../params.ts";
import { progressTo } from "../progress.ts";
import { reasonOf } from "../reason.ts";
import { createScan } from "../scan.ts";
import type { StoredLog } from "../stored.ts";

/** So much that the editor's own limits on long texts are far away. */
const mostLines = 10_000;

export const failures: Feature = {
  capabilities: () => ({}),
  register: (context) => {
    const type = new RequestType<unknown, FailuresText | LogRefusal, void>(logMethods.failures);
    context.connection.onRequest(type, (params, token) => {
      const [uri, order] = [member(params, "uri"), member(params, "order")];
      const chosen = readChosen(member(params, "chosen"));
      if (chosen !== undefined) return chosenText(context, { chosen, most: mostLines }, token).catch(refused);
      if (typeof uri !== "string") return { refused: "This names no log." };
      return failingText(context, { uri, order: order === "kind" ? "kind" : "log" }, token).catch(refused);
    });
  },
};

async function failingText(
  context: Context,
  params: FailuresParams,
  token: CancellationToken,
): Promise<FailuresText | LogRefusal> {
  const { session, host } = context;
  const digest = digestIn(session, params.uri);
  if (digest !== undefined && session.log(params.uri) !== undefined)
    return written(groupsOf(params, digest), documentLines(session, params.uri));
  if (host.disk === undefined) return { refused: "This log is not open, and there is no disk to read it from." };
  const abort = new AbortController();
  token.onCancellationRequested(() => abort.abort());
  const stored = await host.disk.openLog(params.uri);
  try {
    const read: Read =
      digest === undefined
        ? await readWhole(context, stored, { uri: params.uri, signal: abort.signal })
        : { digest, fault: session.scanned(params.uri)?.trouble };
    const groups = [...remarks(read), ...groupsOf(params, read.digest)];
    const wanted = [...new Set(groups.flatMap(({ lines }) => lines))].sort((a, b) => a - b);
    return written(groups, await storedLines(stored, wanted, abort.signal));
  } finally {
    await stored.close();
  }
}

interface Wanted {
  readonly uri: string;
  readonly signal: AbortSignal;
}

/** What a file holds, and why it was not read to its end. */
interface Read {
  readonly digest: Digest;
  readonly fault?: string | undefined;
  /** False for a text of no known format. */
  readonly isLog?: boolean;
}

/** Reads a file that nobody follows. */
async function readWhole({ connection }: Context, stored: StoredLog, { uri, signal }: Wanted): Promise<Read> {
  const scan = createScan(stored, true);
  if (scan === undefined) throw new Error("it is no mail log");
  try {
    await scan.readOn(stored, signal, progressTo(connection, uri));
    return { digest: scan.log.digest, isLog: scan.log.format !== "plain" };
  } catch (problem) {
    // A damaged archive still holds what comes before the damage.
    if (scan.log.digest.count === 0) throw problem;
    return { digest: scan.log.digest, fault: reasonOf(problem) };
  }
}

/** What is to be known before the lines: that some are missing, or that there are none because it is another file. */
function remarks({ fault, digest, isLog }: Read): readonly FailureGroup[] {
  if (fault !== undefined) return [{ heading: `The log was not read to its end: ${fault}.`, lines: [] }];
  const strange = digest.count === 0 && isLog === false;
  return strange ? [{ heading: "Nothing in this file looks like a mail log. Is it the right one?", lines: [] }] : [];
}

function groupsOf({ uri, order }: FailuresParams, { kinds, lines }: Digest): readonly FailureGroup[] {
  const name = nameInUri(uri);
  if (order === "kind") return byKind(name, kinds, mostLines);
  const shown = Array.from({ length: Math.min(lines.length, mostLines) }, (_, index) => lines.at(index) ?? 0);
  return inOrder(name, shown, lines.length);
}

function refused(problem: unknown): LogRefusal {
  return { refused: `The log could not be read: ${reasonOf(problem)}.` };
}
