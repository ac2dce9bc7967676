// What the editor is told before any code runs: names of logs, colours, settings, the panel's selector.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { matchesGlob } from "node:path";
import { test } from "node:test";
import { viewType } from "../../client/src/pages.ts";
import { scheme, tokenModifiers, tokenTypes } from "../../server/src/protocol.ts";

const root = new URL("../../", import.meta.url);
const manifest = JSON.parse(readFileSync(new URL("package.json", root), "utf8"));
const [language] = manifest.contributes.languages;

function opensAsMailLog(name: string): boolean {
  const patterns: string[] = language.filenamePatterns;
  return language.filenames.includes(name) || patterns.some((pattern) => matchesGlob(name, pattern));
}

test("the usual names of mail logs and their rotated forms open as mail logs", () => {
  const names = ["maillog", "mail.log", "mail.info", "mail.warn", "mail.err", "mainlog", "rejectlog", "paniclog"];
  const rotated = [
    "maillog-20261101",
    "mail.log.1",
    "mail.log.12",
    "mainlog.2",
    "rejectlog.10",
    "exim_mainlog-20261101",
  ];
  for (const name of [...names, ...rotated]) assert.ok(opensAsMailLog(name), name);
});

test("compressed and other logs do not", () => {
  const names = ["mail.log.1.gz", "maillog-20261101.gz", "access.log", "syslog", "mail.log.bak", "maillogger"];
  for (const name of names) assert.ok(!opensAsMailLog(name), name);
});

test("the first line of a mail log is known", () => {
  const first = new RegExp(language.firstLine);
  const lines = [
    "Nov 23 18:16:05 mx1 postfix/smtp[904]: 1F3271264: to=<a@example.org>",
    "Nov  3 08:16:05 mx1 postfix-out/smtp[904]: x",
    "2026-11-23T13:39:47.364233-05:00 mx1 postfix/relay/smtp[1]: x",
    "<22>Nov 23 18:16:05 mx1 sendmail[2571]: 6ANIOihb002569: x",
    "Nov 23 18:16:05 mx1 sm-mta[2571]: 6ANIOihb002569: x",
    "2026-11-23 18:17:04 1xVYaf-0000jN-0a == a@example.org R=dnslookup",
    "2026-11-23 18:18:22 exim 4.96 daemon started: pid=5978",
    "2026-11-23 18:18:22 Start queue run: pid=1",
  ];
  for (const line of lines) assert.match(line, first);
});

test("the first line of another log is not", () => {
  const first = new RegExp(language.firstLine);
  const lines = [
    "Nov 23 18:16:05 mx1 sshd[904]: Accepted publickey",
    "2026-11-23 18:17:04 INFO postfix/smtp is mentioned",
    "see postfix/smtp[1]: x",
    "",
  ];
  for (const line of lines) assert.doesNotMatch(line, first);
});

test("every kind of field has a token type and a colour", () => {
  const declared = manifest.contributes.semanticTokenTypes.map(({ id }: { id: string }) => id);
  const [{ scopes }] = manifest.contributes.semanticTokenScopes;
  assert.deepEqual(declared, Object.values(tokenTypes));
  for (const id of declared) assert.ok(scopes[id], id);
  assert.deepEqual(
    manifest.contributes.semanticTokenModifiers.map(({ id }: { id: string }) => id),
    [...tokenModifiers],
  );
});

test("the panel opens the addresses of our scheme", () => {
  const [editor] = manifest.contributes.customEditors;
  assert.equal(editor.viewType, viewType);
  assert.deepEqual(editor.selector, [{ filenamePattern: `${scheme}:/**` }]);
});

test("every file that the manifest names exists", () => {
  const { contributes, icon } = manifest;
  const steps: { media: { markdown: string } }[] = contributes.walkthroughs[0].steps;
  const files: string[] = [
    icon,
    language.configuration,
    ...contributes.grammars.map(({ path }: { path: string }) => path),
    ...steps.map(({ media }) => media.markdown),
  ];
  for (const file of files) assert.ok(existsSync(new URL(file, root)), file);
});

test("a workspace that is not trusted cannot choose the resolver", () => {
  assert.ok(manifest.capabilities.untrustedWorkspaces.restrictedConfigurations.includes("smtpLogLens.check.resolver"));
  assert.equal(manifest.contributes.configuration.properties["smtpLogLens.check.resolver"].scope, "machine");
});
