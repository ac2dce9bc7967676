// Answers that no server gives on request: half an answer, and answers written by an attacker.
import assert from "node:assert/strict";
import { test } from "node:test";
import { checkThrough, rowOf } from "../support/check.ts";
import { type LiteralZone, literalResolver } from "../support/dns-literal.ts";

const zen = "zen.spamhaus.org";
const question = `160.69.2.81.${zen} A`;
const mustList = `2.0.0.127.${zen} A`;
const mustNot = `1.0.0.127.${zen} A`;
const reverse = "160.69.2.81.in-addr.arpa PTR";

const check = (zone: LiteralZone) => checkThrough(literalResolver(zone), "81.2.69.160");

test("an answer of not listed without its test entries answered proves nothing", async () => {
  for (const silence of ["timeout", "servfail", "refused", "invalid"] as const) {
    const row = rowOf(await check({ [mustList]: silence }), zen);
    assert.equal(row.verdict, "unknown", silence);
    assert.match(row.answer, /its test entries were not answered/);
    assert.equal(rowOf(await check({ [mustList]: ["127.0.0.2"], [mustNot]: silence }), zen).verdict, "unknown");
  }
});

test("an answer of not listed while a test entry is refused is a refusal", async () => {
  assert.equal(rowOf(await check({ [mustList]: ["127.255.255.254"] }), zen).verdict, "blocked");
  assert.equal(
    rowOf(await check({ [mustNot]: ["127.255.255.255"], [mustList]: ["127.0.0.2"] }), zen).verdict,
    "blocked",
  );
});

test("a test entry that leads outside 127.0.0.0/8 spoils listed and not listed alike", async () => {
  const rewritten = { [mustList]: ["127.0.0.2"], [mustNot]: ["93.184.216.34"] };
  assert.equal(rowOf(await check(rewritten), zen).verdict, "unknown");
  assert.equal(rowOf(await check({ ...rewritten, [question]: ["127.0.0.4"] }), zen).verdict, "unknown");
});

test("a documented listing holds when the test entries are slow", async () => {
  assert.equal(
    rowOf(await check({ [question]: ["127.0.0.4"], [mustList]: "timeout", [mustNot]: "timeout" }), zen).verdict,
    "listed",
  );
});

test("what an attacker writes into answers is shown as short plain text", async () => {
  const nasty = "\u001b[31m\u202e<img src=x>[a](command:x)\u0000\n127.0.0.2";
  const report = await check({ [question]: [nasty, "x".repeat(5_000)], [mustList]: ["127.0.0.2"], [reverse]: [nasty] });
  const text = [report.verdict, ...report.rows.flatMap((row) => [row.answer, ...row.answers])].join("");
  assert.equal(rowOf(report, zen).verdict, "unknown");
  assert.match(text, /^[\x20-\x7e]*$/);
  assert.ok(text.length < 5_000);
  assert.equal(rowOf(report, "fcrdns").asked.length, 1);
});

test("an address with a thousand records gives a row of bounded size", async () => {
  const records = Array.from({ length: 1_000 }, (_, at) => `10.0.${at >> 8}.${at & 255}`);
  const names = Array.from({ length: 1_000 }, (_, at) => `n${at}.${"x".repeat(60)}.example.net`);
  const report = await check({ [question]: records, [reverse]: names });
  assert.ok(JSON.stringify(report).length < 20_000);
});
