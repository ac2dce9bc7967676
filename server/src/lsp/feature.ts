// What a feature of the language server is: capabilities to announce and handlers to register.
import type { Connection, InitializeParams, ServerCapabilities } from "vscode-languageserver";
import type { HealthKeeper } from "../check/health.ts";
import type { MailAuth } from "../check/mailAuth.ts";
import type { Resolver } from "../check/resolver.ts";
import type { LogDisk } from "./scans.ts";
import type { Session } from "./session.ts";
import type { Resolving } from "./settings.ts";

/** What a door (a process, a worker) lends to the server. */
export interface Host {
  /** The resolver that the settings name, with the milliseconds for one question. Throws with a sentence for the user on a bad name. */
  createResolver(resolving: Resolving, questionMs: number | undefined): Resolver;
  /** Loads the evaluation of SPF and DMARC; undefined where it cannot run. */
  readonly mailAuth: (() => Promise<MailAuth>) | undefined;
  /** Keeps what is known of lists' health: in this folder of the client, or where the door thinks best. */
  openHealth(folder: string | undefined): HealthKeeper;
  /** When the file behind a URI was last changed; undefined when there is no file. */
  fileDate(uri: string): Date | undefined;
  /** The logs on disk; undefined where there is none, as in a browser. */
  readonly disk: LogDisk | undefined;
}

/** What a feature may use. */
export interface Context {
  readonly connection: Connection;
  readonly session: Session;
  readonly host: Host;
  readonly health: HealthKeeper;
  /** True when the client is ours: it owns the commands and the panel. */
  readonly panel: boolean;
}

/** One ability of the server; `server.ts` merges the capabilities and registers each. */
export interface Feature {
  capabilities(params: InitializeParams): ServerCapabilities;
  register(context: Context): void;
}
