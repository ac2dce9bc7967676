// The door for a desktop or remote editor: starts the server as a process of its own.
import { open } from "node:fs/promises";
import * as vscode from "vscode";
import * as extension from "./extension.ts";
import type { Connect } from "./service.ts";

/** Called by the editor when a text or log document is opened, or a command is used. */
export function activate(context: vscode.ExtensionContext): void {
  const module = vscode.Uri.joinPath(context.extensionUri, "dist", "server.js").fsPath;
  extension.activate(context, { connect: connectTo(module, context.globalStorageUri.fsPath), readHead });
}

const headLength = 32_768;

/** A small part of a large file; the editor's own file system would read all of it. */
async function readHead({ fsPath }: vscode.Uri): Promise<string | undefined> {
  const file = await open(fsPath, "r").catch(() => undefined);
  try {
    const bytes = Buffer.alloc(headLength);
    const read = await file?.read(bytes, 0, headLength, 0);
    return read && bytes.toString("utf8", 0, read.bytesRead);
  } finally {
    await file?.close();
  }
}

// Nearly all that reading a log makes is forgotten at once: with the usual 16 MB for it, twice as much memory is taken, and no time is won.
const smallMemory = ["--max-semi-space-size=8"];

/** The library is loaded with the first mail log, not before. */
function connectTo(module: string, storage: string): Connect {
  return async (options) => {
    const { LanguageClient, TransportKind } = await import("./languageClient.ts");
    const server = { module, transport: TransportKind.ipc, options: { execArgv: smallMemory } };
    return new LanguageClient(
      "smtpLogLens",
      "SMTP Log Lens",
      { run: server, debug: server },
      {
        ...options,
        initializationOptions: { ...options.initializationOptions, storage },
      },
    );
  };
}
