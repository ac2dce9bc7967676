// Logs that the editor hands over to nobody, because they are too large for it: read from disk when the client asks, followed until it forgets.
import { type CancellationToken, RequestType } from "vscode-languageserver";
import { logMethods, type ScanAnswer, type ScanParams, type ScanProgressParams } from "../../logProtocol.ts";
import type { Context, Feature } from "../feature.ts";
import { member } from "../params.ts";
import type { ScanProgress } from "../scan.ts";
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
  return scans.read(params, reporter(connection, params.uri), abort.signal);
}

/** Between two words on the progress pass so many milliseconds. */
const quietMs = 100;

function reporter(connection: Context["connection"], uri: string): (progress: ScanProgress) => void {
  const began = performance.now();
  let last = began;
  return ({ bytes, size, failures }) => {
    const now = performance.now();
    if (now - last < quietMs) return;
    last = now;
    const percentage = size === 0 ? 100 : Math.floor((100 * bytes) / size);
    const perSecond = Math.round(bytes / 1_000 / (now - began));
    const message = `${percentage} % · ${perSecond.toLocaleString("en-US")} MB/s · ${failures.toLocaleString("en-US")} failures`;
    const params: ScanProgressParams = { uri, percentage, message };
    void connection.sendNotification(logMethods.progress, params);
  };
}
