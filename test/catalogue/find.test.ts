// What a person may type to have a code explained.
import assert from "node:assert/strict";
import { test } from "node:test";
import { findCode } from "../../server/src/catalogue/data.ts";

const found = (text: string): string[] =>
  findCode(text).map(({ entry, decoded }) => `${entry.id}${decoded?.bits ?? ""}`);

test("a Cox code is found with and without AUP#, by its id, in any case", () => {
  for (const text of ["AUP#CXCNCT", "aup#cxcnct", "CXCNCT", "cxcnct", "cox/CXCNCT", "COX/cxcnct", "  CXCNCT\n"]) {
    assert.deepEqual(found(text), ["cox/CXCNCT"], text);
  }
});

test("a mask is found and decoded", () => {
  for (const text of ["AUP#IPBL0011", "ipbl0011", "cox/IPBL0011"])
    assert.deepEqual(found(text), ["cox/IPBL0011"], text);
  assert.deepEqual(found("IPBL"), ["cox/IPBL"]);
});

test("a code that two providers use is explained for both, Cox first", () => {
  assert.deepEqual(found("AUP#CDRBL"), ["cox/CDRBL", "cloudmark/CDRBL"]);
});

test("codes of the standard are found alone and together", () => {
  assert.deepEqual(found("421"), ["standard/421"]);
  assert.deepEqual(found("5.7.1"), ["standard/5.7.1"]);
  assert.deepEqual(found("x.7.1"), ["standard/X.7.1"]);
  assert.deepEqual(found("421 4.7.0"), ["standard/4.7.0", "standard/421"]);
  assert.deepEqual(found("5.7.515"), ["standard/5.7.x"]);
  assert.deepEqual(found("421 AUP#CXCNCT"), ["cox/CXCNCT", "standard/421"]);
});

test("words are looked for in codes and titles", () => {
  assert.ok(found("no rDNS").includes("cox/text-no-rdns"));
  assert.ok(found("mailbox is full").includes("standard/5.2.2"));
});

test("a token that no row holds is named as unknown, by whoever writes such tokens", () => {
  assert.deepEqual(found("AUP#CXZZZZ"), ["cox/unknown-code"]);
  assert.deepEqual(found("AUP#IPBL0012"), ["cox/unknown-code"]);
  assert.deepEqual(found("AUP#In-1570"), ["spectrum/policy-code"]);
  assert.deepEqual(found("AUP#ZZZZ"), ["cloudmark/unknown-code"]);
});

test("what nobody knows finds nothing", () => {
  for (const text of ["", " ", "x", "zzzzzz", "CXZZZZ", "a/b", "999", "\u0000", "9".repeat(10000)]) {
    assert.deepEqual(found(text), [], text.slice(0, 20));
  }
});
