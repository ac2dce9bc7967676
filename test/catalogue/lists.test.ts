// Lists that a refusal's own words name: zones, plain names, lists that are gone, and what is none of them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { listsIn } from "../../server/src/catalogue/lists.ts";
import { lookup } from "../../server/src/catalogue/lookup.ts";
import { ruleOf } from "../../server/src/catalogue/rule.ts";
import type { Condition, Rule } from "../../server/src/model.ts";
import { failed, refused, through } from "./delivery.ts";

const zen = "zen.spamhaus.org";
const conditions = (words: string): Condition[] => listsIn(words).flatMap((list) => list.conditions);

function rule(text: string, host = "mx.example.org"): Rule {
  const delivery = refused(text, through(host));
  return ruleOf({ ...lookup(delivery), words: delivery.words });
}

for (const [words, expected] of [
  [
    "554 5.7.1 Client host [81.2.69.160] blocked using zen.spamhaus.org; https://www.spamhaus.org/query/ip/81.2.69.160",
    [zen],
  ],
  ["550 160.69.2.81.zen.spamhaus.org lists you", [zen]],
  ["550 blocked by abcdefgh.zen.dq.spamhaus.net", [zen]],
  ["550 rejected by ZEN.SPAMHAUS.ORG.", [zen]],
  ["550 listed in pbl.spamhaus.org", [`${zen}#PBL`]],
  ["550 listed in sbl-xbl.spamhaus.org", [`${zen}#SBL`, `${zen}#CSS`, `${zen}#XBL`]],
  ["550 see https://www.spamhaus.org/pbl/query/PBL1", [`${zen}#PBL`]],
  ["553 5.7.1 [BL21] Connections will not be accepted from 81.2.69.160, because the ip is in Spamhaus's list", [zen]],
  ["550 5.7.1 Client host [81.2.69.160] blocked using Spamhaus", [zen]],
  ["554 the domain in HELO is on Spamhaus DBL", ["dbl.spamhaus.org"]],
  ["554 Blocked - see https://www.spamcop.net/bl.shtml?81.2.69.160", ["bl.spamcop.net"]],
  ["553 bl.spamcop.net and psbl.surriel.com list you", ["bl.spamcop.net", "psbl.surriel.com"]],
  [
    "554 blocked by Barracuda Reputation, http://www.barracudanetworks.com/reputation/?ip=81.2.69.160",
    ["b.barracudacentral.org"],
  ],
  ["550 b.barracudacentral.org", ["b.barracudacentral.org"]],
  ["554 rejected, bl.score.senderscore.com", ["bl.score.senderscore.com"]],
] as const) {
  test(`"${words.slice(0, 70)}" names ${expected.join(", ")}`, () => {
    assert.deepEqual(conditions(words), expected);
  });
}

for (const words of [
  "550 5.1.1 <user@zen.spamhaus.org> unknown",
  "550 5.1.1 <user@mail.bl.spamcop.net> unknown",
  "550 zen.spamhaus.org.example.com does not like you",
  "550 notzen.spamhaus.organisation",
  "550 myzen.spamhaus.orgx, xzen.spamhaus.org-y",
  "421 barracuda.example.com ESMTP (Barracuda Networks) too busy",
  "550 <pat@spamcop.net> has no mailbox",
  "250 ok",
  "",
]) {
  test(`"${words.slice(0, 70)}" names no list`, () => {
    assert.deepEqual(listsIn(words), []);
  });
}

test("a refusal that names a list is explained by that list, whatever its number says", () => {
  const { named, considered, unseen, standsFor, grade, source } = rule("554 5.7.1 blocked using zen.spamhaus.org");
  assert.deepEqual([named, considered, unseen], [[zen], [], []]);
  assert.equal(standsFor, "a listing on Spamhaus ZEN");
  assert.deepEqual([grade, source], ["sample", undefined]);
});

test("a code with a cause of its own keeps it when the words name a list too", () => {
  const { named, unseen, standsFor } = rule("421 blocked AUP#CXCNCT, see zen.spamhaus.org", "cxr.mx.a.cloudfilter.net");
  assert.deepEqual(named, [zen]);
  assert.equal(standsFor, "too many connections at once from one IP");
  assert.equal(unseen.length, 1);
});

test("a code that no source explains stands for the list that its words name", () => {
  assert.equal(rule("554 no AUP#CXNEW bl.spamcop.net", "cxr.mx.a.cloudfilter.net").standsFor, "a listing on SpamCop");
});

test("a list without DNS is a cause that only its own page shows", () => {
  const { named, unseen } = rule("554 refused, see https://csi.cloudmark.com/reset-request/?ip=81.2.69.160");
  assert.deepEqual(named, []);
  assert.equal(unseen[0]?.what, "whether Cloudmark CSI holds the IP");
  assert.match(unseen[0]?.link ?? "", /^https:\/\/csi\.cloudmark\.com\//);
});

for (const [zone, name] of [
  ["dnsbl.sorbs.net", "SORBS"],
  ["spam.dnsbl.sorbs.net", "SORBS"],
  ["ix.dnsbl.manitu.net", "NiX Spam"],
  ["dnsbl.ahbl.org", "AHBL"],
  ["bl.spamcannibal.org", "SpamCannibal"],
  ["rbl.spamhaus.org", "rbl.spamhaus.org"],
] as const) {
  test(`a refusal by ${zone} is by a list that is gone: never asked, and said so`, () => {
    const delivery = refused(`554 5.7.1 Client host [81.2.69.160] blocked using ${zone}`, through("mx.example.org"));
    const { named, unseen, look } = rule(delivery.words);
    assert.deepEqual(named, []);
    assert.deepEqual(unseen, [{ what: `whether ${name} holds the IP`, link: undefined }]);
    assert.ok(look?.startsWith(`Tell whoever refused to stop asking ${name}. `), look);
    const remarks = lookup(delivery).remarks.filter((remark) => remark.startsWith(`The refusal names ${name}. `));
    assert.equal(remarks.length, 1);
    assert.match(remarks[0] ?? "", /Whoever refused should stop using it\.$/);
  });
}

test("our own server is told too when it refuses clients by a list that is gone", () => {
  const delivery = failed("Client host [192.0.2.7] blocked using dnsbl.sorbs.net", { direction: "we-refused-them" });
  assert.ok(lookup(delivery).remarks.some((remark) => remark.startsWith("The refusal names SORBS.")));
});

test("a list that works makes no remark, and one that is not asked is not called gone", () => {
  for (const zone of [zen, "dnsbl-3.uceprotect.net"]) {
    const { remarks } = lookup(refused(`554 5.7.1 blocked using ${zone}`, through("mx.example.org")));
    assert.ok(!remarks.some((remark) => remark.includes("stop using it")), zone);
  }
  assert.deepEqual(rule("554 5.7.1 blocked using dnsbl-3.uceprotect.net").named, []);
});

test("a list's zone is not taken for a code of the provider that the catalogue lacks", () => {
  const delivery = refused("554 5.7.1 blocked using zen.spamhaus.org", through("mx.example.org"));
  const named = (token: string) =>
    lookup({ ...delivery, reply: delivery.reply && { ...delivery.reply, token } }).remarks.join(" ");
  assert.doesNotMatch(named("zen.spamhaus.org"), /not in the catalogue yet/);
  assert.match(named("XYZ17"), /not in the catalogue yet/);
});

test("an error that the list gave the receiver's own resolver is no listing", () => {
  const text =
    "554 5.7.1 blocked using zen.spamhaus.org; Error: open resolver; https://check.spamhaus.org/returnc/pub/192.0.2.9";
  const { named, standsFor, look } = rule(text);
  assert.deepEqual(named, []);
  assert.match(standsFor, /^an error that Spamhaus ZEN gave the receiver's own resolver/);
  assert.match(look ?? "", /recipient's administrator/);
  const { remarks } = lookup(refused(text, through("mx.example.org")));
  assert.ok(remarks.some((remark) => remark.startsWith("By these words Spamhaus ZEN did not list anything")));
});

test("a stranger's text names at most five lists, and only its first 4,096 characters count", () => {
  const zones =
    "zen.spamhaus.org bl.spamcop.net psbl.surriel.com bl.mailspike.net b.barracudacentral.org all.spamrats.com";
  assert.equal(listsIn(zones).length, 5);
  assert.deepEqual(listsIn(`${"x".repeat(4_096)} zen.spamhaus.org`), []);
});

test("no text of a stranger takes long to look through", () => {
  for (const piece of ["a.", "a-", "-.", "@", "a@a.", "zen.spamhaus.org", "spamhaus", "\u0130", "xn--."]) {
    const text = piece.repeat(Math.ceil(100_000 / piece.length));
    const start = performance.now();
    listsIn(text);
    assert.ok(performance.now() - start < 500, piece);
  }
});
