// Lines that lie: figures without sense, times that go back, years that turn. Nothing throws, every count stays within its bounds.
import assert from "node:assert/strict";
import { test } from "node:test";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { createAttemptReader, readAttempts } from "../../server/src/log/attempts.ts";
import type { Measurement } from "../../server/src/measurement.ts";
import { burst, clocks, logOf, postfixLines } from "./made.ts";
import { fileDate, measuredAs, onlyMeasured } from "./measured.ts";

function postfix(stamp: string, delays: string, id = "4VtCqB1abcz1"): string {
  return `${stamp} mx1 postfix/smtp[904]: ${id}: to=<pat@cox.net>, relay=mx.cox.net[198.51.100.7]:25, delay=2, delays=${delays}, dsn=2.0.0, status=sent (250 2.0.0 Ok)\n`;
}

function isSound({ peak, series, stretches, sessions, first, last }: Measurement): boolean {
  const numbers = [peak.least, peak.sessions, peak.most, peak.at, peak.line, series.start, series.step, first, last];
  const counts = [...series.sessions, ...series.accepted, ...series.refused, sessions.count, sessions.mostMessages];
  const ordered = peak.least <= peak.sessions && peak.sessions <= peak.most && first <= last;
  const forward = stretches.every(({ refusals, line }) => refusals > 0 && line >= 0);
  const inSteps = series.sessions.length >= 1 && series.sessions.length <= 400;
  return [...numbers, ...counts].every(Number.isFinite) && counts.every((n) => n >= 0) && ordered && forward && inSteps;
}

const senseless = [
  "0/0/999999999/0",
  "0/0/1e308/2",
  "0/0/-5/2",
  "NaN/0/0/2",
  "0/0/0",
  "0/0/0/9999999",
  "0/9999999/0/2",
  "0/0/0.000000000000001/2",
  `0/0/${"9".repeat(5000)}/2`,
  "///",
  "",
];

for (const delays of senseless) {
  test(`delays=${delays.slice(0, 24)} is measured as far as it makes sense`, () => {
    const text = `${postfix("Nov 23 10:02:07", "0/0/0/2")}${postfix("Nov 23 10:02:08", delays, "4VtCqB1abcz2")}`;
    const measured = onlyMeasured("postfix", text);
    assert.equal(measured.attempts, 2);
    assert.ok(isSound(measured), JSON.stringify(measured.peak));
  });
}

test("times that go back and forth are sound, and so is a time that does not exist", () => {
  const stamps = [
    "Nov 23 10:02:07",
    "Nov 23 09:02:07",
    "Nov 23 23:59:59",
    "Nov 23 10:02:07",
    "Nov 31 10:02:07",
    "Nov 23 25:99:99",
  ];
  const text = stamps.map((stamp, index) => postfix(stamp, "0/0/0/2", `4VtCqB1abcz${index}`)).join("");
  const measured = onlyMeasured("postfix", text);
  assert.ok(measured.attempts >= 4);
  assert.ok(isSound(measured));
});

test("a burst over midnight and the turn of the year is one burst", () => {
  const begin = Date.UTC(2025, 11, 31, 23, 59, 58, 800);
  const made = burst({ seed: 5, messages: 14, processes: 14, hold: [1500, 2500], begin });
  const { peak, first, last } = onlyMeasured("postfix", logOf(postfixLines(made, clocks.traditional)));
  assert.equal(peak.sessions, 14);
  assert.ok(first >= begin && last - first < 5000);
  assert.equal(new Date(last).getUTCFullYear(), 2026);
});

test("without the file's date a log still has its order and its lengths", () => {
  const made = burst({ seed: 5, messages: 14, processes: 14, hold: [1500, 2500] });
  const text = logOf(postfixLines(made, clocks.traditional));
  const { attempts } = readAttempts(text, { format: "postfix", fileDate: undefined });
  assert.equal(attempts.length, 14);
  assert.ok(attempts.every(({ at }) => new Date(at).getUTCFullYear() === 2000));
});

test("each server's shapes with senseless figures in them are read without a fault", () => {
  const exim = [
    "DT=99999999999999s",
    "DT=-1s",
    "DT=",
    "DT=1e308s",
    "DT=9999d9999h9999m999999s",
    `DT=${" DT=".repeat(2000)}`,
  ].map(
    (dt) => `2026-11-23 10:02:07 1xVYbA-000100-19 => pat@cox.net R=r T=t H=mx.cox.net [198.51.100.7] C="250" ${dt}\n`,
  );
  const sendmail = ["99:99:99", "9999+00:00:00", "-1:00:00", "", "00:00:00:00"].map(
    (xdelay) =>
      `Nov 23 10:02:07 mx1 sendmail[2950]: 6ANIP11c002926: to=<pat@cox.net>, delay=00:00:02, xdelay=${xdelay}, mailer=esmtp, relay=mx.cox.net. [198.51.100.7], dsn=2.0.0, stat=Sent (Ok)\n`,
  );
  for (const line of exim) assert.ok(isSound(onlyMeasured("exim", line)), line.slice(0, 200));
  for (const line of sendmail) assert.ok(isSound(onlyMeasured("sendmail", line)), line);
});

test("a line of Sendmail's with two thousand recipients gives a bounded number of them", () => {
  const names = Array.from({ length: 2000 }, (_, index) => `<u${index}@cox.net>`).join(",");
  const line = `Nov 23 10:02:07 mx1 sendmail[2950]: 6ANIP11c002926: to=${names}, delay=00:00:02, xdelay=00:00:02, mailer=esmtp, relay=mx.cox.net. [198.51.100.7], dsn=2.0.0, stat=Sent (Ok)\n`;
  for (const one of measuredAs("sendmail", line)) assert.ok(one.attempts <= 100);
});

test("names out of a log are no keys of ours: __proto__ and constructor are counted like any other", () => {
  const text = ["__proto__", "constructor", "toString"]
    .map((name) => postfix("Nov 23 10:02:07", "0/0/0/2").replace("pat@cox.net", `pat@${name}`))
    .join("");
  const domains = onlyMeasured("postfix", text).recipientDomains.map(({ domain }) => domain);
  assert.deepEqual(domains.sort(), ["__proto__", "constructor", "tostring"]);
});

test("a log with more attempts than are kept says so, and keeps the first", () => {
  const made = burst({ seed: 7, messages: 30, processes: 5, hold: [100, 200] });
  const text = logOf(postfixLines(made, clocks.traditional));
  const { attempts, cut } = readAttempts(text, { format: "postfix", fileDate, most: 10 });
  assert.deepEqual([attempts.length, cut], [10, true]);
  assert.equal(readAttempts(text, { format: "postfix", fileDate, most: 30 }).cut, false);
});

/** Bytes in use, garbage not counted. */
function used(): number {
  setFlagsFromString("--expose-gc");
  runInNewContext("gc")();
  return process.memoryUsage().heapUsed;
}

test("a million lines are read in pieces, and what is kept grows with the attempts and not with the text", () => {
  const filler = `${"Nov 23 10:02:07 mx1 postfix/cleanup[81]: 4VtCqB1abcz1: message-id=<1@example.org>\n".repeat(9)}`;
  const reader = createAttemptReader({ format: "postfix", fileDate });
  const before = used();
  for (let piece = 0; piece < 1000; piece++) {
    const lines = Array.from(
      { length: 100 },
      (_, index) => filler + postfix("Nov 23 10:02:07", "0/0/0/2", `4Vt${piece}z${index}`),
    );
    reader.push(lines.join(""));
  }
  const { attempts, cut } = reader.finish();
  const after = used();
  assert.deepEqual([attempts.length, cut, attempts.at(-1)?.line], [100_000, false, 999_999]);
  // 1 kB an attempt; the text has 86 MB.
  assert.ok(after - before < 100e6, `${after - before} bytes`);
});
