// The user's own rows come before the catalogue's.
import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { entryById, findCode } from "../../server/src/catalogue/data.ts";
import { lookup } from "../../server/src/catalogue/lookup.ts";
import { holdsToken, useOwnRules } from "../../server/src/catalogue/own.ts";
import { isUnknown } from "../../server/src/unknown.ts";
import { least, readOf } from "../rules/rules.ts";
import { failed, refused, through } from "./delivery.ts";

afterEach(() => useOwnRules([]));

function use(...entries: object[]): void {
  const { rules, faults } = readOf(entries.map((entry, number) => ({ ...least, id: `r${number}`, ...entry })));
  assert.deepEqual(faults, [[]]);
  useOwnRules(rules);
}

function found(text: string, host?: string): string {
  const { entry, entryBy } = lookup(refused(text, host === undefined ? {} : through(host)));
  return `${entry.id} ${entryBy}`;
}

const cox = "mx1.cox.net";

test("a rule for a provider comes before its catalogue, and nobody else's replies are touched", () => {
  const reply = "421 4.2.0 AUP#CXCNCT too many sessions open";
  assert.equal(found(reply, cox), "cox/CXCNCT token");
  use({ provider: "cox", match: { words: ["too many sessions open"] } });
  assert.equal(found(reply, cox), "yours/r0 text");
  assert.notEqual(found("421 too many sessions open", "gmail-smtp-in.l.google.com"), "yours/r0 text");
  assert.notEqual(found("421 too many sessions open"), "yours/r0 text");
});

test("a rule without a provider is for anybody's replies, and for what our own server writes", () => {
  use({ match: { words: ["qqq zzz"] } });
  for (const host of [undefined, cox, "mx.example.net"]) assert.equal(found("550 Qqq ZZZ", host), "yours/r0 text");
  assert.equal(lookup(failed("qqq zzz")).entry.id, "yours/r0");
  assert.equal(lookup(failed("qqq zzz", { direction: "we-refused-them" })).entry.id, "yours/r0");
});

test("tokens are found as words of the reply, in any case, ranges and stars too", () => {
  use({ match: { token: "ZQ-17" } }, { match: { token: "ZQ20..29" } }, { match: { token: "AUP#ZZ*" } });
  assert.equal(found("550 refused (zq-17) here"), "yours/r0 token");
  assert.equal(found("550 refused ZQ24."), "yours/r1 token");
  assert.equal(found("554 AUP#ZZ123"), "yours/r2 token");
  for (const other of ["550 AZQ-17", "550 ZQ-178", "550 ZQ30"]) assert.doesNotMatch(found(other), /^yours/, other);
});

test("codes beside words and tokens must be those of the reply", () => {
  use({ match: { words: ["abcdef"], code: [421], enhanced: ["4.7.1"] } }, { match: { token: "ZQ1", code: [550] } });
  assert.equal(found("421 4.7.1 abcdef"), "yours/r0 text");
  assert.equal(found("550 zq1"), "yours/r1 token");
  for (const other of ["450 4.7.1 abcdef", "421 4.7.2 abcdef", "554 ZQ1"])
    assert.doesNotMatch(found(other), /^yours/, other);
});

test("an enhanced code alone leads to a rule, in both classes with an X", () => {
  use({ provider: "cox", match: { enhanced: ["X.7.99"] } });
  assert.equal(found("550 5.7.99 no", cox), "yours/r0 enhanced");
  assert.equal(found("450 4.7.99 no", cox), "yours/r0 enhanced");
});

test("of two rules that fit, the first wins, whatever leads to them", () => {
  use({ match: { words: ["abcdef"] } }, { match: { token: "ZQ1" } });
  assert.equal(found("550 ZQ1 abcdef"), "yours/r0 text");
  use({ match: { token: "ZQ1" } }, { match: { words: ["abcdef"] } });
  assert.equal(found("550 ZQ1 abcdef"), "yours/r0 token");
});

test("a rule's page is found by its id, and its token by what a person types", () => {
  use({ match: { token: "AUP#ZQ1" } });
  assert.equal(entryById("yours/R0")?.entry.title, least.title);
  assert.equal(findCode("zq1")[0]?.entry.id, "yours/r0");
  useOwnRules([]);
  assert.equal(entryById("yours/r0"), undefined);
});

test("what a rule explains is not unknown any more, and says nothing of another's code", () => {
  use({ match: { token: "ZQ1" } });
  const delivery = refused("550 ZQ1", through(cox));
  const one = lookup(delivery);
  assert.equal(isUnknown({ ...one, delivery }), false);
  assert.deepEqual(one.remarks, []);
});

test("among a thousand rules the first whose words stand in a hostile reply is found", () => {
  const rules = Array.from({ length: 1_000 }, (_, number) => ({ match: { words: [`${"a".repeat(100)}${number}`] } }));
  use(...rules);
  for (const text of ["a".repeat(4_096), "aaaa ".repeat(800)]) assert.doesNotMatch(found(`550 ${text}`), /^yours/);
  assert.equal(found(`550 ${"a".repeat(100)}77 `), "yours/r7 text", "the first whose words stand there");
  assert.ok(holdsToken("A".repeat(100_000), "A") === false);
});
