// Comcast's codes: the lists that a BL code names, digit by digit from the right, and what is none of them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { findCode } from "../../server/src/catalogue/data.ts";
import { limitsOf } from "../../server/src/catalogue/limits.ts";
import { lookup } from "../../server/src/catalogue/lookup.ts";
import { ruleOf } from "../../server/src/catalogue/rule.ts";
import { refused, through } from "./delivery.ts";

const lists = ["Spamhaus ZEN", "Cloudmark CSI", "SenderScore", "Trend Micro MAPS RBL"];
const page = "http://postmaster.comcast.net/smtp-error-codes.php#";

for (let mask = 1; mask < 16; mask += 1) {
  const code = `BL${mask.toString(2).padStart(6, "0")}`;
  const named = lists.filter((_, bit) => (mask & (1 << bit)) !== 0);

  test(`Comcast's ${code} names ${named.join(", ")}`, () => {
    const delivery = refused(`452 mx1.comcast.net 192.0.2.1 found on one or more DNSBLs, see ${page}${code}`, {});
    const { entry, decoded, provider } = lookup(delivery);
    assert.deepEqual([entry.id, provider], ["comcast/BL", "comcast"]);
    assert.deepEqual(
      decoded?.lists.map(({ name }) => name),
      named,
    );
    assert.equal(decoded?.published, true);
    const { named: rows } = ruleOf({ entry, decoded, provider, words: undefined });
    assert.equal(rows.includes("zen.spamhaus.org"), mask % 2 === 1);
  });
}

test("BL000000 names no list: it is Comcast's own block, and Comcast can be asked", () => {
  const { entry, decoded } = lookup(refused(`554 Comcast block for spam. Please see ${page}BL000000`));
  assert.deepEqual([entry.id, entry.turn, decoded], ["comcast/BL000000", "provider", undefined]);
});

test("a mask of Comcast's is found by what a person types", () => {
  const found = findCode("BL000101").map(({ entry, decoded }) => [entry.id, decoded?.lists.length]);
  assert.deepEqual(found, [["comcast/BL", 2]]);
});

test("a comcast.net address that Yahoo's host answers for is Yahoo's refusal", () => {
  const parts = { ...through("mta5.am0.yahoodns.net"), recipient: "pat@comcast.net" };
  assert.equal(lookup(refused("421 4.7.0 [TSS04] Messages temporarily deferred", parts)).provider, "yahoo");
});

test("Comcast allows 25 connections and 100 recipients of a message now, and other figures before", () => {
  const figures = limitsOf("comcast").map(({ what, value, grade, current }) => [what, value, grade, current]);
  assert.deepEqual(figures, [
    ["connections", 25, "provider", true],
    ["connections", 25, "secondary", true],
    ["recipients-per-message", 100, "provider", true],
    ["messages-per-connection", 1000, "secondary", true],
    ["connections", 10, "provider", false],
    ["recipients-per-message", 1000, "provider", false],
  ]);
});
