// Serves one editor from a process, over stdio, IPC or a pipe, as process.argv says.
import { statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { createConnection, ProposedFeatures } from "vscode-languageserver/node";
import { serve } from "../lsp/server.ts";
import { cacheFolder, isLocalFolder, thisMachine } from "./cacheFolder.ts";
import { countLogs, rotatedWith } from "./countLogs.ts";
import { openHealth } from "./healthFile.ts";
import { loadMailAuth } from "./mailAuth.ts";
import { resolverFor } from "./resolving.ts";
import { rulesFiles } from "./rulesFiles.ts";
import { scanText } from "./scanText.ts";
import { openStored, statLog } from "./storedLog.ts";

/** When the file behind a URI was last changed; undefined for anything but a readable local file. */
function fileDate(uri: string): Date | undefined {
  try {
    return uri.startsWith("file:") ? statSync(fileURLToPath(uri)).mtime : undefined;
  } catch {
    return undefined;
  }
}

/** Starts the language server; stdio when the command line names no transport. */
export function startServer(): void {
  const transports = /^--(?:stdio|node-ipc|socket|pipe)/;
  if (!process.argv.some((argument) => transports.test(argument))) process.argv.push("--stdio");
  const connection = createConnection(ProposedFeatures.all);
  serve(connection, {
    fileDate,
    rulesFiles,
    scanText,
    disk: { openLog: openStored, statLog, countLogs, rotatedWith },
    mailAuth: loadMailAuth,
    createResolver: resolverFor,
    openHealth: (folder) => openHealth(isLocalFolder(folder) ? folder : cacheFolder(thisMachine())),
  });
  connection.listen();
}
