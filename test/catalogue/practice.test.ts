// What the field advises: which refusals get which steps, each step with its source and in the catalogue's voice.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { Ajv } from "ajv";
import { entries, entryById, refusingEntries } from "../../server/src/catalogue/data.ts";
import type { PracticeFile } from "../../server/src/catalogue/rows.ts";

const folder = new URL("../../server/catalogue/", import.meta.url);
const json = (file: string): unknown => JSON.parse(readFileSync(new URL(file, folder), "utf8"));
const { steps, where } = json("practice.json") as PracticeFile;
const idOf = new Map(Object.entries(steps).map(([id, { text }]) => [text, id]));

function stepsOf(id: string): (string | undefined)[] {
  const entry = entryById(id)?.entry;
  assert.ok(entry, id);
  return entry.practice.map(({ text }) => idOf.get(text));
}

const spam = ["opt-in", "unsubscribe", "bounces", "feedback-loop", "complaints"];
const pace = ["pace", "warm-up"];
const all = ["spf", "dkim", "dmarc"];

/** A refusal, and what it calls for. */
const table: readonly (readonly [string, readonly string[]])[] = [
  ["cox/CDRBL", spam],
  ["cloudmark/CDRBL", spam],
  ["cox/CXBL", ["secure", "opt-in", "bounces", "authenticate", "streams"]],
  ["cox/IPBL", ["secure", "opt-in", "bounces", "authenticate", "streams"]],
  ["cox/URLBL", ["links", "secure", "opt-in"]],
  ["cox/CXCNCT", pace],
  ["cox/text-too-many-sessions", pace],
  ["cloudmark/CNCT", pace],
  ["gmail/7.28", ["pace", "warm-up", "streams", "secure"]],
  ["cox/CXMXRT", ["pace", "warm-up", "streams", "secure"]],
  ["cox/CXDNS", ["ptr", "ptr-name"]],
  ["standard/5.7.25", ["ptr", "ptr-name"]],
  ["cox/CXSNDR", all],
  ["yahoo/5.7.9", all],
  ["gmail/7.32", all],
  ["standard/5.7.26", all],
  ["gmail/7.27", ["spf", "dmarc"]],
  ["standard/4.7.23", ["spf", "dmarc"]],
  ["standard/5.7.20", ["dkim", "dmarc"]],
  ["standard/5.7.1", ["authenticate", "ptr", "complaints"]],
  ["standard/5.1.1", ["bounces"]],
  ["cox/text-recipient-rejected", ["bounces"]],
  ["cox/text-invalid-recipients", ["bounces", "inactive", "opt-in"]],
];

for (const [id, expected] of table) {
  test(`${id} calls for ${expected.join(", ")}`, () => {
    assert.deepEqual(stepsOf(id), expected);
  });
}

const silent: Readonly<Record<string, readonly string[]>> = {
  "a full mailbox": ["standard/4.2.2", "standard/5.2.2"],
  "an address that fits several people": ["standard/5.1.4"],
  "a wrong login": ["standard/535", "standard/5.7.8", "standard/4.7.8", "server/login-failed"],
  "wrong commands or passwords": ["cox/text-bad-commands"],
  "a forbidden attachment": ["cox/text-attachment", "gmail/security-issue"],
  "a rule of the recipient's administrator": ["gmail/custom-rule", "gmail/policy", "gmail/ip-not-allowed"],
  "a mailing list that is closed to you": ["standard/5.7.2"],
  "a network that does not work": ["server/timed-out", "standard/4.4.1", "standard/421"],
  "a client that our own server refuses": refusingEntries.map(({ entry }) => entry.id),
  "a code that nobody explains": ["cox/CXRDBL", "cox/unknown-code", "standard/550"],
  success: ["standard/250"],
  "a full mailbox, in words": ["wording/mailbox-full"],
};

for (const [what, ids] of Object.entries(silent)) {
  test(`${what} calls for no practice`, () => {
    for (const id of ids) assert.deepEqual(stepsOf(id), [], id);
  });
}

test("no page has more than five steps, and none says one twice", () => {
  for (const { id, practice } of entries) {
    assert.ok(practice.length <= 5, id);
    assert.equal(new Set(practice).size, practice.length, id);
  }
});

test("too many connections are met by pace alone, whoever says it", () => {
  const ours = new Set(refusingEntries.map(({ entry }) => entry.id));
  for (const { id, reason } of entries)
    if (reason === "toomanyconn" && !ours.has(id)) assert.deepEqual(stepsOf(id), pace, id);
});

test("every step has a source with the day on which we looked, an address, and a date", () => {
  const practice = new Set(entries.flatMap(({ practice }) => practice));
  for (const { text, source } of practice) {
    assert.match(source?.checked ?? "", /^20\d\d-\d\d-\d\d$/, text);
    assert.match(source?.url ?? "", /^https:/, text);
    assert.match(source?.date ?? "", /^20\d\d-\d\d/, text);
  }
});

test("every step begins with a verb, ends with a full stop, and is short", () => {
  const verbs = /^(?:Ask|Authenticate|Choose|Give|Join|Keep|Let|Name|Publish|Read|Send|Show|Sign|Start) /;
  for (const { text } of Object.values(steps)) {
    assert.match(text, verbs);
    assert.match(text, /[^.]\.$/);
    assert.ok(text.length <= 160, text);
  }
});

test("every step is used, and every row names what exists, once", () => {
  const used = new Set(where.flatMap((row) => row.steps));
  assert.deepEqual([...used].sort(), Object.keys(steps).sort());
  const keys = where.flatMap(({ reasons = [], entries = [] }) => [...reasons, ...entries]);
  assert.deepEqual(keys, [...new Set(keys)]);
  for (const id of where.flatMap(({ entries = [] }) => entries)) assert.ok(entryById(id), id);
});

test("the schema refuses a step without a source, and a page of six steps", () => {
  const validate = new Ajv({ allErrors: true }).compile(json("schema.json") as object);
  const bare = structuredClone(json("practice.json")) as { steps: Record<string, { source?: string }> };
  delete bare.steps["opt-in"]?.source;
  assert.equal(validate(bare), false);
  const long = structuredClone(json("practice.json")) as { where: { steps: string[] }[] };
  long.where[0]?.steps.push("pace");
  assert.equal(validate(long), false);
});

test("the complaint rates are Gmail's own figures, said with the page that sets them", () => {
  const step = entryById("cox/CDRBL")?.entry.practice.find(({ text }) => text.includes("complaints"));
  assert.match(step?.text ?? "", /below 0\.1% .* 0\.3%/);
  assert.equal(step?.source?.url, "https://support.google.com/mail/answer/81126");
});
