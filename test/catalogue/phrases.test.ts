// Many phrases are found in a reply as if each were looked for alone.
import assert from "node:assert/strict";
import { test } from "node:test";
import { enhancedCodes, fits, tokensOf } from "../../server/src/catalogue/match.ts";
import { finderOf } from "../../server/src/catalogue/phrases.ts";
import { textsOf } from "../../server/src/catalogue/texts.ts";
import type { Entry, Reply } from "../../server/src/model.ts";

const alone = (phrases: readonly string[], text: string): number[] =>
  phrases.flatMap((phrase, index) => (text.includes(phrase) ? [index] : []));

test("phrases that overlap, contain each other or end alike are all found", () => {
  const phrases = ["mailbox full", "box", "full", "mailbox", "x full of", "ox fu", "l"];
  for (const text of ["the mailbox full of mail", "mailbo", "mmailboxx full", "", "box full"])
    assert.deepEqual(finderOf(phrases)(text), alone(phrases, text), text);
});

test("on ten thousand made-up texts the one pass finds what a search for each phrase finds", () => {
  let seed = 7;
  const random = (most: number): number => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return seed % most;
  };
  const word = (most: number): string => Array.from({ length: 1 + random(most) }, () => "ab "[random(3)]).join("");
  for (let round = 0; round < 100; round++) {
    const phrases = Array.from({ length: 1 + random(12) }, () => word(5));
    const find = finderOf(phrases);
    for (let at = 0; at < 100; at++) {
      const text = word(40);
      assert.deepEqual(find(text), alone(phrases, text), `${JSON.stringify(phrases)} in "${text}"`);
    }
  }
});

const reply = (text: string): Reply => ({
  code: Number(text.slice(0, 3)),
  enhanced: /^\d{3} ([245]\.\d\.\d)/.exec(text)?.[1],
  token: undefined,
  text,
  ...{ span: { start: 0, end: 0 }, codeSpan: undefined, enhancedSpan: undefined, tokenSpan: undefined },
});
const entry = (id: string): Entry => ({ id }) as Entry;

test("of rows with the same words the first whose codes and other words are in the reply speaks", () => {
  const find = textsOf([
    { entry: entry("listed for a while"), match: { words: ["is listed"], code: [421] } },
    { entry: entry("listed by spamhaus"), match: { words: ["is listed"], and: ["spamhaus", "zen"] } },
    { entry: entry("listed by policy"), match: { words: ["is listed"], enhanced: ["X.7.1"] } },
    { entry: entry("listed"), match: { words: ["is listed", "was listed"] } },
  ]);
  const found = (text: string): string | undefined => find(text, reply(text))?.id;
  assert.equal(found("421 192.0.2.1 is listed at Spamhaus"), "listed for a while");
  assert.equal(found("554 192.0.2.1 IS LISTED at Spamhaus"), "listed by spamhaus");
  assert.equal(found("550 5.7.1 is listed"), "listed by policy");
  assert.equal(found("550 it was listed in ZEN"), "listed");
  assert.equal(found("550 5.7.1 no"), undefined);
});

test("a range of codes stands for each code in it, with its leading zeros", () => {
  assert.deepEqual(tokensOf({ token: ["AUP#IN-0998..1001", "S3150"] }), [
    "AUP#IN-0998",
    "AUP#IN-0999",
    "AUP#IN-1000",
    "AUP#IN-1001",
    "S3150",
  ]);
  assert.deepEqual(enhancedCodes({ enhanced: ["X.7.1", "5.2.2"] }), ["4.7.1", "5.7.1", "5.2.2"]);
});

test("a row that wants a code beside its token does not fit a reply without one", () => {
  assert.equal(fits({ code: [421] }, undefined), false);
  assert.equal(fits({ enhanced: ["X.7.1"] }, reply("550 no")), false);
  assert.equal(fits({}, undefined), true);
});
