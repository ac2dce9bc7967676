// Common wordings: what servers write whoever runs them, above all which DNS list a refusal is made by.
import assert from "node:assert/strict";
import { test } from "node:test";
import { hints, wordings } from "../../server/src/catalogue/data.ts";
import { lookup } from "../../server/src/catalogue/lookup.ts";
import { ruleOf } from "../../server/src/catalogue/rule.ts";
import type { Delivery } from "../../server/src/model.ts";
import { refused, through } from "./delivery.ts";

const zen = "zen.spamhaus.org";
const unknown = through("mx.example.org");
const elsewhere = through("mx0.charter.net");

function entryOf(text: string, parts: Partial<Delivery> = unknown): string {
  const { entry, entryBy } = lookup(refused(text, parts));
  return `${entry.id} by ${entryBy}`;
}

for (const { entry, match } of [...wordings, ...hints]) {
  test(`${entry.id} explains its own examples at a server that nobody knows, and at a provider's`, () => {
    assert.ok(entry.examples.length > 0);
    const at = match.stage === undefined ? {} : { stage: match.stage[0] };
    for (const example of entry.examples) {
      assert.equal(entryOf(example, { ...unknown, ...at }), `${entry.id} by wording`, example);
      assert.equal(entryOf(example, { ...elsewhere, ...at }), `${entry.id} by wording`, example);
      assert.equal(entryOf(example.toUpperCase(), { ...unknown, ...at }), `${entry.id} by wording`, example);
    }
  });
}

test("each word of a row leads to that row and to none before it", () => {
  for (const { entry, match } of [...wordings, ...hints]) {
    for (const words of match.words ?? []) {
      const and = match.and?.find((also) => !words.includes(also)) ?? "";
      const text = `554 5.7.1 ${words} ${and} 192.0.2.1`;
      assert.equal(entryOf(text, { ...unknown, stage: match.stage?.[0] }), `${entry.id} by wording`, words);
    }
  }
});

test("whoever refuses a client by a list is not told that the own address is listed", () => {
  const ours = { direction: "we-refused-them" } as const;
  assert.equal(entryOf("554 5.7.1 blocked using zen.spamhaus.org", ours), "server/ours-listed by text");
  assert.equal(entryOf("552 5.2.2 mailbox full", ours), "server/ours-quota by text");
});

test("a provider's own words on a list say more than the common ones", () => {
  const exchange = through("example-org.mail.protection.outlook.com");
  const text = "550 5.7.1 Service unavailable, Client host [192.0.2.1] blocked using Spamhaus.";
  assert.equal(entryOf(text, exchange), "exchange-online/text-spamhaus by text");
  assert.equal(entryOf(text), "wording/spamhaus by wording");
});

test("a refusal that names a list stands for that list, in the row's page and in its rule", () => {
  for (const [text, id, conditions] of [
    ["554 5.7.1 blocked using zen.spamhaus.org", "wording/spamhaus", zen],
    ["550 Your server is in the SpamHaus SBL-XBL database", "wording/spamhaus", `${zen}#SBL ${zen}#CSS ${zen}#XBL`],
    ["554 5.7.1 blocked using pbl.spamhaus.org", "wording/spamhaus-pbl", `${zen}#PBL`],
    ["554 5.7.1 blocked using dbl.spamhaus.org", "wording/spamhaus-dbl", "dbl.spamhaus.org"],
    ["550 see https://www.spamcop.net/bl.shtml?192.0.2.1", "wording/spamcop", "bl.spamcop.net"],
    ["554 listed at b.barracudacentral.org", "wording/barracuda", "b.barracudacentral.org"],
  ] as const) {
    const delivery = refused(text, unknown);
    const { entry, decoded, provider } = lookup(delivery);
    assert.equal(entry.id, id, text);
    assert.deepEqual(ruleOf({ entry, decoded, provider, words: delivery.words }).named, conditions.split(" "), text);
  }
});

test("an error that a list gave the receiver's own resolver is not called a listing", () => {
  const text = "554 5.7.1 blocked using zen.spamhaus.org; Error: open resolver; https://www.spamhaus.org/returnc/pub/";
  assert.equal(entryOf(text), "wording/list-error by wording");
  assert.equal(entryOf("550 this server is no open resolver"), "standard/550 by code");
});
