// Progress of a file that the server reads, as a notification that can cancel it.
import * as vscode from "vscode";
import { shownName } from "./logName.ts";
import type { Service } from "./service.ts";

/** A reading that takes no longer than so many milliseconds shows nothing. */
const noticed = 400;

/** What is read, and how to stop it. */
export interface Reading<Answer> {
  readonly uri: vscode.Uri;
  readonly cancel: vscode.CancellationTokenSource;
  readonly answer: Promise<Answer>;
}

/** Shows how far the reading is until it ends, when it takes a while; gives its answer. */
export async function showReading<Answer>(service: Service, reading: Reading<Answer>): Promise<Answer> {
  const timer = setTimeout(() => void show(service, reading), noticed);
  try {
    return await reading.answer;
  } finally {
    clearTimeout(timer);
  }
}

function show(service: Service, { uri, cancel, answer }: Reading<unknown>): Thenable<void> {
  const options: vscode.ProgressOptions = {
    location: vscode.ProgressLocation.Notification,
    title: `Reading ${shownName(uri.path)}`,
    cancellable: true,
  };
  return vscode.window.withProgress(options, async (progress, token) => {
    token.onCancellationRequested(() => cancel.cancel());
    let before = 0;
    const listener = service.onProgress(({ uri: of, percentage, message }) => {
      if (of !== uri.toString()) return;
      progress.report({ message, increment: percentage - before });
      before = percentage;
    });
    await answer.catch(() => {});
    listener.dispose();
  });
}
