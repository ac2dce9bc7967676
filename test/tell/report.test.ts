// A report as text, as Markdown and as JSON: complete, and whatever strangers wrote in it stays text.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Report } from "../../server/src/model.ts";
import { endText, headText, reportText, rowText } from "../../server/src/tell/report.ts";
import { reportJson } from "../../server/src/tell/reportJson.ts";
import { reportMarkdown } from "../../server/src/tell/reportMarkdown.ts";
import { markupOf, unseen } from "../hostile/markup.ts";
import { attacks, enemy } from "../support/nasty.ts";
import { noMail, refusal, reportWith, rowWith } from "./reports.ts";

test("a row begins with its mark and its verdict, and says that the code names it", () => {
  assert.equal(
    rowText(rowWith(), refusal),
    [
      "  ✗ LISTED: Is it on Spamhaus ZEN? (AUP#IPBL0001 names this; 12 ms)",
      "      The range is one that should not send mail by itself.",
      "      Send through your provider's relay.",
      "      https://check.spamhaus.org/results?query=81.2.69.160",
    ].join("\n"),
  );
});

test("a row that the provider only looks at says so, and mere context says nothing of it", () => {
  assert.match(rowText(rowWith({ bearing: "considered" }), refusal), /\(Cox looks at this; 12 ms\)/);
  assert.match(rowText(rowWith({ bearing: "context" }), refusal), /\? \(12 ms\)\n/);
  assert.match(rowText(rowWith(), undefined), /\? \(12 ms\)\n/);
});

test("each verdict has its mark: found, not found, open", () => {
  const marks = (["listed", "fail", "not-listed", "pass", "blocked", "unknown", "not-checked"] as const).map(
    (verdict) => rowText(rowWith({ verdict }), undefined).trim().split(":")[0],
  );
  assert.deepEqual(marks, [
    "✗ LISTED",
    "✗ FAILS",
    "✓ not listed",
    "✓ ok",
    "? refused to answer",
    "? unknown",
    "– not checked",
  ]);
});

test("a remembered answer tells its age, and a remedy for others tells who has to act", () => {
  const text = rowText(rowWith({ age: 40.2, turn: "list-operator" }), undefined);
  assert.match(text, /12 ms, an answer from 40 s ago/);
  assert.match(text, /relay\. \(The list's operator has to act\.\)/);
});

test("the text has the verdict first, then the rows, what to do next, and who was asked", () => {
  const lines = reportText(reportWith()).split("\n");
  assert.match(lines[0] ?? "", /^AUP#IPBL0001 stands for a listing/);
  assert.match(lines[1] ?? "", /✗ LISTED/);
  assert.deepEqual(lines.slice(-2), [
    "Next: Send through your provider's relay. (Your turn: change something, then send again.)",
    "Asked through 192.168.1.1.",
  ]);
});

test("an address that nothing is asked about has its sentence only", () => {
  const report = reportWith({ rows: [], ended: "not-asked", next: undefined, verdict: "Nothing was asked: private." });
  assert.equal(endText(report), "Nothing was asked: private.");
  assert.equal(reportText(report), "Nothing was asked: private.");
});

test("the head names the address and the refusal", () => {
  assert.equal(headText(reportWith().subject), "Check of 81.2.69.160 · refused with AUP#IPBL0001 by Cox");
  assert.equal(headText({ ...reportWith().subject, refusal: undefined }), "Check of 81.2.69.160");
});

test("the JSON of one report is one flat object, and what is not known is null", () => {
  const record = JSON.parse(reportJson([reportWith({ next: undefined })]));
  assert.deepEqual(Object.keys(record), [
    ...["verdict", "conclusion", "next", "address", "explanation", "refusal", "mail", "started", "ended", "rows"],
  ]);
  assert.deepEqual([record.address, record.conclusion, record.next], ["81.2.69.160", "explains", null]);
  assert.deepEqual([record.refusal.code, record.refusal.line], ["AUP#IPBL0001", 12]);
  const nothing = { helo: null, sender: null, headerFrom: null, dkim: [], recipientDomain: null, assumed: [] };
  assert.deepEqual(record.mail, nothing);
  for (const key of ["probe", "id", "bearing", "question", "answer", "verdict", "ms", "age", "remedy", "turn", "link"])
    assert.ok(key in record.rows[0], key);
  assert.equal(record.rows[0].age, null);
});

test("the JSON of several reports is an object with all of them; without any it is an empty list", () => {
  assert.equal(JSON.parse(reportJson([reportWith(), reportWith()])).reports.length, 2);
  assert.deepEqual(JSON.parse(reportJson([])), { reports: [] });
  assert.equal(reportJson([reportWith()], 0).includes("\n"), false);
});

test("the Markdown tells verdict, conclusion, subject with both times, and each row with its raw answers", () => {
  const markdown = reportMarkdown([reportWith()]);
  const { headings, links, kinds } = markupOf(markdown);
  assert.deepEqual(headings, ["Check of 81\\.2\\.69\\.160", "What was asked", "✗ LISTED: Is it on Spamhaus ZEN\\?"]);
  assert.deepEqual(links, ["https://check.spamhaus.org/results?query=81.2.69.160"]);
  assert.ok(kinds.has("table") && kinds.has("code"));
  assert.match(markdown, /\*\*Conclusion:\*\* explains the refusal/);
  assert.match(markdown, /\| Refused \| 2026\\-11\\-23 10\\:02\\:07 \|/);
  assert.match(markdown, /\| Checked \| 2026\\-11\\-23 12\\:00\\:30 UTC \|/);
  assert.match(markdown, /\n160\.69\.2\.81\.zen\.spamhaus\.org A → 127\.0\.0\.11\n/);
});

test("a HELO name that is only assumed says so", () => {
  const mail = { ...noMail, helo: "mx1.example.net", assumed: ["helo"] as const };
  const report = reportWith({ subject: { ...reportWith().subject, mail } });
  assert.match(reportMarkdown([report]), /\| HELO name \| mx1\\\.example\\\.net \\\(assumed\\, not in the log\\\) \|/);
  assert.deepEqual(JSON.parse(reportJson([report])).mail.assumed, ["helo"]);
});

test("several reports follow each other in one Markdown text", () => {
  const { headings } = markupOf(reportMarkdown([reportWith(), reportWith()]));
  assert.equal(headings.filter((heading) => heading.startsWith("Check of")).length, 2);
});

/** A report with this text wherever a stranger may write. */
function reportOf(text: string): Report {
  const mail = { ...noMail, helo: text, sender: text, headerFrom: text, recipientDomain: text };
  const signatures = [{ domain: text, selector: text }];
  const row = rowWith({ asked: [`${text} A`], answers: [text], answer: text, details: [text], resolver: text });
  return reportWith({
    subject: {
      ...reportWith().subject,
      mail: { ...mail, signatures },
      refusal: { ...refusal, label: text, time: text, provider: text },
    },
    rows: [{ ...row, question: text, remedy: text, link: `https://${enemy}/${text}` }],
    verdict: text,
    next: { text, turn: "wait" },
  });
}

test("no attack in any place becomes markup in the Markdown of a report", () => {
  const plain = markupOf(reportMarkdown([reportOf("plain")]));
  for (const attack of attacks) {
    const markdown = reportMarkdown([reportOf(attack)]);
    const { links, images, html, headings, kinds } = markupOf(markdown);
    assert.deepEqual([images, html], [[], []], attack);
    assert.deepEqual(
      links.filter((link) => !link.startsWith(`https://${enemy}/`)),
      [],
      attack,
    );
    assert.equal(headings.length, plain.headings.length, attack);
    assert.deepEqual(
      [...kinds].filter((kind) => !plain.kinds.has(kind) && kind !== "escape"),
      [],
      attack,
    );
    assert.doesNotMatch(markdown, unseen, attack);
  }
});

test("no attack moves the cursor, hides or breaks a line in the text and the JSON of a report", () => {
  const rows = reportText(reportOf("plain")).split("\n").length;
  for (const attack of attacks) {
    const text = reportText(reportOf(attack));
    assert.doesNotMatch(text, unseen, attack);
    assert.equal(text.split("\n").length, rows, attack);
    const json = reportJson([reportOf(attack)], 0);
    assert.doesNotMatch(json, /[^\P{Cc}]|[\p{Cf}\p{Zl}\p{Zp}]/u, attack);
    assert.equal(JSON.parse(json).rows[0].answer, attack, "JSON keeps the text as it is");
  }
});
