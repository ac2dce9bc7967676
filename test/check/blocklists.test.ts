// The catalogue of DNS lists: schema, names, sources, and codes that make sense.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { Ajv } from "ajv";
import { readCodes } from "../../server/src/check/codes.ts";
import { blocklists, deniedZones, keyedLists, linkedLists, listOfZone } from "../../server/src/check/lists.ts";

const folder = new URL("../../server/catalogue/", import.meta.url);
const load = (name: string): Record<string, unknown> => JSON.parse(readFileSync(new URL(name, folder), "utf8"));
const all = [...blocklists, ...linkedLists, ...deniedZones];
const rows = ["lists", "links", "denied"].flatMap((name) => load("blocklists.json")[name] as { sources: string[] }[]);

test("the lists follow their schema", () => {
  const ajv = new Ajv({ allErrors: true, strict: true });
  assert.ok(ajv.validate(load("blocklists.schema.json"), load("blocklists.json")), ajv.errorsText());
});

test("no name of a list stands twice, neither as a zone nor as another name of one", () => {
  const names = all.flatMap(({ zone, also = [] }) => [zone, ...also]);
  assert.deepEqual(
    names.filter((name, at) => names.indexOf(name) !== at),
    [],
  );
});

test("no code of a list stands twice", () => {
  for (const list of blocklists) {
    const codes = [...list.codes, ...list.notes, ...list.errors].map((row) => row.code).concat(list.unused);
    assert.equal(new Set(codes).size, codes.length, list.zone);
  }
});

test("every source that a row names exists, and none is idle", () => {
  const known = Object.keys(load("blocklists.json").sources ?? {}).sort();
  assert.deepEqual([...new Set(rows.flatMap((row) => row.sources))].sort(), known);
});

/** An answer that the code stands for: of a range its end. */
const example = (code: string) => code.replace(/\*/g, "7").replace(/\d+-(\d+)/g, "$1");

test("every documented code is read as what it is documented for", () => {
  for (const list of blocklists) {
    for (const row of list.codes) {
      const { listed, errors } = readCodes(list, [example(row.code)]);
      assert.deepEqual([...new Set(listed.map((hit) => hit.list))], [row.list], `${list.zone} ${row.code}`);
      assert.deepEqual(errors, []);
    }
    for (const row of list.notes) {
      const { listed, notes } = readCodes(list, [example(row.code)]);
      assert.ok(
        notes.some((hit) => hit.name === row.name),
        `${list.zone} ${row.code}`,
      );
      assert.deepEqual(listed, []);
    }
    for (const row of list.errors) assert.equal(readCodes(list, [row.code]).errors.length, 1, row.code);
    for (const code of list.unused) assert.deepEqual(readCodes(list, [code]).undocumented, [code]);
  }
});

test("every list takes 127.255.255.0/24 for an error, and no other part of 127.255.0.0/16", () => {
  for (const list of blocklists) {
    for (const last of [0, 7, 252, 254, 255])
      assert.equal(readCodes(list, [`127.255.255.${last}`]).errors.length, 1, list.zone);
    assert.deepEqual(readCodes(list, ["127.255.254.2"]).undocumented, ["127.255.254.2"]);
  }
});

test("a block list lists something, an allow-list nothing, and each code has a remedy that costs nothing", () => {
  for (const list of blocklists) {
    assert.equal(list.kind === "allow", list.codes.length === 0 && list.zone !== "score.senderscore.com", list.zone);
    for (const code of list.codes) {
      assert.ok(code.remedy.length >= 40, `${list.zone} ${code.code}`);
      assert.doesNotMatch(code.remedy, /\b(?:pay|paid|payment|buy|fee|express)\b/i);
      assert.doesNotMatch(code.brief, /\.$/);
    }
  }
});

test("a list of tier K says which key it wants, or how to register a resolver", () => {
  const keyed = blocklists.filter(({ tier }) => tier === "K");
  assert.ok(keyed.length >= 3);
  for (const list of keyed) assert.notEqual(list.keyed?.required === true, list.registration !== undefined, list.zone);
  for (const { keyed: wanted } of blocklists)
    assert.ok(wanted === undefined || keyedLists.some(({ id }) => id === wanted.key), wanted?.key);
  assert.deepEqual(keyedLists.map(({ id }) => id).sort(), ["abusix", "dqs"]);
});

test("a list of domains looks up a domain, a list of addresses an address", () => {
  for (const { kind, lookup, zone } of blocklists) {
    assert.doesNotMatch(lookup ?? "", kind === "domain" ? /\{ip\}/ : /\{domain\}/, zone);
    assert.match(lookup ?? "", /^https:/);
  }
});

test("what is never asked says what became of it, with its name at the front", () => {
  const wanted = "dead lists-the-world fake never-existed not-asked".split(" ");
  assert.deepEqual([...new Set(deniedZones.map(({ status }) => status))].sort(), wanted.sort());
  for (const { zone, fate } of deniedZones) {
    assert.match(fate, /^[A-Z].{40,}\.$/, zone);
    assert.equal(fate.split(". ").length, 1, `one sentence: ${zone}`);
  }
});

test("nothing that can be asked is denied", () => {
  for (const list of blocklists) assert.equal(listOfZone(list.zone), list);
});

const dead =
  "dnsbl.sorbs.net safe.dnsbl.sorbs.net ix.dnsbl.manitu.net cbl.abuseat.org ubl.unsubscore.com ubl.lashback.com dnsbl.inps.de dnsbl.ahbl.org dul.ru bl.emailbasura.org rbl.megarbl.net dnsbl.burnt-tech.com bl.spamcannibal.org dnsbl.njabl.org relays.ordb.org dsn.rfc-ignorant.org db.wpbl.info list.dsbl.org bl.nszones.com rbl.spamhaus.org dnsbl-2.uceprotect.net dnsbl-3.uceprotect.net";

test("every dead, fake and harmful zone is known by its name, wildcards included", () => {
  for (const zone of dead.split(" ")) assert.equal(listOfZone(zone)?.tier, "X", zone);
  assert.equal(listOfZone("DNSBL.SORBS.NET.")?.zone, "*.sorbs.net");
  assert.equal(listOfZone("sorbs.net")?.zone, "*.sorbs.net");
  assert.equal(listOfZone("notsorbs.net"), undefined);
  assert.equal(listOfZone("bl.example.net"), undefined);
});

test("the parts of a list and its zones with a key are known as the list", () => {
  for (const zone of ["pbl.spamhaus.org", "0123456789abcdef.zen.dq.spamhaus.net", "zen.dq.spamhaus.net"])
    assert.equal(listOfZone(zone)?.zone, "zen.spamhaus.org", zone);
  assert.equal(listOfZone("0123456789abcdef.black.mail.abusix.zone")?.zone, "combined.mail.abusix.zone");
  assert.equal(listOfZone("noptr.spamrats.com")?.zone, "all.spamrats.com");
  assert.equal(listOfZone("ivmsip.invaluement.com")?.tier, "L");
  assert.equal(listOfZone("0123456789abcdef.zen.dq.spamhaus.org")?.tier, "X");
});
