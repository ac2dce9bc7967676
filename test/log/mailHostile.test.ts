// Mails made to cost time and memory: all of them end, and what is read of them is bounded.
import assert from "node:assert/strict";
import { test } from "node:test";
import { readLog } from "../../server/src/log/read.ts";

const size = 10_000_000;
const head = "Return-Path: <>\nReceived: x\nFrom: MAILER-DAEMON@x\nSubject: failure notice\nMIME-Version: 1.0\n";
const passedOn = "From: kim@x\nReceived: x\nMessage-ID: <1>\nSubject: Fwd: Undeliverable\n";
const fill = (text: string): string => text.repeat(Math.ceil(size / text.length));
const counted = (make: (index: number) => string): string =>
  Array.from({ length: 100_000 }, (_, index) => make(index)).join("");

const mails: Readonly<Record<string, string>> = {
  "a hundred thousand multiparts in each other":
    head + counted((at) => `Content-Type: multipart/mixed; boundary="b${at}"\n\n--b${at}\n`),
  "a hundred thousand messages in each other":
    passedOn +
    counted((at) => `Content-Type: multipart/mixed; boundary="a${at}"\n\n--a${at}\nContent-Type: message/rfc822\n\n`),
  "messages in each other with one boundary":
    passedOn + fill('Content-Type: multipart/mixed; boundary="a"\n\n--a\nContent-Type: message/rfc822\n\n'),
  "parts without an end": `${head}Content-Type: multipart/mixed; boundary="a"\n\n${fill("--a\n\n")}`,
  "ends without a beginning": `${head}Content-Type: multipart/mixed; boundary="a"\n\n${fill("--a--\n")}`,
  "a boundary of a million letters": `${head}Content-Type: multipart/mixed; boundary="${"a".repeat(1_000_000)}"\n\n${fill(`--${"a".repeat(190)}\n`)}`,
  "a header of one line": `${head}X: ${fill("y")}\n\nx`,
  "a header of a million fields": `${head}${fill("X-A: b\n")}\nx`,
  "a field that is folded without end": `${head}X: y\n${fill(" =?u?Q?a?=\n")}\nx`,
  "a subject of beginnings of encoded words": `${head}Subject: =?utf-8?Q?${fill("=?")}\n\nx`,
  "ten million blank lines": `${head}\n${fill("\n")}`,
  "one line softly broken without end": `${head}Content-Transfer-Encoding: quoted-printable\n\n${fill("=\n")}`,
  "encoded bytes without a break": `${head}Content-Transfer-Encoding: quoted-printable\n\n${fill("é=E9")}`,
  "base64 without a break": `${head}Content-Transfer-Encoding: base64\n\n${fill("NTUw")}`,
  "a page of open tags": `${head}Content-Type: text/html\n\n${fill("<p")}`,
  "a page of entities and addresses": `${head}Content-Type: text/html\n\n${fill("<a@<b>&#x1;&amp;\n")}`,
  "a reply folded without end": `${head}\n${fill("  550-x user\n")}`,
  "replies that are announced and never come": `${head}\n${fill("said:\n")}`,
  "addresses and codes on each line": `${head}\n${fill("a@b.c: not known a@b.c <a@b.c> 550 \n")}`,
  "a line of at signs": `${head}\n${fill("a@")}`,
  "recipients that failed on one line": `${head}X-Failed-Recipients: ${fill("a@b.c, ")}\n\nx`,
  "recipients without an end": `${head}Content-Type: message/delivery-status\n\n${fill("Final-Recipient: rfc822; a@b.c\nAction: failed\nDiagnostic-Code: smtp; 550 x\n\n")}`,
};

for (const [name, text] of Object.entries(mails)) {
  test(`${name}: the mail is read to its bounds, and every line is counted`, () => {
    const { format, deliveries, lines } = readLog(text, { fileDate: undefined });
    assert.equal(format, "bounce");
    assert.ok(deliveries.length <= 5001);
    assert.equal(lines, text.split("\n").length - (text.endsWith("\n") ? 1 : 0));
    for (const { words, reply } of deliveries) assert.ok(words.length <= 4096 && (reply?.text.length ?? 0) <= 4096);
  });
}

test("a folder of fifty thousand mails is read to its end", () => {
  const mail =
    "From a@b Mon Nov 23 18:16:04 2026\nFrom: MAILER-DAEMON@x\nReceived: a\nSubject: failure notice\n\n<a@example.net>:\n550 no such user\n\n";
  const { deliveries, mails } = readLog(mail.repeat(50_000), { fileDate: undefined });
  assert.equal(deliveries.length, 50_000);
  assert.equal(mails?.reports, 50_000);
});
