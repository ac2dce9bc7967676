// Logs that come as JSON or with a runtime's prefix are read as the logs that they carry, and everything is shown where it stands.
import assert from "node:assert/strict";
import { test } from "node:test";
import { readAttempts } from "../../server/src/log/attempts.ts";
import { readLine, readLog } from "../../server/src/log/read.ts";
import type { Delivery, Span } from "../../server/src/model.ts";
import { createRedactor } from "../../server/src/redacting.ts";
import { annotatedLog } from "./support/annotated.ts";
import { realLog } from "./support/truth.ts";

const fileDate = new Date("2026-11-24T00:00:00Z");
const clock = { year: 2026, month: 11 };

/** As Go's encoder writes it, which Docker uses. */
function goJson(value: unknown): string {
  const signs: Readonly<Record<string, string>> = { "<": "\\u003c", ">": "\\u003e", "&": "\\u0026" };
  return JSON.stringify(value).replace(/[<>&]/g, (sign) => signs[sign] ?? sign);
}

const docker = (line: string) => goJson({ log: `${line}\n`, stream: "stdout", time: "2026-11-23T18:16:04.123456789Z" });
const kubernetes = (line: string) => `2026-11-23T18:16:04.123456789Z stdout F ${line}`;

const shape = /^([A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d) (\S+) ([\w/-]+)\[(\d+)\]: (.*)$/;

/** As journalctl -o json writes a line of syslog, with the fields that it always has. */
function journal(line: string): string {
  const [, time = "", host = "", program = "", pid = "", message = ""] = shape.exec(line) ?? [];
  const stamp = String(Date.parse(`${time} 2026 UTC`) * 1000 + 123456);
  return JSON.stringify({
    ...{ __CURSOR: "s=7f1;i=550;b=421;m=1;t=2;x=3", __REALTIME_TIMESTAMP: stamp, __MONOTONIC_TIMESTAMP: "55051" },
    ...{ PRIORITY: "6", SYSLOG_FACILITY: "2", _UID: "550", _HOSTNAME: host, _TRANSPORT: "syslog" },
    ...{ SYSLOG_IDENTIFIER: program, SYSLOG_PID: pid, SYSLOG_TIMESTAMP: `${time} `, MESSAGE: message, _PID: pid },
  });
}

const logs = ["postfix-maillog.log", "sendmail.log", "exim-mainlog.log"].map((name) => [name, realLog(name)] as const);
const annotated = ["postfix.log", "exim.log", "sendmail.log"].map((name) => [name, annotatedLog(name).text] as const);

function wrapped(text: string, wrap: (line: string) => string): string {
  return text
    .split("\n")
    .map((line) => (line === "" ? "" : wrap(line)))
    .join("\n");
}

/** A delivery without its places. */
function told({ reply, span: _, ...delivery }: Delivery) {
  return {
    ...delivery,
    reply: reply && { code: reply.code, enhanced: reply.enhanced, token: reply.token, text: reply.text },
  };
}

/** What a stretch of a line says, its escapes undone. */
function said(line: string, span: Span | undefined): string | undefined {
  return span && JSON.parse(`"${line.slice(span.start, span.end)}"`);
}

for (const [name, text] of [...logs, ...annotated]) {
  for (const [how, wrap] of Object.entries({ docker, kubernetes })) {
    test(`${name} within ${how} gives what it gives alone`, () => {
      const alone = readLog(text, { fileDate });
      const { format, deliveries } = readLog(wrapped(text, wrap), { fileDate });
      assert.equal(format, alone.format);
      assert.deepEqual(deliveries.map(told), alone.deliveries.map(told));
    });
  }

  test(`${name} within docker: each place on the line says what it is for`, () => {
    const lines = wrapped(text, docker).split("\n");
    for (const { line, words, span, reply } of readLog(lines.join("\n"), { fileDate }).deliveries) {
      const raw = lines[line] ?? "";
      assert.equal(said(raw, span), words);
      assert.equal(said(raw, reply?.span), reply?.text);
      assert.equal(said(raw, reply?.codeSpan), reply?.code?.toString());
      assert.equal(said(raw, reply?.enhancedSpan), reply?.enhanced);
      assert.equal(said(raw, reply?.tokenSpan), reply?.token);
    }
  });

  test(`${name} within docker has the colours of the log alone`, () => {
    const format = readLog(text, { fileDate }).format ?? "plain";
    for (const line of text.split("\n")) {
      const colours = (raw: string, plain: (text: string) => string) =>
        readLine(raw, { format, clock, line: 0 }).fields.map(
          ({ kind, class: level, start, end }) => `${kind}${level ?? ""} ${plain(raw.slice(start, end))}`,
        );
      const decoded = (part: string): string => JSON.parse(`"${part}"`);
      assert.deepEqual(new Set(colours(docker(line), decoded)), new Set(colours(line, (part) => part)), line);
    }
  });
}

for (const name of ["postfix-maillog.log", "sendmail.log"]) {
  const text = realLog(name);
  test(`${name} as JSON of the journal gives what it gives as syslog, its time to the microsecond`, () => {
    const alone = readLog(text, { fileDate });
    const { format, deliveries } = readLog(wrapped(text, journal), { fileDate: undefined });
    assert.equal(format, alone.format);
    const timeless = (delivery: Delivery) => ({ ...told(delivery), time: undefined });
    assert.deepEqual(deliveries.map(timeless), alone.deliveries.map(timeless));
    for (const [index, { time }] of alone.deliveries.entries())
      assert.equal(deliveries[index]?.time, `${time}.123456Z`);
  });

  test(`${name}: attempts are measured within the journal's JSON as in syslog`, () => {
    const seen = (log: string) =>
      readAttempts(log, { format: undefined, fileDate }).attempts.map(
        ({ line, queueId, relay, outcome, recipient }) => ({
          ...{ line, queueId, relay, outcome, recipient },
        }),
      );
    assert.deepEqual(seen(wrapped(text, journal)), seen(text));
  });
}

test("every part of a line of the journal has its colour where it stands", () => {
  const line = journal(
    'Nov 23 18:16:04 mx1 postfix/smtp[904]: 044B211F7: to=<a@x.de>, relay=mx.x.de[192.0.2.1]:25, dsn=5.0.0, status=bounced (host mx.x.de[192.0.2.1] said: 550 5.1.1 "a" AUP#CXBL)',
  );
  const { fields, delivery } = readLine(line, { format: "postfix", clock, line: 0 });
  assert.deepEqual(
    fields.map(({ kind, start, end }) => `${kind} ${line.slice(start, end)}`),
    [
      "time 1795457764123456",
      "host mx1",
      "process postfix/smtp",
      "queueId 044B211F7",
      "recipient a@x.de",
      "relayHost mx.x.de",
      "relayIp 192.0.2.1",
      "status bounced",
      "replyCode 550",
      "enhancedCode 5.1.1",
      "token AUP#CXBL",
    ],
  );
  assert.equal(delivery?.words, '550 5.1.1 "a" AUP#CXBL');
  assert.equal(line.slice(delivery?.span.start, delivery?.span.end), String.raw`550 5.1.1 \"a\" AUP#CXBL`);
});

test("a program that leaves the time to its container has the container's", () => {
  const line =
    "postfix/smtp[904]: 044B211F7: to=<a@x.de>, relay=none, dsn=4.4.1, status=deferred (connect to x.de[192.0.2.1]:25: Connection refused)";
  for (const raw of [docker(line), kubernetes(line)]) {
    const [delivery] = readLog(raw, { fileDate: undefined }).deliveries;
    assert.equal(delivery?.time, "2026-11-23T18:16:04.123456789Z", raw);
    assert.equal(delivery?.queueId, "044B211F7");
  }
});

test("JSON that is cut off, broken or carries no line ends, and what can be read is read", () => {
  const whole = docker(
    "Nov 23 18:16:04 mx1 postfix/smtp[904]: 044B211F7: to=<a@x.de>, relay=mx.x.de[192.0.2.1]:25, dsn=5.0.0, status=bounced (host mx.x.de[192.0.2.1] said: 550 5.1.1 no)",
  );
  for (let length = 0; length < whole.length; length++)
    readLog(whole.slice(0, length), { fileDate, format: "postfix" });
  const order = JSON.parse(whole);
  const turned = JSON.stringify({ time: order.time, stream: order.stream, log: order.log });
  assert.equal(readLog(turned.slice(0, -4), { fileDate }).deliveries[0]?.reply?.text, "550 5.1.1 no");
  for (const line of [
    '{"log":550,"stream":"stdout"}',
    '{"MESSAGE":[53,53,48],"_PID":"550"}',
    '{"log":"550',
    "{".repeat(9_000),
  ]) {
    assert.deepEqual(readLog(line, { fileDate, format: "postfix" }).deliveries, []);
  }
});

test("a redacted journal keeps no name of its host", () => {
  const line = journal(
    "Nov 23 18:16:04 kiwi postfix/smtp[904]: 044B211F7: to=<a@x.de>, relay=none, dsn=4.4.1, status=deferred (connect to x.de[192.0.2.1]:25: Connection refused)",
  );
  assert.ok(!createRedactor().redact(line).text.includes("kiwi"));
});
