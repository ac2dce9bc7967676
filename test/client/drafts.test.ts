// The client's part of a draft: which links it hands to the system, which documents are letters of ours, which page a command names.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Drafts } from "../../client/src/drafts.ts";
import { mailLink, pageLink } from "../../client/src/mailLinks.ts";
import { pageEntry } from "../../client/src/pages.ts";
import { sniff } from "../../server/src/log/sniff.ts";
import { goodCheck, letterTo, onDays, realLines } from "../tell/requests.ts";

test("every link of a real draft is handed over", () => {
  const drafts = [
    letterTo("cox/CXBL", realLines("AUP#CXBL")),
    letterTo("cox/CXBL", realLines("AUP#CXBL"), { reports: [goodCheck()], address: "2001:db8::25" }),
    letterTo("cox/CXCNCT", onDays(realLines("AUP#CXCNCT"))),
  ];
  for (const { mailto, to } of drafts) {
    assert.equal(mailLink(mailto), mailto);
    for (const { value, kind } of to) if (kind === "web") assert.equal(pageLink(value), value);
  }
});

test("no other link is handed over", () => {
  const wrong: unknown[] = [
    ...[undefined, null, 7, {}, "", "mailto:", "mailto:a@b", "MAILTO:a@example.org?subject=x"],
    ...["https://example.org/", "command:x", "file:///etc/passwd", "javascript:1", "vscode://x/y"],
    ...["mailto:a@example.org?bcc=b@example.org", "mailto:a@example.org?subject=x&bcc=b@example.org&body=y"],
    ...["mailto:a@example.org?subject=x&body=y&attach=/etc/passwd", "mailto:a@example.org,b@example.org?subject=x"],
    ...["mailto:a@example.org?subject=x\r\nBcc: y", `mailto:a@example.org?subject=${"x".repeat(3_000)}`],
  ];
  for (const link of wrong) assert.equal(mailLink(link), undefined, String(link));
  for (const link of ["http://example.org/", "javascript:1", "https://", "https://a b/", "https://example.org/\n", 7])
    assert.equal(pageLink(link), undefined, String(link));
});

test("a letter quotes rejections and would be taken for a log, so it is known as a letter until it is closed", () => {
  const { text } = letterTo("cox/CXBL", realLines("AUP#CXBL"));
  assert.equal(sniff(text), "plain", "which is why");
  const drafts = new Drafts();
  drafts.expect(text);
  assert.equal(
    drafts.has("file:///mail.log", () => text),
    false,
    "a file is no draft",
  );
  assert.equal(
    drafts.has("untitled:Untitled-1", () => "another text"),
    false,
  );
  assert.equal(
    drafts.has("untitled:Untitled-2", () => text.replaceAll("\n", "\r\n")),
    true,
  );
  assert.equal(
    drafts.has("untitled:Untitled-2", () => "edited since"),
    true,
  );
  assert.equal(
    drafts.has("untitled:Untitled-3", () => text),
    false,
    "each letter is one document",
  );
  drafts.forget("untitled:Untitled-2");
  assert.equal(
    drafts.has("untitled:Untitled-2", () => text),
    false,
  );
});

test("a page's address names its entry; a check's page names none", () => {
  assert.equal(pageEntry("smtp-explain:/cox/CXCNCT.md"), "cox/CXCNCT");
  assert.equal(pageEntry("smtp-explain:/cox/IPBL0011.md"), "cox/IPBL0011");
  for (const value of ["smtp-explain:/check/192.0.2.1.md", "https://cox.com/", undefined, 7])
    assert.equal(pageEntry(value), undefined, String(value));
});
