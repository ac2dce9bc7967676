// What the first paint of a mail log colours: real lines of three servers, each element scoped exactly.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { before, test } from "node:test";
import { injectedGrammar, mailLogGrammar, type Scoped } from "./tokenize.ts";

type Grammar = (line: string) => Scoped[];
let grammar: Grammar;
let injected: Grammar;

before(async () => {
  grammar = await mailLogGrammar();
  injected = await injectedGrammar();
});

/** Asserts that exactly `text` carries a scope with `part` in it, at its `nth` place. */
function scoped(line: string, text: string, part: string): void {
  const found = grammar(line).filter((token) => token.text === text);
  const scopes = found.flatMap((token) => token.scopes.filter((scope) => scope.includes(part)));
  assert.ok(
    scopes.length > 0,
    `${text} should be ${part}, is ${JSON.stringify(found.map(({ scopes }) => scopes))} in ${line}`,
  );
}

const cox =
  "Refer to Error Codes section at https://www.cox.com/residential/support/email-error-codes.html for more information.";
const postfix = `Nov 23 18:16:22 mx1 postfix/smtp[1761]: CBCD015BF: to=<burst18@cox.net>, relay=cxr.mx.a.cloudfilter.net[127.1.0.37]:25, delay=0.58, delays=0.01/0.1/0.35/0.12, dsn=4.0.0, status=deferred (host cxr.mx.a.cloudfilter.net[127.1.0.38] refused to talk to me: 421 cmsmtp 203.0.113.25 blocked. ${cox} AUP#CXCNCT)`;
const bounced = `2026-11-23T13:39:49.568321-05:00 mx1 postfix/smtp[985]: 4jYF9K3Qhwz1sx: to=<case055@cox.net>, relay=none, delay=0.09, delays=0/0/0.02/0.06, dsn=5.2.0, status=bounced (host cxr.mx.a.cloudfilter.net[127.1.0.45] said: 552 5.2.0 message rejected. ${cox} AUP#URLBL110 (in reply to end of DATA command))`;
const refused =
  "Nov 23 18:18:21 mx1 postfix/smtpd[2385]: NOQUEUE: reject: RCPT from client13.example.net[203.0.113.13]: 550 5.1.1 <nobody-in04@example.org>: Recipient address rejected: User unknown in virtual mailbox table; from=<in04@example.com> to=<nobody-in04@example.org> proto=ESMTP helo=<client.example.net>";
const exim =
  "2026-11-23 18:17:04 1xVYaf-0000jN-0a == case272@smtp.example R=dnslookup T=remote_smtp defer (-44) H=mail.smtp.example [127.1.1.21]: SMTP error from remote mail server after RCPT TO:<case272@smtp.example>: 450 5.1.1 <case272@smtp.example>: class of enhanced code does not match reply code";
const eximAll =
  "2026-11-23 19:22:06.965 +0100 [5439] 1xVYfi-00016l-0S H=alt1.gmail-smtp-in.l.google.com [127.1.0.83]:2525: SMTP error from remote mail server after end of data: 421-4.7.0 [203.0.113.25 15] Our system has detected an unusual rate of unsolicited\\n421-4.7.0 mail originating from your IP address.\\n421 4.7.0  https://support.google.com/mail/?p=Unsolicited";
const sendmail =
  "Nov 23 18:25:17 mx1 sendmail[3362]: 6ANIOsR1002828: to=case194@free.fr, delay=00:00:23, xdelay=00:00:00, mailer=esmtp, pri=120274, relay=mx1.free.fr. [127.1.0.190], dsn=4.5.0, reply=421 Too many spams from your IP (203.0.113.25), please visit http://postmaster.free.fr/, stat=Deferred: 421 Too many spams from your IP (203.0.113.25)";

const elements: [about: string, line: string, text: string, scope: string][] = [
  ["the time of a Postfix line", postfix, "Nov 23 18:16:22", "comment.line.time.smtplog"],
  ["its host", postfix, "mx1", "variable.other.host.smtplog"],
  ["its process", postfix, "postfix/smtp", "entity.name.function.process.smtplog"],
  ["its process id", postfix, "1761", "constant.numeric.pid.smtplog"],
  ["its short queue id", postfix, "CBCD015BF", "variable.other.constant.queue-id.smtplog"],
  ["its recipient", postfix, "burst18@cox.net", "string.unquoted.recipient.smtplog"],
  ["its relay host", postfix, "cxr.mx.a.cloudfilter.net", "entity.name.type.relay-host.smtplog"],
  ["its relay IP", postfix, "127.1.0.37", "constant.numeric.relay-ip.smtplog"],
  ["the relay that refused", postfix, "127.1.0.38", "constant.numeric.relay-ip.smtplog"],
  ["its temporary dsn", postfix, "4.0.0", "markup.changed.enhanced-code.temporary.smtplog"],
  ["its status deferred", postfix, "deferred", "markup.changed.status.temporary.smtplog"],
  ["the 421 of a refused greeting", postfix, "421", "markup.changed.reply-code.temporary.smtplog"],
  ["the source IP that Cox names", postfix, "203.0.113.25", "constant.numeric.source-ip.smtplog"],
  ["the token AUP#CXCNCT", postfix, "AUP#CXCNCT", "provider-token.smtplog"],
  ["an ISO time", bounced, "2026-11-23T13:39:49.568321-05:00", "comment.line.time.smtplog"],
  ["a long queue id", bounced, "4jYF9K3Qhwz1sx", "variable.other.constant.queue-id.smtplog"],
  ["the status bounced", bounced, "bounced", "invalid.status.permanent.smtplog"],
  ["a permanent reply code", bounced, "552", "invalid.reply-code.permanent.smtplog"],
  ["a permanent enhanced code", bounced, "5.2.0", "invalid.enhanced-code.permanent.smtplog"],
  ["the token AUP#URLBL110", bounced, "AUP#URLBL110", "provider-token.smtplog"],
  ["NOQUEUE", refused, "NOQUEUE", "variable.other.constant.queue-id.smtplog"],
  ["reject of our own server", refused, "reject", "invalid.status.permanent.smtplog"],
  ["the client that we refused", refused, "203.0.113.13", "constant.numeric.source-ip.smtplog"],
  ["its name", refused, "client13.example.net", "entity.name.type.client-host.smtplog"],
  ["our own 550", refused, "550", "invalid.reply-code.permanent.smtplog"],
  ["a sender", refused, "in04@example.com", "string.unquoted.sender.smtplog"],
  ["the refused recipient", refused, "nobody-in04@example.org", "string.unquoted.recipient.smtplog"],
  ["the time of an Exim line", exim, "2026-11-23 18:17:04", "comment.line.time.smtplog"],
  ["an Exim message id", exim, "1xVYaf-0000jN-0a", "variable.other.constant.queue-id.smtplog"],
  ["an Exim recipient", exim, "case272@smtp.example", "string.unquoted.recipient.smtplog"],
  ["an Exim relay host", exim, "mail.smtp.example", "entity.name.type.relay-host.smtplog"],
  ["an Exim relay IP", exim, "127.1.1.21", "constant.numeric.relay-ip.smtplog"],
  ["the word defer", exim, "defer", "markup.changed.status.temporary.smtplog"],
  ["an Exim time with its zone", eximAll, "2026-11-23 19:22:06.965 +0100", "comment.line.time.smtplog"],
  ["an Exim process id", eximAll, "5439", "constant.numeric.pid.smtplog"],
  ["the code of a folded Gmail reply", eximAll, "421", "markup.changed.reply-code.temporary.smtplog"],
  ["its enhanced code", eximAll, "4.7.0", "markup.changed.enhanced-code.temporary.smtplog"],
  ["the source IP that Gmail names", eximAll, "203.0.113.25", "constant.numeric.source-ip.smtplog"],
  ["a Sendmail queue id", sendmail, "6ANIOsR1002828", "variable.other.constant.queue-id.smtplog"],
  ["a Sendmail recipient", sendmail, "case194@free.fr", "string.unquoted.recipient.smtplog"],
  ["a Sendmail relay without its dot", sendmail, "mx1.free.fr", "entity.name.type.relay-host.smtplog"],
  ["a Sendmail relay IP", sendmail, "127.1.0.190", "constant.numeric.relay-ip.smtplog"],
  ["a Sendmail reply code", sendmail, "421", "markup.changed.reply-code.temporary.smtplog"],
  ["a Sendmail status", sendmail, "Deferred", "markup.changed.status.temporary.smtplog"],
];

for (const [about, line, text, scope] of elements) test(`${about} is scoped`, () => scoped(line, text, scope));

test("codes of a folded reply are all scoped, one by one", () => {
  const codes = grammar(eximAll).filter(({ text }) => text === "421");
  assert.equal(codes.length, 3);
});

test("numbers that are no reply codes stay plain", () => {
  const line =
    "Nov 23 18:16:41 mx1 postfix/qmgr[895]: D87F215CB: from=<b30@example.org>, size=458, nrcpt=1 (queue active)";
  const size = grammar(line).find(({ text }) => text.includes("458"));
  assert.deepEqual(size?.scopes, ["text.smtplog"]);
});

test("text around the elements stays plain", () => {
  const plain = grammar(postfix).filter(({ text }) => text.includes("blocked. Refer"));
  assert.deepEqual(
    plain.map(({ scopes }) => scopes),
    [["text.smtplog"]],
  );
});

test("a log in VS Code's own log mode shows the token and the reply too", () => {
  const texts = injected(postfix).filter(({ scopes }) => scopes.length > 1);
  assert.deepEqual(
    texts.map(({ text }) => text),
    ["421", "AUP#CXCNCT"],
  );
});

test("an ordinary log is left alone by the injected patterns", () => {
  const lines = [
    "2024-01-01 12:00:00.421 [info] 421 requests, 5.1.1 released",
    "port 550 said nothing",
    "v4.7.0 (421)",
  ];
  for (const line of lines) assert.deepEqual(injected(line)[0]?.scopes, ["text.log"], line);
});

test("every line of the sample log begins with a time, a host and a process", async () => {
  const sample = await readFile(new URL("../../client/media/sample-mail.log", import.meta.url), "utf8");
  for (const line of sample.trimEnd().split("\n")) {
    const kinds = grammar(line).map(({ scopes }) => scopes.at(-1)?.split(".").at(-2));
    assert.equal(kinds[0], "time", line);
    assert.ok(kinds.includes("host") && kinds.includes("process"), line);
  }
});

const hostile = [
  "a".repeat(20_000),
  `Nov 23 18:16:22 mx1 postfix/smtp[1]: ${"A1".repeat(9_000)}`,
  "to=<".repeat(5_000),
  "relay=a.".repeat(2_500),
  `host ${"a.".repeat(9_000)}[1.1.1.1`,
  "421 4.7.0 ".repeat(2_000),
  "421-4.7.0-".repeat(2_000),
  `2026-11-23 18:16:22 ${"H=(a) ".repeat(3_000)}`,
  "AUP#A-".repeat(3_000),
  ":".repeat(20_000),
  "[::".repeat(6_000),
  `relay=${"1:".repeat(9_000)}`,
  "<22>1 ".repeat(3_000),
  "\u0000\u202e".repeat(8_000),
];

test("a hostile line is scoped to its end", () => {
  for (const line of hostile) {
    const tokens = grammar(line);
    assert.equal(tokens.map(({ text }) => text).join(""), line);
    assert.equal(
      injected(line)
        .map(({ text }) => text)
        .join(""),
      line,
    );
  }
});
