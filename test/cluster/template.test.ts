// What is masked in a reply, and what stays.
import assert from "node:assert/strict";
import { test } from "node:test";
import { hintsOf, stretchesOf, templateOf } from "../../server/src/cluster/template.ts";
import type { Delivery } from "../../server/src/model.ts";
import { failed, refused } from "../catalogue/delivery.ts";
import { nasty } from "./words.ts";

const zones = ["zen.spamhaus.org"];

function template(delivery: Delivery): string {
  return templateOf(
    delivery.words,
    hintsOf(delivery, (name) => zones.includes(name)),
  );
}

/** Replies that differ from mail to mail, and what all of them have in common. */
const same: readonly (readonly [string, readonly string[]])[] = [
  [
    "550 5.1.1 <{address}>: no such person",
    ["550 5.1.1 <ann@example.org>: no such person", "550 5.1.1 <b.ob+x@mail.example.net>: no such person"],
  ],
  [
    "554 Client host [{ip}] rejected by {host}",
    [
      "554 Client host [192.0.2.7] rejected by mx1.example.org",
      "554 Client host [2001:db8::1] rejected by a.example.net",
    ],
  ],
  [
    "421 Too many from {ip}, wait {n}",
    ["421 Too many from 203.0.113.9, wait 30s", "421 Too many from 198.51.100.1, wait 1,200"],
  ],
  [
    "450 Try again {id} - {link}",
    ["450 Try again 4Xq7Zk2pLmz - https://example.org/a?b=1", "450 Try again a1si12345qke.123 - http://example.net/"],
  ],
  ["451 mx# is busy", ["451 mx1 is busy", "451 mx27 is busy"]],
];

for (const [expected, replies] of same) {
  test(`"${expected}" stands for replies that differ in nothing else`, () => {
    for (const reply of replies) assert.equal(template(refused(reply)), expected, reply);
  });
}

test("reply codes, enhanced codes, the provider's token, RFCs and zones of lists stay", () => {
  const words = "550-5.7.1 [S3150] see RFC 5321 and rfc5322, 550 5.7.606 listed in zen.spamhaus.org";
  assert.equal(template(refused("554 5.7.1 AUP#CXQQ17 no")), "554 5.7.1 AUP#CXQQ17 no");
  assert.equal(
    template(failed(words)),
    "550-5.7.1 [S#] see RFC {n} and rfc5322, 550 5.7.606 listed in zen.spamhaus.org",
  );
});

test("a token of several words stays whole", () => {
  assert.equal(
    template(refused("550 5.7.515 Access denied AS(7555) x")).replace("{id}", ""),
    "550 5.7.515 Access denied AS(7555) x",
  );
});

test("the mailbox and the name in HELO are masked where the words repeat them alone", () => {
  const parts = { recipient: "jdoe@example.org", helo: "localhost" };
  assert.equal(
    template(refused("550 mailbox jdoe is closed to localhost", parts)),
    "550 mailbox {name} is closed to {name}",
  );
});

test("words without a digit are never masked, in any language", () => {
  for (const words of [
    "550 Пользователь не найден",
    "550 メールボックスがありません",
    "550 Boîte aux lettres inconnue !",
  ])
    assert.equal(template(refused(words)), words);
});

test("the longest stretch without a mask is what a row can be known by", () => {
  const reply = refused("550 5.7.9 Host mx1.example.org is not welcome at this place, ask ann@example.org");
  const stretches = stretchesOf(
    reply.words,
    hintsOf(reply, () => false),
  );
  assert.deepEqual(stretches, ["is not welcome at this place, ask", "Host"]);
});

test("whatever a stranger says, a template is short, made at once and the same each time", () => {
  for (const words of nasty()) {
    const made = template(failed(words));
    assert.ok(made.length <= 300, words.slice(0, 40));
    assert.equal(template(failed(words)), made);
  }
});
