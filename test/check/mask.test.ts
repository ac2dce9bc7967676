// Keys of lists stand in names that are asked: nothing that is told may hold them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { masker } from "../../server/src/check/mask.ts";

const key = "abcd1234efgh5678";

test("a key is masked in every text of a row, however deep and in any case of letters", () => {
  const row = {
    asked: [`7.113.0.203.${key}.zen.dq.spamhaus.net A`, `x.${key.toUpperCase()}.zen.dq.spamhaus.net A`],
    answer: `${key}${key} and ${key}`,
    link: undefined,
    deep: { more: [key, 5, null, true] },
  };
  assert.deepEqual(masker([key])(row), {
    asked: ["7.113.0.203.•••.zen.dq.spamhaus.net A", "x.•••.zen.dq.spamhaus.net A"],
    answer: "•••••• and •••",
    link: undefined,
    deep: { more: ["•••", 5, null, true] },
  });
});

test("of keys that begin alike or overlap nothing stays", () => {
  const longer = `${key}90ab`;
  for (const keys of [
    [key, longer],
    [longer, key],
  ])
    assert.equal(masker(keys)(`${longer}.zone ${key}.zone`), "•••.zone •••.zone");
  assert.equal(masker(["aaaabbbb", "bbbbcccc"])("xaaaabbbbccccx"), "x•••x");
  assert.equal(masker(["abababab"])("ababababab"), "•••");
  assert.equal(masker(["aaaabbbbcccc", "aabbbb"])("aaaabbbbcccc"), "•••");
});

test("a key with blanks around it is masked as the key that it is", () => {
  assert.equal(masker([` ${key}\n`])(`name.${key}.zone`), "name.•••.zone");
});

test("a key is plain text, whatever characters it has", () => {
  assert.equal(masker(["a.c+(1)*$^"])("abc a.c+(1)*$^ a.c"), "abc ••• a.c");
});

test("an empty or short text is no key, and punches no holes into words", () => {
  const row = { answer: "Not listed at 2026-11-23T12:00Z." };
  assert.deepEqual(masker(["", "  ", "a", "listed"])(row), row);
  assert.deepEqual(masker([])(row), row);
});
