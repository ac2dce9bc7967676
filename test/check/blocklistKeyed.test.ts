// Lists that are asked with the user's key, and lists of domains.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { planCheck } from "../../server/src/check/check.ts";
import { chooseLists, type ListWishes } from "../../server/src/check/lists.ts";
import { blocklistProbe } from "../../server/src/check/probes/blocklist.ts";
import type { Mail } from "../../server/src/model.ts";
import { rowOf, subjectAt } from "../support/check.ts";
import { startDns, type TestDns } from "../support/dns.ts";
import { askLists, codes, ip } from "./listAnswers.ts";

const key = "abcd1234efgh5678ijkl9012mn";
let dns: TestDns;
before(async () => {
  dns = await startDns({
    lists: {
      [`${key}.zen.dq.spamhaus.net`]: codes({ 1: "127.0.0.10" }),
      [`${key}.combined.mail.abusix.zone`]: codes({
        1: "127.0.0.11 127.0.0.12",
        2: "127.0.0.2 127.0.0.4",
        3: "127.0.0.200",
      }),
    },
    acls: {
      [`wrong${key}.zen.dq.spamhaus.net`]: ":127.255.255.252:Error",
      [`old${key}.zen.dq.spamhaus.net`]: ":127.255.255.250:Error",
    },
    records: [
      "dbltest.com.dbl.spamhaus.org. A 127.0.1.2",
      "spam.example.net.dbl.spamhaus.org. A 127.0.1.2",
      "hacked.example.net.dbl.spamhaus.org. A 127.0.1.104",
      "odd.example.net.dbl.spamhaus.org. A 127.0.1.255",
      "refused.example.net.dbl.spamhaus.org. A 127.255.255.254",
      `new.example.net.${key}.zrd.dq.spamhaus.net. A 127.0.2.7`,
    ],
  });
});
after(() => dns.stop());

function rows(address: string, wishes: Partial<ListWishes>, mail: Partial<Mail> = {}) {
  return askLists(dns, { address, wishes, mail });
}

async function row(zone: string, address: string, wishes: Partial<ListWishes> = { choices: { [zone]: true } }) {
  return rowOf(await rows(address, wishes), zone);
}

const keys = { dqs: key };

test("with a key ZEN is asked through the key's zone under the same row, and the key stands nowhere", async () => {
  const report = await rows(ip(1), { keys });
  const zen = rowOf(report, "zen.spamhaus.org");
  assert.equal(zen.verdict, "listed");
  assert.deepEqual(zen.lists, ["PBL"]);
  assert.equal(zen.asked[0], "1.69.2.81.•••.zen.dq.spamhaus.net A");
  assert.ok(dns.queries().includes(`1.69.2.81.${key}.zen.dq.spamhaus.net A`));
  assert.doesNotMatch(JSON.stringify(report), new RegExp(key, "i"));
});

test("the plan tells that a key is used, without the key", () => {
  const { lists } = chooseLists({ choices: {}, keys, named: [] });
  const plan = planCheck(subjectAt(ip(1)), { resolver: { name: "literal" }, probes: [blocklistProbe(lists)] });
  assert.equal(
    plan.questions[0]?.what,
    `the address ${ip(1)}, with your key, and two test entries, to the list •••.zen.dq.spamhaus.net`,
  );
  assert.doesNotMatch(JSON.stringify(plan), new RegExp(key, "i"));
});

test("a wrong key is a refusal that says where to look, known error or not", async () => {
  const wrong = await rows(ip(1), { keys: { dqs: `wrong${key}` } });
  assert.equal(rowOf(wrong, "zen.spamhaus.org").verdict, "blocked");
  assert.match(rowOf(wrong, "zen.spamhaus.org").answer, /zone's name is wrong/);
  const old = rowOf(await rows(ip(1), { keys: { dqs: `old${key}` } }), "zen.spamhaus.org");
  assert.equal(old.verdict, "blocked");
  assert.match(old.answer, /The key may be wrong/);
});

test("Abusix says with its policy codes what is wrong with reverse DNS, and accuses nobody", async () => {
  const zone = "combined.mail.abusix.zone";
  const wishes = { keys: { abusix: key } };
  const policy = await row(zone, ip(1), wishes);
  assert.deepEqual(policy.lists, ["Policy"]);
  assert.match(policy.answer, /accuses nobody.*no reverse DNS name/);
  assert.deepEqual((await row(zone, ip(2), wishes)).lists, ["Black", "Exploit"]);
  assert.deepEqual((await row(zone, ip(3), wishes)).lists, ["Black"]);
  assert.equal((await row(zone, ip(200), wishes)).verdict, "not-listed");
});

const dbl = { choices: { "dbl.spamhaus.org": true } };

test("a list of domains is asked about the domains of MAIL FROM and HELO in one row, and never about the address", async () => {
  const report = await rows(ip(1), dbl, { sender: "news@Spam.example.net", helo: "mail.example.net" });
  const row = rowOf(report, "dbl.spamhaus.org");
  assert.equal(row.verdict, "listed");
  assert.equal(
    row.question,
    "Are the domains spam.example.net (MAIL FROM) and mail.example.net (HELO) on Spamhaus DBL?",
  );
  assert.deepEqual(row.asked, [
    "spam.example.net.dbl.spamhaus.org A",
    "mail.example.net.dbl.spamhaus.org A",
    "dbltest.com.dbl.spamhaus.org A",
    "invalid.dbl.spamhaus.org A",
  ]);
  assert.match(
    row.answer,
    /^spam\.example\.net \(MAIL FROM\): DBL.*no entry for the domain mail\.example\.net \(HELO\)/,
  );
  assert.equal(row.link, "https://check.spamhaus.org/query/domain/spam.example.net");
  assert.deepEqual([row.lists, row.turn], [["DBL"], "you"]);
  assert.ok(!dns.queries().some((name) => /^[\d.]+dbl\.spamhaus/.test(name)));
});

test("a listed name in HELO counts as much as a listed domain in MAIL FROM, and one name in both is asked once", async () => {
  const ask = async (mail: Partial<Mail>) => rowOf(await rows(ip(1), dbl, mail), "dbl.spamhaus.org");
  const helo = await ask({ sender: "a@example.net", helo: "spam.example.net" });
  assert.equal(helo.verdict, "listed");
  assert.equal(helo.link, "https://check.spamhaus.org/query/domain/spam.example.net");
  const same = await ask({ sender: "a@spam.example.net", helo: "SPAM.example.net." });
  assert.equal(same.question, "Is the domain spam.example.net (MAIL FROM and HELO) on Spamhaus DBL?");
  assert.equal(same.asked.length, 3);
  const mixed = await ask({ sender: "a@refused.example.net", helo: "mail.example.net" });
  assert.equal(mixed.verdict, "blocked");
  assert.equal((await ask({ helo: "mail.example.net" })).verdict, "not-listed");
});

test("a sender's domain in other letters is asked about as the DNS has it", async () => {
  const report = await rows(ip(1), dbl, { sender: "a@bücher.example.net" });
  const [first] = rowOf(report, "dbl.spamhaus.org").asked;
  assert.equal(first, "xn--bcher-kva.example.net.dbl.spamhaus.org A");
});

test("the domain list's codes keep an honest owner apart from a spammer, and its errors apart from both", async () => {
  const ask = async (domain: string) => rowOf(await rows(ip(1), dbl, { sender: `a@${domain}` }), "dbl.spamhaus.org");
  const hacked = await ask("hacked.example.net");
  assert.deepEqual(hacked.lists, ["DBL abused phish"]);
  assert.match(hacked.answer, /honest owner/);
  assert.equal((await ask("odd.example.net")).verdict, "blocked");
  assert.match((await ask("odd.example.net")).answer, /an address was asked.*the domain is listed/);
  assert.equal((await ask("refused.example.net")).verdict, "blocked");
});

test("what is no name of the public DNS is not sent to a list of domains", async () => {
  const before = dns.queries().length;
  const nobody: Partial<Mail>[] = [
    {},
    { sender: "" },
    { sender: "root", helo: "localhost" },
    { sender: "a@[192.0.2.1]", helo: "[81.2.69.160]" },
    { sender: "a@192.0.2.1", helo: "81.2.69.160" },
    { sender: "a@mail.corp", helo: "srv1.office.local" },
    { sender: "a@exa mple.net", helo: "mail..example.net" },
    { sender: `a@${"x.".repeat(110)}net`, helo: "\u001b[31m.example.net" },
  ];
  for (const mail of nobody) {
    const { lists } = chooseLists({ ...dbl, keys: {}, named: [] });
    const only = lists.filter(({ kind }) => kind === "domain");
    const plan = planCheck(subjectAt(ip(1), mail), { resolver: { name: "x" }, probes: [blocklistProbe(only)] });
    assert.deepEqual(plan.questions, [], JSON.stringify(mail));
  }
  assert.equal(dns.queries().length, before);
});

test("a domain that is only hours old is told with its hours, as something that passes", async () => {
  const wishes = { keys, choices: { "zrd.dq.spamhaus.net": true } };
  const { verdict, answer, turn } = rowOf(
    await rows(ip(1), wishes, { sender: "a@new.example.net" }),
    "zrd.dq.spamhaus.net",
  );
  assert.deepEqual([verdict, turn], ["listed", "wait"]);
  assert.match(answer, /only 7 hours ago/);
});
