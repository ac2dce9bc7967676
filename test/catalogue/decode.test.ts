// Masks behind IPBL and URLBL: each bit is a list, read from the right, in any width.
import assert from "node:assert/strict";
import { test } from "node:test";
import { entryById } from "../../server/src/catalogue/data.ts";
import { lookup } from "../../server/src/catalogue/lookup.ts";
import type { Decoded } from "../../server/src/model.ts";
import { refused, through } from "./delivery.ts";

const lists = ["Spamhaus ZEN", "Return Path", "Invaluement ivmSIP", "Cloudmark CSI"];

function decoded(token: string): Decoded {
  const found = lookup(refused(`554 refused ${token}`, through("cxr.mx.a.cloudfilter.net")));
  assert.equal(found.entryBy, "token");
  assert.ok(found.decoded, token);
  return found.decoded;
}

const names = (token: string): string[] => decoded(token).lists.map(({ name }) => name);

for (let mask = 0; mask < 16; mask += 1) {
  const bits = mask.toString(2).padStart(4, "0");
  const expected = lists.filter((_, bit) => (mask & (1 << bit)) !== 0);

  test(`IPBL${bits} stands for ${expected.join(", ") || "no list"}`, () => {
    const { subject, published, bits: written } = decoded(`AUP#IPBL${bits}`);
    assert.deepEqual(names(`AUP#IPBL${bits}`), expected);
    assert.equal(subject, "sending-ip");
    assert.equal(written, bits);
    assert.equal(published, mask !== 0);
  });
}

test("IPBL00001 with five digits is Spamhaus, as Cox's newer page says", () => {
  assert.deepEqual(names("AUP#IPBL00001"), ["Spamhaus"]);
  assert.equal(decoded("AUP#IPBL00001").published, true);
});

test("a mask of another width is read by its bits and said to be unpublished", () => {
  for (const [token, expected] of [
    ["AUP#IPBL1", ["Spamhaus ZEN"]],
    ["AUP#IPBL10", ["Return Path"]],
    ["AUP#IPBL101", ["Spamhaus ZEN", "Invaluement ivmSIP"]],
    ["AUP#IPBL00011", ["Spamhaus ZEN", "Return Path"]],
    ["AUP#IPBL00001000", ["Cloudmark CSI"]],
  ] as const) {
    assert.deepEqual(names(token), expected, token);
    assert.equal(decoded(token).published, false, token);
    assert.equal(decoded(token).note, undefined, token);
  }
});

test("a bit that no source names is named as such and given no list", () => {
  const one = decoded("AUP#IPBL10001");
  assert.deepEqual(
    one.lists.map(({ name }) => name),
    ["Spamhaus ZEN"],
  );
  assert.match(one.note ?? "", /Bit 5, counted from the right: no source names/);
  assert.match(decoded("AUP#IPBL110000").note ?? "", /Bits 5, 6, counted/);
});

test("a mask without a bit names nothing", () => {
  assert.deepEqual(decoded("AUP#IPBL0000").lists, []);
  assert.match(decoded("AUP#IPBL0000").note ?? "", /names no list/);
});

test("URLBL masks speak of a link in the message", () => {
  assert.deepEqual(names("AUP#URLBL011"), ["SURBL", "Spamhaus DBL"]);
  assert.deepEqual(names("AUP#URLBL101"), ["SURBL", "Invaluement ivmURI"]);
  assert.deepEqual(names("AUP#URLBL110"), ["Spamhaus DBL", "Invaluement ivmURI"]);
  for (const mask of ["011", "101", "110"]) {
    assert.equal(decoded(`AUP#URLBL${mask}`).published, true);
    assert.equal(decoded(`AUP#URLBL${mask}`).subject, "message-link");
  }
});

test("URLBL masks that no source prints follow the bits and say so", () => {
  for (const [mask, expected] of [
    ["001", ["SURBL"]],
    ["010", ["Spamhaus DBL"]],
    ["100", ["Invaluement ivmURI"]],
    ["111", ["SURBL", "Spamhaus DBL", "Invaluement ivmURI"]],
    ["0011", ["SURBL", "Spamhaus DBL"]],
  ] as const) {
    assert.deepEqual(names(`AUP#URLBL${mask}`), expected, mask);
    assert.equal(decoded(`AUP#URLBL${mask}`).published, false, mask);
  }
});

test("URLBL1001 is Spamhaus although its bits say otherwise", () => {
  assert.deepEqual(names("AUP#URLBL1001"), ["Spamhaus"]);
  assert.equal(decoded("AUP#URLBL1001").published, true);
});

test("every list that a mask names has a place to ask for removal", () => {
  for (const token of ["AUP#IPBL1111", "AUP#IPBL00001", "AUP#URLBL111", "AUP#URLBL1001"]) {
    for (const list of decoded(token).lists) assert.match(list.removal ?? "", /^https:\/\//, list.name);
  }
});

test("digits that are no bits, or too many, make no mask but an unknown code", () => {
  for (const token of ["AUP#IPBL0012", "AUP#IPBL", `AUP#IPBL${"0".repeat(17)}`, "AUP#URLBL01X"]) {
    const found = lookup(refused(`554 refused ${token}`, through("cxr.mx.a.cloudfilter.net")));
    assert.equal(found.decoded, undefined, token);
    assert.equal(found.entry.id, "cox/unknown-code", token);
  }
});

test("a page of a mask is the family with the mask decoded", () => {
  const page = entryById("cox/IPBL0011");
  assert.equal(page?.entry.id, "cox/IPBL");
  assert.deepEqual(
    page?.decoded?.lists.map(({ name }) => name),
    ["Spamhaus ZEN", "Return Path"],
  );
  assert.equal(entryById("cox/IPBL")?.decoded, undefined);
  assert.equal(entryById("cox/urlbl1001")?.decoded?.lists[0]?.name, "Spamhaus");
  assert.equal(entryById("cox/IPBL2"), undefined);
});

test("a thousand masks made up by a stranger are all decoded", () => {
  for (let mask = 0; mask < 3000; mask += 1) {
    const bits = mask.toString(2).padStart(13, "0");
    assert.equal(decoded(`AUP#IPBL${bits}`).bits, bits);
  }
});
