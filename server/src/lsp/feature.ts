// What a feature of the language server is: capabilities to announce and handlers to register.
import type { Connection, InitializeParams, ServerCapabilities } from "vscode-languageserver";
import type { Resolver } from "../check/resolver.ts";
import type { Session } from "./session.ts";

/** What a door (a process, a worker) lends to the server. */
export interface Host {
  /** A resolver for the servers named HOST:PORT, or the system's when there is none. Throws with a sentence on a bad name. */
  createResolver(servers: readonly string[]): Resolver;
  /** When the file behind a URI was last changed; undefined when there is no file. */
  fileDate(uri: string): Date | undefined;
}

/** What a feature may use. */
export interface Context {
  readonly connection: Connection;
  readonly session: Session;
  readonly host: Host;
  /** True when the client is ours: it owns the commands and the panel. */
  readonly panel: boolean;
}

/** One ability of the server; `server.ts` merges the capabilities and registers each. */
export interface Feature {
  capabilities(params: InitializeParams): ServerCapabilities;
  register(context: Context): void;
}
