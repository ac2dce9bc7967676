// Activation as a table of contents: nothing here costs anything until a mail log is open or a command is used.
import * as vscode from "vscode";
import { Agreement } from "./agreement.ts";
import { checkIp } from "./commands/checkIp.ts";
import { copyRedacted } from "./commands/copyRedacted.ts";
import { copyRejection } from "./commands/copyRejection.ts";
import { draftRequest, tellDraft } from "./commands/draftRequest.ts";
import { explainCode } from "./commands/explainCode.ts";
import { explainLine } from "./commands/explainLine.ts";
import { forgetConsent } from "./commands/forgetConsent.ts";
import { goToFailure } from "./commands/goToFailure.ts";
import { openCompressed } from "./commands/openCompressed.ts";
import { openPlace } from "./commands/openPlace.ts";
import { openSample } from "./commands/openSample.ts";
import { readAgain } from "./commands/readAgain.ts";
import { setKey } from "./commands/setKey.ts";
import { showFailures } from "./commands/showFailures.ts";
import { showFindings } from "./commands/showFindings.ts";
import { showReport } from "./commands/showReport.ts";
import { draftRow, showUnknown } from "./commands/showUnknown.ts";
import { Failures } from "./failures.ts";
import { Keys } from "./keys.ts";
import { LargeLogs, type ReadHead } from "./largeLogs.ts";
import { MailLogs } from "./logs.ts";
import { viewType } from "./pages.ts";
import { openAddress } from "./panel/openPage.ts";
import { PanelProvider } from "./panel/provider.ts";
import { ReportSets } from "./reportSets.ts";
import { type Connect, Service } from "./service.ts";
import { Status } from "./status.ts";
import { explainNode } from "./tree/explainNode.ts";
import { FailureTree } from "./tree/failureTree.ts";

/** What a door lends to the extension. */
export interface Door {
  /** Makes the client for the server of this kind of editor. */
  readonly connect: Connect;
  readonly readHead: ReadHead;
}

/** Wires everything. */
export function activate(context: vscode.ExtensionContext, { connect, readHead }: Door): void {
  const logs = new MailLogs();
  const keys = new Keys(context.secrets);
  const agreement = new Agreement(context.workspaceState);
  const service = new Service(connect, logs, (text) => keys.masked(text));
  const large = new LargeLogs(service, logs, readHead);
  const failures = new Failures(service);
  const reports = new ReportSets(context.workspaceState);
  const tree = new FailureTree(service);
  const panels = new PanelProvider(context.extensionUri, {
    ...{ service, logs, agreement, keys, reports, failures },
    draft: (params) => tellDraft({ service, logs }, params),
    draftRow: (wish) => draftRow(service, wish),
  });
  const commands = {
    explain: openAddress,
    explainCode: () => explainCode(service),
    explainLine,
    checkIp: (page: unknown, log: unknown) => checkIp(logs, { page, log }),
    setKey: () => setKey(service, keys),
    forgetConsent: () => forgetConsent(agreement),
    copyRejection: (uri: unknown, line: unknown) => copyRejection(service, { uri, line }),
    draftRequest: () => draftRequest({ service, logs }),
    copyRedacted: () => copyRedacted(service),
    openSample: () => openSample(context),
    showFindings,
    showUnknown,
    nextFailure: () => goToFailure(service, large, false),
    previousFailure: () => goToFailure(service, large, true),
    openPlace: (uri: unknown, line: unknown, ...columns: unknown[]) => openPlace(uri, line, columns),
    explainFailure: explainNode,
    filterFailures: () => tree.askFilter(),
    showAllFailures: () => tree.setFilter(""),
    showFailures: (uri: unknown) => showFailures(failures, uri, "log"),
    showFailuresByKind: (uri: unknown) => showFailures(failures, uri, "kind"),
    openCompressed: (uri: unknown) => openCompressed(failures, uri),
    showReport: (uri: unknown, uris: unknown) => showReport({ service, reports }, uri, uris),
    readAgain: () => readAgain(large),
  };
  context.subscriptions.push(
    logs,
    agreement,
    service,
    large,
    failures,
    tree,
    new Status(service.onStatus),
    logs.onFound((document) => report(service.show(document))),
    vscode.window.registerCustomEditorProvider(viewType, panels, { supportsMultipleEditorsPerDocument: true }),
    ...Object.entries(commands).map(([id, run]) => vscode.commands.registerCommand(`smtpLogLens.${id}`, run)),
  );
  logs.lookAround();
  large.lookAround();
}

/** A server that does not start is the user's to know of, once; the log stays readable without it. */
function report(work: Promise<void>): void {
  work.catch((error: unknown) => {
    const why = error instanceof Error ? error.message : String(error);
    vscode.window.showErrorMessage(
      `SMTP Log Lens could not start, so refusals are not explained: ${why}. Reload the window to try again.`,
    );
  });
}
