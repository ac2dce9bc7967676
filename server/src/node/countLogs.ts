// Counts logs on disk for the language server, by their URIs.
import { pathToFileURL } from "node:url";
import type { CountedLogs, CountOptions } from "../lsp/counting.ts";
import { pathOf } from "./storedLog.ts";
import { readLogs } from "./tally/readLogs.ts";
import { inTimeOrder, rotationOf } from "./tally/rotation.ts";

/** Counts them in time order; one that cannot be read is told in its place. Rejects when aborted. */
export async function countLogs(uris: readonly string[], { signal, told }: CountOptions): Promise<CountedLogs> {
  const paths = inTimeOrder([...new Set(uris.map(pathOf).filter((path) => path !== undefined))]);
  const { tally } = await readLogs(paths, {
    signal,
    onlyFiles: true,
    onProgress: ({ done, total, failures }) => told({ bytes: done, size: Math.max(done, total), failures }),
  });
  return { tally, uris: paths.map((path) => pathToFileURL(path).href) };
}

/** The URIs of a log's rotation, in time order; the log alone when its folder cannot be read. */
export function rotatedWith(uri: string): readonly string[] {
  const path = pathOf(uri);
  try {
    return path === undefined ? [uri] : rotationOf(path).map((one) => pathToFileURL(one).href);
  } catch {
    return [uri];
  }
}
