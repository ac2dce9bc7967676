// Which lines are copied redacted, and what is said about it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { copiedWords, linesOf } from "../../client/src/redactedText.ts";

const at = (line: number, character = 0) => ({ line, character });

test("the lines that a selection touches are copied, all when nothing is selected", () => {
  assert.deepEqual(linesOf({ isEmpty: true, start: at(3), end: at(3) }, 10), { first: 0, last: 9 });
  assert.deepEqual(linesOf({ isEmpty: false, start: at(3, 5), end: at(5, 1) }, 10), { first: 3, last: 5 });
  assert.deepEqual(linesOf({ isEmpty: false, start: at(3, 5), end: at(5, 0) }, 10), { first: 3, last: 4 });
  assert.deepEqual(linesOf({ isEmpty: false, start: at(3, 0), end: at(3, 4) }, 10), { first: 3, last: 3 });
});

test("the message counts lines and values, and tells what is missing", () => {
  const redacted = { text: "", lines: 1, values: 7, full: false };
  assert.equal(copiedWords(redacted, 1), "Copied 1 line, 7 values replaced. Read the text before you pass it on.");
  assert.match(
    copiedWords({ ...redacted, lines: 20, values: 1 }, 90),
    /^Copied 20 lines, 1 value replaced\. The clipboard holds the first 20 lines only; /,
  );
  assert.match(copiedWords({ ...redacted, full: true }, 1), /some share a pseudonym/);
});
