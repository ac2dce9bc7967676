// Tokens with a part that varies: whatever stands there, the row is the same, in a reply and when a person asks for it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { findCode } from "../../server/src/catalogue/data.ts";
import { lookup } from "../../server/src/catalogue/lookup.ts";
import { isToken } from "../../server/src/catalogue/match.ts";
import { refused, through } from "./delivery.ts";

const orange = through("smtp-in.orange.fr");

test("a star stands for letters, digits and dashes, for nothing, and for no more than six of them", () => {
  for (const written of ["OFR006_102", "OFR_102", "OFR102", "OFR102-102", "OFRAAA_102"])
    assert.ok(isToken("OFR*102", written), written);
  for (const written of ["OFR_103", "LPN_102", "102", "OFR 102", "OFR0000006_102", "OFR_1020", "OFR"])
    assert.equal(isToken("OFR*102", written), false, written);
});

test("a token without a star is itself alone, and a star needs both its ends apart", () => {
  assert.ok(isToken("AUP#CXBL", "AUP#CXBL"));
  assert.equal(isToken("AUP#CXBL", "AUP#CXBL2"), false);
  assert.equal(isToken("AB*BC", "ABC"), false);
});

for (const [text, id] of [
  ["421 Too many connections, slow down. OFR005_104 [104]", "orange/104"],
  ["421 Too many connections, slow down. OFR102-104", "orange/104"],
  ["421 Service refuse. OFR_996 [996]", "orange/99x"],
  ["550 Mail rejected. ofr_506 [506]", "orange/506"],
  ["550 nobody knows OFR007_777", "orange/unknown-code"],
] as const) {
  test(`${text} is Orange's ${id}`, () => {
    assert.equal(lookup(refused(text, orange)).entry.id, id);
  });
}

test("the code of La Poste names it on any relay, and a code that it has alone is not mixed up with Orange's", () => {
  const relayed = through("relay.example.com");
  for (const [text, id] of [
    ["550 5.1.1 Invalid recipient. LPN416", "laposte/416"],
    ["421 Too many connections, slow down. LPN105-104", "laposte/104"],
    ["450 Client host rejected LPN027_503", "laposte/503"],
    ["550 LPN007_999", "laposte/unknown-code"],
  ] as const)
    assert.equal(lookup(refused(text, relayed)).entry.id, id);
});

test("the last two digits of a code of SFR decide, whatever its first", () => {
  for (const first of [1, 2, 3])
    assert.equal(
      lookup(refused(`450 4.7.1 no SFR_IN_${first}03`, through("smtp-in.sfr.fr"))).entry.id,
      "sfr/SFR-IN-x03",
    );
});

test("a person who asks for such a code finds its row, whatever stands in the part that varies", () => {
  for (const written of ["OFR_102", "ofr006_102", "OFR102"])
    assert.deepEqual(
      findCode(written).map(({ entry }) => entry.id),
      ["orange/102"],
      written,
    );
});

test("the case in a link of United Internet says more than the words beside it, unless nobody knows the case", () => {
  const policy = (code: string) =>
    lookup(
      refused(
        `554-Transaction failed 554-Reject due to policy restrictions. 554 For explanation visit https://postmaster.web.de/en/case?c=${code}`,
        through("mx-ha02.web.de"),
      ),
    ).entry.id;
  assert.equal(policy("hi"), "united-internet/case-hi");
  assert.equal(policy("r9999"), "united-internet/text-policy-restrictions");
});
