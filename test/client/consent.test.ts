// The consent to a check: what is agreed to, how long it holds, and what wins.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  always,
  type ConsentFacts,
  decide,
  isStanding,
  type Parties,
  partiesOf,
  readRemembered,
  readStanding,
} from "../../client/src/consent.ts";
import { planOf, quietPlan } from "./values.ts";

const parties: Parties = { resolver: "127.0.0.1:53", whom: ["Cisco Talos", "Spamhaus"] };
const facts: ConsentFacts = { trusted: true, setting: "ask", remembered: undefined };
const agreed: ConsentFacts = { ...facts, remembered: { answer: "always", parties } };

test("the parties of a plan are those who get something, sorted and each once, and the resolver", () => {
  const plans = [planOf("81.2.69.160"), planOf("81.2.69.161"), quietPlan("203.0.113.7")];
  assert.deepEqual(partiesOf({ id: "p", plans }), {
    resolver: "127.0.0.1:53",
    whom: ["Cisco Talos", "Spamhaus", "its name servers"],
  });
});

const table: readonly [situation: string, facts: ConsentFacts, expected: ReturnType<typeof decide>][] = [
  ["by default the user is asked", facts, { go: "ask", changed: false }],
  ["an untrusted workspace asks nobody", { ...agreed, trusted: false }, { go: "no", by: "untrusted" }],
  [
    "not even when the setting says always",
    { ...facts, trusted: false, setting: "always" },
    { go: "no", by: "untrusted" },
  ],
  ["the setting never wins over what was agreed to", { ...agreed, setting: "never" }, { go: "no", by: "setting" }],
  [
    "the workspace's never wins over the setting always",
    { ...facts, setting: "always", remembered: { answer: "never" } },
    { go: "no", by: "workspace" },
  ],
  ["the setting always agrees to everybody", { ...facts, setting: "always" }, { go: "yes", by: "setting" }],
  ["what was agreed to is not asked again", agreed, { go: "yes", by: "workspace" }],
];
for (const [situation, given, expected] of table) {
  test(`consent: ${situation}`, () => assert.deepEqual(decide(given, parties), expected));
}

test("consent: a plan that asks fewer of the same is covered", () => {
  assert.deepEqual(decide(agreed, { ...parties, whom: ["Spamhaus"] }), { go: "yes", by: "workspace" });
});

test("consent: somebody new, or another resolver, is asked about again", () => {
  const more = { ...parties, whom: [...parties.whom, "PSBL"] };
  assert.deepEqual(decide(agreed, more), { go: "ask", changed: true });
  assert.deepEqual(decide(agreed, { ...parties, resolver: "192.0.2.53" }), { go: "ask", changed: true });
});

test("saying always a second time adds those who are new, and starts anew through another resolver", () => {
  const more = always(agreed.remembered, { ...parties, whom: ["PSBL"] });
  assert.deepEqual(more, { answer: "always", parties: { ...parties, whom: ["Cisco Talos", "PSBL", "Spamhaus"] } });
  const other: Parties = { resolver: "192.0.2.53", whom: ["PSBL"] };
  assert.deepEqual(always(agreed.remembered, other), { answer: "always", parties: other });
});

test("a check may begin at once only while a yes stands", () => {
  assert.ok(isStanding(agreed));
  assert.ok(isStanding({ ...facts, setting: "always" }));
  for (const no of [
    facts,
    { ...agreed, trusted: false },
    { ...agreed, setting: "never" as const },
    { ...facts, setting: "always" as const, remembered: { answer: "never" as const } },
  ])
    assert.ok(!isStanding(no), JSON.stringify(no));
});

test("a setting or a memory that is not ours means that the user is asked", () => {
  for (const value of [undefined, "yes", 1, {}]) assert.equal(readStanding(value), "ask");
  assert.equal(readStanding("never"), "never");
  for (const value of [undefined, "always", { answer: "always" }, { answer: "always", parties: { resolver: 1 } }])
    assert.equal(readRemembered(value), undefined);
  assert.deepEqual(readRemembered({ answer: "never", more: 1 }), { answer: "never" });
  assert.deepEqual(readRemembered({ answer: "always", parties }), { answer: "always", parties });
});
