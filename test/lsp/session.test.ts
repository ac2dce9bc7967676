// The session: whatever an editor does to a log, what is known of it equals what a fresh look would find.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { TextDocumentContentChangeEvent } from "vscode-languageserver-protocol";
import { TextDocument } from "vscode-languageserver-textdocument";
import { Session } from "../../server/src/lsp/session.ts";
import type { Analysis } from "../../server/src/model.ts";
import { annotatedLog } from "../log/support/annotated.ts";
import { realLog, realLogs } from "../log/support/truth.ts";
import { chanceFrom, randomEdit } from "./edits.ts";

const uri = "file:///var/log/mail.log";
const fileDate = new Date("2026-11-24T00:00:00Z");
const seed = Number(process.env.SEED ?? 20_261_123);

/** A session beside a document of the test's own, which every edit reaches too. */
class Desk {
  readonly session = new Session();
  readonly document: TextDocument;
  readonly languageId: string;

  constructor(text: string, languageId = "log") {
    this.languageId = languageId;
    this.document = TextDocument.create(uri, languageId, 1, text);
    this.session.open({ textDocument: { uri, languageId, version: 1, text } }, fileDate);
  }

  change(...contentChanges: TextDocumentContentChangeEvent[]): void {
    TextDocument.update(this.document, contentChanges, this.document.version + 1);
    this.session.change({ textDocument: { uri, version: this.document.version }, contentChanges });
  }

  replace(first: number, last: number, text: string): void {
    this.change({ range: { start: { line: first, character: 0 }, end: { line: last, character: 0 } }, text });
  }

  known(): Analysis | undefined {
    return this.session.log(uri)?.analysis;
  }

  /** What a session finds that opens the document as it is now. */
  fresh(): Analysis | undefined {
    return new Desk(this.document.getText(), this.languageId).known();
  }
}

function summary(analysis: Analysis | undefined) {
  return {
    format: analysis?.format,
    findings: analysis?.findings.map(({ delivery, entry }) => [
      delivery.line,
      entry.id,
      delivery.time,
      delivery.span.start,
      delivery.words,
    ]),
  };
}

function assertFresh(desk: Desk, what: string): void {
  assert.deepEqual(summary(desk.known()), summary(desk.fresh()), what);
}

function headOf(name: string, count: number): string {
  return `${realLog(name).split("\n").slice(0, count).join("\n")}\n`;
}

test("hundreds of random edits of real logs leave a session that knows what a fresh one would", () => {
  const passages = [annotatedLog("transcript.txt").text, annotatedLog("bounce.txt").text];
  for (const [index, name] of realLogs.entries()) {
    const chance = chanceFrom(seed + index);
    const lineBreak = chance.pick(["\n", "\r\n"]);
    const lines = realLog(name).trimEnd().split("\n");
    const desk = new Desk(lines.join(lineBreak), "smtplog");
    for (let step = 0; step < 30; step++) {
      const edit = randomEdit(desk.document, chance, { lines, passages, lineBreak });
      desk.change(edit);
      assertFresh(desk, `${name}, SEED=${seed}, edit ${step}: ${edit.name} at line ${edit.range.start.line}`);
    }
  }
});

test("random edits of a folder of mails leave a session that knows what a fresh one would", () => {
  const mails = ["qmail", "gmail", "quoted-printable", "base64", "complaint", "exim"].map(
    (name) => annotatedLog(`mail/${name}.eml`).text,
  );
  const folder = mails
    .map((text) => `From MAILER-DAEMON Mon Nov 23 18:16:04 2026\n${text}\n`)
    .join("")
    .repeat(4);
  const chance = chanceFrom(seed);
  for (const lineBreak of ["\n", "\r\n"]) {
    const lines = folder.trimEnd().split("\n");
    const desk = new Desk(lines.join(lineBreak), "plaintext");
    assert.equal(desk.known()?.format, "bounce");
    for (let step = 0; step < 60; step++) {
      const edit = randomEdit(desk.document, chance, { lines, passages: mails, lineBreak });
      desk.change(edit);
      assertFresh(desk, `SEED=${seed}, edit ${step}: ${edit.name} at line ${edit.range.start.line}`);
    }
  }
});

test("a line far above a finding decides what a mail is", () => {
  const desk = new Desk(
    annotatedLog("mail/courier.eml").text.replace("Reporting-MTA", `${"X-Note: x\n".repeat(600)}Reporting-MTA`),
  );
  assert.equal(desk.known()?.findings[0]?.delivery.reply?.code, 550);
  desk.replace(0, 12, "Subject: Out of office\nX-Autoreply: yes\nFrom: a\nReceived: x\n\n");
  assertFresh(desk, "another header");
});

test("another server's log pasted over the whole log is read as that server's", () => {
  for (const count of [300, 700, 1_300]) {
    const desk = new Desk(headOf("postfix-maillog.log", 650));
    desk.replace(0, desk.document.lineCount, headOf("exim-mainlog.log", count).repeat(2));
    assert.equal(desk.known()?.format, "exim");
    assertFresh(desk, `${count} lines of Exim over Postfix`);
  }
});

test("another server's log pasted above a long one changes what the text is, as it would on opening", () => {
  const desk = new Desk(headOf("postfix-maillog.log", 650));
  desk.replace(0, 0, headOf("exim-mainlog.log", 400));
  assertFresh(desk, "Exim above Postfix");
});

test("a long mail log whose mail lines are deleted is no mail log any more", () => {
  const other = "Nov 23 18:16:03 web1 nginx[907]: GET / 200\n".repeat(900);
  const desk = new Desk(headOf("postfix-maillog.log", 100) + other);
  desk.replace(0, 100, "");
  assert.equal(desk.fresh(), undefined);
  assert.equal(desk.known(), undefined);
});

test("a long log of something else becomes a mail log when mail lines are pasted at its top", () => {
  const desk = new Desk("Nov 23 18:16:03 web1 nginx[907]: GET / 200\n".repeat(900));
  assert.equal(desk.known(), undefined);
  desk.replace(0, 0, headOf("postfix-maillog.log", 100));
  assert.equal(desk.known()?.format, "postfix");
  assertFresh(desk, "mail lines on top");
});

test("several changes in one message are applied in their order", () => {
  const desk = new Desk(headOf("postfix-maillog.log", 650));
  const at = (line: number) => ({ start: { line, character: 0 }, end: { line: line + 3, character: 0 } });
  desk.change(
    { range: at(600), text: "" },
    { range: at(10), text: headOf("sendmail.log", 20) },
    { range: at(300), text: "x\n" },
  );
  assertFresh(desk, "three changes at once");
});

test("lone carriage returns count as lines, as in the editor", () => {
  const desk = new Desk(headOf("postfix-maillog.log", 650));
  desk.replace(200, 200, "pasted\rby an\rold program\r");
  assertFresh(desk, "three lines that end in CR");
  desk.replace(100, 101, "\n\r\n\r");
  assertFresh(desk, "mixed breaks");
});

test("a full change of the document is read whole", () => {
  const desk = new Desk(headOf("postfix-maillog.log", 650));
  desk.change({ text: headOf("sendmail.log", 600) });
  assert.equal(desk.known()?.format, "sendmail");
  assertFresh(desk, "full change");
});

test("a change of a document that is not open is ignored, and a closed one is forgotten", () => {
  const desk = new Desk(headOf("postfix-maillog.log", 20));
  const heard: string[] = [];
  desk.session.onRenewed((one) => heard.push(one));
  desk.session.change({ textDocument: { uri: "file:///other", version: 2 }, contentChanges: [{ text: "x" }] });
  assert.deepEqual(heard, []);
  desk.session.close(uri);
  assert.deepEqual(heard, [uri]);
  assert.deepEqual(desk.session.uris(), []);
  assert.deepEqual(desk.session.findingsOn(uri, 3), []);
});
