// Lists that are not like Spamhaus ZEN: allow-lists, reputations, sums of bits, and the user's own zones.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { ListWishes } from "../../server/src/check/lists.ts";
import type { Mail } from "../../server/src/model.ts";
import { checkThrough, rowOf } from "../support/check.ts";
import { startDns, type TestDns } from "../support/dns.ts";
import { literalResolver } from "../support/dns-literal.ts";
import { askLists, codes, ip } from "./listAnswers.ts";

let dns: TestDns;
before(async () => {
  dns = await startDns({
    lists: {
      "list.dnswl.org": codes({ 1: "127.0.5.0", 2: "127.0.11.3", 3: "127.0.20.1", 4: "127.0.99.1", 5: "127.0.5.9" }),
      "bl.mailspike.net": codes({ 1: "127.0.0.10", 2: "127.0.0.14", 3: "127.0.0.20", 4: "127.0.0.2 127.0.0.11" }),
      "bl.score.senderscore.com": codes({
        1: "127.0.0.1",
        2: "127.0.0.31",
        3: "127.0.0.32",
        4: "127.0.0.36",
        5: "127.0.1.4",
      }),
      "score.senderscore.com": codes({ 1: "127.0.4.35", 2: "127.0.4.101" }),
      "all.spamrats.com": codes({ 1: "127.0.0.36", 2: "127.0.0.37", 3: "127.0.0.38", 4: "127.0.0.43", 5: "127.0.0.2" }),
      "hostkarma.junkemailfilter.com": {
        ...codes({ 1: "127.0.0.1", 2: "127.0.0.2 127.0.1.2", 3: "127.0.0.3", 4: "127.0.0.4", 5: "127.0.0.5" }),
        "127.0.0.1": ["127.0.0.1"],
      },
      "dnsbl.dronebl.org": codes({ 1: "127.0.0.1", 2: "127.0.0.2", 3: "127.0.0.255" }),
      "psbl.surriel.com": codes({ 1: "127.0.0.2" }),
      "bl.ipv6.spameatingmonkey.net": { "2a02:6b8::25": ["127.0.0.2"] },
      "own.example.net": codes({ 1: "127.0.0.77", 2: "127.3.2.1", 3: "127.0.0.1", 4: "127.255.255.1", 5: "10.0.0.1" }),
    },
  });
});
after(() => dns.stop());

function rows(address: string, wishes: Partial<ListWishes>, mail: Partial<Mail> = {}) {
  return askLists(dns, { address, wishes, mail });
}

async function row(zone: string, address: string, wishes: Partial<ListWishes> = { choices: { [zone]: true } }) {
  return rowOf(await rows(address, wishes), zone);
}

test("an address on the allow-list passes, with its trust and category in words", async () => {
  const none = await row("list.dnswl.org", ip(1));
  assert.equal(none.verdict, "pass");
  assert.match(none.answer, /no trust.*Its category there: service and network providers/);
  const high = await row("list.dnswl.org", ip(2));
  assert.match(high.answer, /high trust.*education/);
  assert.match((await row("list.dnswl.org", ip(3))).answer, /low trust/);
  assert.deepEqual(high.lists, []);
});

test("an address that is not on the allow-list is not listed, and that means nothing bad", async () => {
  const none = await row("list.dnswl.org", ip(200));
  assert.equal(none.verdict, "not-listed");
  assert.match(none.answer, /means nothing bad/);
  assert.equal(none.question, "Is it on the allow-list dnswl.org?");
});

test("an allow-list's undocumented codes give no trust", async () => {
  for (const last of [4, 5]) assert.notEqual((await row("list.dnswl.org", ip(last))).verdict, "listed");
  assert.equal((await row("list.dnswl.org", ip(4))).verdict, "unknown");
  assert.equal((await row("list.dnswl.org", ip(5))).verdict, "unknown");
});

test("dnswl.org's 127.0.0.255 means that it refuses this resolver", async () => {
  const zone = "list.dnswl.org";
  const answers = Object.fromEntries(
    ["160.69.2.81", "2.0.0.127", "1.0.0.127"].map((name) => [`${name}.${zone} A`, ["127.0.0.255"]]),
  );
  const found = rowOf(await checkThrough(literalResolver(answers), "81.2.69.160"), zone);
  assert.equal(found.verdict, "blocked");
  assert.match(found.answer, /does not answer this resolver.*127\.0\.0\.255/);
});

test("Mailspike's good and neutral reputations are no listing, its bad ones are", async () => {
  assert.equal((await row("bl.mailspike.net", ip(1))).verdict, "listed");
  for (const last of [2, 3]) {
    const { verdict, answer } = await row("bl.mailspike.net", ip(last));
    assert.equal(verdict, "not-listed");
    assert.match(answer, /no listing/);
  }
  assert.deepEqual((await row("bl.mailspike.net", ip(4))).lists, ["Z", "L4"]);
});

test("Validity's answer is a sum of bits: each is a listing of its own, an unknown one is none", async () => {
  const zone = "bl.score.senderscore.com";
  assert.deepEqual((await row(zone, ip(1))).lists, ["bot"]);
  const all = await row(zone, ip(2));
  assert.deepEqual(all.lists, ["bot", "no authentication", "pristine trap", "attachments", "score"]);
  assert.match(all.remedy ?? "", /bot: .*SPF.*bought.*outgoing mail.*score/);
  assert.equal((await row(zone, ip(3))).verdict, "unknown");
  assert.deepEqual((await row(zone, ip(4))).lists, ["pristine trap"]);
  assert.equal((await row(zone, ip(5))).verdict, "unknown");
  const none = await row(zone, ip(200));
  assert.equal(none.verdict, "not-listed");
  assert.match(none.answer, /no test entries that could prove/);
  assert.equal(none.asked.length, 1);
});

test("a Sender Score is told as a number and never as a listing", async () => {
  const low = await row("score.senderscore.com", ip(1));
  assert.equal(low.verdict, "not-listed");
  assert.match(low.answer, /Sender Score is 35 of 100.*no listing/);
  assert.equal((await row("score.senderscore.com", ip(2))).verdict, "unknown");
});

test("SpamRATS' codes each name their part, and its test code lists nobody else", async () => {
  const parts = await Promise.all([1, 2, 3, 4].map(async (last) => (await row("all.spamrats.com", ip(last))).lists));
  assert.deepEqual(parts.flat(), ["RATS-Dyna", "RATS-NoPtr", "RATS-Spam", "RATS-Auth"]);
  assert.equal((await row("all.spamrats.com", ip(5))).verdict, "unknown");
});

test("Hostkarma's white, yellow and NOBL list nobody, and its white 127.0.0.1 does not spoil the list", async () => {
  const zone = "hostkarma.junkemailfilter.com";
  for (const last of [1, 3, 5]) assert.equal((await row(zone, ip(last))).verdict, "not-listed", ip(last));
  assert.match((await row(zone, ip(1))).answer, /white.*no listing/);
  const black = await row(zone, ip(2));
  assert.equal(black.verdict, "listed");
  assert.deepEqual(black.lists, ["Hostkarma black"]);
  assert.match(black.answer, /black.*QUIT/);
  assert.equal((await row(zone, ip(4))).verdict, "listed");
  assert.deepEqual(black.asked, [`2.69.2.81.${zone} A`, `2.0.0.127.${zone} A`]);
});

test("DroneBL's classes for tests and samples list nobody", async () => {
  const zone = "dnsbl.dronebl.org";
  for (const last of [1, 2]) assert.equal((await row(zone, ip(last))).verdict, "not-listed");
  assert.equal((await row(zone, ip(3))).verdict, "listed");
});

test("a list of one kind is named by its own name in the verdict", async () => {
  const report = await rows(ip(1), { choices: {}, named: [] });
  const psbl = rowOf(report, "psbl.surriel.com");
  assert.deepEqual([psbl.verdict, psbl.lists, psbl.turn], ["listed", ["PSBL"], "you"]);
  assert.equal(psbl.link, `https://psbl.org/listing?ip=${ip(1)}`);
  assert.match(psbl.details.join("\n"), /Use: Free; anyone can remove/);
});

test("a list of IPv6 addresses is asked about those only", async () => {
  const zone = "bl.ipv6.spameatingmonkey.net";
  const wishes = { choices: { [zone]: true, "bl.spameatingmonkey.net": true } };
  const six = await rows("2a02:6b8::25", wishes);
  assert.equal(rowOf(six, zone).verdict, "listed");
  assert.equal(rowOf(six, "bl.spameatingmonkey.net").verdict, "not-checked");
  const four = await rows(ip(1), wishes);
  assert.ok(!four.rows.some(({ id }) => id === zone));
});

test("the user's own list: any code lists, but not 127.0.0.1, an error, or an address outside", async () => {
  const zone = "own.example.net";
  const verdicts = await Promise.all([1, 2, 3, 4, 5, 200].map(async (last) => (await row(zone, ip(last))).verdict));
  assert.deepEqual(verdicts, ["listed", "listed", "unknown", "blocked", "unknown", "not-listed"]);
  const { answer, lists, link } = await row(zone, ip(1));
  assert.match(answer, /own\.example\.net lists the address/);
  assert.deepEqual(lists, [zone]);
  assert.equal(link, undefined);
});

test("an own list without test entries proves nothing", async () => {
  const { verdict, answer } = await row("gone.example.net", ip(1));
  assert.equal(verdict, "unknown");
  assert.match(answer, /does not list its own test entry/);
});
