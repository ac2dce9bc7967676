import assert from "node:assert/strict";
import { test } from "node:test";
import { readLog } from "../../server/src/log/read.ts";
import { sniff } from "../../server/src/log/sniff.ts";

const none: Readonly<Record<string, string>> = {
  "a web server's access log with 502":
    '203.0.113.9 - - [23/Nov/2026:18:16:04 +0000] "GET /550 HTTP/1.1" 502 552 "-" "curl/8.5.1"\n'.repeat(60),
  "a web server's error log":
    "2026/11/23 18:16:04 [error] 12#12: *450 upstream timed out (110: Connection timed out) while reading\n".repeat(60),
  "a package manager's log":
    "2026-11-23 18:16:04 status installed libmail-5.1 450 5.4.1\n2026-11-23 18:16:04 upgrade libc6:amd64 2.36 2.37\n",
  "a kernel log": "Nov 23 18:16:04 mx1 kernel: [  450.123456] usb 1-1: new high-speed USB device number 5\n".repeat(40),
  "JSON lines": '{"time":"2026-11-23T18:16:04Z","level":"error","status":554,"msg":"request rejected"}\n'.repeat(40),
  "a program's own log": "2026-11-23 18:16:04 [main] ERROR Order 550 rejected: 421 items are out of stock\n".repeat(40),
  "a program's structured log":
    'level=INFO uuid=1 msg="mail rejected" code=550\n[INFO] [main] [core] 550 rejected\n'.repeat(40),
  "a courier's log": "Nov 23 18:16:04 depot courier[12]: delivery 5: failure at door 450\n".repeat(40),
  "JSON lines of a sender": '{"short_message":"deferred","action":"deferred","code":450}\n'.repeat(40),
  prose: "The server costs 550 EUR. On 2026-11-23 at 18:16 we had 421 guests, version 5.7.1 of the menu was served.\n",
  "an empty text": "",
  "NUL bytes": "\u0000".repeat(5000),
};

for (const [name, text] of Object.entries(none)) {
  test(`${name} is no mail log, and nothing is found in it`, () => {
    assert.equal(sniff(text), undefined);
    assert.deepEqual(readLog(text, { fileDate: undefined }).deliveries, []);
  });
}

const mail =
  "Received: from x by y\nFrom: MAILER-DAEMON@mx1.example.org\nTo: kim@example.org\nSubject: failure notice\n\nHi.\n";
const mails: Readonly<Record<string, string>> = {
  "a report": mail,
  "a report behind blank lines": `\n\r\n${mail}`,
  "a report whose subject is encoded": mail.replace("failure notice", "=?utf-8?B?VW56dXN0ZWxsYmFy?="),
  "a mail from nobody": "Return-Path: <>\nReceived: x\nFrom: a@example.net\nSubject: hello\n\n550 5.1.1 no\n",
  "a folder": "From kim@example.org  Mon Nov 23 18:16:04 2026\nReceived: x\nFrom: kim@example.org\n\nHello\n",
  "a report that returns a log": `${mail}Nov 23 18:16:04 mx1 postfix/qmgr[9]: 044B211F7: removed\n`,
};

for (const [name, text] of Object.entries(mails)) {
  test(`${name} is read as mail`, () => {
    assert.equal(sniff(text), "bounce");
  });
}

test("the header of a note, a letter or an ordinary mail makes no report", () => {
  const notes = [
    "From: kim\nTo: pat\nSubject: failure notice\n\nIt failed.\n",
    "To: abuse@example.net\nSubject: Please unblock 203.0.113.25\n\nDear postmaster,\n",
    "Received: x\nFrom: kim@example.org\nSubject: Lunch\nMessage-ID: <1@x>\n\nAt noon?\n",
    "From here on the log is empty.\nSubject: x\n",
    "Date: today\nStatus: 5.1.1\n",
  ];
  for (const text of notes) assert.equal(sniff(text), undefined, text);
});

const plain: Readonly<Record<string, string>> = {
  "a single Cox code": "they say AUP#CXCNCT, what is it?",
  "a bounce's header": "Diagnostic-Code: smtp; 550 no\n",
  "a dialogue": "220 mx.example.net ESMTP\nHELO x\n250 ok\n550 no such user\n",
  "a reply with both codes": "550 5.1.1 The email account that you tried to reach does not exist\n",
  "a quoted host": "<a@x.de>: host mx.x.de[192.0.2.1] said: 550 no\n",
};

for (const [name, text] of Object.entries(plain)) {
  test(`${name} makes a text worth reading as plain`, () => {
    assert.equal(sniff(text), "plain");
  });
}

test("a filter that talks more than the mail server beside it does not hide that server", () => {
  const filter = "Nov 23 18:16:03 mx1 amavis[550]: (00550-01) Checking: 9Vx6OoIz2Q4W [198.51.100.9] <a@b> -> <c@d>\n";
  assert.equal(sniff(filter.repeat(5)), "amavis");
  assert.equal(sniff(`${filter.repeat(50)}Nov 23 18:16:04 mx1 sm-mta[9]: 6ANIOIhb002569: from=<a@b>\n`), "sendmail");
});

test("a server's log is known although its lines quote replies", () => {
  const noise = "Nov 23 18:16:04 mx1 systemd[1]: Started Session 450 of User root.\n".repeat(30);
  assert.equal(sniff(`${noise}Nov 23 18:16:04 mx1 postfix/qmgr[9]: 044B211F7: removed\n`), "postfix");
  assert.equal(sniff(`\ufeffNov 23 18:16:04 mx1 sm-mta[9]: x: 550 5.1.1 user said: 550 5.1.1 user\n`), "sendmail");
  assert.equal(
    sniff("2026-11-23 18:18:24 H=(x) [203.0.113.11] F=<a@b> rejected RCPT <c@d>: 550 5.1.1 no mail\n"),
    "exim",
  );
});
