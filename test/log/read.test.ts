import assert from "node:assert/strict";
import { test } from "node:test";
import { clockBehind } from "../../server/src/log/firstYear.ts";
import { readLine, readLog, readPart } from "../../server/src/log/read.ts";
import { createReader } from "../../server/src/log/reader.ts";
import { scan, wholeOf, withEditorBreaks } from "../../server/src/log/scan.ts";
import { realLog, realLogs } from "./support/truth.ts";

const fileDate = new Date("2026-11-24T00:00:00Z");
const clock = { year: 2026, month: 11 };
const bounce =
  "Nov 23 18:16:04 mx1 postfix/smtp[904]: 044B211F7: to=<a@x.de>, relay=mx.x.de[192.0.2.1]:25, dsn=5.0.0, status=bounced (host mx.x.de[192.0.2.1] said: 550-5.7.1 [203.0.113.7] no 550 5.7.1 AUP#CXBL (in reply to RCPT TO command))";
const sent =
  "Nov 23 18:16:04 mx1 postfix/smtp[904]: 044B211F7: to=<a@x.de>, relay=mx.x.de[192.0.2.1]:25, dsn=2.0.0, status=sent (250 2.0.0 Ok)";

function coloured(line: string, format: "postfix" | "exim" | "sendmail" | "plain") {
  const { fields } = readLine(line, { format, clock, line: 0 });
  return fields.map((field) => `${field.kind}${field.class ?? ""}:${line.slice(field.start, field.end)}`);
}

test("every part of a failing Postfix line has its colour", () => {
  assert.deepEqual(coloured(bounce, "postfix"), [
    "time:Nov 23 18:16:04",
    "host:mx1",
    "process:postfix/smtp",
    "queueId:044B211F7",
    "recipient:a@x.de",
    "relayHost:mx.x.de",
    "relayIp:192.0.2.1",
    "status5:bounced",
    "replyCode5:550",
    "enhancedCode5:5.7.1",
    "sourceIp:203.0.113.7",
    "replyCode5:550",
    "enhancedCode5:5.7.1",
    "token5:AUP#CXBL",
  ]);
});

test("a line without a failure has colours too, and no delivery", () => {
  assert.deepEqual(coloured(sent, "postfix").slice(7), ["status2:sent", "replyCode2:250", "enhancedCode2:2.0.0"]);
  assert.equal(readLine(sent, { format: "postfix", clock, line: 0 }).delivery, undefined);
  const removed = "Nov 23 18:16:04 mx1 postfix/qmgr[9]: 044B211F7: removed";
  assert.deepEqual(coloured(removed, "postfix").slice(2), ["process:postfix/qmgr", "queueId:044B211F7"]);
  const exim = '2026-11-23 18:16:34 1xVYag-0000kh-25 => c@gmx.net R=d T=r H=mx.gmx.net [192.0.2.7] C="250 ok"';
  assert.deepEqual(coloured(exim, "exim").slice(1), [
    "queueId:1xVYag-0000kh-25",
    "status2:=>",
    "recipient:c@gmx.net",
    "relayHost:mx.gmx.net",
    "relayIp:192.0.2.7",
    "replyCode2:250",
  ]);
});

test("a line that says nothing about mail has no fields", () => {
  assert.deepEqual(readLine("hello 550 world", { format: "postfix", clock, line: 0 }), {
    fields: [],
    delivery: undefined,
  });
});

test("the fields of every line of the real logs are in order and do not overlap", () => {
  for (const name of realLogs) {
    const { format } = readLog(realLog(name), { fileDate });
    assert.ok(format);
    for (const [number, line] of realLog(name).split("\n").entries()) {
      let end = 0;
      for (const field of readLine(line, { format, clock, line: number }).fields) {
        assert.ok(field.start >= end && field.end > field.start && field.end <= line.length, line);
        end = field.end;
      }
    }
  }
});

test("hover and diagnostics read the same from a line", () => {
  for (const name of realLogs) {
    const text = realLog(name);
    const log = readLog(text, { fileDate });
    const lines = text.split("\n");
    assert.ok(log.format);
    for (const delivery of log.deliveries) {
      const around = (distance: number) => lines[delivery.line + distance];
      const again = readLine(lines[delivery.line] ?? "", { format: log.format, clock, line: delivery.line, around });
      assert.deepEqual(again.delivery, delivery);
    }
  }
});

test("a log read in chunks gives what the whole log gives", () => {
  for (const name of realLogs) {
    const text = realLog(name);
    const whole = readLog(text, { fileDate });
    const reader = createReader({ fileDate });
    const chunks = text.match(/(?:[^\n]*\n){1,17}|[^\n]+$/g) ?? [];
    assert.deepEqual(
      chunks.flatMap((chunk) => reader.push(chunk)),
      whole.deliveries,
    );
    assert.deepEqual([reader.format, reader.lines], [whole.format, whole.lines]);
  }
});

test("a part that is read alone, as after an edit, gives what it gives within the whole", () => {
  const text = realLog("postfix-maillog.log");
  const whole = readLog(text, { fileDate });
  const start = text.indexOf("\n", text.length / 2) + 1;
  const line = text.slice(0, start).split("\n").length - 1;
  const before = whole.deliveries.findLast((delivery) => delivery.line < line);
  const part = readPart(
    text,
    { start, end: text.length, line },
    { format: "postfix", clock: clockBehind(before, text, fileDate) },
  );
  assert.deepEqual(
    part.deliveries,
    whole.deliveries.filter((delivery) => delivery.line >= line),
  );
  assert.equal(line + part.lines, whole.lines);
});

test("the lines of other servers in a log are read as theirs", () => {
  const exim = "2026-11-23 18:16:38 1xVYak-0000qW-26 ** a@nxdomain.example: Unrouteable address";
  const pasted = "<<< 550 5.1.1 no such user";
  const log = readLog([sent, exim, bounce, pasted].join("\n"), { fileDate });
  assert.deepEqual(
    log.deliveries.map(({ line, format }) => [line, format]),
    [
      [1, "exim"],
      [2, "postfix"],
      [3, "plain"],
    ],
  );
});

test("CRLF, a missing last line break, NUL and escapes change nothing", () => {
  const lines = [sent, bounce, sent, bounce];
  for (const ending of ["\n", "\r\n"]) {
    const log = readLog(lines.join(ending), { fileDate });
    assert.equal(log.lines, 4);
    assert.deepEqual(
      log.deliveries.map(({ line }) => line),
      [1, 3],
    );
    assert.ok(log.deliveries.every(({ words }) => words.endsWith("AUP#CXBL")));
  }
  const odd = bounce.replace("no 550", "\u0000\u001b[31mno\u001b[0m\u202e 550");
  assert.equal(readLog(odd, { fileDate }).deliveries[0]?.reply?.token, "AUP#CXBL");
});

test("lines are counted as an editor counts them once lone carriage returns are made breaks", () => {
  const text = withEditorBreaks(`a\rb\r\n${bounce}`);
  assert.equal(text.length, bounce.length + 5);
  assert.equal(readLog(text, { fileDate }).deliveries[0]?.line, 2);
  assert.equal(readLog(`a\rb\r\n${bounce}`, { fileDate }).deliveries[0]?.line, 1);
});

test("every line of a text is counted, bitten or not", () => {
  for (const [text, lines] of [
    ["", 0],
    ["a", 1],
    ["a\n", 1],
    ["a\nb", 2],
    ["\n\n", 2],
  ] as const) {
    assert.equal(scan(text, wholeOf(text), []).lines, lines, JSON.stringify(text));
    assert.equal(scan(text, wholeOf(text), [/a/g]).lines, lines, JSON.stringify(text));
  }
});

test("a line that is cut off before its reason is a failure all the same, and its words are not empty", () => {
  const cut = [
    "2024-06-03 10:00:00 1sEf3A-000abc-12 ** a",
    "Jun  3 10:00:00 mx1 postfix/smtpd[1]: NOQUEUE: reject: RCPT from a",
  ];
  const { deliveries } = readLog(cut.join("\n"), { fileDate: undefined, format: "exim" });
  assert.equal(deliveries.length, 2);
  for (const { words, span } of deliveries) assert.ok(words !== "" && span.end > span.start, words);
});
