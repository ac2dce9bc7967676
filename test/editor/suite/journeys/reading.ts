// Journeys of reading: what opens as a mail log, what is coloured, what is found, what stays silent.
import assert from "node:assert/strict";
import * as vscode from "vscode";
import type { Journey } from "../journey.ts";
import { diagnosticsOf, ended, eventually, open, untitled } from "../support.ts";

const refusal =
  "Jun  3 10:02:07 mx1 postfix/smtp[911]: 4BB0D1F3A7: to=<pat@cox.net>, relay=cxr.mx.a.cloudfilter.net[192.0.2.8]:25, delay=1, delays=0/0/0.5/0.5, dsn=4.0.0, status=deferred (host cxr.mx.a.cloudfilter.net[192.0.2.8] refused to talk to me: 421 cmsmtp 203.0.113.7 blocked. Refer to Error Codes section at https://www.cox.com/residential/support/email-error-codes.html for more information. AUP#CXCNCT)";
const access = '192.0.2.1 - - [03/Jun/2024:10:02:07 +0000] "GET / HTTP/1.1" 502 150 "-" "curl/7.88.1"';

/** The texts that range semantic tokens colour on one line, by the type's name. */
async function coloured(document: vscode.TextDocument, line: number): Promise<Record<string, string[]>> {
  const range = document.lineAt(line).range;
  const legend = await vscode.commands.executeCommand<vscode.SemanticTokensLegend>(
    "vscode.provideDocumentRangeSemanticTokensLegend",
    document.uri,
    range,
  );
  const tokens = await vscode.commands.executeCommand<vscode.SemanticTokens>(
    "vscode.provideDocumentRangeSemanticTokens",
    document.uri,
    range,
  );
  const found: Record<string, string[]> = {};
  const data = tokens?.data ?? new Uint32Array();
  for (let at = 0, row = 0, column = 0; at < data.length; at += 5) {
    const [down = 0, right = 0, length = 0, type = 0] = data.slice(at, at + 4);
    column = down === 0 ? column + right : right;
    row += down;
    const text = document.lineAt(row).text.slice(column, column + length);
    const name = legend?.tokenTypes[type] ?? "?";
    if (row === line) found[name] = [...(found[name] ?? []), text];
  }
  return found;
}

function lineWith(document: vscode.TextDocument, text: string): number {
  return document.positionAt(document.getText().indexOf(text)).line;
}

async function showPlain(language: string, content: string): Promise<vscode.TextDocument> {
  const document = await untitled(language, content);
  await vscode.window.showTextDocument(document);
  return document;
}

export const reading: readonly Journey[] = [
  {
    name: "mail.log opens as a Mail Log, and its refusals are problems linked to their pages",
    run: async () => {
      const { document } = await open("mail.log");
      assert.equal(document.languageId, "smtplog");
      const all = await eventually(() => diagnosticsOf(document.uri), "problems in the sample log");
      const code = all.map((one) => one.code).find((one) => typeof one === "object" && one.value === "AUP#CXCNCT");
      assert.ok(typeof code === "object");
      assert.equal(code.target.toString(true), "smtp-explain:/cox/CXCNCT.md");
      const severities = new Set(all.map((one) => one.severity));
      const { Error: permanent, Warning: temporary, Information: ours } = vscode.DiagnosticSeverity;
      assert.deepEqual([...severities].sort(), [permanent, temporary, ours].sort());
      assert.ok(all.every((one) => one.source === "smtp-log-lens"));
    },
  },
  {
    name: "a refused delivery is coloured by meaning: time, process, queue id, recipient, relay, codes, token",
    run: async () => {
      const { document } = await open("mail.log");
      await eventually(() => diagnosticsOf(document.uri), "problems in the sample log");
      const line = lineWith(document, "AUP#CXCNCT");
      const found = await coloured(document, line);
      const text = document.lineAt(line).text;
      assert.deepEqual(found.smtpTime, [text.slice(0, text.indexOf(" "))]);
      assert.deepEqual(found.smtpProcess, ["postfix/smtp"]);
      assert.equal(found.smtpQueueId?.length, 1);
      assert.match(String(found.smtpRecipient), /@cox\.net$/);
      assert.ok(found.smtpRelayHost?.includes("cxr.mx.a.cloudfilter.net"));
      assert.ok(found.smtpReplyCode?.includes("421"));
      assert.deepEqual(found.smtpSourceIp, ["203.0.113.7"]);
      assert.deepEqual(found.smtpProviderToken, ["AUP#CXCNCT"]);
      assert.ok(found.smtpStatus?.includes("deferred"));
    },
  },
  {
    name: "a Postfix log in VS Code's own log mode is read and coloured, and keeps its mode",
    run: async () => {
      const document = await showPlain("log", `${refusal}\n`);
      await eventually(() => diagnosticsOf(document.uri), "a problem in the log-mode document");
      assert.equal(document.languageId, "log");
      assert.deepEqual((await coloured(document, 0)).smtpProviderToken, ["AUP#CXCNCT"]);
    },
  },
  {
    name: "a web server's access log gets nothing, even with 502 on each line",
    run: async () => {
      const mail = await showPlain("log", `${refusal}\n`);
      const document = await showPlain("log", `${access}\n`.repeat(40));
      await eventually(() => diagnosticsOf(mail.uri), "a problem in the mail log beside it");
      await ended();
      assert.deepEqual(diagnosticsOf(document.uri), undefined);
    },
  },
  {
    name: "a bounce pasted into an empty plain-text document is explained",
    run: async () => {
      const document = await showPlain("plaintext", "");
      const edit = new vscode.WorkspaceEdit();
      edit.insert(
        document.uri,
        new vscode.Position(0, 0),
        "Diagnostic-Code: smtp; 550 5.1.1 <kim@example.net>: user unknown\n",
      );
      await vscode.workspace.applyEdit(edit);
      const [found] = await eventually(() => diagnosticsOf(document.uri), "a problem in the pasted bounce");
      assert.match(String(found?.message), /^Permanent: /);
    },
  },
  {
    name: "a line appended to a log brings its problem, and the others stay",
    run: async () => {
      const document = await showPlain("smtplog", `${refusal}\n`.repeat(3));
      const count = (expected: number) =>
        eventually(() => diagnosticsOf(document.uri)?.length === expected, `${expected} problems`);
      await count(3);
      const edit = new vscode.WorkspaceEdit();
      edit.insert(
        document.uri,
        document.lineAt(document.lineCount - 1).range.end,
        `${refusal.replace("421", "554")}\n`,
      );
      await vscode.workspace.applyEdit(edit);
      await count(4);
      const worst = diagnosticsOf(document.uri)?.filter((one) => one.severity === vscode.DiagnosticSeverity.Error);
      assert.deepEqual(
        worst?.map((one) => one.range.start.line),
        [3],
      );
    },
  },
  {
    name: "a kind of failure that the user switched off disappears, and comes back",
    run: async () => {
      const document = await showPlain("smtplog", `${refusal}\n`);
      await eventually(() => diagnosticsOf(document.uri), "a warning for the deferred message");
      const settings = vscode.workspace.getConfiguration("smtpLogLens");
      await settings.update("severity.temporary", "off", vscode.ConfigurationTarget.Global);
      await eventually(() => diagnosticsOf(document.uri) === undefined, "no problem while temporary failures are off");
      await settings.update("severity.temporary", undefined, vscode.ConfigurationTarget.Global);
      await eventually(() => diagnosticsOf(document.uri), "the warning again");
    },
  },
];
