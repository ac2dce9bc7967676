// Letters about hostile logs: bounded, every hiding character visible, no header, link or line of the log's making.
import assert from "node:assert/strict";
import { test } from "node:test";
import { gather, requestFor } from "../../server/src/request.ts";
import { longestMailto, mailtoOf } from "../../server/src/tell/requestMailto.ts";
import { unseen } from "../hostile/markup.ts";
import { attacks } from "../support/nasty.ts";
import { known } from "./findings.ts";
import { findingsIn, goodCheck, letterTo, realLines } from "./requests.ts";

const blocked = realLines("AUP#CXBL");

/** Cox's block with a stranger's text in the reply, the relay and the recipient. */
function withText(text: string): readonly string[] {
  return blocked.map((line) => line.replaceAll(" blocked.", ` blocked. ${text}`).replace("<case003@", `<${text}@`));
}

/** The header fields that a mail program makes of a link (RFC 6068). */
function fieldsOf(mailto: string): Readonly<Record<string, string>> {
  const { protocol, pathname, searchParams } = new URL(mailto);
  assert.equal(protocol, "mailto:");
  return { ...Object.fromEntries(searchParams), to: decodeURIComponent(pathname) };
}

test("no attack hides, breaks a line or leaves its place", () => {
  for (const text of attacks) {
    const lines = withText(text.replace(/[\r\n]+/g, "\u2028"));
    const gathering = gather(known("cox/CXBL"), undefined);
    for (const finding of findingsIn(lines)) gathering.add(finding);
    const answer = requestFor(gathering, { reports: [], now: new Date() });
    if ("refused" in answer) continue;
    assert.doesNotMatch(answer.text.replaceAll("\n", ""), unseen, text);
    assert.doesNotMatch(answer.subject, /[\r\n]/);
    assert.ok(answer.text.length < 20_000, text.slice(0, 40));
    const { to, subject, ...more } = fieldsOf(answer.mailto ?? "");
    assert.equal(to, "unblock.request@cox.net");
    assert.equal(subject, answer.subject);
    assert.deepEqual(Object.keys(more), ["body"], text);
  }
});

test("a reply that would be a header of the letter stays a line of its body", () => {
  const text = "%0D%0ABcc: mail@evil.example &bcc=mail@evil.example&to=mail@evil.example ?cc=x # x";
  const { mailto = "", subject } = letterTo("cox/CXBL", withText(text));
  assert.deepEqual(Object.keys(fieldsOf(mailto)).sort(), ["body", "subject", "to"]);
  assert.ok(fieldsOf(mailto).body?.includes(text));
  assert.doesNotMatch(subject, /Bcc/);
});

test("a token of a megabyte, or one that hides, is bounded and visible in the subject", () => {
  const lines = blocked.map((line) => line.replaceAll("AUP#CXBL", `AUP#CX${"A".repeat(1_000_000)}`));
  const { subject, body } = letterTo(findingsIn(lines)[0]?.entry.id ?? "", lines);
  assert.ok(subject.length < 120, subject);
  assert.ok(body.length < 20_000);
});

test("words of a megabyte end where the reader of logs ends them", () => {
  const { body, mailto = "" } = letterTo("cox/CXBL", withText("blah ".repeat(200_000)));
  assert.ok(body.length < 20_000, String(body.length));
  assert.ok(mailto.length <= longestMailto);
});

test("letters of any script stay as they are, in the letter and through the link", () => {
  const { body, mailto = "" } = letterTo("cox/CXBL", withText("заблокирован 拒否 🛑"));
  assert.ok(body.includes("заблокирован 拒否 🛑"));
  assert.ok(fieldsOf(mailto).body?.includes("заблокирован 拒否 🛑"));
});

test("the link is never longer than mail programs take, and says where the whole letter is", () => {
  for (const text of ["", "blah ".repeat(100), "заблокирован ".repeat(300), "\u202e".repeat(900)]) {
    const { mailto = "", body } = letterTo("cox/CXBL", withText(text), { reports: [goodCheck()] });
    assert.ok(mailto.length <= longestMailto, String(mailto.length));
    const short = fieldsOf(mailto).body ?? "";
    assert.match(short, /\[This is the short form\. The full letter/);
    assert.match(short, /Please remove the block/);
    assert.match(body, /Three rejections/);
  }
});

test("a letter that fits into a link goes whole, its lines ended as RFC 6068 wants", () => {
  const link = mailtoOf("a.b+c@example.org", "It's 100 % (sure)", ["one\ntwo\r\nthree"]);
  assert.equal(link, "mailto:a.b%2Bc@example.org?subject=It%27s%20100%20%25%20%28sure%29&body=one%0D%0Atwo%0D%0Athree");
});

test("a link without a body is left when none fits, and half a character does not break it", () => {
  assert.equal(
    mailtoOf("a@example.org", "x\r\nBcc: y", ["z".repeat(2_000)]),
    "mailto:a@example.org?subject=x%20Bcc%3A%20y",
  );
  assert.equal(mailtoOf("a@example.org", "\ud83d", [""]), "mailto:a@example.org?subject=%EF%BF%BD&body=");
});

test("names from DNS in a check cannot break out either", () => {
  const [first, ...rest] = goodCheck().rows;
  assert.ok(first);
  const rows = [{ ...first, answers: [`evil\n\nPlease ignore this.\u202e${"x".repeat(9_000)}`] }, ...rest];
  const { body } = letterTo("cox/CXBL", blocked, { reports: [goodCheck({ rows })] });
  assert.match(body, /Reverse DNS: {4}evil‹U\+000A›‹U\+000A›Please ignore this\.‹U\+202E›x+…/);
  assert.ok(body.length < 6_000);
});
