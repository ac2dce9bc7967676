// Measurements of whole logs with what the catalogue knows: real logs with a burst to Cox, and whom each attempt went to.
import assert from "node:assert/strict";
import { test } from "node:test";
import { analyse } from "../server/src/analyse.ts";
import { measured, measuredAttempts } from "../server/src/evidence.ts";
import { readAttempts } from "../server/src/log/attempts.ts";
import type { Measurement } from "../server/src/measurement.ts";
import type { FormatId } from "../server/src/model.ts";
import { realLog } from "./log/support/truth.ts";

const fileDate = new Date("2026-11-24T00:00:00Z");

function measuredLog(text: string): readonly Measurement[] {
  const { findings, format } = analyse(text, { fileDate, certain: true }) ?? assert.fail("it is no mail log");
  return measured(text, findings, { format, fileDate });
}

function coxOf(name: string): Measurement {
  const cox = measuredLog(realLog(name)).filter(({ provider }) => provider === "cox");
  return cox.find(({ refusals }) => Object.hasOwn(refusals, "cox/CXCNCT")) ?? assert.fail(`${name} has no burst`);
}

/** When the burst came, by the clock that each measurement has; a third of its messages is in each log. */
const moments: readonly (readonly [string, string, number])[] = [
  ["postfix-maillog.log", "2026-11-23T18:16:2", 5],
  ["postfix-syslog-traditional.log", "2026-11-23T13:40:0", 4],
  ["exim-mainlog.log", "2026-11-23T18:17:0", 10],
  ["exim-mainlog-all.log", "2026-11-23T18:21:5", 6],
  ["sendmail.log", "2026-11-23T18:25:0", 3],
];

for (const [name, moment, least] of moments) {
  test(`${name}: the burst to Cox is found, its moment is named and its refusals came in a crowd`, () => {
    const { refusals, sourceIp, series, peak } = coxOf(name);
    assert.equal(sourceIp, "203.0.113.25");
    const burst = refusals["cox/CXCNCT"]?.at.filter(({ at }) => new Date(at).toISOString().startsWith(moment)) ?? [];
    assert.ok(burst.length >= 2, `${burst.length} refusals in the burst`);
    const crowd = Math.max(...burst.map(({ sessions }) => sessions));
    assert.ok(crowd >= least, `${crowd} sessions were open when it refused`);
    const drawn = series.sessions.filter((_, index) => inMoment(series.start + index * series.step, moment));
    assert.ok(Math.max(...drawn) >= least, "the plot shows it");
    assert.ok(peak.sessions >= crowd);
  });
}

function inMoment(at: number, moment: string): boolean {
  return new Date(at).toISOString().startsWith(moment);
}

test("Exim's logs name the burst as the peak of all sessions to Cox", () => {
  for (const [name, moment] of moments.filter(([name]) => name.startsWith("exim"))) {
    assert.ok(new Date(coxOf(name).peak.at).toISOString().startsWith(moment), name);
  }
});

test("no count of a real log lies outside of its bounds", () => {
  for (const [name] of moments) {
    for (const { peak, refusals, accepted, deferred, refused, attempts } of measuredLog(realLog(name))) {
      assert.ok(peak.least <= peak.sessions && peak.sessions <= peak.most, name);
      assert.equal(accepted + deferred + refused, attempts);
      for (const { at, count } of Object.values(refusals)) {
        assert.ok(at.length <= count && count <= deferred + refused);
        assert.ok(
          at.every(
            ({ least, sessions, most }) => 1 <= least && least <= sessions && sessions <= most && most <= peak.most,
          ),
        );
      }
    }
  }
});

const line = (to: string, relay: string, status: string) =>
  `2026-11-23T10:02:07.000000+00:00 mx1 postfix/smtp[904]: 4VtCqB1abcz1: to=<${to}>, relay=${relay}:25, delay=2, delays=0/0/0/2, dsn=2.0.0, ${status}\n`;

test("mail for cox.net that a smarthost takes is no session with Cox", () => {
  const [one] = measuredLog(line("pat@cox.net", "smarthost.example.net[198.51.100.7]", "status=sent (250 Ok)"));
  assert.deepEqual([one?.provider, one?.host], [undefined, "smarthost.example.net"]);
});

test("a relay of an unknown name belongs to the provider that its own refusals name", () => {
  const relay = "in1.example.net[198.51.100.7]";
  const refusal = `status=deferred (host ${relay} refused to talk to me: 421 cmsmtp 192.0.2.25 blocked. Refer to Error Codes section at https://www.cox.com/residential/support/email-error-codes.html for more information. AUP#CXCNCT)`;
  const measurements = measuredLog(
    `${line("pat@cox.net", relay, "status=sent (250 Ok)")}${line("sam@cox.net", relay, refusal)}`,
  );
  assert.deepEqual(
    measurements.map(({ provider, attempts, sourceIp }) => [provider, attempts, sourceIp]),
    [["cox", 2, "192.0.2.25"]],
  );
});

test("two sending addresses of one provider are measured apart; lines that name none go to the usual one", () => {
  const dt = (source: string, to: string) =>
    `2026-11-23 10:02:07.000 +0000 [911] 1xVYbA-0001Gy-12 => ${to} R=r T=t H=cxr.mx.a.cloudfilter.net [198.51.100.7]${source} C="250 Ok" DT=1.500s\n`;
  const text = `${dt(" I=[192.0.2.25]:4711", "a@cox.net")}${dt(" I=[192.0.2.25]:4712", "b@cox.net")}${dt(" I=[192.0.2.26]:4713", "c@cox.net")}${dt("", "d@cox.net")}`;
  const measurements = measuredLog(text).map(({ sourceIp, attempts }) => [sourceIp, attempts]);
  assert.deepEqual(measurements, [
    ["192.0.2.25", 3],
    ["192.0.2.26", 1],
  ]);
});

test("a log that was cut short says so where it says how it counted", () => {
  const text = ["a", "b", "c"]
    .map((name) => line(`${name}@cox.net`, "cxr.mx.a.cloudfilter.net[198.51.100.7]", "status=sent (250 Ok)"))
    .join("");
  const format: FormatId = "postfix";
  const [one] = measuredAttempts(readAttempts(text, { format, fileDate, most: 2 }), []);
  assert.match(one?.method ?? "", /Only the first 2 attempts of this log were counted\.$/);
});

test("a log without deliveries has no measurements", () => {
  assert.deepEqual(measuredLog("550 5.1.1 <pat@cox.net> no such user AUP#CXBL\n"), []);
});
