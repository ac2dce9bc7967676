import assert from "node:assert/strict";
import { test } from "node:test";
import { findReplies, foldedCodes, readReply } from "../../server/src/log/reply.ts";

function codes(text: string) {
  const reply = readReply(text, 0, text.length);
  return reply && [reply.code, reply.enhanced, reply.token];
}

const cases: readonly (readonly [string, unknown])[] = [
  ["550", [550, undefined, undefined]],
  ["550 5.1.1", [550, "5.1.1", undefined]],
  ["550 5.1.1 <a@example.net> user unknown", [550, "5.1.1", undefined]],
  ["550 #5.1.0 Address rejected.", [550, "5.1.0", undefined]],
  ["550-#5.7.1 no", [550, "5.7.1", undefined]],
  ["550-5.7.25 [203.0.113.25] no PTR 550 5.7.25 go away", [550, "5.7.25", undefined]],
  [
    "554-gmx.net (mxgmx104) Nemesis ESMTP Service not available 554-No SMTP service 554 For explanation visit https://postmaster.gmx.net/en/case?c=r0201&i=ip",
    [554, undefined, "r0201"],
  ],
  ["550-Requested action not taken 550 5.2.1 mailbox unavailable", [550, "5.2.1", undefined]],
  ["550 5.7.1 mail from 203.0.113.25 refused, 554 5.7.1 was the upstream answer", [550, "5.7.1", undefined]],
  ["450 5.1.1 the classes differ", [450, "5.1.1", undefined]],
  ["553 sorry, that domain is not in my list (#5.7.1)", [553, "5.7.1", undefined]],
  ["553 see rule (#4.7.1)", [553, undefined, undefined]],
  ["421 4.7.0 [TSS04] Messages from 203.0.113.25 temporarily deferred - 4.16.55.1; see x", [421, "4.7.0", "TSS04"]],
  ["451 4.16.55.1 is no enhanced code", [451, undefined, undefined]],
  ["550\t5.7.1\ttabs", [550, "5.7.1", undefined]],
  ["550 5.1.1 Benutzer unbekannt – „a“ (Größe: ß)", [550, "5.1.1", undefined]],
  ["550: no such user", [550, undefined, undefined]],
  ["5.7.1 Spam message rejected", [undefined, "5.7.1", undefined]],
  ["250 2.0.0 accepted, AUP#CXBL [TSS04] zen.spamhaus.org", [250, "2.0.0", undefined]],
  ["550EUR", undefined],
  ["550.5", undefined],
  ["5500 things", undefined],
  ["550-12 apples", undefined],
  ["650 no such class", undefined],
  ["", undefined],
];

for (const [text, expected] of cases) {
  test(`the reply in ${JSON.stringify(text.slice(0, 60))} is read as ${JSON.stringify(expected) ?? "none"}`, () => {
    assert.deepEqual(codes(text), expected);
  });
}

test("a reply ends where it is told to, even directly behind its code", () => {
  const line = "reply=550, stat=User unknown";
  assert.deepEqual(readReply(line, 6, 9)?.text, "550");
  assert.equal(readReply(line, 6, 8), undefined);
});

test("a reply's text is kept to 4,096 characters", () => {
  const line = `550 5.7.1 ${"x".repeat(10_000)}`;
  assert.equal(readReply(line, 0, line.length)?.text.length, 4096);
});

test("the repeated codes of a folded reply are known for colouring, those of a quotation are not", () => {
  const folded = "421-4.7.0 one 421-4.7.0 two 421 4.7.0 three";
  const reply = readReply(folded, 0, folded.length);
  assert.ok(reply);
  assert.deepEqual(
    foldedCodes(reply).map(({ code, enhanced }) => [code.start, enhanced.start]),
    [
      [14, 18],
      [28, 32],
    ],
  );
  const quoted = readReply("550 5.7.1 no, 550 5.7.1 was the upstream answer", 0, 40);
  assert.ok(quoted);
  assert.deepEqual(foldedCodes(quoted), []);
});

test("several replies in one text are found apart, a folded one and a quoted one are not taken apart", () => {
  const text = "(host a said: 450 4.7.1 later); (host b said: 550 5.1.1 no, 554 5.7.1 upstream)";
  assert.deepEqual(
    findReplies(text, 0, text.length).map((reply) => reply.code),
    [450, 550],
  );
});
