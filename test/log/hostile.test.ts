import assert from "node:assert/strict";
import { test } from "node:test";
import { formats } from "../../server/src/log/formats/index.ts";
import { readLine, readLog } from "../../server/src/log/read.ts";
import { sniff } from "../../server/src/log/sniff.ts";
import type { FormatId } from "../../server/src/model.ts";

const fileDate = new Date("2026-11-24T00:00:00Z");
const head =
  "Nov 23 18:16:04 mx1 postfix/smtp[904]: 044B211F7: to=<a@x.de>, relay=mx.x.de[192.0.2.1]:25, dsn=5.0.0, status=bounced (host mx.x.de[192.0.2.1] said: 550 ";

const uuid = "5F5E98AA-EE4F-4867-9BEA-67172AC5D0C7";

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
  ["kumomta", '{"type":"Bounce","queue":"q","response":{"code":550,"content":"'],
  ["kumomta", '{"type":"Bounce","queue":"q","response":{"a":'],
  ["powermta", "b,2026-11-23 18:16:04+0000,2026-11-23 18:16:03+0000,a@b,c@d,,failed,5.1.1 (x),smtp;550 "],
  ["powermta", 'b,1795457764,1795457763,a@b,c@d,,failed,5.1.1 (x),"smtp;550 '],
  ["momentum", "1795457765@91/6D-07914-E67BC044@00/00@00/00@B@"],
  ["exchange", '2026-11-23T18:16:04.421Z,,,,,"ctx",c,SMTP,FAIL,1,<m>,n,a@b,"[{LED='],
  ["exchange", "2026-11-23T18:16:04.421Z,c,08DCF550421AB550,1,203.0.113.7:1,192.0.2.25:25,<,550 "],
  ["exchange", "2026-11-23T18:16:04.421Z,"],
  ["fortimail", 'date=2026-11-23 time=18:16:04 device_id=F log_id=0003000550 type=event subtype=smtp msg="to=<a@b>, '],
  ["fortimail", "date=2026-11-23 time=18:16:04 device_id=F log_id=0003000550 type=statistics "],
  ["esa", "Mon Nov 23 18:16:04 2026 Info: Bounced: DCID 421 MID 4550 to RID 1 - 5.1.0 - x ('550', ['"],
  ["esa", "Mon Nov 23 18:16:04 2026 Info: MID 1 "],
  ["rspamd", "2026-11-23 18:16:04 #550(normal) <4a>; task; rspamd_task_write_log: id: <"],
  ["amavis", "Nov 23 18:16:04 mx1 amavis[550]: (00550-02) "],
  ["amavis", "Nov 23 18:16:04 mx1 amavis[550]: (00550-02) smtp resp to RCPT (pip) (<"],
  [
    "ses",
    '{"notificationType":"Bounce","mail":{"messageId":"1"},"bounce":{"bounceType":"P","bouncedRecipients":[{"diagnosticCode":"',
  ],
  ["ses", '{"Message":"{\\"notificationType\\":'],
  ["sendgrid", '[{"sg_event_id":"1","event":"bounce","email":"a","reason":"'],
  ["mailgun", '{"event":"failed","log-level":"error","delivery-status":{"code":550,"message":"'],
  ["postmark", '{"RecordType":"Bounce","MessageID":"1","Type":"HardBounce","Details":"'],
  ["sparkpost", '{"type":"bounce","event_id":"1","rcpt_to":"a","raw_reason":"'],
  ["postfix", '{"log":"Nov 23 18:16:04 mx1 postfix/smtp[904]: 044B211F7: to=<'],
  ["postfix", '{"__REALTIME_TIMESTAMP":"1795457764123456","SYSLOG_IDENTIFIER":"postfix/smtp","MESSAGE":"'],
  ["bounce", "Diagnostic-Code: smtp; 550 "],
  ["bounce", "Remote-MTA: dns; "],
  ["opensmtpd", "Nov 23 18:39:38 mx1 smtpd[599]: "],
  ["opensmtpd", "Nov 23 18:39:38 mx1 smtpd[599]: d501245e891cc2dd mta delivery evpid=88b41143f06e1dbf from=<"],
  [
    "opensmtpd",
    'Nov 23 18:39:38 mx1 smtpd[599]: d501245e891cc2dd mta delivery evpid=88b41143f06e1dbf from=<> to=<a@x.de> result="PermFail" stat="550 ',
  ],
  ["opensmtpd", "Nov 23 18:39:38 mx1 smtpd[599]: d501245e891cc2dd mta error reason=BANNER rejected: 421 "],
  ["opensmtpd", 'Nov 23 18:39:38 mx1 smtpd[599]: d501245e891cc2dd smtp failed-command command="RCPT TO:<'],
  ["opensmtpd", "Nov 23 18:39:38 mx1 smtpd[599]: relay: PermFail for 88b41143f06e1dbf: from=<"],
  ["haraka", `[INFO] [${uuid}.1.1] [outbound] `],
  ["haraka", `[INFO] [${uuid}.1.1] [outbound] bouncing mail: Too many failures (Upstream error: 421 `],
  ["haraka", `[INFO] [${uuid}.1.1] [core] recipient <a@x.de> code=DENY msg="`],
  ["haraka", `level=INFO uuid=${uuid}.1.1 origin=outbound message="`],
  ["haraka", `{"level":"INFO","uuid":"${uuid}.1","origin":"core","message":"recipient <`],
  ["qmail", "@400000006ab4f2d02e1f8c24 delivery 5: failure: "],
  ["qmail", "@400000006ab4f2d02e1f8c24 delivery 5: failure: 192.0.2.9_does_not_like_recipient./Remote_host_said:_550_"],
  ["qmail", "@400000006ab4f2d02e1f8c24 starting delivery 5: msg 7 to remote "],
  ["courier", "Nov 25 00:07:27 mx1 courieresmtp: id=0000000000000515.00000214,from=<"],
  ["courier", "Nov 25 00:07:27 mx1 courieresmtp: id=0000000000000515.00000214,from=<>,addr=<a@x.de>: 550 "],
  ["courier", 'Nov 25 00:07:27 mx1 courieresmtpd: error,relay=::ffff:192.0.2.1,msg="'],
  ["zonemta", "info Sender/default/5128[1] id=x 18a2f4bc5d6000a38f.001 DEFERRED[x] from="],
  [
    "zonemta",
    "info Sender/default/5128[1] id=x 18a2f4bc5d6000a38f.001 REJECTED[x] from= to=a@x.de src= mx=mx.x.de[192.0.2.1] id=< (550 ",
  ],
  ["zonemta", '{"short_message":"MTA [DEFERRED] 1","_mail_action":"deferred","_response":"550 '],
  ["plain", ""],
  ["plain", "Diagnostic-Code: smtp; 550-"],
  ["plain", "<22>1 2026-11-23T18:16:04Z h postfix 1 - ["],
];

const fragments =
  'a|1|1.|4.7.1 |550 |550-|550 5.7.1 |421-4.7.0 |AUP#|AUP#A-|[|(|<|"|:|: |= |host a[|said: |a.|a-|blocked using a.|listed at |/case?a=b&|(#5.7.1)|(in reply to |; from=<| to=<| H=a [1] | I=[|, stat=|, reply=|::|1:|127.0.0.1 |203.0.113.| DT=1s|\\n550-|\t|\u0000|\u001b[31m|\u202e|é|connect to |response was: |Error: |S1|DNSBL:RBL |_|./|connected to |\\"|<a|=\\"|,addr=<| relay="|code=DENY msg="|"exchange":"|... |ip=|\\|{|}|[{|",|"":|""|\\"|\\u00|@|, forced: reject "| from MTA(|{"a":|}; score=|\'\'|> -> <| 2026-11-23T|F: |, '.split(
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
  '{"type":"Bounce","id":"1","response":{"code":550,"content":"a page of no mail server"}}',
  '{"event":"failed","reason":"550 tests failed","recipient":"ci"}',
  '{"event":"bounce","email":"a@b","reason":"550 balls"}',
  '{"notificationType":"Bounce","bounce":{"bounceType":"Permanent"}}',
  '{"log":"GET /550 5.1.1 HTTP/1.1 502","stream":"stdout","time":"2026-11-23T18:16:04Z"}',
  '{"MESSAGE":"level 550 reached","SYSLOG_IDENTIFIER":"kernel","__REALTIME_TIMESTAMP":"1795457764123456"}',
  "b,550,421,5.1.1",
  "bt,2026-11-23 18:16:04+0000,,a@b,c@d,,failed,5.1.1 (x),none",
  "2026-11-23T18:16:04.421Z,a,b,GET,<,550,FAIL",
  "1795457765@550@421@B@",
  'Nov 23 18:39:38 mx1 postfix/smtpd[599]: d501245e891cc2dd mta delivery evpid=88b41143f06e1dbf result="PermFail" stat="no"',
  'Nov 23 18:39:38 mx1 smtpd[599]: d501245e891cc2d mta delivery evpid=1 to=<a@x.de> result="PermFail" stat="no"',
  'Nov 23 18:39:38 mx1 smtpd[599]: d501245e891cc2dd mta delivery evpid=1 to=<a@x.de> result="Failed" stat="no"',
  `[INFO] [${uuid}] [core] recipient <a@x.de> rejected: a word`,
  `[INFO] [${uuid}] [outbound] recipient a@x.de rejected: a word`,
  "@400000006ab4f2d02e1f8c24 delivery 5: failing: Sorry",
  "@500000006ab4f2d02e1f8c24 delivery 5: failure: Sorry",
  "Nov 25 00:07:27 mx1 courieresmtp: id=0515,from=<>,addr=<a@x.de>: no",
  "info Sender/default/5128[1] id=x 18a2f4bc5d6000a38f DEFERRED[x] from=a to=b (no)",
];

for (const line of nearMisses) {
  test(`no failure is made of ${JSON.stringify(line)}`, () => {
    for (const { id: format } of formats) {
      assert.deepEqual(readLog(line, { fileDate, format }).deliveries, []);
    }
  });
}
