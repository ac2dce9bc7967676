// Tells the client how far a file is read, not too often.
import type { Connection } from "vscode-languageserver";
import { logMethods, type ScanProgressParams } from "../logProtocol.ts";
import type { ScanProgress } from "./scan.ts";

/** Between two words on the progress pass so many milliseconds. */
const quietMs = 100;

/** Tells of the reading of one file that begins now. */
export function progressTo(connection: Connection, uri: string): (progress: ScanProgress) => void {
  const began = performance.now();
  let last = began;
  return ({ bytes, size, failures }) => {
    const now = performance.now();
    if (now - last < quietMs) return;
    last = now;
    const percentage = size === undefined || size === 0 ? 0 : Math.floor((100 * bytes) / size);
    const perSecond = Math.round(bytes / 1_000 / (now - began));
    const share = size === undefined ? "" : `${percentage} % · `;
    const message = `${share}${perSecond.toLocaleString("en-US")} MB/s · ${failures.toLocaleString("en-US")} failures`;
    const params: ScanProgressParams = { uri, percentage, message };
    void connection.sendNotification(logMethods.progress, params);
  };
}
