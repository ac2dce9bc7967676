// Which links a panel opens.
import assert from "node:assert/strict";
import { test } from "node:test";
import { contactUrl, mayAsk, pageLinks, rowLinks, safeUrl } from "../../client/src/panel/page/links.ts";
import type { Contact, Source } from "../../server/src/model.ts";
import type { CheckPlan, ExplanationPage, Row } from "../../server/src/protocol.ts";

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
    { topic: "t", heading: "h", evidence: undefined, claims: [{ says: "s", grade: "provider", source, topic: "t" }] },
  ],
  disputed: false,
  steps: [
    { text: "Look", button: { label: "Open", kind: "open", url: "https://check.spamhaus.org/" }, source: undefined },
    { text: "No", button: { label: "Open", kind: "open", url: "file:///etc/passwd" }, source: undefined },
  ],
  decoded: undefined,
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
  const row: Row = {
    id: "zen",
    probe: "blocklist",
    question: "?",
    asked: [],
    answers: [],
    answer: "",
    verdict: "listed",
    ms: 1,
    resolver: "",
    remedy: undefined,
    link: "https://check.spamhaus.org/",
  };
  assert.deepEqual(rowLinks([row, { ...row, link: "javascript:1" }, { ...row, link: undefined }]), [
    "https://check.spamhaus.org/",
  ]);
});

test("only a public address with something to ask is asked about", () => {
  const question = { probe: "blocklist", what: "7.113.0.203.zen.spamhaus.org A", whom: "Spamhaus" };
  const plan: CheckPlan = {
    address: { text: "198.51.7.9", family: 4, class: "public", explanation: undefined },
    questions: [question],
    resolver: "system",
  };
  assert.ok(mayAsk(plan));
  assert.ok(!mayAsk({ ...plan, address: { ...plan.address, class: "documentation" } }));
  assert.ok(!mayAsk({ ...plan, questions: [] }));
});
