// Our own reading of schema.json says of every file what Ajv says of it.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { Ajv } from "ajv";
import recheck from "recheck";
import { type Node, readJson } from "../../server/src/rules/json.ts";
import { faultsOf } from "../../server/src/rules/schema.ts";

const folder = new URL("../../server/catalogue/", import.meta.url);
const schema = JSON.parse(readFileSync(new URL("schema.json", folder), "utf8")) as object;
const ajv = new Ajv({ allErrors: false, strictTypes: false }).addSchema(schema, "catalogue");

function node(value: unknown): Node {
  const read = readJson(JSON.stringify(value));
  return "node" in read ? read.node : assert.fail();
}

function agree(value: unknown, definition: string): boolean {
  const valid = ajv.getSchema(`catalogue#/definitions/${definition}`)?.(value) === true;
  const faults = faultsOf(node(value), definition);
  assert.equal(faults.length === 0, valid, `${JSON.stringify(value).slice(0, 300)}\n${JSON.stringify(faults[0])}`);
  for (const { message } of faults) assert.match(message, /^[A-Z"].*\.$/s);
  return valid;
}

test("every file of providers is valid for both", () => {
  for (const file of readdirSync(new URL("providers/", folder))) {
    const value: unknown = JSON.parse(readFileSync(new URL(`providers/${file}`, folder), "utf8"));
    assert.ok(agree(value, "providerFile"), file);
  }
});

const rows = (JSON.parse(readFileSync(new URL("providers/cox.json", folder), "utf8")) as { entries: object[] }).entries;
const others: readonly unknown[] = [
  ...[undefined, null, true, 0, -1, 1.5, 1e9, "", " ", "x", "X", "Xx.", "A sentence.", "a".repeat(700), "X\u0000Y"],
  ...[
    "AUP#CX",
    "5.7.1",
    "X.7.1..9",
    "2026-11-25",
    "https://example.com/",
    [],
    {},
    [1, 1],
    ["a", "a"],
    [[]],
    { token: "X" },
  ],
  ...[
    { words: ["no such mailbox"] },
    { words: ["Upper"] },
    { words: [] },
    { token: [] },
    { enhanced: ["5.7.1"], words: ["abcdef"] },
  ],
];

test("a row with any member changed, added or left out is valid for both or for none", () => {
  let invalid = 0;
  for (const row of rows.slice(0, 12)) {
    for (const key of [...Object.keys(row), "provider", "extra"]) {
      for (const value of others) {
        const changed = { ...row, [key]: value };
        for (const definition of ["entry", "ownEntry"])
          if (!agree(JSON.parse(JSON.stringify(changed)), definition)) invalid++;
      }
    }
  }
  assert.ok(invalid > 1_000, "the changes were felt");
});

test("deep parts of a row are held to the schema too", () => {
  const row = rows.find((row) => "rule" in row && "contacts" in row) as Record<string, object>;
  for (const [key, part] of Object.entries(row)) {
    for (const inner of Object.keys(part)) {
      for (const value of others) {
        const copy = structuredClone(row) as Record<string, Record<string, unknown>>;
        const target = copy[key];
        if (target !== undefined && typeof target === "object") target[inner] = value;
        agree(JSON.parse(JSON.stringify(copy)), "entry");
      }
    }
  }
});

test("no pattern of the schema can be made to run for ever by a file of rules", () => {
  const sources = new Set(
    [...JSON.stringify(schema).matchAll(/"pattern":("(?:[^"\\]|\\.)*")/g)].map(
      ([, text = ""]) => JSON.parse(text) as string,
    ),
  );
  assert.ok(sources.size > 15);
  for (const source of sources) assert.equal(recheck.checkSync(source, "u").status, "safe", source);
});

test("a fault is said in words that tell what to do", () => {
  const [fault] = faultsOf(node({ ...rows[0], title: "ends with a stop." }), "entry");
  assert.equal(
    fault?.message,
    '"title" is not as it should be (it has at most 90 characters): What it is, in a few words, without a full stop.',
  );
  const [missing] = faultsOf(node({ kind: "rules" }), "rulesFile");
  assert.match(missing?.message ?? "", /^The file lacks "entries": Your rules\./);
  const [reason] = faultsOf(node({ ...rows[0], reason: "spam" }), "entry");
  assert.match(reason?.message ?? "", /^"reason" must be one of "authfailure", /);
});
