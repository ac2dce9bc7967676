import assert from "node:assert/strict";
import { test } from "node:test";
import { advance, isoTime, monthOf, type Stamp, startClock, startYear } from "../../server/src/log/clock.ts";
import { readLog } from "../../server/src/log/read.ts";

function stamp(text: string): Stamp {
  const [month = "", day, time = ""] = text.split(" ");
  return { kind: "yearless", month: monthOf(month), day: Number(day), time };
}

const line = (time: string) =>
  `${time} mx1 postfix/smtp[904]: 044B211F7: to=<a@x.de>, relay=mx.x.de[192.0.2.1]:25, dsn=5.0.0, status=bounced (host mx.x.de[192.0.2.1] said: 550 no)\n`;

function times(stamps: readonly string[], fileDate: string) {
  return readLog(stamps.map(line).join(""), { fileDate: new Date(fileDate) }).deliveries.map((found) => found.time);
}

test("a log of one year takes the year of its file", () => {
  const stamps = ["Nov  1 00:00:00", "Nov 23 18:16:04"];
  assert.deepEqual(times(stamps, "2024-11-24"), ["2024-11-01T00:00:00", "2024-11-23T18:16:04"]);
});

test("a log whose lines are a little out of order is of one year", () => {
  const stamps = ["Dec  1 00:00:00", "Nov 30 23:59:59"];
  assert.deepEqual(times(stamps, "2024-12-01"), ["2024-12-01T00:00:00", "2024-11-30T23:59:59"]);
});

test("a log over New Year begins in the year before", () => {
  const expected = ["2024-12-31T23:59:59", "2025-01-01T00:00:01", "2025-01-02T08:00:00"];
  assert.deepEqual(times(["Dec 31 23:59:59", "Jan  1 00:00:01", "Jan  2 08:00:00"], "2025-01-03"), expected);
});

test("lines out of order around New Year keep their years", () => {
  const expected = ["2024-12-31T23:59:59", "2025-01-01T00:00:01", "2024-12-31T23:59:58", "2025-01-01T00:00:02"];
  const stamps = ["Dec 31 23:59:59", "Jan  1 00:00:01", "Dec 31 23:59:58", "Jan  1 00:00:02"];
  assert.deepEqual(times(stamps, "2025-01-01T12:00:00Z"), expected);
});

test("a log whose last line is later in the year than its file was last written is of the year before", () => {
  assert.deepEqual(times(["Dec 30 10:00:00"], "2026-02-01"), ["2025-12-30T10:00:00"]);
});

test("a file written in the first minutes of a year, in a zone ahead of UTC, is of that year", () => {
  assert.equal(startYear(stamp("Jan 1 00:10:00"), stamp("Jan 1 00:20:00"), new Date("2025-12-31T23:20:00Z")), 2026);
});

test("the month may fall back a little without a new year, and never without a step", () => {
  const clock = advance(startClock(2025), stamp("Mar 2 00:00:00"));
  assert.equal(advance(clock, stamp("Feb 28 23:59:59")).year, 2025);
  assert.equal(advance(clock, stamp("Nov 28 23:59:59")).year, 2024);
});

test("without a file date a time without a year is not known", () => {
  assert.equal(isoTime(stamp("Mar 2 00:00:00"), startClock(undefined)), undefined);
  assert.equal(readLog(line("Nov 23 18:16:04"), { fileDate: undefined }).deliveries[0]?.time, undefined);
});

test("a complete time needs no file date and keeps its zone", () => {
  const log = readLog(line("2024-11-23T18:16:04.5+01:00"), { fileDate: undefined });
  assert.equal(log.deliveries[0]?.time, "2024-11-23T18:16:04.5+01:00");
});
