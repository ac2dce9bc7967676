// Logs that the editor hands over to nobody, because they are too large for it: read from disk when the client asks, followed until it forgets.
import { type CancellationToken, RequestType } from "vscode-languageserver";
import { logMethods, type ScanAnswer, type ScanParams } from "../../logProtocol.ts";
import type { Context, Feature } from "../feature.ts";
import { member } from "../params.ts";
import { progressTo } from "../progress.ts";
import { Scans } from "../scans.ts";

/** Files are looked at once in so many milliseconds. */
const followMs = 1_000;

export const scan: Feature = {
  capabilities: () => ({}),
  register: ({ connection, session, host }) => {
    if (host.disk === undefined) return;
    const scans = new Scans(session, host.disk);
    setInterval(() => void scans.follow(), followMs);
    const type = new RequestType<unknown, ScanAnswer, void>(logMethods.scan);
    connection.onRequest(type, (params, token) => read({ connection, scans }, readParams(params), token));
    connection.onNotification(logMethods.forget, (params: unknown) => {
      const uri = member(params, "uri");
      if (typeof uri === "string") scans.forget(uri);
    });
  },
};

function readParams(params: unknown): ScanParams {
  const uri = member(params, "uri");
  return { uri: typeof uri === "string" ? uri : "", certain: member(params, "certain") === true };
}

async function read(
  { connection, scans }: Pick<Context, "connection"> & { scans: Scans },
  params: ScanParams,
  token: CancellationToken,
): Promise<ScanAnswer> {
  const abort = new AbortController();
  token.onCancellationRequested(() => abort.abort());
  return scans.read(params, progressTo(connection, params.uri), abort.signal);
}
