// The report of some logs: counted when asked for, kept for its exports until the next one.
import { type CancellationToken, RequestType } from "vscode-languageserver";
import { type LogRefusal, logMethods, type ReportForm, type ReportPage } from "../../logProtocol.ts";
import type { LogTally } from "../../tally.ts";
import { tallyCsv } from "../../tell/tally/csv.ts";
import { tallyMarkdown } from "../../tell/tally/markdown.ts";
import { tallyPage } from "../../tell/tally/page.ts";
import { tallyRecords } from "../../tell/tally/records.ts";
import { tallySarif } from "../../tell/tally/sarif.ts";
import { type CountedLogs, countDocument } from "../counting.ts";
import type { Context, Feature } from "../feature.ts";
import { member } from "../params.ts";
import { progressTo } from "../progress.ts";
import { reasonOf } from "../reason.ts";

declare const VERSION: string;

const forms: Readonly<Record<ReportForm, (tally: LogTally) => string>> = {
  csv: tallyCsv,
  ndjson: tallyRecords,
  sarif: (tally) => tallySarif(tally, VERSION),
  markdown: tallyMarkdown,
};

/** Logs of one report. */
const mostLogs = 500;

export const report: Feature = {
  capabilities: () => ({}),
  register: (context) => {
    const { connection, host } = context;
    const counted = new Map<string, LogTally>();
    const page = new RequestType<unknown, ReportPage | LogRefusal, void>(logMethods.report);
    connection.onRequest(page, async (params, token) => {
      const uris = readUris(params);
      const logs = await count(context, uris, token).catch(refused);
      if ("refused" in logs) return logs;
      // One is enough: a person looks at one report at a time, and it can be made again.
      counted.clear();
      counted.set(keyOf(uris), logs.tally);
      return tallyPage(logs.tally, logs.uris);
    });
    const exported = new RequestType<unknown, string | LogRefusal, void>(logMethods.export);
    connection.onRequest(exported, async (params, token) => {
      const [uris, form] = [readUris(params), readForm(params)];
      const known = counted.get(keyOf(uris));
      const logs = known === undefined ? await count(context, uris, token).catch(refused) : { tally: known };
      return "refused" in logs ? logs : forms[form](logs.tally);
    });
    connection.onRequest(logMethods.rotation, (params: unknown) => {
      const uri = member(params, "uri");
      return typeof uri === "string" && host.disk !== undefined ? host.disk.rotatedWith(uri) : [];
    });
  },
};

async function count(
  { connection, session, host }: Context,
  uris: readonly string[],
  token: CancellationToken,
): Promise<CountedLogs | LogRefusal> {
  const [first] = uris;
  if (first === undefined) return { refused: "Name a log." };
  if (uris.length === 1 && !first.startsWith("file:"))
    return countDocument(session, first) ?? { refused: "This document is no mail log." };
  if (host.disk === undefined) return { refused: "There is no disk to read logs from." };
  const abort = new AbortController();
  token.onCancellationRequested(() => abort.abort());
  return host.disk.countLogs(uris, { signal: abort.signal, told: progressTo(connection, first) });
}

function readUris(params: unknown): readonly string[] {
  const uris = member(params, "uris");
  return (Array.isArray(uris) ? uris : []).filter((uri) => typeof uri === "string").slice(0, mostLogs);
}

function readForm(params: unknown): ReportForm {
  const form = member(params, "form");
  return form === "csv" || form === "ndjson" || form === "sarif" ? form : "markdown";
}

function keyOf(uris: readonly string[]): string {
  return JSON.stringify(uris);
}

function refused(problem: unknown): LogRefusal {
  return { refused: `Nothing was counted: ${reasonOf(problem)}.` };
}
