// The tree of failures: providers with their codes, what a filter leaves, how counts and times are told.
import assert from "node:assert/strict";
import { test } from "node:test";
import { countedSince, kindsOf, providersOf } from "../../client/src/tree/nodes.ts";
import type { FailureCode } from "../../server/src/logProtocol.ts";

function code(provider: string, name: string, count: number, kind: FailureCode["kind"] = "temporary"): FailureCode {
  const page = `smtp-explain:/${provider.toLowerCase()}/${name}.md`;
  return { page, code: name, title: `About ${name}`, provider, kind, count, first: undefined, last: undefined };
}

const codes = [code("Cox", "CXCNCT", 40), code("Gmail", "4.7.28", 30), code("Gmail", "5.7.26", 20, "permanent")];

/** The tree as text: "Gmail 50: 4.7.28, 5.7.26". */
function drawn(filter: string): string[] {
  return providersOf(codes, filter).map(
    ({ name, count, codes: own }) => `${name} ${count}: ${own.map(({ code: one }) => one.code).join(", ")}`,
  );
}

test("providers stand by how many failures they gave, codes below them", () => {
  assert.deepEqual(drawn(""), ["Gmail 50: 4.7.28, 5.7.26", "Cox 40: CXCNCT"]);
});

test("a few codes are unfolded at once, of hundreds each provider is folded until it is wanted", () => {
  const many = Array.from({ length: 300 }, (_, n) => code(`Provider ${n % 20}`, `5.7.${n}`, 300 - n));
  assert.ok(providersOf(codes, "").every(({ open }) => open));
  assert.ok(providersOf(many, "").every(({ open }) => !open));
  assert.ok(providersOf(many, "5.7.123").every(({ open }) => open));
});

test("a provider tells what its failures are", () => {
  assert.deepEqual(
    providersOf(codes, "").map((provider) => kindsOf(provider)),
    ["2 codes: 20 permanent, 30 temporary", "1 code: 40 temporary"],
  );
});

test("a filter looks at provider, code, title and kind, for all of its words, in any case", () => {
  assert.deepEqual(drawn("cox"), ["Cox 40: CXCNCT"]);
  assert.deepEqual(drawn("PERMANENT gmail"), ["Gmail 20: 5.7.26"]);
  assert.deepEqual(drawn("about 4.7"), ["Gmail 30: 4.7.28"]);
  assert.deepEqual(drawn("outlook"), []);
});

test("a code tells how often it came and from when to when", () => {
  const [one] = codes;
  assert.ok(one);
  const times = { first: "2024-06-03T06:00:27+02:00", last: "2024-06-04T01:12:00.125+02:00" };
  assert.equal(countedSince({ ...one, ...times }), "40 · 2024-06-03 06:00:27+02:00 to 2024-06-04 01:12:00+02:00");
  const day = { first: "2024-06-03T06:00:27", last: "2024-06-03T07:12:00.5" };
  assert.equal(countedSince({ ...one, ...day }), "40 · 2024-06-03 06:00:27 to 07:12:00");
  assert.equal(countedSince({ ...one, count: 12_345 }), "12,345");
});
