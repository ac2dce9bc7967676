// Spectrum's numbers: each that its page explains, in every way of writing it, and those that it does not explain.
import assert from "node:assert/strict";
import { test } from "node:test";
import { analyse } from "../../server/src/analyse.ts";
import { findCode } from "../../server/src/catalogue/data.ts";
import { lookup } from "../../server/src/catalogue/lookup.ts";
import { refused, through } from "./delivery.ts";

/** The rows, and numbers that must lead to them: the ends of each range and one within. */
const rows: Readonly<Record<string, readonly number[]>> = {
  "1000": [1000],
  "1010": [1010],
  "1020-1080": [1020, 1050, 1080],
  "1090": [1090],
  "1100-1150": [1100, 1120, 1150],
  "1160-1190": [1160, 1170, 1190],
  "1200-1210": [1200, 1210],
  "1220-1250": [1220, 1240, 1250],
  "1260": [1260],
  "1300-1340": [1300, 1310, 1340],
  "1350-1490": [1350, 1380, 1430, 1490],
  "1500": [1500],
  "1520": [1520],
  "1530": [1530],
  "1540": [1540],
  "1550": [1550],
  "1560": [1560],
  "1580": [1580],
  "policy-code": [1270, 1510, 1570, 1590],
};
const beginnings = ["In-", "I-", "Out-", "O-", ""];

for (const [row, numbers] of Object.entries(rows)) {
  test(`Spectrum's ${numbers.join(", ")} lead to ${row}, however they are written`, () => {
    for (const token of numbers.flatMap((number) => beginnings.map((start) => `AUP#${start}${number}`))) {
      for (const relay of [through("mx0.charter.net"), {}]) {
        const { entry, entryBy, provider } = lookup(refused(`421 cmsmtp 192.0.2.1 blocked ${token}`, relay));
        assert.deepEqual([entry.id, entryBy, provider], [`spectrum/${row}`, "token", "spectrum"], token);
      }
      assert.deepEqual(
        findCode(token).map(({ entry }) => entry.id),
        [`spectrum/${row}`],
      );
    }
  });
}

test("every number that Spectrum explains is found in a whole line of a log", () => {
  const numbers = Object.entries(rows).flatMap(([row, all]) => all.map((number) => [row, number] as const));
  const lines = numbers.map(
    ([, number]) =>
      `2026-11-20T10:00:00+00:00 mx1 postfix/smtp[9]: 044B211F7: to=<pat@charter.net>, relay=mx0.charter.net[192.0.2.9]:25, delay=1, delays=0/0/1/0, dsn=4.0.0, ` +
      `status=deferred (host mx0.charter.net[192.0.2.9] refused to talk to me: 421 cmsmtp 203.0.113.7 blocked AUP#In-${number})`,
  );
  const found = analyse(`${lines.join("\n")}\n`, { fileDate: new Date("2026-11-24"), certain: true })?.findings;
  assert.deepEqual(
    found?.map(({ entry }) => entry.id),
    numbers.map(([row]) => `spectrum/${row}`),
  );
});

test("a refusal of Road Runner is read as Spectrum's past, for rr.com was its name before", () => {
  const { entry, provider } = lookup(refused("550 Mail refused, see http://postmaster.rr.com/mail_blocks#rollup"));
  assert.deepEqual([entry.id, provider], ["spectrum/rr-rollup", "spectrum"]);
  assert.match(entry.title, /historic/);
});
