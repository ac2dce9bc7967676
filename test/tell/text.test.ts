// The page as Markdown and for the terminal, and the hovers: the same facts, whole, safe and short enough.
import assert from "node:assert/strict";
import { test } from "node:test";
import { entries } from "../../server/src/catalogue/data.ts";
import type { Finding } from "../../server/src/model.ts";
import { gradeNames } from "../../server/src/protocol.ts";
import { findingMessage } from "../../server/src/tell/diagnostic.ts";
import { explain } from "../../server/src/tell/explain.ts";
import { addressHover, findingHover } from "../../server/src/tell/hover.ts";
import { escaped } from "../../server/src/tell/markdown.ts";
import { pageForTerminal } from "../../server/src/tell/terminal.ts";
import { addressText, pageText } from "../../server/src/tell/text.ts";
import { firstSentence } from "../../server/src/tell/words.ts";
import { coxLine, findingOf, known } from "./findings.ts";

const cxcnct = findingOf(coxLine("421 cmsmtp 81.2.69.160 blocked. AUP#CXCNCT"));
const uri = "file:///var/log/mail.log";

function textOf(id: string, ...findings: readonly Finding[]): string {
  return pageText(explain({ ...known(id), log: findings.length === 0 ? undefined : { uri, findings } }));
}

/** Markdown without its escapes, to look for plain sentences in it. */
function plain(markdown: string): string {
  const entities: Readonly<Record<string, string>> = { "&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"' };
  return markdown
    .replace(/\\([!-/:-@[-`{-~])/g, "$1")
    .replace(/&(?:amp|lt|gt|quot);/g, (found) => entities[found] ?? "");
}

test("the text of each of the catalogue's pages holds all that the page holds, uncut", () => {
  for (const entry of entries) {
    const page = explain({ entry, decoded: undefined, log: undefined });
    const text = plain(pageText(page));
    assert.doesNotMatch(text, /(?<!Other |or )undefined|\[object|…\n/, entry.id);
    const facts = [page.code, page.provider, page.title, ...page.meaning, ...page.notes];
    facts.push(
      ...[...page.steps, ...page.practice].map((step) => step.text),
      ...page.contacts.map(({ value }) => value),
    );
    for (const { claims, heading } of page.claims)
      facts.push(heading, ...claims.flatMap(({ says, grade }) => [says, gradeNames[grade]]));
    for (const fact of facts) assert.ok(text.includes(fact), `${entry.id}: ${fact}`);
  }
});

test("each claim is told with its source, date and grade, and the disagreement is said", () => {
  const text = plain(textOf("cox/CXCNCT"));
  assert.match(text, /The sources disagree\. Each is shown with its grade/);
  assert.match(
    text,
    /10 is the most it should hold\. — \[Cox, Email Error Codes\]\(https:\/\/www\.cox\.com\/.*?\), 2024-06-02, via .* \(the provider's own words\)/,
  );
  assert.match(text, /### It is a throttle by reputation\n\n- .* — \[Cox forum, thread 136938\].*\(seen by senders\)/);
  assert.match(text, /unblock\.request@cox\.net — Forward Email[\s\S]*unblock@cox\.net — Suped/);
});

test("a page without a dispute says nothing of one", () => {
  assert.doesNotMatch(textOf("standard/550"), /disagree/);
});

test("the text of a mask links each list's removal page", () => {
  const text = textOf("cox/IPBL0011");
  assert.match(
    text,
    /## What `0011` stands for\n\n- Spamhaus ZEN: \[.*\]\(https:\/\/check\.spamhaus\.org\/\)\n- Return Path: \[.*\]\(https:\/\/www\.senderscore\.org\/\)/,
  );
  assert.match(text, /A source prints this code\./);
  assert.match(textOf("cox/IPBL00011"), /No source prints this very code/);
});

test("what the log shows is told: count, time, recipients, addresses, lines", () => {
  const text = plain(textOf("cox/CXCNCT", cxcnct));
  assert.match(
    text,
    /## In this log\n\n- 1 line, 2023-06-03 10:02:07\+00:00\n- Recipients: pat@cox\.net\n- Source addresses: 81\.2\.69\.160\n/,
  );
  assert.match(text, /- line 1: `421 cmsmtp 81\.2\.69\.160 blocked\. AUP#CXCNCT`/);
  assert.match(text, /This log: its one reply said "try again" \(4xx\)\./);
});

test("what the lines do not name is said to be missing, and more lines than are shown are counted", () => {
  const bare = {
    ...cxcnct,
    delivery: { ...cxcnct.delivery, recipient: undefined, sourceIp: undefined, time: undefined },
  };
  const text = textOf("cox/CXCNCT", ...Array.from({ length: 60 }, () => bare));
  assert.match(
    text,
    /- 60 lines\n- Recipients: none named on these lines\n- Source addresses: none named on these lines\n/,
  );
  assert.match(text, /- and 10 more lines/);
});

test("log text on a page stays text, whatever it says", () => {
  const nasty = "`](command:x) <img src=x> [a](https://evil.example) \u202e\u001b[31m # h";
  const finding = findingOf(coxLine(`421 cmsmtp 81.2.69.160 ${nasty} AUP#CXCNCT`, { to: '"[x](command:y)"@cox.net' }));
  for (const text of [textOf("cox/CXCNCT", finding), findingHover(finding, finding.delivery.sourceIp)]) {
    const outside = text.replace(/`[^`\n]*`/g, "").replace(/\\[!-/:-@[-`{-~]/g, "");
    assert.doesNotMatch(outside, /command:|evil\.example|<img/);
    assert.doesNotMatch(text.replaceAll("\n", ""), /[\p{Cc}\p{Cf}]/u);
  }
});

test("the hover says what it means, temporary or permanent, what to do first, and that sources disagree", () => {
  const hover = findingHover(cxcnct, cxcnct.delivery.sourceIp);
  const [head, meaning, first, dispute] = plain(hover).split("\n\n");
  assert.match(head ?? "", /^\*\*AUP#CXCNCT\*\* · Cox · \*\*Temporary\*\*/);
  assert.match(meaning ?? "", /^Too many connections from your IP, by Cox's own words\. /);
  assert.match(first ?? "", /^\*\*First:\*\* Limit the simultaneous connections/);
  assert.match(dispute ?? "", /^\*\*Sources disagree:\*\* \d+ claims/);
  assert.match(hover, /\[Explain\]\(smtp-explain:\/cox\/CXCNCT\.md\)/);
  assert.match(hover, /\(smtp-explain:\/check\/cox\/CXCNCT\/\d+\/81\.2\.69\.160\.md\)/);
});

test("no entry's hover is longer than 1,500 characters, with all its remarks and the longest mask", () => {
  const moved = findingOf(coxLine("421 cmsmtp 81.2.69.160 blocked. AUP#CXCNCT", { time: "2026-06-03T10:02:07+00:00" }));
  assert.ok(moved.remarks.length >= 1);
  for (const entry of entries) {
    const hover = findingHover({ ...moved, entry }, moved.delivery.sourceIp);
    assert.ok(hover.length <= 1_500, `${entry.id}: ${hover.length}`);
    assert.doesNotMatch(hover, /(?<!Other |or )undefined|\[object/, entry.id);
  }
  for (const id of ["cox/IPBL1111", "cox/URLBL1111"]) {
    const hover = findingHover({ ...moved, ...known(id) }, moved.delivery.sourceIp);
    assert.ok(hover.length <= 1_500, `${id}: ${hover.length}`);
  }
});

test("a hover's title and first sentence stand as whole sentences, for every entry", () => {
  for (const entry of entries) {
    assert.doesNotMatch(entry.title, /[.!?]$/, `${entry.id}: the hover puts the full stop`);
    assert.doesNotMatch(firstSentence(entry.meaning), /…$|\b(?:e\.g|i\.e|No|vs|Dr|approx)\.$/, entry.id);
    assert.doesNotMatch(firstSentence(entry.retry), /…$|\b(?:e\.g|i\.e|No|vs)\.$/, entry.id);
  }
});

test("a public address offers its check by a link, any other is explained without one", () => {
  assert.match(addressHover("81.2.69.160", undefined), /\]\(smtp-explain:\/check\/81\.2\.69\.160\.md\)/);
  assert.doesNotMatch(addressHover("10.0.0.1", "10.0.0.1 is private."), /\]\(/);
  assert.match(addressText("81.2.69.160", undefined), /smtp-log-lens check 81\.2\.69\.160/);
  assert.equal(addressText("10.0.0.1", "It is private."), `# Check ${escaped("10.0.0.1")}\n\nIt is private\\.\n`);
});

test("the message among the problems is short, plain, and begins with the kind", () => {
  for (const entry of entries) {
    const [first = ""] = findingMessage({ ...cxcnct, entry }).split("\n");
    assert.match(first, /^Temporary: \S.*[.!?]/, entry.id);
    assert.ok(first.length <= 250, `${entry.id}: ${first.length}`);
  }
});

test("the terminal's page holds each entry's words, claims, grades, steps and contacts", () => {
  for (const entry of entries) {
    const page = explain({ entry, decoded: undefined, log: undefined });
    const text = pageForTerminal(page);
    assert.doesNotMatch(text, /(?<!Other |or )undefined|\[object/, entry.id);
    assert.doesNotMatch(text.replaceAll("\n", ""), /[\p{Cc}\p{Cf}]/u, entry.id);
    const facts = [page.code, page.title, ...page.meaning, ...page.steps.map((step) => step.text), ...page.notes];
    facts.push(...page.contacts.flatMap(({ value, source }) => [value, source.name]));
    facts.push(...page.claims.flatMap(({ claims }) => claims.flatMap(({ says, grade }) => [says, gradeNames[grade]])));
    for (const fact of facts) assert.ok(text.includes(fact), `${entry.id}: ${fact}`);
  }
});

test("the terminal's page tells the disagreement, both Cox addresses and each list's removal page", () => {
  const cox = pageForTerminal(explain({ ...known("cox/CXCNCT"), log: undefined }));
  assert.match(cox, /What the sources say \(they disagree\)/);
  assert.match(cox, /unblock\.request@cox\.net[\s\S]*unblock@cox\.net/);
  const mask = pageForTerminal(explain({ ...known("cox/IPBL0011"), log: undefined }));
  assert.match(
    mask,
    /Spamhaus ZEN: https:\/\/check\.spamhaus\.org\/\n {2}- Return Path: https:\/\/www\.senderscore\.org\//,
  );
});

test("practice is told under its own heading, each step with its source; a page that calls for none has no heading", () => {
  const text = plain(textOf("cox/CDRBL"));
  assert.match(
    text,
    /## Good practice\n\n- Send bulk mail only to people who asked .* — \[Spamhaus, Mailing Lists -vs- Spam Lists\]\(https:/,
  );
  assert.ok(text.indexOf("## What to do") < text.indexOf("## Good practice"));
  const shown = pageForTerminal(explain({ ...known("cox/CDRBL"), log: undefined }));
  assert.match(shown, /\nGood practice\n {2}- Send bulk mail .*\n {4}Spamhaus, Mailing Lists/);
  for (const id of ["standard/5.2.2", "server/refused-by-us"]) {
    assert.doesNotMatch(textOf(id), /Good practice/);
    assert.doesNotMatch(pageForTerminal(explain({ ...known(id), log: undefined })), /Good practice/);
  }
});
