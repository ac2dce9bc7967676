// Diagnostics: one a line while they are few, one a kind when a log has too many; no kind of failure is ever lost.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type Diagnostic, DiagnosticSeverity } from "vscode-languageserver-protocol";
import { analyse } from "../../server/src/analyse.ts";
import { diagnose, mostDiagnostics } from "../../server/src/lsp/features/diagnostics.ts";
import { defaults, readSettings } from "../../server/src/lsp/settings.ts";
import type { Finding } from "../../server/src/model.ts";
import { startServer, type TestServer } from "../support/server.ts";

const uri = "file:///var/log/mail.log";

/** A Postfix line with a refusal by `host`. */
function refused(reply: string, host = "cxr.mx.a.cloudfilter.net"): string {
  const status = reply.startsWith("4") ? "deferred" : "bounced";
  return `2026-11-23T10:02:07+00:00 mx1 postfix/smtp[911]: 4VtCqB1abcz9: to=<pat@cox.net>, relay=${host}[192.0.2.8]:25, delay=1, delays=0/0/0.5/0.5, dsn=4.0.0, status=${status} (host ${host}[192.0.2.8] said: ${reply} (in reply to MAIL FROM command))`;
}

const ours =
  "2026-11-23T10:02:09+00:00 mx1 postfix/smtpd[915]: NOQUEUE: reject: RCPT from unknown[198.51.100.9]: 554 5.7.1 <a@example.org>: Relay access denied; from=<x@example.com> to=<a@example.org> proto=ESMTP helo=<h>";
const temporary = refused("421 cmsmtp 203.0.113.7 blocked. AUP#CXCNCT");
const permanent = refused("550 5.1.0 sender rejected. AUP#CXBL");
const listed = refused("554 cmsmtp 203.0.113.7 blocked. AUP#IPBL0011");

/** What the analysis makes of one line. */
function findingOf(line: string): Finding {
  const finding = analyse(`${line}\n`, { fileDate: undefined, certain: true })?.findings[0];
  assert.ok(finding !== undefined, line);
  return finding;
}

/** The findings of a log whose line n is `kinds[n]`, made without reading so many lines. */
function logOf(kinds: readonly string[]): Finding[] {
  const known = new Map<string, Finding>();
  return kinds.map((kind, line) => {
    const finding = known.get(kind) ?? findingOf(kind);
    known.set(kind, finding);
    return { ...finding, delivery: { ...finding.delivery, line } };
  });
}

function repeated(...counts: readonly (readonly [string, number])[]): Finding[] {
  return logOf(counts.flatMap(([kind, count]) => Array.from({ length: count }, () => kind)));
}

function shown(findings: readonly Finding[]): Diagnostic[] {
  return diagnose(uri, findings, defaults);
}

/** The text of a diagnostic; ours is never Markdown. */
function textOf(diagnostic: Diagnostic | undefined): string {
  const message = diagnostic?.message;
  assert.ok(typeof message === "string", "a diagnostic has a plain text");
  return message;
}

function codesOf(diagnostics: readonly Diagnostic[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { code } of diagnostics) counts[String(code)] = (counts[String(code)] ?? 0) + 1;
  return counts;
}

test("exactly 1,000 failures are 1,000 diagnostics, one for each line", () => {
  const diagnostics = shown(repeated([temporary, 1_000]));
  assert.equal(mostDiagnostics, 1_000);
  assert.deepEqual(
    diagnostics.map(({ range }) => range.start.line),
    Array.from({ length: 1_000 }, (_, line) => line),
  );
  assert.ok(diagnostics.every(({ relatedInformation }) => relatedInformation === undefined));
});

test("1,001 failures of one kind are one diagnostic with the count, the first line and the last line", () => {
  const [diagnostic, ...more] = shown(repeated([temporary, 1_001]));
  assert.deepEqual(more, []);
  assert.equal(diagnostic?.code, "AUP#CXCNCT");
  assert.equal(diagnostic?.range.start.line, 0);
  assert.match(textOf(diagnostic), /^1,001 times in this log \(lines 1 to 1,001\): Temporary: /);
  assert.deepEqual(
    diagnostic?.relatedInformation?.map(({ location, message }) => [location.uri, location.range.start.line, message]),
    [
      [uri, 0, "The first line of this kind"],
      [uri, 1_000, "The last line of this kind"],
    ],
  );
});

test("in a log with too many failures the rare kinds keep a diagnostic for each of their lines", () => {
  const diagnostics = shown(repeated([temporary, 5_000], [listed, 7], [ours, 1], [permanent, 300]));
  assert.deepEqual(codesOf(diagnostics), { "AUP#CXCNCT": 1, "AUP#IPBL0011": 7, "554 5.7.1": 1, "AUP#CXBL": 300 });
  const rare = diagnostics.filter(({ code }) => code === "AUP#IPBL0011");
  assert.deepEqual(
    rare.map(({ range }) => range.start.line),
    [5_000, 5_001, 5_002, 5_003, 5_004, 5_005, 5_006],
  );
  assert.ok(rare.every(({ relatedInformation }) => relatedInformation === undefined));
});

test("100,000 failures of three kinds that alternate are three diagnostics that name all their lines", () => {
  const kinds = [temporary, permanent, ours];
  const diagnostics = shown(logOf(Array.from({ length: 100_000 }, (_, line) => kinds[line % 3] ?? ours)));
  assert.deepEqual(
    diagnostics
      .map((diagnostic) => ({
        ...{ code: diagnostic.code, severity: diagnostic.severity, count: textOf(diagnostic).split(" ")[0] },
        lines: diagnostic.relatedInformation?.map(({ location }) => location.range.start.line),
      }))
      .sort((a, b) => Number(a.severity) - Number(b.severity)),
    [
      { code: "AUP#CXBL", severity: DiagnosticSeverity.Error, count: "33,333", lines: [1, 99_997] },
      { code: "AUP#CXCNCT", severity: DiagnosticSeverity.Warning, count: "33,334", lines: [0, 99_999] },
      { code: "554 5.7.1", severity: DiagnosticSeverity.Information, count: "33,333", lines: [2, 99_998] },
    ],
  );
});

test("a mask is a kind of its own, and so is the same entry as a permanent and as a temporary reply", () => {
  const other = refused("554 cmsmtp 203.0.113.7 blocked. AUP#IPBL0001");
  const soft = refused("421 cmsmtp 203.0.113.7 blocked. AUP#IPBL0011");
  const diagnostics = shown(repeated([listed, 2_000], [other, 2_000], [soft, 2_000]));
  assert.deepEqual(
    diagnostics.map(({ code, severity }) => [code, severity]),
    [
      ["AUP#IPBL0011", DiagnosticSeverity.Error],
      ["AUP#IPBL0001", DiagnosticSeverity.Error],
      ["AUP#IPBL0011", DiagnosticSeverity.Warning],
    ],
  );
});

/** Different masks, of up to 16 bits: each is a kind of its own. */
function masks(count: number): string[] {
  return Array.from({ length: count }, (_, at) => (at + 1).toString(2).padStart(14, "0"));
}

test("with 900 kinds of failure in 90,000 lines every kind is still shown", () => {
  const kinds = masks(900).map((mask) => refused(`554 blocked. AUP#IPBL${mask}`));
  const diagnostics = shown(logOf(Array.from({ length: 90_000 }, (_, line) => kinds[line % 900] ?? "")));
  assert.equal(Object.keys(codesOf(diagnostics)).length, 900);
  assert.ok(diagnostics.length <= mostDiagnostics);
});

test("even a log with more than 1,000 kinds of failure gets at most 1,000 diagnostics", () => {
  const kinds = masks(1_500).map((mask) => refused(`554 blocked. AUP#IPBL${mask}`));
  assert.ok(shown(logOf(kinds)).length <= mostDiagnostics);
  assert.ok(shown(logOf([...kinds, ...kinds, ...kinds])).length <= mostDiagnostics);
});

test("any mixture of kinds gives at most 1,000 diagnostics, every kind among them", () => {
  const kinds = [temporary, permanent, ours, listed, refused("450 4.2.1 busy"), refused("552 5.2.2 full")];
  for (const counts of [
    [999, 1, 1],
    [500, 500, 1],
    [334, 334, 334],
    [400, 1, 2, 3, 4, 600],
    [167, 167, 167, 167, 167, 167],
  ]) {
    const findings = repeated(...counts.map((count, at) => [kinds[at] ?? ours, count] as const));
    const diagnostics = shown(findings);
    assert.ok(diagnostics.length <= mostDiagnostics, `${counts}: ${diagnostics.length}`);
    assert.equal(Object.keys(codesOf(diagnostics)).length, counts.length, `${counts}`);
    const told = diagnostics.reduce((sum, diagnostic) => sum + count(textOf(diagnostic)), 0);
    assert.equal(told, findings.length, `${counts}: the diagnostics stand for every line`);
  }
});

function count(message: string): number {
  return Number(/^([\d,]+) times? in this log/.exec(message)?.[1]?.replaceAll(",", "") ?? 1);
}

test("each kind has the severity that the user gave it", () => {
  const words = ["error", "warning", "information", "hint"] as const;
  for (const [at, word] of words.entries()) {
    const settings = readSettings({ severity: { permanent: word, temporary: word, ours: word } });
    const diagnostics = diagnose(uri, logOf([temporary, permanent, ours]), settings);
    assert.deepEqual(
      diagnostics.map(({ severity }) => severity),
      [at + 1, at + 1, at + 1],
    );
  }
});

test("a kind that is off is not shown and takes no room from the others", () => {
  const settings = readSettings({ severity: { temporary: "off" } });
  const diagnostics = diagnose(uri, repeated([temporary, 5_000], [permanent, 1_000]), settings);
  assert.deepEqual(codesOf(diagnostics), { "AUP#CXBL": 1_000 });
});

test("when diagnostics are off there is none", () => {
  assert.deepEqual(diagnose(uri, logOf([temporary]), readSettings({ diagnostics: { enable: false } })), []);
});

test("a diagnostic's text is plain, its first sentence short, its code linked", () => {
  for (const diagnostic of shown(logOf([temporary, permanent, listed, ours]))) {
    const { source, codeDescription } = diagnostic;
    const message = textOf(diagnostic);
    assert.equal(source, "smtp-log-lens");
    assert.match(codeDescription?.href ?? "", /^smtp-explain:\/[a-z]+\/[\w.-]+\.md$/);
    assert.doesNotMatch(message, /[*`[\]]|\\/);
    assert.ok((/^[^.]+\./.exec(message)?.[0].length ?? 999) <= 100, message);
  }
});

let server: TestServer;
let settings: unknown = {};
before(async () => {
  server = await startServer();
  server.connection.onRequest("workspace/configuration", () => [settings]);
});
after(() => server.stop());

test("changed settings show an open log anew", async () => {
  assert.equal((await server.open({ uri, text: `${[temporary, permanent, ours].join("\n")}\n` })).length, 3);
  const severities = async (changed: unknown) => {
    settings = changed;
    const next = server.next(uri);
    await server.connection.sendNotification("workspace/didChangeConfiguration", { settings: null });
    return (await next).map(({ severity }) => severity);
  };
  assert.deepEqual(await severities({ severity: { permanent: "hint", temporary: "error", ours: "off" } }), [1, 4]);
  assert.deepEqual(await severities({ diagnostics: { enable: false } }), []);
  assert.deepEqual(await severities({}), [2, 1, 3]);
});
