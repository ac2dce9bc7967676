// Mails of every kind, each read as its annotations say: reports with and without fields, complaints, absences.
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { test } from "node:test";
import PostalMime from "postal-mime";
import { decodedLines } from "../../server/src/log/mail/decode.ts";
import { splitLines } from "../../server/src/log/mail/lines.ts";
import { readMail } from "../../server/src/log/mail/parts.ts";
import { readLog } from "../../server/src/log/read.ts";
import { createReader } from "../../server/src/log/reader.ts";
import type { MailCounts } from "../../server/src/model.ts";
import { annotatedLog, shown } from "./support/annotated.ts";

const names = readdirSync(new URL("../logs/annotated/mail/", import.meta.url));
const none: MailCounts = { reports: 0, complaints: 0, answers: 0, others: 0 };

function read(text: string) {
  return readLog(text, { fileDate: undefined });
}

for (const name of names) {
  test(`${name} is known as a mail and read as annotated`, () => {
    const { text, expected } = annotatedLog(`mail/${name}`);
    const { format, deliveries } = read(text);
    const lines = text.split("\n");
    assert.equal(format, "bounce");
    assert.deepEqual(
      deliveries.map(({ line }) => lines[line]),
      [...expected.keys()].map((line) => lines[line]),
    );
    for (const delivery of deliveries) {
      const seen = shown(delivery);
      for (const [key, value] of expected.get(delivery.line) ?? []) assert.equal(seen[key], value, `${key} in ${name}`);
    }
  });

  test(`${name}: what is coloured on a finding's line is what it names`, () => {
    const { text } = annotatedLog(`mail/${name}`);
    const lines = text.split("\n");
    for (const { line, reply, span } of read(text).deliveries) {
      const cut = (at: { start: number; end: number } | undefined) => at && lines[line]?.slice(at.start, at.end);
      if (reply?.codeSpan !== undefined) assert.equal(cut(reply.codeSpan), String(reply.code));
      if (reply?.enhancedSpan !== undefined) assert.equal(cut(reply.enhancedSpan), reply.enhanced);
      assert.ok(span.start >= 0 && span.end <= (lines[line]?.length ?? 0) && span.start < span.end);
    }
  });

  // It wants a blank line behind a part's header, which this one's writer forgot.
  if (name === "broken.eml") continue;
  test(`${name} has the parts that postal-mime finds in it, with the same text`, async () => {
    const { text } = annotatedLog(`mail/${name}`);
    const mail = readMail(splitLines(text), 0, text.split("\n").length);
    const theirs = await PostalMime.parse(text, { rfc822Attachments: true });
    const status = theirs.attachments.filter(({ mimeType }) => mimeType.endsWith("delivery-status"));
    const ours = mail.parts.filter(({ type }) => type.endsWith("delivery-status"));
    assert.equal(ours.length, status.length);
    for (const [index, part] of ours.entries()) {
      const content = status[index]?.content;
      const wanted = typeof content === "string" ? content : new TextDecoder().decode(content);
      assert.equal(joinedText(decodedLines(mail, part)), tidy(wanted));
    }
    const plain = mail.parts
      .filter(({ type }) => type === "text/plain")
      .map((part) => joinedText(decodedLines(mail, part)));
    if (plain.length === 1) assert.equal(plain[0], tidy(theirs.text ?? ""));
  });
}

function joinedText(lines: readonly { readonly text: string }[]): string {
  return tidy(lines.map(({ text }) => text).join("\n"));
}

function tidy(text: string): string {
  return text.replace(/[ \t\r]+$/gm, "").trim();
}

test("complaints, receipts, absences and questions are counted apart, and are no failures", () => {
  const counted = (name: string) => read(annotatedLog(`mail/${name}.eml`).text).mails;
  assert.deepEqual(counted("complaint"), { ...none, complaints: 1 });
  for (const name of ["vacation", "absence", "challenge", "receipt"])
    assert.deepEqual(counted(name), { ...none, answers: 1 }, name);
  assert.deepEqual(counted("success"), { ...none, reports: 1 });
});

/** All annotated mails as one folder, and the line on which each begins. */
function folder(): { readonly text: string; readonly starts: readonly number[] } {
  const starts: number[] = [];
  let text = "";
  for (const name of names) {
    text += "From MAILER-DAEMON Mon Nov 23 18:16:04 2026\n";
    starts.push(text.split("\n").length - 1);
    text += `${annotatedLog(`mail/${name}`)
      .text.replace(/^From /gm, ">From ")
      .trimEnd()}\n\n`;
  }
  return { text, starts };
}

test("in a folder each mail is read as it is read alone", () => {
  const { text, starts } = folder();
  const { format, deliveries, mails, lines } = read(text);
  assert.equal(format, "bounce");
  assert.equal(lines, text.split("\n").length - 1);
  const alone = names.flatMap((name, index) =>
    read(annotatedLog(`mail/${name}`).text).deliveries.map((one) => ({
      ...one,
      line: one.line + (starts[index] ?? 0),
    })),
  );
  assert.deepEqual(deliveries, alone);
  assert.deepEqual(mails, { reports: names.length - 5, complaints: 1, answers: 4, others: 0 });
});

test("a folder that comes in pieces is read as in one", () => {
  const { text } = folder();
  for (const size of [1, 7, 100]) {
    const lines = text.match(/.*\n/g) ?? [];
    const reader = createReader({ fileDate: undefined, format: "bounce" });
    const found = [];
    for (let at = 0; at < lines.length; at += size) found.push(...reader.push(lines.slice(at, at + size).join("")));
    found.push(...reader.finish());
    assert.deepEqual(found, read(text).deliveries);
    assert.equal(reader.lines, lines.length);
    assert.deepEqual(reader.mails, read(text).mails);
  }
});

test("a mail with CRLF is read as one with LF", () => {
  for (const name of names) {
    const { text } = annotatedLog(`mail/${name}`);
    assert.deepEqual(read(text.replaceAll("\n", "\r\n")).deliveries, read(text).deliveries, name);
  }
});

test("a line of a message that begins with From divides no folder", () => {
  const mail =
    "Return-Path: <>\nReceived: x\nFrom: MAILER-DAEMON@mx1.example.org\nSubject: failure notice\n\nHi. This is the qmail-send program.\n\n";
  const text = `${mail}From now on nothing works.\n\nFrom A to B\n\n<a@example.net>:\n550 no such user\n`;
  assert.deepEqual(read(text).mails, { ...none, reports: 1 });
  assert.equal(read(text).deliveries[0]?.recipient, "a@example.net");
});

test("a mail that is no report is read line by line: it may quote a log", () => {
  const log =
    "Nov 23 18:16:04 mx1 postfix/smtp[904]: 044B211F7: to=<a@example.net>, relay=mx.example.net[192.0.2.1]:25, delay=1, dsn=5.1.1, status=bounced (host mx.example.net[192.0.2.1] said: 550 5.1.1 no)";
  const text = `From kim@example.org Mon Nov 23 18:16:04 2026\nReceived: x\nFrom: kim@example.org\nTo: help@example.org\nSubject: What is this?\n\n${log}\n\nFrom kim@example.org Mon Nov 23 18:16:05 2026\nFrom: kim@example.org\nSubject: lunch\n\nNo 550.\n`;
  const { format, deliveries, mails } = readLog(text, { fileDate: new Date("2026-11-24T00:00:00Z") });
  assert.equal(format, "bounce");
  assert.deepEqual(mails, { ...none, others: 2 });
  assert.deepEqual(
    deliveries.map(({ line, format, time }) => [line, format, time]),
    [[6, "postfix", "2026-11-23T18:16:04"]],
  );
});

test("an ordinary mail is no mail log", () => {
  const text =
    "Return-Path: <kim@example.org>\nReceived: from x\nFrom: Kim <kim@example.org>\nTo: pat@example.net\nSubject: Lunch\nMessage-ID: <1@x>\n\nAt noon?\n";
  assert.equal(read(text).format, undefined);
});
