// What the catalogue must hold: Cox whole, its siblings, the standards whole.
import assert from "node:assert/strict";
import { test } from "node:test";
import { entries, entryById, providerEntries, standards } from "../../server/src/catalogue/data.ts";
import type { Entry } from "../../server/src/model.ts";

const ids = (provider: string): string[] =>
  providerEntries.filter(({ entry }) => entry.provider === provider).map(({ entry }) => entry.id);

function entry(id: string): Entry {
  const found = entryById(id)?.entry;
  assert.ok(found, id);
  return found;
}

test("Cox has its named codes, two families of masks, fourteen plain messages and a row for unknown codes", () => {
  const named = ["CXCNCT", "CXBL", "CDRBL", "CXDNS", "CXSNDR", "CXSMTP", "CXMXRT", "CXTHRT", "CXMJ", "CXRDBL"];
  const cox = ids("cox");
  for (const code of [...named, "IPBL", "URLBL", "unknown-code"]) assert.ok(cox.includes(`cox/${code}`), code);
  assert.equal(cox.filter((id) => id.startsWith("cox/text-")).length, 14);
  assert.equal(cox.length, 27);
});

test("the Cloudmark gateways have seven codes of their own, a plain message and a row for unknown ones", () => {
  const codes = ["CNCT", "MXRT", "BL", "POL", "SNDR", "DNS", "CDRBL", "listed-103", "unknown-code"];
  assert.deepEqual(
    ids("cloudmark"),
    codes.map((code) => `cloudmark/${code}`),
  );
});

test("AOL's codes of before 2018 are kept, and each says that it is historic", () => {
  const aol = providerEntries.filter(({ entry }) => entry.provider === "aol").map(({ entry }) => entry);
  assert.equal(aol.length, 30);
  for (const { id, notes, retry } of aol) {
    assert.match(notes.join(" "), /^Historic: .*2018/, id);
    assert.match(retry, /Yahoo/, id);
  }
});

test("the standards are whole: 24 and 17 reply codes, 81 enhanced codes, 8 subjects", () => {
  const codes = [...standards.keys()];
  const basic = codes.filter((code) => /^\d{3}$/.test(code));
  const outside = basic.filter((code) => standards.get(code)?.entry.providerName.includes("outside"));
  assert.equal(basic.length - outside.length, 24 + 17);
  assert.equal(outside.length, 8);
  assert.equal(codes.filter((code) => /^X\.\d+\.\d+$/.test(code)).length, 81);
  assert.equal(codes.filter((code) => /^X\.\d+\.x$/.test(code)).length, 8);
});

test("CXCNCT shows twelve claims, each with its source, and they do not agree", () => {
  const { claims, permanence } = entry("cox/CXCNCT");
  assert.equal(claims.length, 12);
  const causes = ["connection-limit", "reputation-throttle", "blocklist", "policy"];
  for (const topic of causes) {
    assert.ok(
      claims.some((claim) => claim.topic === topic),
      topic,
    );
  }
  const limits = claims.filter(({ topic, grade }) => topic === "connection-limit" && grade === "provider");
  assert.deepEqual(
    limits.map(({ says }) => /\b(?:10|5)\b/.exec(says)?.[0]),
    ["10", "5"],
  );
  assert.equal(permanence, "temporary");
});

test("both unblock addresses are shown, each with a source of its own", () => {
  const mails = entry("cox/CXBL").contacts.filter(({ kind }) => kind === "mail");
  assert.deepEqual(
    mails.map(({ value }) => value),
    ["unblock.request@cox.net", "unblock@cox.net"],
  );
  assert.equal(new Set(mails.map(({ source }) => source.id)).size, 2);
});

test("the retired form of Cox is shown as no longer usable", () => {
  const form = entry("cox/CXBL").contacts.find(({ value }) => value.startsWith("http://postmaster.cox.net"));
  assert.equal(form?.usable, false);
});

test("sources disagree on CXSNDR and CDRBL too", () => {
  const topics = new Set(entry("cox/CXSNDR").claims.map(({ topic }) => topic));
  assert.ok(topics.has("authentication") && topics.has("content"));
  const lasting = entry("cox/CDRBL").claims.filter(({ topic }) => topic === "permanence");
  assert.deepEqual(
    lasting.map(({ grade }) => grade),
    ["provider", "sample"],
  );
});

test("a token whose reply code nobody has seen does not claim to be temporary or permanent", () => {
  const unseen = ["CXDNS", "CXSMTP", "CXMXRT", "CXTHRT", "CXMJ", "CXRDBL", "IPBL", "URLBL", "unknown-code"];
  for (const code of unseen) assert.equal(entry(`cox/${code}`).permanence, "by-reply", code);
});

test("claims on CXCNCT that were not read at their source say through whom they are known", () => {
  const indirect = entry("cox/CXCNCT").claims.filter(({ source }) => source.url === undefined);
  assert.ok(indirect.length >= 4);
  for (const { source } of indirect) assert.ok(source.via, source.id);
});

test("an enhanced code that a provider uses in its own way says so, with the source", () => {
  const elsewhere = new Map([
    ["gmail-codes", ["5.7.27", "5.7.29", "5.7.30", "5.7.28", "5.7.24", "4.7.23", "5.7.x"]],
    ["microsoft-ndr", ["5.7.x", "5.4.x", "5.3.x", "432"]],
    ["sisimai-yahoo", ["5.7.9"]],
    ["smtp-field-manual", ["5.7.1"]],
    ["sisimai-sample", ["5.1.0"]],
  ]);
  for (const [source, codes] of elsewhere) {
    for (const code of codes) {
      const sources = entry(`standard/${code}`).claims.map((claim) => claim.source.id);
      assert.ok(sources.includes(source), `${code} ${source}`);
    }
  }
  assert.ok(!entry("standard/5.7.23").claims.some(({ source }) => source.id === "gmail-codes"));
});

test("an enhanced code is temporary with a 4 and permanent with a 5", () => {
  for (const { id, permanence } of entries.filter(({ id }) => /^standard\/[45]\./.test(id))) {
    assert.equal(permanence, id.startsWith("standard/4") ? "temporary" : "permanent", id);
  }
});
