// Which lists are asked: the usual ones, with the user's keys and wishes and what the refusal names; and what is said about the others.
import assert from "node:assert/strict";
import { test } from "node:test";
import { zoneAsked, zoneShown } from "../../server/src/check/listNames.ts";
import { chooseLists, type ListChoice, type ListWishes } from "../../server/src/check/lists.ts";

const dqs = "abcd1234efgh5678ijkl9012mn";
const abusix = "0123456789abcdef0123456789abcdef";
const usual = ["zen.spamhaus.org", "bl.spamcop.net", "psbl.surriel.com", "bl.mailspike.net", "list.dnswl.org"];

const choose = (wishes: Partial<ListWishes>): ListChoice =>
  chooseLists({ choices: {}, keys: {}, named: [], ...wishes });
const asked = (wishes: Partial<ListWishes>): string[] => choose(wishes).lists.map(zoneAsked);
const on = (...zones: string[]) => ({ choices: Object.fromEntries(zones.map((zone) => [zone, true])) });

test("without any wish five lists are asked, and nothing is said about others", () => {
  assert.deepEqual(asked({}), usual);
  assert.deepEqual(choose({}).leftOut, []);
});

test("a list that is switched off is not asked, whatever the case and the root dot", () => {
  assert.deepEqual(
    asked({ choices: { "PSBL.surriel.com.": false } }),
    usual.filter((zone) => !zone.startsWith("psbl")),
  );
  assert.deepEqual(asked({ choices: Object.fromEntries(usual.map((zone) => [zone, false])) }), []);
});

test("a list that is switched off although the refusal names it is mentioned", () => {
  const { lists, leftOut } = choose({ choices: { "zen.spamhaus.org": false }, named: ["zen.spamhaus.org"] });
  assert.equal(lists.length, usual.length - 1);
  assert.deepEqual(leftOut, [
    "Spamhaus ZEN is not asked although the refusal names it, because zen.spamhaus.org is switched off.",
  ]);
});

test("a list is asked when the setting wants it or the refusal names it", () => {
  for (const zone of ["all.spamrats.com", "dnsbl-1.uceprotect.net", "dbl.spamhaus.org"]) {
    assert.deepEqual(asked(on(zone)), [...usual, zone]);
    assert.deepEqual(asked({ named: [zone, "ptr", "fcrdns", "spf"] }), [...usual, zone]);
  }
});

test("a key for the Data Query Service replaces the public zone under the same row, and DBL's when that is wanted", () => {
  const { lists, leftOut } = choose({ keys: { dqs } });
  assert.deepEqual(
    lists.map(({ zone }) => zone),
    usual,
  );
  assert.deepEqual(lists.map(zoneAsked).slice(0, 2), [`${dqs}.zen.dq.spamhaus.net`, "bl.spamcop.net"]);
  assert.equal(zoneShown(lists[0] ?? assert.fail()), "•••.zen.dq.spamhaus.net");
  assert.deepEqual(leftOut, []);
  const wanted = asked({ keys: { dqs }, ...on("dbl.spamhaus.org", "authbl.dq.spamhaus.net") });
  assert.deepEqual(wanted.slice(5), [`${dqs}.dbl.dq.spamhaus.net`, `${dqs}.authbl.dq.spamhaus.net`]);
  assert.ok(asked(on("dbl.spamhaus.org")).includes("dbl.spamhaus.org"));
});

test("a key for Abusix adds its list; without the key it is said how to get one, when the list is wanted", () => {
  assert.deepEqual(asked({ keys: { abusix: ` ${abusix}\n` } }).slice(5), [`${abusix}.combined.mail.abusix.zone`]);
  for (const wish of [on("combined.mail.abusix.zone"), { named: ["combined.mail.abusix.zone"] }]) {
    const { lists, leftOut } = choose(wish);
    assert.equal(lists.length, usual.length);
    assert.match(
      leftOut.join(),
      /^Abusix Guardian Mail is not asked: it answers with your key only\. A key that Abusix gives/,
    );
  }
});

test("text that can be no key is not used and not repeated", () => {
  for (const key of ["short", "has.a.dot.inside", "x".repeat(65), "blank inside", "a/b?c=d&eeee"]) {
    const { lists, leftOut } = choose({ keys: { dqs: key } });
    assert.deepEqual(lists.map(zoneAsked), usual);
    assert.match(
      leftOut.join(),
      /^The key for Spamhaus Data Query Service is not used: a key has 8 to 64 letters and digits/,
    );
    assert.ok(!leftOut.join().includes(key));
  }
  assert.deepEqual(choose({ keys: { dqs: "", abusix: "  ", other: "not a key of ours" } }), choose({}));
});

test("a list for registered resolvers is asked only when the setting says so, and said to be so when the refusal names it", () => {
  for (const zone of ["b.barracudacentral.org", "bl.score.senderscore.com", "score.senderscore.com"]) {
    assert.deepEqual(asked(on(zone)), [...usual, zone]);
    const { lists, leftOut } = choose({ named: [zone] });
    assert.equal(lists.length, usual.length);
    assert.match(leftOut.join(), /answers registered resolvers only\. Register .*free.*Then switch \S+ on/);
  }
});

test("a dead, fake or harmful zone is never asked, even when it is switched on or named; what became of it is said", () => {
  const dead = {
    "dnsbl.sorbs.net": /SORBS was closed/,
    "ix.dnsbl.manitu.net": /NiX Spam was shut down/,
    "bl.nszones.com": /fake/,
    "dnsbl-3.uceprotect.net": /whole provider.*never asked/,
  };
  for (const [zone, fate] of Object.entries(dead)) {
    for (const wish of [on(zone), { named: [zone] }]) {
      const { lists, leftOut } = choose(wish);
      assert.equal(lists.length, usual.length, zone);
      assert.ok(leftOut.join().startsWith(`${zone} is never asked. `));
      assert.match(leftOut.join(), fate);
    }
  }
  assert.deepEqual(choose({ choices: { "dnsbl.sorbs.net": false } }).leftOut, []);
});

test("a list without DNS is not asked: its page is named", () => {
  const { lists, leftOut } = choose({ named: ["csi.cloudmark.com", "ivmsip.invaluement.com"] });
  assert.equal(lists.length, usual.length);
  assert.match(
    leftOut[0] ?? "",
    /^Cloudmark CSI cannot be asked by DNS: .* Look at https:\/\/csi\.cloudmark\.com\/reset-request\/$/,
  );
  assert.match(leftOut[1] ?? "", /invaluement .* Look at https:/);
});

test("a part of a list is not asked by itself", () => {
  const { lists, leftOut } = choose(on("pbl.spamhaus.org"));
  assert.equal(lists.length, usual.length);
  assert.deepEqual(leftOut, [
    "pbl.spamhaus.org is not asked by itself: what it lists is part of Spamhaus ZEN (zen.spamhaus.org).",
  ]);
  assert.deepEqual(asked({ named: ["noptr.spamrats.com"] }).slice(5), ["all.spamrats.com"]);
});

test("a key inside the name of a list is refused, and not shown", () => {
  for (const zone of [
    `${dqs}.zen.dq.spamhaus.net`,
    `${dqs}.zen.dq.spamhaus.org`,
    `${abusix}.combined.mail.abusix.zone`,
  ]) {
    const { lists, leftOut } = choose(on(zone));
    assert.deepEqual(lists.map(zoneAsked), usual);
    assert.equal(leftOut.length, 1);
    assert.doesNotMatch(leftOut.join(), /abcd1234|01234567/);
    assert.match(leftOut.join(), /^•••\./);
  }
  assert.match(
    choose(on(`${dqs}.zen.dq.spamhaus.net`)).leftOut.join(),
    /A key does not belong into the name of a list/,
  );
});

test("the user's own zone is asked as a list of its own: any code lists, but not 127.0.0.1", () => {
  const { lists } = choose(on("BL.example.net."));
  const own = lists.at(-1);
  assert.equal(own?.zone, "bl.example.net");
  assert.equal(own?.testPoints, "rfc5782");
  assert.deepEqual(own?.families, [4, 6]);
});

test("what is no zone is not asked, and shown as short plain text", () => {
  for (const name of [
    "example",
    "http://bl.example.net/",
    "a b.example",
    "-.example.net",
    "1.2.3.4",
    "x".repeat(70).concat(".net"),
    "\u001b[31m.net",
    `${"x.".repeat(120)}net`,
  ]) {
    const { lists, leftOut } = choose(on(name));
    assert.equal(lists.length, usual.length, name);
    assert.match(leftOut.join(), /^"[\x20-\x7e]{1,110}" is not the name of a DNS zone, so it is not asked\.$/);
  }
});

test("of many own zones twenty are asked, and that is said", () => {
  const many = Array.from({ length: 30 }, (_, at) => `bl${at}.example.net`);
  const { lists, leftOut } = choose(on(...many));
  assert.equal(lists.length, usual.length + 20);
  assert.deepEqual(leftOut, ["Of your own lists only the first 20 are asked; left out: 10."]);
});

test("of all that can be wanted at once forty lists are asked, and that is said", () => {
  const all = choose({ named: [] }).lists.map(({ zone }) => zone);
  const many = Array.from({ length: 20 }, (_, at) => `bl${at}.example.net`);
  const rest =
    "b.barracudacentral.org combined.mail.abusix.zone bl.score.senderscore.com score.senderscore.com dbl.spamhaus.org authbl.dq.spamhaus.net zrd.dq.spamhaus.net dnsbl-1.uceprotect.net all.spamrats.com bl.spameatingmonkey.net bl.ipv6.spameatingmonkey.net hostkarma.junkemailfilter.com truncate.gbudb.net dnsbl.dronebl.org bl.blocklist.de bip.virusfree.cz";
  const { lists, leftOut } = choose({ keys: { dqs, abusix }, ...on(...all, ...rest.split(" "), ...many) });
  assert.equal(lists.length, 40);
  assert.deepEqual(leftOut, ["Only 40 lists are asked at once; left out: 1."]);
});

test("names that only objects have are no wishes", () => {
  assert.deepEqual(
    choose({ named: ["constructor", "__proto__", ""], keys: JSON.parse('{"__proto__":{"dqs":"abcd1234efgh"}}') }),
    choose({}),
  );
});
