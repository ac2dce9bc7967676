// Which rules of a file are used, and what is said of the others.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { readRules } from "../../server/src/rules/read.ts";
import { fileOf, least, readOf, rulesText } from "./rules.ts";

const [rule] = readOf([least]).rules;

function messagesOf(entries: readonly object[], more: object = {}): string[] {
  const { faults } = readOf(entries, more);
  return (faults[0] ?? []).map(({ message }) => message);
}

test("a rule with nothing but its match, title and meaning is an entry of the user's", () => {
  assert.ok(rule !== undefined);
  const { id, provider, providerName, code, permanence, reason, turn, claims, sources } = rule.entry;
  assert.deepEqual(
    [id, provider, providerName, code, permanence, reason, turn],
    ["yours/no-mailbox", "yours", "Your rules", least.title, "by-reply", "unknown", "unknown"],
  );
  assert.deepEqual(
    sources.map(({ name, checked }) => [name, checked]),
    [[".smtp-log-lens.json", "2026-11-20"]],
  );
  assert.equal(claims[0]?.source, sources[0]);
});

test("a row of the catalogue, with sources and contacts of its file or of the catalogue, is a rule as it is", () => {
  const source = { id: "our-wiki", name: "Our own wiki", url: "https://wiki.example/", checked: "2026-11-01" };
  const contact = {
    what: "Partner's postmaster",
    value: "postmaster@example.net",
    kind: "mail",
    usable: true,
    source: "our-wiki",
  };
  const row = {
    ...least,
    provider: "gmail",
    remedies: [{ text: "Ask the partner for the right address.", source: "our-wiki" }],
    claims: [{ says: "It means just that.", grade: "observed", source: "rfc5321", topic: "meaning" }],
    contacts: ["partner"],
    sources: ["our-wiki", "rfc5321"],
  };
  const { rules, faults } = readOf([row], { sources: [source], contacts: { partner: contact } });
  assert.deepEqual(faults, [[]]);
  const [{ entry, provider } = assert.fail()] = rules;
  assert.deepEqual([provider, entry.providerName], ["gmail", "Your rules for Gmail"]);
  assert.deepEqual([entry.sources[0]?.name, entry.remedies[0]?.source?.url], ["Our own wiki", "https://wiki.example/"]);
  assert.equal(entry.contacts[0]?.value, "postmaster@example.net");
});

test("one bad rule is left out and the others are used; the fault stands at the place", () => {
  const text = rulesText([
    { ...least, title: "Ends." },
    { ...least, id: "other" },
    { ...least, id: "third", reason: "spam" },
  ]);
  const { rules, faults } = readRules([fileOf(text)]);
  assert.deepEqual(
    rules.map(({ entry }) => entry.id),
    ["yours/other"],
  );
  const [title, reason] = faults[0] ?? [];
  assert.equal(text.slice(title?.start, title?.end), '"Ends."');
  assert.equal(text.slice(reason?.start, reason?.end), '"spam"');
  assert.match(title?.message ?? "", /without a full stop\. This rule is not used\.$/);
});

test("what is wrong outside the rules leaves out the file, and says so", () => {
  for (const text of [
    "",
    "[]",
    "{",
    "nonsense",
    '{"kind": "rules"}',
    rulesText([least], { kind: "provider" }),
    rulesText([least], { extra: 1 }),
  ]) {
    const { rules, faults } = readRules([fileOf(text)]);
    assert.deepEqual(rules, [], text);
    assert.match(faults[0]?.[0]?.message ?? "", /No rule of this file is used\.$/, text);
  }
});

test("names that lead nowhere are said by name", () => {
  assert.match(messagesOf([{ ...least, provider: "gmial" }])[0] ?? "", /no provider "gmial"/);
  assert.match(messagesOf([{ ...least, sources: ["nobody"] }])[0] ?? "", /Neither .* have "nobody"/);
  assert.match(messagesOf([{ ...least, contacts: ["nobody"] }])[0] ?? "", /no contact "nobody"/);
  assert.match(messagesOf([least, { ...least, id: "NO-mailbox" }])[0] ?? "", /has the id "NO-mailbox" already/);
});

test("of two files with one id the first has it", () => {
  const { rules, faults } = readRules([
    fileOf(rulesText([least])),
    fileOf(rulesText([{ ...least, title: "Another title" }])),
  ]);
  assert.deepEqual(
    rules.map(({ entry }) => entry.title),
    [least.title],
  );
  assert.deepEqual(
    faults.map(({ length }) => length),
    [0, 1],
  );
});

test("patterns, masks and rows for whatever is left are no matches of a rule", () => {
  for (const match of [
    { regex: "(a+)+$" },
    { mask: "ipbl" },
    { rest: "AUP#" },
    { any: true },
    {},
    "x",
    { token: "X1", words: ["abcdef"] },
  ])
    assert.equal(readOf([{ ...least, match }]).rules.length, 0, JSON.stringify(match));
});

test("a range of tokens that is none, or stands for too many, is refused", () => {
  for (const token of ["X9..1", "X..", "X1..999999999", "X..9"])
    assert.equal(readOf([{ ...least, match: { token } }]).rules.length, 0, token);
  assert.equal(readOf([{ ...least, match: { token: ["X10..29", "Y*1"] } }]).rules.length, 1);
});

test("an example that the rule does not fit is reported, and the rule is used", () => {
  const unfit = { ...least, examples: ["550 another text altogether"] };
  const { rules, faults } = readOf([unfit]);
  assert.equal(rules.length, 1);
  assert.deepEqual(
    faults[0]?.map(({ message, leftOut }) => [message, leftOut]),
    [["This rule does not fit its own example.", false]],
  );
  const fit = [
    { ...least, examples: ["550 There is no such mailbox at this site."] },
    { ...least, id: "b", match: { token: "X17" }, examples: ["554 refused (x17)"] },
    { ...least, id: "c", match: { enhanced: ["X.7.99"] }, examples: ["550 5.7.99 no"] },
    { ...least, id: "d", match: { words: ["abcdef"], and: ["ghi"], code: [421] }, examples: ["421 abcdef ghi"] },
  ];
  assert.deepEqual(readOf(fit).faults, [[]]);
});

test("text that hides or reorders what stands around it is refused", () => {
  for (const hidden of ["\u202e", "\u200b", "\u0007", "\u2028"])
    assert.match(messagesOf([{ ...least, meaning: `It means ${hidden} this.` }])[0] ?? "", /invisible character/);
  assert.equal(readOf([{ ...least, meaning: "One sentence.\nAnother one." }]).rules.length, 1);
});

test("a hostile file ends soon", () => {
  const many = Array.from({ length: 5_000 }, (_, number) => ({ ...least, id: `r${number}` }));
  assert.equal(readOf(many).rules.length, 0, "a file holds at most a thousand");
  const wide = Array.from({ length: 1_000 }, (_, number) => ({
    ...least,
    id: `r${number}`,
    match: { words: Array(50).fill(`abcdef${number}`) },
  }));
  assert.equal(readOf(wide).rules.length, 1_000);
  const wrong = Array.from({ length: 1_000 }, () => ({ x: 1 }));
  assert.ok((readOf(wrong).faults[0]?.length ?? 0) >= 1_000);
});

test("the example of the catalogue's README is used as it is", () => {
  const readme = readFileSync(new URL("../../server/catalogue/README.md", import.meta.url), "utf8");
  const example = /```jsonc\n(.*?)```/s.exec(readme)?.[1] ?? "";
  const { rules, faults } = readRules([fileOf(example)]);
  assert.deepEqual([rules.length, faults], [1, [[]]]);
});
