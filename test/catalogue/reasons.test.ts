// The reason that the catalogue gives for replies of servers that it does not know, against labels.
//
// reasons.ndjson holds literal replies, addresses replaced. `from` tells whose: "flufl" and "bounceparser" are bounces of
// these two libraries' tests with Sisimai 4.25's reason, "sisimai" are samples of Sisimai with the reason its tests expect,
// "collected" are replies that bounce libraries quote, labelled by Sisimai's definitions of its words.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { groupBy } from "../../server/src/catalogue/group.ts";
import { lookup } from "../../server/src/catalogue/lookup.ts";
import { failed, refused } from "./delivery.ts";

interface Labelled {
  readonly reply: string;
  readonly reason: string;
  readonly from: string;
}

const labelled = readFileSync(new URL("reasons.ndjson", import.meta.url), "utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line) as Labelled);

function reasonOf(reply: string): string {
  const coded = /^[245](?:\d\d|\.\d+\.\d)/.test(reply);
  const { entry } = lookup(coded ? refused(reply, { recipient: "pat@example.net" }) : failed(reply));
  return entry.reason;
}

function groups(key: "from" | "reason"): [string, Labelled[]][] {
  return [...groupBy(labelled, (row) => row[key])];
}

function share(of: readonly Labelled[]): number {
  return of.filter(({ reply, reason }) => reasonOf(reply) === reason).length / of.length;
}

test("the reason agrees with the label in at least 95 % of the replies", (context) => {
  assert.ok(labelled.length > 500);
  const whole = share(labelled);
  const parts = groups("from").map(([from, of]) => `${from} ${(100 * share(of)).toFixed(1)} % of ${of.length}`);
  context.diagnostic(`${(100 * whole).toFixed(1)} % of ${labelled.length}: ${parts.join(", ")}`);
  assert.ok(whole >= 0.95, `${whole}`);
});

test("real bounces of other libraries alone agree in at least 90 %", () => {
  assert.ok(share(labelled.filter(({ from }) => from !== "collected")) >= 0.9);
});

for (const [reason, of] of groups("reason")) {
  test(`at least four of five replies with the reason ${reason} are given it`, () => {
    const wrong = of.filter(({ reply }) => reasonOf(reply) !== reason);
    assert.ok(wrong.length <= of.length / 5, JSON.stringify(wrong, undefined, 1));
  });
}

test("a reply in another language than English is given its reason too", () => {
  for (const [reply, reason] of [
    ["550 Benutzer unbekannt", "userunknown"],
    ["552 Boite du destinataire pleine", "mailboxfull"],
    ["550 El usuario no existe", "userunknown"],
    ["552 Caixa postal cheia", "mailboxfull"],
    ["550 Casella disattivata", "suspend"],
    ["550 用户不存在", "userunknown"],
    ["550 Пользователь не найден", "userunknown"],
    ["550 宛先不明", "userunknown"],
    // As Exim logs it.
    ["550 Empf\\303\\244nger unbekannt", "userunknown"],
    ["550 \\347\\224\\250\\346\\210\\267\\344\\270\\215\\345\\255\\230\\345\\234\\250", "userunknown"],
  ] as const)
    assert.equal(reasonOf(reply), reason, reply);
});
