// What the client says of its workspace when it starts: folders, trust, and which files it can watch.
import type { InitializeParams } from "vscode-languageserver";
import type { Workspace } from "./feature.ts";
import { member } from "./params.ts";

const mostFolders = 50;

/** The workspace of the parameters; without a word of trust there is none. */
export function readWorkspace({
  workspaceFolders,
  rootUri,
  capabilities,
  initializationOptions,
}: InitializeParams): Workspace {
  const folders = workspaceFolders?.map(({ uri }) => uri) ?? (typeof rootUri === "string" ? [rootUri] : []);
  const watching = capabilities.workspace?.didChangeWatchedFiles;
  const watches = watching?.relativePatternSupport === true ? "anywhere" : "in-folders";
  return {
    folders: folders.slice(0, mostFolders),
    trusted: member(initializationOptions, "trusted") === true,
    watches: watching?.dynamicRegistration === true ? watches : "nothing",
    tellsFolders: capabilities.workspace?.workspaceFolders === true,
  };
}
