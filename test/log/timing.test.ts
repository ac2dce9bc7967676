// Attempts of real and made logs: who sent what where, from when to when, and what the servers' own lines hide.
import assert from "node:assert/strict";
import { test } from "node:test";
import { createAttemptReader, readAttempts } from "../../server/src/log/attempts.ts";
import { formats } from "../../server/src/log/formats/index.ts";
import { readLog } from "../../server/src/log/read.ts";
import * as patterns from "../../server/src/log/timing/patterns.ts";
import { sessionsOf } from "../../server/src/measure/sessions.ts";
import type { Attempt } from "../../server/src/measurement.ts";
import type { FormatId } from "../../server/src/model.ts";
import { assertLinear } from "../support/backtracking.ts";
import { annotatedLog } from "./support/annotated.ts";
import { realLog } from "./support/truth.ts";

const fileDate = new Date("2026-11-24T00:00:00Z");
const logs: readonly (readonly [string, FormatId])[] = [
  ["postfix-maillog.log", "postfix"],
  ["postfix-syslog-traditional.log", "postfix"],
  ["postfix-syslog-rfc3339.log", "postfix"],
  ["postfix-syslog-rfc5424.log", "postfix"],
  ["exim-mainlog.log", "exim"],
  ["exim-mainlog-all.log", "exim"],
  ["sendmail.log", "sendmail"],
  ["opensmtpd.log", "opensmtpd"],
];

const baits = formats.flatMap(({ id, timing }) =>
  (timing?.baits ?? []).map((bait) => [`a bait of ${id}`, bait] as const),
);

for (const [name, pattern] of [...Object.entries(patterns), ...baits]) {
  test(`${name} is free of catastrophic backtracking: ${pattern.source.slice(0, 60)}`, () => {
    assertLinear(pattern, name);
  });
}

const sentBy: Partial<Record<FormatId, string>> = {
  postfix: "status=sent",
  exim: " => ",
  sendmail: "stat=Sent",
  opensmtpd: 'result="Ok"',
};

function attemptsOf(name: string, format: FormatId): readonly Attempt[] {
  return readAttempts(realLog(name), { format, fileDate }).attempts;
}

for (const [name, format] of logs) {
  test(`${name}: what is read in pieces is what is read at once`, () => {
    const text = realLog(name);
    const reader = createAttemptReader({ format: undefined, fileDate, ends: text });
    const lines = text.split(/(?<=\n)/);
    for (let at = 0; at < lines.length; at += 97) reader.push(lines.slice(at, at + 97).join(""));
    assert.deepEqual(reader.finish().attempts, attemptsOf(name, format));
  });

  test(`${name}: every reply of another host that ends a recipient's try is an attempt that failed`, () => {
    const attempts = new Map(attemptsOf(name, format).map((attempt) => [attempt.line, attempt]));
    const { deliveries } = readLog(realLog(name), { format, fileDate });
    const answered = deliveries.filter(
      ({ direction, reply, relay, recipient, outcome }) =>
        direction === "they-refused-us" &&
        reply?.code !== undefined &&
        relay.ip !== undefined &&
        recipient !== undefined &&
        outcome !== "attempt",
    );
    assert.ok(answered.length >= 30);
    for (const { line, relay, queueId, recipient } of answered) {
      const attempt = attempts.get(line);
      assert.notEqual(attempt?.outcome, "accepted", `line ${line + 1}`);
      assert.equal(attempt?.relay.ip, relay.ip, `line ${line + 1}`);
      // An envelope of OpenSMTPD is one recipient; its id begins with the message's.
      assert.equal(attempt?.queueId, format === "opensmtpd" ? queueId?.slice(0, 8) : queueId, `line ${line + 1}`);
      if (format !== "sendmail") assert.equal(attempt?.recipient, recipient);
    }
  });

  test(`${name}: lines that say sent are attempts that were accepted, with sender and time`, () => {
    const accepted = attemptsOf(name, format).filter(({ outcome }) => outcome === "accepted");
    const sent = sentBy[format] ?? "?";
    const lines = realLog(name).split("\n");
    const said = lines.filter(
      (line) => line.includes(sent) && !/ (?:relay=local|T=local)|postfix\/(?:local|virtual|pipe)/.test(line),
    );
    assert.equal(accepted.length, said.length);
    for (const { line, at, recipient } of accepted) {
      assert.ok(lines[line]?.includes(sent) && lines[line]?.includes(recipient ?? "?"));
      assert.equal(new Date(at).getUTCFullYear(), 2026);
    }
  });

  test(`${name}: the sender of a burst message is known by its queue id`, () => {
    const bursts = attemptsOf(name, format).filter(({ recipient }) => recipient?.startsWith("burst"));
    if (name.includes("rfc")) assert.equal(bursts.length, 0, "the burst is in another third of this run");
    else assert.ok(bursts.length >= (format === "opensmtpd" ? 10 : 14));
    for (const { recipient, sender } of bursts) {
      assert.equal(sender, `b${recipient?.slice(5, 7)}@example.org`);
    }
  });
}

test("a session's bounds hold the line's own time, and the likely moment lies in its second", () => {
  for (const [name, format] of logs) {
    for (const { at, grain, moment, open, openGrain, setup, notBefore, notAfter } of attemptsOf(name, format)) {
      assert.ok(at <= moment && moment < at + grain);
      assert.ok((open ?? 0) >= 0 && openGrain >= 0 && setup >= 0 && setup <= (open ?? 0));
      assert.ok((notBefore ?? at) <= at + grain && (notBefore ?? 0) <= (notAfter ?? Number.POSITIVE_INFINITY));
    }
  }
});

test("Exim with all selectors names the address that refusals quote for the socket's inner one", () => {
  const sources = new Set(attemptsOf("exim-mainlog-all.log", "exim").map(({ sourceIp }) => sourceIp));
  assert.ok(sources.has("203.0.113.25"));
  assert.ok(!sources.has("127.0.0.1"));
});

test("a session of OpenSMTPD was opened when its own line says so, and carries the messages with its number", () => {
  const attempts = attemptsOf("opensmtpd.log", "opensmtpd");
  const lines = realLog("opensmtpd.log").split("\n");
  const opened = new Map(lines.map((line) => [/([0-9a-f]{16}) mta connecting /.exec(line)?.[1], line.slice(0, 15)]));
  const { all } = sessionsOf(attempts);
  assert.equal(all.length, new Set(attempts.map(({ process }) => process)).size);
  assert.ok(all.some(({ messages }) => messages >= 7));
  for (const { first, openFrom, openBy } of all) {
    const at = opened.get(first.process?.slice("session ".length));
    if (at === undefined) continue;
    assert.deepEqual([openFrom, openBy - openFrom], [Date.parse(`${at} 2026 UTC`), 1000]);
  }
});

test("a delivery of qmail is a session from the line that starts it to the one that ends it, however many run at once", () => {
  const { text } = annotatedLog("qmail.log");
  const { attempts } = readAttempts(text, { format: undefined, fileDate });
  const numbers = attempts.map(({ process }) => process);
  assert.deepEqual(
    numbers,
    [5, 6, 7, 8, 11, 13].map((number) => `delivery ${number}`),
  );
  const [first, second] = attempts;
  assert.deepEqual([first?.recipient, first?.queueId, first?.relay.ip], ["nobody@example.net", "263414", "192.0.2.9"]);
  assert.equal((first?.at ?? 0) - (first?.notBefore ?? 0), 1000);
  assert.equal(second?.notBefore, second?.at);
  assert.equal(sessionsOf(attempts).all.length, attempts.length);
});

test("clocks keep their grain: whole seconds, milliseconds, microseconds", () => {
  const grains = logs.map(([name, format]) => [name, attemptsOf(name, format)[0]?.grain]);
  assert.deepEqual(
    grains.map(([, grain]) => grain),
    [1000, 1000, 0.001, 0.001, 1000, 1, 1000, 1000],
  );
});

test("plain text shows no deliveries", () => {
  assert.deepEqual(readAttempts("550 5.1.1 no such user\n", { format: "plain", fileDate }), {
    attempts: [],
    cut: false,
  });
});
