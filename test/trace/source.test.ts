// The sending server's address is found where only the text of a refusal quotes it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { readLog } from "../../server/src/log/read.ts";
import type { FormatId } from "../../server/src/model.ts";

/** Replies as servers sent them; the address stands at @. */
const quoting = `
421 cmsmtp @ blocked AUP#In-1340
421 mwd-ibgw-6004a.ext.cloudfilter.net cmsmtp @ blocked AUP#CNCT:
421 4.7.0 [TSS04] Messages from @ temporarily deferred due to unexpected volume or user complaints - 4.16.55.1; see https://postmaster.yahooinc.com/error-codes
421 4.7.1 [TS03] All messages from @ will be permanently deferred; Retrying will NOT succeed. See https://help.yahoo.com/kb/postmaster/SLN3436.html
421 Connection refused, too many sessions from @. Please lower the number of concurrent sessions. IB007
421 resimta-po-18v.sys.comcast.net resimta-po-18v.sys.comcast.net @ Throttled - try again later. Please see http://postmaster.comcast.net/smtp-error-codes.php#RL000002
421 4.3.2 Server busy. Please try again later from [@]. (AS77712344)
421 Temporarily rejected. Reverse DNS for @ failed. IB108
421 [HCM1] Your mail from @ was deferred.
421-4.7.0 [@ 15] Our system has detected an unusual rate of 421-4.7.0 unsolicited mail originating from your IP address.
450 4.7.1 Client host rejected: cannot find your hostname, [@]
451 4.7.650 The mail server [@] has been temporarily rate limited due to IP reputation. For e-mail delivery information, see https://postmaster.live.com (S843)
521 <@> is blocked
550 IP @ is blocked by EarthLink. Go to earthlink.net/block for details.
550 Mail from IP @ was rejected due to listing in Spamhaus
550 5.7.1 Unfortunately, messages from [@] weren't sent. Please contact your Internet service provider since part of their network is on our block list (S3150). You can also refer your provider to http://mail.live.com/mail/troubleshooting.aspx#errors. [#.eop-nam02.prod.protection.outlook.com]
550 5.7.1 Client host [@] blocked using Spamhaus
550 5.7.511 Access denied, banned sender[@]. To request removal from this list please forward this message to delist@microsoft.com
550 5.7.606 Access denied, banned sending IP [@]
550 mwinf5c04 ME Adresse IP source bloquee pour incident de spam. Client host blocked for spamming issues. OFR006_102 Ref http://csi.cloudmark.com/reset-request/?ip=@ [102]
550 Addressee unknown, relay=[@]
550 Connections not accepted from servers without a valid sender domain. ## Fix reverse DNS for @
550-5.7.1 [@] Our system has detected that this message does 550-5.7.1 not meet IPv6 sending guidelines regarding PTR records and authentication. 550 5.7.1 https://support.google.com/mail/?p=IPv6AuthError f19 - gsmtp
550 5.7.1 mail from @ refused, 554 5.7.1 was the upstream answer
550 JunkMail rejected - mx1.example.org [@]:40001 is in an RBL, see http://www.spamhaus.org/query/bl?ip=@
550 is in an RBL: Blocked - see https://www.spamcop.net/bl.shtml?@
550 5.7.1 <mx1.example.org[@]>: Client host rejected: Access denied
550 5.7.1 [IPv6:@]: Client host rejected
550 @: Client host rejected
550 too many connections from your IP (@)
550 refused, client-ip:@, score 9
550 5.7.1 Message rejected due to: SPF fail - not authorized. Please see http://www.openspf.net/Why?s=mfrom;id=s@example.org;ip=@;r=mx.example.net
550 blocked, see https://check.spamhaus.org/listed/?searchterm=@
550 blocked, see https://www.spamhaus.org/pbl/query/@
550 blocked using Trend Micro RBL+. Please see http://www.mail-abuse.com/cgi-bin/lookup?ip_address=@
553 5.3.0 flph825 DNSBL:ATTRBL 521< @ >_is_blocked. For assistance forward this email to abuse_rbl@abuse-att.net
553 5.7.1 [BL21] Connections will not be accepted from @, because the ip is in Spamhaus's list
553 Mail from @ not allowed - VS98-IP0 deferred
554 IP=@ - A problem occurred. (Ask your postmaster for help or to contact tosa@rx.t-online.de to clarify.) (BL)
554 invalid DNS PTR resource record, IP=@
554 p-impin020.msg.pkvw.co.charter.net cmsmtp Connection Rejected - see http://www.spamhaus.org/query/ip/@ AUP#In-1240
554 mx.recipient.com bizsmtp IB105. Connection refused. @ is listed on the Exploits Block List (XBL)
554 xx.comcast.net comcast @ Comcast block for spam. Please see http://postmaster.comcast.net/smtp-error-codes.php#BL000000
554-gmx.net (mxgmx104) Nemesis ESMTP Service not available 554-No SMTP service 554-IP address is block listed. 554 For explanation visit https://postmaster.gmx.net/en/case?c=r0201&i=ip&v=@&r=1M5fIQ-1tq2Xn0Y3w-005Kcd
554 Blocked - see https://support.proofpoint.com/dnsbl-lookup.cgi?ip=@
554 ETP208 Your IP @ is listed by Invaluement
554 Service unavailable; client [@] blocked using prs.proofpoint.com
554 5.7.1 Service unavailable; Client host [@] blocked using zen.spamhaus.org; https://www.spamhaus.org/query/ip/@
571 Email from @ is currently blocked by Verizon Online's anti-spam system
`.trim();

const addresses = [
  "203.0.113.7",
  "2001:db8:25::19",
  "2001:db8:0:0:0:0:25:19",
  "2001:0DB8:0025:0000:0000:0000:0000:0019",
  "::ffff:203.0.113.7",
];

const relay = "198.51.100.89";

const lines = {
  postfix: (reply: string) =>
    `Nov 23 09:00:06 mx1 postfix/smtp[11]: C23A412F2: to=<a@example.com>, relay=mx.example.com[${relay}]:25, delay=0.1, delays=0/0/0.1/0, dsn=5.7.1, status=bounced (host mx.example.com[${relay}] said: ${reply} (in reply to RCPT TO command))`,
  exim: (reply: string) =>
    `2026-11-23 09:00:06 1xVYaJ-0000RB-2P ** a@example.com R=dnslookup T=remote_smtp H=mx.example.com [${relay}]: SMTP error from remote mail server after RCPT TO:<a@example.com>: ${reply}`,
  sendmail: (reply: string) =>
    `Nov 23 09:00:06 mx1 sendmail[11]: 6AN900aa000011: to=<a@example.com>, delay=00:00:00, mailer=esmtp, pri=30262, relay=mx.example.com. [${relay}], dsn=5.0.0, reply=${reply}, stat=Service unavailable`,
  opensmtpd: (reply: string) =>
    `Nov 23 09:00:06 mx1 smtpd[11]: d501245e891cc2dd mta delivery evpid=88b41143f06e1dbf from=<s@example.org> to=<a@example.com> rcpt=<-> source="-" relay="${relay} (mx.example.com)" delay=0s result="PermFail" stat="${reply}"`,
  haraka: (reply: string) =>
    `2026-11-23T09:00:06.000Z [NOTICE] [5F5E98AA-EE4F-4867-9BEA-67172AC5D0C7.1.1] [outbound] recipient <a@example.com> rejected: ${reply}`,
  qmail: (reply: string) =>
    `@400000006ab4f2d02e1f8c24 delivery 5: failure: ${relay}_does_not_like_recipient./Remote_host_said:_${reply.replaceAll(" ", "_")}/Giving_up_on_${relay}./`,
  // Each line of a reply is a line of Courier's log; this is the last.
  courier: (reply: string) =>
    `Nov 23 09:00:06 mx1 courieresmtp: id=0000000000000515.000000006B0626BF.00000214,from=<s@example.org>,addr=<a@example.com>: ${reply.replace(/^(\d{3})-/, "$1 ")}`,
  zonemta: (reply: string) =>
    `info Sender/default/5128[1] id=x 18a2f4bc5d6000a38f.001 REJECTED[other] from=s@example.org to=a@example.com src= mx=mx.example.com[${relay}] message-id=<1@example.org> (${reply})`,
  bounce: (reply: string) =>
    `From: MAILER-DAEMON@mx1.example.org\nSubject: failure notice\nMIME-Version: 1.0\nContent-Type: message/delivery-status\n\nFinal-Recipient: rfc822; a@example.com\nDiagnostic-Code: smtp; ${reply}`,
  plain: (reply: string) => `Diagnostic-Code: smtp; ${reply}`,
};

const formats = Object.keys(lines) as readonly (keyof typeof lines)[];

function sourceIn(line: string, format: FormatId): string | undefined {
  const { deliveries } = readLog(`${line}\n`, { fileDate: undefined, format });
  assert.equal(deliveries.length, 1, line);
  return deliveries[0]?.sourceIp;
}

for (const format of formats) {
  test(`${format}: the sender's address is found in each of the replies that quote it`, () => {
    for (const reply of quoting.split("\n"))
      for (const address of addresses) {
        const text = reply.replace(/@(?![a-z])/g, address);
        assert.equal(sourceIn(lines[format](text), format), address, text);
      }
  });
}

const chosen: readonly (readonly [sentence: string, reply: string, source: string | undefined])[] = [
  ["the answer of a list is no sender", "550 5.7.1 listed (127.0.0.2)", undefined],
  ["nor is a list's error", "550 zen.spamhaus.org answers 127.255.255.254", undefined],
  ["nor the number of a rule", "421 4.7.0 deferred due to user complaints - 4.16.55.1; wait", undefined],
  ["nor a program's version", "550 refused by MailFilter version 4.9.0.12", undefined],
  ["nor a version behind a colon", "550 refused by MailFilter Version: 10.27.0.1", undefined],
  ["nor the relay that refused", `550 mx.example.com[${relay}] refused you`, undefined],
  ["nor a network", "550 your network 203.0.113.0/24 is blocked", undefined],
  ["nor a reversed name", "550 no PTR at 7.113.0.203.in-addr.arpa for you, mail refused", undefined],
  ["nor a name on a list", "550 found 7.113.0.203.zen.spamhaus.org, mail refused", undefined],
  ["nor a host in a link", "550 refused, see http://192.0.2.9/why", undefined],
  ["nor a mask", "550 refused by mask 255.255.255.0", undefined],
  ["nor a time", "550 refused at 12:30:45 today", undefined],
  ["nor a hardware address", "550 refused 00:11:22:33:44:55", undefined],
  ["nor an object's number", "550 refused 1.3.6.1.4.1", undefined],
  ["nor a number that is too large", "550 refused 999.1.1.1", undefined],
  ["nor the receiver itself", "550 refused from ::1", undefined],
  ["an address beside the relay's is the sender's", `550 ${relay} refused 203.0.113.7 today`, "203.0.113.7"],
  ["an address beside a list's answer is the sender's", "550 203.0.113.7 is listed (127.0.0.2)", "203.0.113.7"],
  [
    "terms of an SPF record are not",
    "550 v=spf1 ip4:198.51.100.1 ip6:2001:db8::/32 -all; not 203.0.113.7",
    "203.0.113.7",
  ],
  ["the receiver's inner address is not", "550 [10.0.0.4] Client host [203.0.113.7] blocked", "203.0.113.7"],
  [
    "another address of the receiver is not",
    "554 mx3.example.com (192.0.2.77) cmsmtp 203.0.113.7 blocked",
    "203.0.113.7",
  ],
  ["an inner address alone may be ours", "550 Addressee unknown, relay=[10.1.2.3]", "10.1.2.3"],
  ["an address of a carrier's NAT may be ours", "550 refused mail from 100.64.3.4", "100.64.3.4"],
  ["an address before a full stop is whole", "550 5.7.1 blocked: 203.0.113.7.", "203.0.113.7"],
  ["an address before a port is whole", "550 mail from 203.0.113.7:40001 refused", "203.0.113.7"],
];

for (const [sentence, reply, source] of chosen)
  test(`${sentence}: ${reply}`, () => assert.equal(sourceIn(lines.postfix(reply), "postfix"), source));

test("the relay's IPv6 address is known in any of its forms", () => {
  const line = lines.postfix("550 mx [2001:db8:99::8] refused").replaceAll(relay, "2001:0DB8:99:0:0:0:0:8");
  assert.equal(sourceIn(line, "postfix"), undefined);
  assert.equal(sourceIn(line.replace("refused", "refused 2001:db8:25::19"), "postfix"), "2001:db8:25::19");
});
