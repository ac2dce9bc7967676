// Which links a panel opens.
import assert from "node:assert/strict";
import { test } from "node:test";
import { mayAsk } from "../../client/src/panel/page/checkState.ts";
import {
  checkLinks,
  contactUrl,
  nextLinks,
  pageLinks,
  pagePlaces,
  planPlaces,
  safeUrl,
  verdictLinks,
} from "../../client/src/panel/page/links.ts";
import type { Contact, Source } from "../../server/src/model.ts";
import type { ExplanationPage } from "../../server/src/protocol.ts";
import { addressOf, endedWith, planOf, refusalOf, reportOf, rowOf } from "./values.ts";

const source: Source = {
  id: "cox",
  name: "Cox",
  url: "https://www.cox.com/codes",
  date: undefined,
  checked: "2026-11-23",
  via: undefined,
};
const contact: Contact = {
  what: "Unblock",
  value: "unblock.request@cox.net",
  kind: "mail",
  usable: true,
  source,
  note: undefined,
};
const page: ExplanationPage = {
  kind: "explanation",
  id: "cox/CXCNCT",
  code: "AUP#CXCNCT",
  provider: "Cox",
  title: "Too many connections",
  verdict: [],
  meaning: [],
  claims: [
    {
      topic: "t",
      heading: "h",
      evidence: undefined,
      claims: [{ says: "s", grade: "provider", source, topic: "t", judgement: undefined }],
    },
  ],
  disputed: false,
  steps: [
    { text: "Look", button: { label: "Open", kind: "open", url: "https://check.spamhaus.org/" }, source: undefined },
    { text: "No", button: { label: "Open", kind: "open", url: "file:///etc/passwd" }, source: undefined },
  ],
  decoded: undefined,
  measured: [],
  settings: [],
  practice: [],
  noRequest: undefined,
  contacts: [contact],
  notes: [],
  log: undefined,
  checkIp: undefined,
  sources: [{ name: "Old Cox", url: "http://postmaster.cox.net/", date: undefined, checked: "2026-11-23" }],
};

test("only https and mail addresses may be opened", () => {
  for (const url of ["https://www.cox.com/a?b#c", "https://example.org", "mailto:unblock@cox.net"])
    assert.equal(safeUrl(url), url);
  const others = [
    undefined,
    "http://postmaster.cox.net/",
    "command:x",
    "javascript:alert(1)",
    "file:///etc/passwd",
    "https://user:pass@example.org/",
    "https://exa mple.org/",
    "mailto:a@b?body=x",
    "vscode://x",
    " https://example.org/",
  ];
  for (const other of others) assert.equal(safeUrl(other), undefined, String(other));
});

test("a page's links are those that its data carries, the unsafe ones left out", () => {
  assert.deepEqual(pageLinks(page), [
    "https://www.cox.com/codes",
    "https://check.spamhaus.org/",
    "mailto:unblock.request@cox.net",
    "https://www.cox.com/codes",
  ]);
});

test("a dead contact has no link", () => {
  assert.equal(contactUrl({ ...contact, usable: false }), undefined);
});

test("a check's rows may carry the operator's page", () => {
  const rows = [
    rowOf("zen", { link: "https://check.spamhaus.org/" }),
    rowOf("ptr", { link: "javascript:1" }),
    rowOf("spf"),
  ];
  assert.deepEqual(checkLinks(endedWith(reportOf({ rows }))), ["https://check.spamhaus.org/"]);
});

test("the next step may lead to a page of our data, never to one that a row's remedy names", () => {
  const page = "https://csi.cloudmark.com/en/reset/?ip=81.2.69.160";
  const text = `Look the address up at Cloudmark itself: ${page}.`;
  assert.deepEqual(nextLinks(reportOf({ next: { text, turn: "you" } })), [page]);
  const rows = [rowOf("ptr", { remedy: text })];
  assert.deepEqual(nextLinks(reportOf({ rows, next: { text, turn: "you" } })), []);
});

test("the verdict leads only to the pages of what no look-up shows", () => {
  const unseen = [{ what: "its reputation", link: "https://csi.cloudmark.com/?ip={ip}" }];
  const verdict = "See https://csi.cloudmark.com/?ip=81.2.69.160, not https://evil.example/.";
  const report = reportOf({ verdict, refusal: refusalOf({ unseen }) });
  assert.deepEqual(verdictLinks(report), ["https://csi.cloudmark.com/?ip=81.2.69.160"]);
  assert.deepEqual(checkLinks(endedWith(report)), ["https://csi.cloudmark.com/?ip=81.2.69.160"]);
});

test("a page may jump to the line that a check starts from, and to no other", () => {
  const origin = { page: "cox/CXCNCT", label: "AUP#CXCNCT", log: "file:///mail.log", line: 11 };
  assert.deepEqual(pagePlaces({ kind: "check", ip: "81.2.69.160", origin }), [11]);
  assert.deepEqual(pagePlaces({ kind: "check", ip: "81.2.69.160", origin: undefined }), []);
  assert.deepEqual(planPlaces(endedWith(reportOf({ refusal: refusalOf({ line: 7 }) }))), [7]);
});

test("only a public address with something to ask is asked about", () => {
  assert.ok(mayAsk(planOf("81.2.69.160")));
  const example = planOf("203.0.113.7");
  const subject = { ...example.subject, address: addressOf("203.0.113.7", "documentation") };
  assert.ok(!mayAsk({ ...example, subject }));
  assert.ok(!mayAsk({ ...planOf("81.2.69.160"), questions: [] }));
});
