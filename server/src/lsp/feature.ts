// What a feature of the language server is: capabilities to announce and handlers to register.
import type { Connection, InitializeParams, ServerCapabilities } from "vscode-languageserver";
import type { HealthKeeper } from "../check/health.ts";
import type { MailAuth } from "../check/mailAuth.ts";
import type { Resolver } from "../check/resolver.ts";
import type { ScanText } from "../log/scan.ts";
import type { LogDisk } from "./scans.ts";
import type { Session } from "./session.ts";
import type { Resolving } from "./settings.ts";

/** A file that holds rules of the user's own, or should. */
export interface RulesPlace {
  readonly uri: string;
  /** For a person. */
  readonly name: string;
  /** False for one that a workspace may have; true for one that the settings name. */
  readonly wanted: boolean;
}

/** What stands in such a file: its text, or a sentence about why it cannot be read; undefined when there is no file. */
export type RulesRead = { readonly text: string; readonly changed: Date } | { readonly fault: string } | undefined;

/** Finds and reads files of rules. */
export interface RulesFiles {
  /** The workspace's own file in each folder, then those that the settings name; what has no place is left out. */
  places(folders: readonly string[], named: readonly string[]): readonly RulesPlace[];
  read(uri: string): RulesRead;
}

/** What a door (a process, a worker) lends to the server. */
export interface Host {
  readonly rulesFiles: RulesFiles;

  /** The resolver that the settings name, with the milliseconds for one question. Throws with a sentence for the user on a bad name. */
  createResolver(resolving: Resolving, questionMs: number | undefined): Resolver;
  /** Loads the evaluation of SPF and DMARC; undefined where it cannot run. */
  readonly mailAuth: (() => Promise<MailAuth>) | undefined;
  /** Keeps what is known of lists' health: in this folder of the client, or where the door thinks best. */
  openHealth(folder: string | undefined): HealthKeeper;
  /** When the file behind a URI was last changed; undefined when there is no file. */
  fileDate(uri: string): Date | undefined;
  /** A faster way to scan texts; undefined where there is none, as in a browser. */
  readonly scanText: ScanText | undefined;
  /** The logs on disk; undefined where there is none, as in a browser. */
  readonly disk: LogDisk | undefined;
}

/** What the client said of the folders that are open. */
export interface Workspace {
  /** URIs. */
  readonly folders: readonly string[];
  /** True when the client says that the user trusts them: rules that come with a folder are read then. */
  readonly trusted: boolean;
  /** What the client can tell of files that change. */
  readonly watches: "anywhere" | "in-folders" | "nothing";
  /** True when the client tells of folders that are added and removed. */
  readonly tellsFolders: boolean;
}

/** What a feature may use. */
export interface Context {
  readonly connection: Connection;
  readonly session: Session;
  readonly host: Host;
  readonly health: HealthKeeper;
  /** True when the client is ours: it owns the commands and the panel. */
  readonly panel: boolean;
  readonly workspace: Workspace;
}

/** One ability of the server; `server.ts` merges the capabilities and registers each. */
export interface Feature {
  capabilities(params: InitializeParams): ServerCapabilities;
  register(context: Context): void;
}
