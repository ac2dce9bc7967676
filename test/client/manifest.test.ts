// What the editor is told before any code runs: names of logs, colours, settings, the panel's selector.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { matchesGlob } from "node:path";
import { test } from "node:test";
import { readStanding } from "../../client/src/consent.ts";
import { viewType } from "../../client/src/pages.ts";
import { usualLimits } from "../../server/src/check/limits.ts";
import { defaults, readSettings } from "../../server/src/lsp/settings.ts";
import { serverFault } from "../../server/src/node/resolver.ts";
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

test("the files of Exchange, PowerMTA, Momentum and Cisco ESA open as mail logs by their names", () => {
  const names = ["MSGTRK20261123-1.LOG", "MSGTRKMA2026112318-1.LOG", "SEND20261123-1.LOG", "RECV20261123-2.LOG"];
  const others = ["acct-2026-11-23-0000.csv", "acct-20261123.csv", "bouncelog.ec", "mail.@20261123T181604.s"];
  for (const name of [...names, ...others]) assert.ok(opensAsMailLog(name), name);
});

test("compressed and other logs do not", () => {
  const names = [
    "mail.log.1.gz",
    "maillog-20261101.gz",
    "access.log",
    "syslog",
    "mail.log.bak",
    "maillogger",
    "SEND.LOG",
    "acct-2026.csv",
  ];
  for (const name of names) assert.ok(!opensAsMailLog(name), name);
});

test("mails keep the language that another extension gives them, and wake this one all the same", () => {
  for (const name of ["bounce.eml", "bounces.mbox"]) assert.ok(!opensAsMailLog(name), name);
  for (const id of ["eml", "email", "mbox"]) assert.ok(manifest.activationEvents.includes(`onLanguage:${id}`), id);
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
    "type,timeLogged,timeQueued,orig,rcpt",
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
    ...contributes.jsonValidation.map(({ url }: { url: string }) => url),
  ];
  for (const file of files) assert.ok(existsSync(new URL(file, root)), file);
});

interface Property {
  readonly scope: string;
  readonly type: string;
  readonly default: unknown;
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly markdownDescription: string;
}

const properties: Readonly<Record<string, Property>> = manifest.contributes.configuration.properties;

function property(name: string): Property {
  const found = properties[`smtpLogLens.check.${name}`];
  assert.ok(found, name);
  return found;
}

function checkSettings(check: object): ReturnType<typeof readSettings> {
  return readSettings({ check });
}

test("a workspace that is not trusted chooses nothing of the check, nor does any other workspace", () => {
  const names = Object.keys(properties).filter((name) => name.startsWith("smtpLogLens.check."));
  assert.equal(names.length, 6);
  const restricted: string[] = manifest.capabilities.untrustedWorkspaces.restrictedConfigurations;
  assert.deepEqual([...restricted].sort(), [...names, "smtpLogLens.rules"].sort());
  for (const name of names) assert.equal(properties[name]?.scope, "machine", name);
});

test("the default settings of the check are what the server does by itself", () => {
  assert.equal(property("timeout.question").default, usualLimits.questionMs);
  assert.equal(property("timeout.total").default, usualLimits.totalMs);
  const check = { resolver: property("resolver").default, dnsOverHttps: property("dnsOverHttps").default, lists: {} };
  assert.deepEqual(checkSettings(check), defaults);
});

test("every time limit that the editor lets pass is one that the server takes", () => {
  for (const [name, read] of [
    ["question", "questionMs"],
    ["total", "totalMs"],
  ] as const) {
    const { minimum, maximum } = property(`timeout.${name}`);
    for (const value of [minimum, maximum])
      assert.deepEqual(checkSettings({ timeout: { [name]: value } }).limits, { [read]: value });
  }
});

test("the editor marks a resolver just when the check cannot ask it", () => {
  const pattern = new RegExp(property("resolver").pattern ?? "", "u");
  const good = ["", "192.168.1.1", "127.0.0.1:5353", "[::1]:53, 192.0.2.53", "2001:db8::53", "::1 192.0.2.1:53"];
  for (const text of good) {
    assert.match(text, pattern);
    const { servers } = checkSettings({ resolver: text }).resolving;
    assert.deepEqual(servers.map(serverFault).filter(Boolean), [], text);
  }
  for (const text of ["dns.example.org", "https://192.0.2.1/", "192.0.2.1:port", "192.0.2.1,resolver", "::1]:53"])
    assert.doesNotMatch(text, pattern);
});

test("a DNS over HTTPS service is an https address", () => {
  const pattern = new RegExp(property("dnsOverHttps").pattern ?? "", "u");
  for (const text of ["", "https://dns.example.net/dns-query", "https://[2001:db8::1]:8443/q?x=1"])
    assert.match(text, pattern);
  for (const text of ["http://dns.example.net/", "dns.example.net", "https://user@dns.example.net/", "https://a b/"])
    assert.doesNotMatch(text, pattern);
  assert.equal(
    checkSettings({ dnsOverHttps: "https://dns.example.net/" }).resolving.endpoint,
    "https://dns.example.net/",
  );
});

test("lists are switched by zone, and the setting tells which are asked", () => {
  const lists = { "dnsbl.example.org": true, "bl.spamcop.net": false };
  assert.deepEqual(checkSettings({ lists }).lists, lists);
  for (const name of ["ZEN", "SpamCop", "PSBL", "Mailspike", "dnswl"])
    assert.ok(property("lists").markdownDescription.includes(name), name);
});

test("the consent setting has the words that the client reads, and asks by default", () => {
  const { enum: words = [], default: standard } = property("consent");
  assert.deepEqual(words.map(readStanding), words);
  assert.equal(standard, "ask");
});

test("every command that the manifest offers is one that the client registers", () => {
  const wiring = readFileSync(new URL("client/src/extension.ts", root), "utf8");
  for (const { command } of manifest.contributes.commands)
    assert.match(wiring, new RegExp(`\\b${command.replace("smtpLogLens.", "")}\\b`), command);
});
