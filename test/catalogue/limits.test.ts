// Limits of providers: data with source and date, and the numbers that claims state.
import assert from "node:assert/strict";
import { test } from "node:test";
import { entries, providers } from "../../server/src/catalogue/data.ts";
import { limitsOf } from "../../server/src/catalogue/limits.ts";

test("Cox allows 10 connections now, and allowed 5 with 100 messages over each before", () => {
  const limits = limitsOf("cox").map(({ what, value, per, current, source }) => [what, value, per, current, source.id]);
  assert.deepEqual(limits, [
    ["connections", 10, "ip", true, "cox-codes"],
    ["connections", 5, "ip", false, "cox-limits-old"],
    ["messages-per-connection", 100, "ip", false, "cox-limits-old"],
  ]);
});

test("an unknown provider has no limits", () => {
  assert.deepEqual(limitsOf("nobody"), []);
});

test("figures that still stand come before those that were replaced", () => {
  for (const { id } of providers) {
    const standing = limitsOf(id).map(({ current }) => current);
    assert.deepEqual(
      standing,
      [...standing].sort((a, b) => Number(b) - Number(a)),
      id,
    );
  }
});

test("every limit has a source with the day on which we looked", () => {
  for (const { source } of providers.flatMap(({ id }) => limitsOf(id)))
    assert.match(source.checked, /^20\d\d-\d\d-\d\d$/, source.id);
});

const words: Readonly<Record<number, string>> = { 5: "five", 10: "ten" };

test("a claim that carries a number says it in its sentence", () => {
  const stated = entries.flatMap(({ claims }) => claims.filter(({ limit }) => limit !== undefined));
  assert.ok(stated.length >= 6);
  for (const { says, limit } of stated) {
    const value = limit?.value ?? 0;
    const said = new RegExp(`\\b(?:${value.toLocaleString("en-US")}|${value}|${words[value] ?? value})\\b`, "i");
    assert.match(says, said);
  }
});

test("each of Cox's claims on connections is held against its own number", () => {
  const numbers = entries
    .find(({ id }) => id === "cox/CXCNCT")
    ?.claims.map(({ source, limit }) => [source.id, limit?.value])
    .slice(0, 4);
  assert.deepEqual(numbers, [
    ["cox-codes", 10],
    ["cox-limits-old", 5],
    ["suped-article", 10],
    ["forum-136938", undefined],
  ]);
});

test("Yahoo takes 20 messages over one connection, by its old page and by those who heard it since", () => {
  const limits = limitsOf("yahoo").map(({ what, value, grade, current, source }) => [
    what,
    value,
    grade,
    current,
    source.id,
  ]);
  assert.deepEqual(limits, [
    ["messages-per-connection", 20, "secondary", true, "kumomta-shaping"],
    ["messages-per-connection", 20, "provider", false, "yahoo-connections-old"],
  ]);
});

test("what Gmail and Exchange Online limit is the mail to one mailbox, not the mail of one sender", () => {
  const limits = (id: string) => limitsOf(id).map(({ what, value, per, grade }) => [what, value, per, grade]);
  assert.deepEqual(limits("gmail"), [
    ["messages-per-minute", 60, "account", "provider"],
    ["messages-per-hour", 3600, "account", "provider"],
    ["messages-per-day", 86400, "account", "provider"],
  ]);
  assert.deepEqual(limits("exchange-online"), [["messages-per-hour", 3600, "account", "secondary"]]);
});

test("a provider whose bounds depend on reputation or are not published has no number", () => {
  for (const id of ["spectrum", "cloudmark", "yandex"]) assert.deepEqual(limitsOf(id), [], id);
});

test("a limit that its provider is quoted for by others says through whom", () => {
  for (const { source, grade } of providers.flatMap(({ id }) => limitsOf(id)))
    if (grade === "secondary") assert.ok(source.via, source.id);
});
