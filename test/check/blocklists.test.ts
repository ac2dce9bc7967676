// The catalogue of DNS lists: schema, ids, sources, and codes that make sense.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { Ajv } from "ajv";
import { readBytes } from "../../server/src/check/bytes.ts";
import { blocklists, usualLists } from "../../server/src/check/lists.ts";

const folder = new URL("../../server/catalogue/", import.meta.url);
const load = (name: string): Record<string, unknown> => JSON.parse(readFileSync(new URL(name, folder), "utf8"));

test("the lists follow their schema", () => {
  const ajv = new Ajv({ allErrors: true, strict: true });
  assert.ok(ajv.validate(load("blocklists.schema.json"), load("blocklists.json")), ajv.errorsText());
});

test("no list and no code of a list stands twice", () => {
  const zones = blocklists.map((list) => list.zone);
  assert.equal(new Set(zones).size, zones.length);
  for (const list of blocklists) {
    const codes = [...list.codes, ...list.errors.codes].map((row) => row.code).concat(list.unused);
    assert.equal(new Set(codes).size, codes.length, list.zone);
  }
});

test("every source that a list names exists, and none is idle", () => {
  const known = Object.keys(load("blocklists.json").sources ?? {}).sort();
  assert.deepEqual([...new Set(blocklists.flatMap((list) => list.sources))].sort(), known);
});

test("listing codes are loopback addresses outside the error range, and the page takes an address", () => {
  for (const list of blocklists) {
    for (const { code } of list.codes) {
      assert.equal(readBytes(code)?.[0], 127, code);
      assert.ok(list.errors.prefix === undefined || !code.startsWith(list.errors.prefix), code);
    }
    assert.match(list.lookup, /\{ip\}/);
  }
});

test("only Spamhaus ZEN is asked by default", () => {
  assert.deepEqual(
    usualLists.map((list) => list.zone),
    ["zen.spamhaus.org"],
  );
});
