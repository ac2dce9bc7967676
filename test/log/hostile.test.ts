import assert from "node:assert/strict";
import { test } from "node:test";
import { readLine, readLog } from "../../server/src/log/read.ts";
import { sniff } from "../../server/src/log/sniff.ts";
import type { FormatId } from "../../server/src/model.ts";

const fileDate = new Date("2026-11-24T00:00:00Z");
const head =
  "Nov 23 18:16:04 mx1 postfix/smtp[904]: 044B211F7: to=<a@x.de>, relay=mx.x.de[192.0.2.1]:25, dsn=5.0.0, status=bounced (host mx.x.de[192.0.2.1] said: 550 ";

const starts: readonly (readonly [FormatId, string])[] = [
  ["postfix", head],
  ["postfix", "Nov 23 18:16:04 mx1 postfix/smtp[904]: 044B211F7: to=<"],
  ["postfix", "Nov 23 18:16:04 mx1 postfix/smtpd[904]: NOQUEUE: reject: RCPT from "],
  ["postfix", "Nov 23 18:16:04 mx1 postfix/cleanup[904]: 044B211F7: reject: header "],
  ["exim", "2026-11-23 18:15:56 1xVYa4-0000FL-11 ** "],
  [
    "exim",
    "2026-11-23 18:15:56 1xVYa4-0000FL-11 ** a@x H=mx [192.0.2.1]: SMTP error from remote mail server after RCPT TO:<",
  ],
  ["exim", "2026-11-23 18:15:56 H="],
  ["sendmail", "Nov 23 18:24:33 mx1 sendmail[1]: 6ANIOXhY001370: to=<c@cox.net>, relay=x. [192.0.2.8], reply=550 "],
  ["sendmail", "Nov 23 18:24:33 mx1 sendmail[1]: 6ANIOXhY001370: "],
  ["bounce", "Diagnostic-Code: smtp; 550 "],
  ["bounce", "Remote-MTA: dns; "],
  ["plain", ""],
  ["plain", "Diagnostic-Code: smtp; 550-"],
  ["plain", "<22>1 2026-11-23T18:16:04Z h postfix 1 - ["],
];

const fragments =
  'a|1|1.|4.7.1 |550 |550-|550 5.7.1 |421-4.7.0 |AUP#|AUP#A-|[|(|<|"|:|: |= |host a[|said: |a.|a-|blocked using a.|listed at |/case?a=b&|(#5.7.1)|(in reply to |; from=<| to=<| H=a [1] | I=[|, stat=|, reply=|::|1:|127.0.0.1 |203.0.113.| DT=1s|\\n550-|\t|\u0000|\u001b[31m|\u202e|é|connect to |response was: |Error: |S1|DNSBL:RBL |... |ip=|\\'.split(
    "|",
  );

test("text made of what each pattern bites on is read in one pass", () => {
  for (const [format, start] of starts) {
    for (const fragment of fragments) {
      const line = `${start}${fragment.repeat(Math.ceil(40_000 / fragment.length))}`;
      const { fields, delivery } = readLine(line, { format, clock: { year: 2026, month: 11 }, line: 0 });
      assert.ok(fields.every((field) => field.end <= 32 * 1024));
      assert.ok((delivery?.words.length ?? 0) <= 4096);
      assert.ok(sniff(line) !== "exim" || format === "exim");
    }
  }
});

test("a line of 10 MB is read by its first 32 Ki characters", () => {
  const long = `${head}${"x 550 5.7.1 ".repeat(900_000)})\n`;
  const log = readLog(`${long}${head}5.7.1 AUP#CXBL)\n`, { fileDate });
  assert.deepEqual(
    log.deliveries.map(({ line }) => line),
    [0, 1],
  );
  const late = `${"x".repeat(10_000_000)} AUP#CXBL\n${head}5.7.1 AUP#CXBL)\n`;
  assert.deepEqual(
    readLog(late, { fileDate }).deliveries.map(({ line }) => line),
    [1],
  );
});

test("a million lines of bait give nothing, and end", () => {
  const log = readLog(`${head}no)\n${"450 x\n".repeat(1_000_000)}`, { fileDate });
  assert.equal(log.lines, 1_000_001);
  assert.equal(log.deliveries.length, 1);
});

test("a reply folded over a hundred thousand lines ends", () => {
  const log = readLog(`AUP#CXCNCT\n${"  450-x user\n".repeat(100_000)}`, { fileDate });
  assert.equal(log.lines, 100_001);
});

const nearMisses = [
  "Nov 23 18:16:04 mx1 postfixed/smtp: status=bounced",
  "Nov 23 18:16:04 mx1 postfix/smtp[904]: status=bounced (host mx.x.de[192.0.2.1] said: 550 no)",
  "Nov 99 99:99:99 mx1 postfix/smtp[904]: 044B211F7: to=<a@x.de>, status=bouncedd (host x said: 550 no)",
  "Nov 23 18:16:04 mx1 postfix/smtp[904]: 044B211F7: to=<a@x.de, relay=none, status=bounced",
  "2026-11-23 18:16:04 1xVYak-0000qW-26 *** a@x.de: Unrouteable address",
  "2026-11-23 18:16:04 1xVYak_0000qW_26 ** a@x.de: Unrouteable address",
  "Nov 23 18:24:33 mx1 sendmailer[1372]: 6ANIOXhY001370: to=<c@cox.net>, stat=User unknown",
  "Nov 23 18:24:33 mx1 sendmail[1372]: 6ANIOXhY001370: too=<c@cox.net>, stat=User unknown",
];

for (const line of nearMisses) {
  test(`no failure is made of ${JSON.stringify(line)}`, () => {
    for (const format of ["postfix", "exim", "sendmail"] as const) {
      assert.deepEqual(readLog(line, { fileDate, format }).deliveries, []);
    }
  });
}
