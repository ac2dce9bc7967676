// JSON as people write it, with places.
import assert from "node:assert/strict";
import { test } from "node:test";
import { memberOf, plainOf, readJson } from "../../server/src/rules/json.ts";

function plain(text: string): unknown {
  const read = readJson(text);
  assert.ok("node" in read, "fault" in read ? read.fault.message : "");
  return plainOf(read.node);
}

test("what JSON.parse reads is read the same", () => {
  const texts = ["{}", "[]", "[1, -2.5e3, true, false, null]", '{"a": {"b": ["\\u00e9\\n\\"", "é"]}}', ' "x" ', "0"];
  for (const text of texts) assert.deepEqual(plain(text), JSON.parse(text));
});

test("comments and a last comma are allowed", () => {
  const text = '\ufeff// one\n{ /* two */ "a": [1, 2, /* "x" */], "b": "// no comment", }\n// three';
  assert.deepEqual(plain(text), { a: [1, 2], b: "// no comment" });
});

test("every value knows where it stands", () => {
  const text = '{ "a": [true, "xy"] }';
  const read = readJson(text);
  const list = "node" in read ? memberOf(read.node, "a") : undefined;
  assert.ok(list?.kind === "array");
  assert.deepEqual(
    list.items.map(({ start, end }) => text.slice(start, end)),
    ["true", '"xy"'],
  );
});

test("what is no JSON is said where it stops being that", () => {
  const wrong: readonly (readonly [string, number])[] = [
    ["", 0],
    ['{"a" 1}', 5],
    ['{"a": }', 6],
    ['{"a": 1 "b": 2}', 8],
    ["[1, 2", 5],
    ['{"a": "x\ny"}', 6],
    ["{a: 1}", 1],
    ["{} {}", 3],
    ["'x'", 0],
    ['"\\x"', 0],
    ["01", 0],
    ["/* open", 7],
  ];
  for (const [text, at] of wrong) {
    const read = readJson(text);
    assert.ok("fault" in read, text);
    assert.equal(read.fault.start, at, text);
    assert.match(read.fault.message, /\.$/);
  }
});

test("a member with a dangerous name is a member like others", () => {
  const value = plain('{"__proto__": {"polluted": true}, "constructor": 1}') as object;
  assert.equal(Object.getPrototypeOf(value), Object.prototype);
  assert.deepEqual(Object.keys(value), ["__proto__", "constructor"]);
});

test("hostile texts end soon and break nothing", () => {
  const texts = [
    "[".repeat(1_000_000),
    '{"a":'.repeat(200_000),
    `"${"\\".repeat(999_999)}`,
    "/*".repeat(500_000),
    "1".repeat(1_000_000),
  ];
  for (const text of texts) assert.ok("fault" in readJson(text));
  assert.ok("node" in readJson(`"${"x".repeat(1_000_000)}"`));
  assert.ok("node" in readJson(`[${"1,".repeat(300_000)}]`));
});
