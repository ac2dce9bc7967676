// The rules: what a check of the sending address can say about a refusal, as data that fits the checks.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { Ajv } from "ajv";
import { entries, entryById, providerEntries, providers, sendingEntries } from "../../server/src/catalogue/data.ts";
import { lookup } from "../../server/src/catalogue/lookup.ts";
import { ruleOf } from "../../server/src/catalogue/rule.ts";
import { blocklists } from "../../server/src/check/lists.ts";
import type { Condition, Delivery, Rule } from "../../server/src/model.ts";
import { refused, through } from "./delivery.ts";

const zen = "zen.spamhaus.org";
const validity = "bl.score.senderscore.com";
const fixed = ["ptr", "fcrdns", "generic", "helo", "spf", "spf-helo", "dkim", "dmarc", "sender-domain"];
const gateway = through("cxr.mx.a.cloudfilter.net");

function rule(delivery: Delivery): Rule {
  const { entry, decoded, provider } = lookup(delivery);
  return ruleOf({ entry, decoded, provider, words: delivery.words });
}

function isKnown(condition: Condition): boolean {
  const [row = "", part] = condition.split("#");
  const list = blocklists.find(({ zone }) => zone === row);
  if (part === undefined) return list !== undefined || fixed.includes(row);
  return list?.codes.some((code) => code.list === part) ?? false;
}

test("every condition of every rule, habit and mask names a row that a check has", () => {
  const habits = providers.flatMap(({ considers }) => (considers ?? []).map(({ row }) => row));
  const masks = providers.flatMap((file) =>
    Object.values(file.masks ?? {}).flatMap(({ bits, irregular }) => [bits, ...Object.values(irregular ?? {})].flat()),
  );
  const rules = entries.flatMap((entry) => [...entry.rule.named, ...entry.rule.considered]);
  const all = [...habits, ...masks.flatMap(({ row }) => row ?? []), ...rules];
  assert.deepEqual(
    [...new Set(all)].filter((condition) => !isKnown(condition)),
    [],
  );
  assert.ok(all.length > 100);
});

test("a condition that no check knows is found out", () => {
  for (const condition of ["zen.spamhaus.net", "zen.spamhaus.org#CBL", "rdns", "ptr#PBL"])
    assert.equal(isKnown(condition), false);
});

test("whoever minds the way back from the name minds the name too, for without a name there is no way back", () => {
  for (const { id, rule } of entries) if (rule.named.includes("fcrdns")) assert.ok(rule.named.includes("ptr"), id);
});

test("nothing is both the named cause of a refusal and a thing that merely goes with it", () => {
  for (const { id, rule } of entries)
    assert.deepEqual(
      rule.named.filter((condition) => rule.considered.includes(condition)),
      [],
      id,
    );
});

test("a rule's source is one that makes a claim on the same page, so it is known how far to trust it", () => {
  for (const { id, rule } of entries) assert.equal(rule.source === undefined, rule.grade === undefined, id);
  assert.equal(entryById("cox/CXCNCT")?.entry.rule.grade, "provider");
  assert.equal(entryById("standard/5.7.25")?.entry.rule.grade, "standard");
  assert.equal(entryById("cloudmark/BL")?.entry.rule.grade, "inferred");
});

test("every code of every provider has a rule of its own, and what to do when no look-up explains it", () => {
  const bare = providerEntries.filter(({ entry }) => entry.rule.look === undefined || entry.rule.standsFor === "");
  assert.deepEqual(
    bare.map(({ entry }) => entry.id),
    [],
  );
  assert.equal(providerEntries.filter(({ entry }) => entry.provider === "cox").length, 27);
});

test("every page that offers a check of the sending IP knows what the check can say", () => {
  const offering = entries.filter(({ remedies }) => remedies.some(({ action }) => action?.kind === "check-ip"));
  for (const { id, rule } of offering) {
    const causes = rule.named.length + rule.considered.length + rule.unseen.length;
    assert.ok(causes > 0 || id === "cox/IPBL", id);
  }
  assert.ok(offering.length > 10);
});

test("every rule says what a code stands for in a clause, and each unseen cause can be looked for nowhere or on a page", () => {
  for (const { id, rule } of entries) {
    assert.doesNotMatch(rule.standsFor, /[.!?]$/, id);
    for (const { link } of rule.unseen) if (link !== undefined) assert.equal(new URL(link).protocol, "https:", id);
  }
});

test("Cox's connection limit is a cause that no look-up shows; lists and reverse DNS only go with it", () => {
  const { named, considered, unseen, look } = rule(refused("421 blocked AUP#CXCNCT", gateway));
  assert.deepEqual(named, []);
  assert.deepEqual(considered, [zen, "ptr", "fcrdns"]);
  assert.deepEqual(unseen, [{ what: "how many connections were open", link: undefined }]);
  assert.match(look ?? "", /^Count the simultaneous connections .* first.*AUP#IPBL/);
});

test("Cox's DNS code names reverse DNS, its sender code SPF, DKIM and the sender's domain", () => {
  assert.deepEqual(rule(refused("554 no AUP#CXDNS", gateway)).named, ["ptr", "fcrdns"]);
  assert.deepEqual(rule(refused("550 no AUP#CXSNDR", gateway)).named, ["spf", "dkim", "sender-domain"]);
  assert.deepEqual(rule(refused("554 rejected - no rDNS", through("fed1rmimpi01.cox.net"))).named, ["ptr"]);
});

test("a private block of Cox goes with being listed as a spam source, not with an end-user range", () => {
  for (const token of ["CXBL", "CDRBL"]) {
    const { named, considered, unseen } = rule(refused(`554 no AUP#${token}`, gateway));
    assert.deepEqual(named, []);
    assert.deepEqual(considered, [`${zen}#SBL`, `${zen}#CSS`, `${zen}#XBL`]);
    assert.equal(unseen.length, 1);
  }
});

const bits = [
  { row: zen, name: "Spamhaus ZEN" },
  { row: validity, name: "Return Path" },
  { row: undefined, name: "Invaluement ivmSIP" },
  { row: undefined, name: "Cloudmark CSI" },
];

for (let mask = 0; mask < 16; mask += 1) {
  const digits = mask.toString(2).padStart(4, "0");
  const set = bits.filter((_, bit) => (mask & (1 << bit)) !== 0);
  const asked = set.flatMap(({ row }) => row ?? []);
  const unseen = set.filter(({ row }) => row === undefined).map(({ name }) => `whether ${name} holds the IP`);

  test(`IPBL${digits} names ${asked.join(" and ") || "no list that answers DNS"}, and ${unseen.length} unseen`, () => {
    const found = rule(refused(`554 no AUP#IPBL${digits}`, gateway));
    assert.deepEqual(found.named, asked);
    assert.deepEqual(found.considered, []);
    const expected = mask === 0 ? ["which list is meant"] : unseen;
    assert.deepEqual(
      found.unseen.map(({ what }) => what),
      expected,
    );
    for (const { link } of mask === 0 ? [] : found.unseen) assert.match(link ?? "", /^https:\/\//);
    for (const { name } of set) assert.ok(found.standsFor.includes(name), found.standsFor);
    assert.equal(found.source?.id, "cox-codes-old");
    assert.equal(found.grade, "provider");
  });
}

test("IPBL00001 with five digits names Spamhaus; a mask that no source prints is inferred", () => {
  assert.deepEqual(rule(refused("554 no AUP#IPBL00001", gateway)).named, [zen]);
  const long = rule(refused("554 no AUP#IPBL00011", gateway));
  assert.deepEqual(long.named, [zen, validity]);
  assert.equal(long.grade, "inferred");
});

test("the lists behind a link in the message are not about the IP: nothing is named", () => {
  const { named, considered, unseen, standsFor } = rule(refused("554 no AUP#URLBL011", gateway));
  assert.deepEqual([named, considered], [[], []]);
  assert.equal(standsFor, "a listing of a link in the message on SURBL and Spamhaus DBL");
  assert.deepEqual(
    unseen.map(({ what }) => what),
    ["whether SURBL holds a link of the message", "whether Spamhaus DBL holds a link of the message"],
  );
});

test("for a code of the standard the habits of the provider that answered count, else those of receivers at large", () => {
  const at = (host: string) => rule(refused("550 5.7.1 refused", through(host))).considered;
  assert.deepEqual(at("mx.example.org"), [zen, "ptr", "fcrdns"]);
  assert.deepEqual(at("gmail-smtp-in.l.google.com"), ["ptr", "fcrdns", "spf", "dkim", "dmarc"]);
  assert.ok(at("mta5.am0.yahoodns.net").includes("generic"));
  assert.ok(at("example-org.mail.protection.outlook.com").includes("dbl.spamhaus.org"));
  assert.deepEqual(rule(refused("550 5.1.1 no such user", through("mta5.am0.yahoodns.net"))).considered, []);
});

test("the standard's codes for authentication name the checks that they are about", () => {
  const named = (code: string) => entryById(`standard/${code}`)?.entry.rule.named;
  assert.deepEqual(named("5.7.25"), ["ptr", "fcrdns"]);
  assert.deepEqual(named("4.7.25"), ["ptr", "fcrdns"]);
  assert.deepEqual(named("5.7.23"), ["spf"]);
  for (const code of ["5.7.20", "5.7.21", "5.7.22"]) assert.deepEqual(named(code), ["dkim"], code);
  assert.deepEqual(named("5.1.8"), ["sender-domain"]);
  assert.deepEqual(named("5.1.1"), []);
});

test("a code without a rule stands for its title, and no look-up bears on it", () => {
  const { rule } = entryById("standard/5.2.2")?.entry ?? {};
  assert.equal(rule?.standsFor, '"The mailbox is full"');
  assert.deepEqual([rule?.named, rule?.considered, rule?.unseen], [[], [], []]);
});

test("a connection that breaks without a reply goes with a listing and proves nothing", () => {
  const lost = sendingEntries.find(({ entry }) => entry.id === "server/lost-connection");
  assert.deepEqual(lost?.entry.rule.considered, [zen, "ptr", "fcrdns"]);
});

const folder = new URL("../../server/catalogue/", import.meta.url);
const validate = new Ajv().compile(JSON.parse(readFileSync(new URL("schema.json", folder), "utf8")));

for (const [what, change] of [
  ["a condition in capitals", { named: ["PTR"] }],
  ["a cause that is no clause", { unseen: [{ what: "The connections." }] }],
  ["a page that is no address", { unseen: [{ what: "whether it is listed", link: "ask them" }] }],
  ["a sentence for what it stands for", { standsFor: "A block." }],
  ["a field that nobody reads", { checks: ["blocklist"] }],
  ["a look that is no sentence", { look: "count" }],
] as const) {
  test(`the schema refuses a rule with ${what}`, () => {
    const cox = JSON.parse(readFileSync(new URL("providers/cox.json", folder), "utf8"));
    assert.equal(validate(cox), true);
    Object.assign(cox.entries[0].rule, change);
    assert.equal(validate(cox), false);
  });
}
