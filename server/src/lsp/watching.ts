// Asks the client to tell of changes: of files at certain places, and of folders that are added to the workspace or removed.
import { DidChangeWatchedFilesNotification, type Disposable, type FileSystemWatcher } from "vscode-languageserver";
import type { Context } from "./feature.ts";

/** What is followed. */
export interface Watch {
  /** Has changes of these files told, and of no others; what the client cannot watch is read with the settings only. */
  follow(uris: readonly string[]): void;
}

/** Follows the folders from now on: call it after the client was initialized. */
export function watching(
  { connection, workspace }: Context,
  onFolders: (added: readonly string[], removed: readonly string[]) => void,
): Watch {
  if (workspace.tellsFolders)
    connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) =>
      onFolders(
        added.map(({ uri }) => uri),
        removed.map(({ uri }) => uri),
      ),
    );
  let followed = "[]";
  // One after the other: a registration takes a while to be answered.
  let last: Promise<Disposable | undefined> = Promise.resolve(undefined);
  return {
    follow: (uris) => {
      const wanted = JSON.stringify(uris);
      if (workspace.watches === "nothing" || wanted === followed) return;
      followed = wanted;
      const watchers = uris.map((uri) => watcherOf(uri, workspace.watches === "anywhere"));
      last = last
        .then((before) => before?.dispose())
        .then(() => connection.client.register(DidChangeWatchedFilesNotification.type, { watchers }))
        .catch((error: unknown) => {
          connection.console.warn(`Changed rules are read when the settings change only: ${String(error)}`);
          return undefined;
        });
    },
  };
}

/** Patterns take no escapes that every client knows: `?` stands for each letter that is special in one. */
function watcherOf(uri: string, anywhere: boolean): FileSystemWatcher {
  const slash = uri.lastIndexOf("/");
  const name = decodeURIComponent(uri.slice(slash + 1)).replace(/[*?{}[\]]/g, "?");
  return { globPattern: anywhere ? { baseUri: uri.slice(0, slash), pattern: name } : `**/${name}` };
}
