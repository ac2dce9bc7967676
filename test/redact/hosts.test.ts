// Hosts, domains and addresses in all their spellings, and those that stay.
import assert from "node:assert/strict";
import { test } from "node:test";
import { redacted } from "./logs.ts";

function becomes(cases: Readonly<Record<string, string>>): void {
  for (const [text, wanted] of Object.entries(cases)) assert.equal(redacted(text), wanted);
}

function stays(...texts: readonly string[]): void {
  for (const text of texts) assert.equal(redacted(text), text);
}

test("a domain keeps its structure", () => {
  becomes({
    "a.b.example.org b.example.org example.org.":
      "host-1.host-2.domain-1.example host-2.domain-1.example domain-1.example.",
    "shop.example.co.uk example.co.uk": "host-1.domain-1.example domain-1.example",
    "example.org's policy": "domain-1.example's policy",
    "s=key3, d=_dmarc.example.org": "s=key3, d=_dmarc.domain-1.example",
  });
});

test("a host is replaced where it stands without dots: in the head of a line, before its address, in HELO", () => {
  becomes({
    "Nov 23 18:16:04 web7 postfix/smtp[9]: connect": "Nov 23 18:16:04 web-1 postfix/smtp[9]: connect",
    "2026-11-23T18:16:04+01:00 kunde-mueller sshd[9]: x": "2026-11-23T18:16:04+01:00 host-1 sshd[9]: x",
    "<22>1 2026-11-23T13:39:48.637068-05:00 mx1 postfix 1121 - -  x":
      "<22>1 2026-11-23T13:39:48.637068-05:00 mx-1 postfix 1121 - -  x",
    "acme-mail  | Nov 23 18:16:04 mx1 postfix/smtp[9]: x": "host-1  | Nov 23 18:16:04 mx-2 postfix/smtp[9]: x",
    "from pc12[203.0.113.7] helo=<pc12>": "from host-1[192.0.2.1] helo=<host-1>",
    "H=pc12 (pc13) [203.0.113.7] rejected EHLO or HELO pc13: no":
      "H=host-1 (host-2) [192.0.2.1] rejected EHLO or HELO host-2: no",
  });
});

test("words that name nobody stay where a name could be", () => {
  stays(
    "connect from localhost[127.0.0.1]",
    "disconnect from unknown[unknown] ehlo=1 mail=1",
    "550 HELO rejected: EHLO required: no HELO/EHLO given",
    "2026-11-23 18:18:22 exim 4.96 daemon started: pid=5978",
    "2026-11-23 18:16:04 1xVYaB-0000LA-39 DKIM: x",
    "Name=Protocol Filter Agent STOREDRV.Deliver; blocked.Please see RFC5322.From",
    "reload -- version 3.7.11, configuration /etc/postfix/main.cf: 12 of e.g. 2.5.1",
    "mail.info user.notice smtp.mailfrom= header.d=",
  );
  assert.equal(redacted("550 banned sender[203.0.113.7]"), "550 banned sender[192.0.2.1]");
});

test("providers stay: their hosts with their addresses, their domains, their pages, lists", () => {
  stays(
    "relay=cxr.mx.a.cloudfilter.net[198.51.100.29]:25",
    "relay=mx.west.cox.net. [198.51.100.29], dsn=5.0.0",
    'relay="198.51.100.29 (aspmx.l.google.com)" result',
    "421 See https://www.cox.com/residential/support/email-error-codes.html AUP#CXCNCT",
    "550-5.7.1 https://support.google.com/mail/?p=UnsolicitedMessageError x-20020a05 - gsmtp",
    "[TSS04] Messages temporarily deferred due to user complaints - 4.16.55.1; see https://postmaster.yahooinc.com/error-codes",
    "blocked using zen.spamhaus.org; 127.0.0.2",
    "to=<postmaster@gmail.com>",
  );
});

test("a provider's address stays on later lines, and has one name if it was replaced before", () => {
  const known = "relay=aspmx.l.google.com[198.51.100.29]:25";
  assert.equal(redacted(`${known}\nconnect to 198.51.100.29`), `${known}\nconnect to 198.51.100.29`);
  assert.equal(
    redacted(`connect to 198.51.100.29\n${known}`),
    `connect to 192.0.2.1\n${known.replace("198.51.100.29", "192.0.2.1")}`,
  );
});

test("no pseudonym is an address that stayed", () => {
  assert.equal(
    redacted("relay=aspmx.l.google.com[192.0.2.1]:25 from 203.0.113.7"),
    "relay=aspmx.l.google.com[192.0.2.1]:25 from 192.0.2.2",
  );
});

test("a customer's name in a provider's host is replaced, like its domain", () => {
  becomes({
    "to=<a@contoso.example>, relay=contoso-example.mail.protection.outlook.com[198.51.100.2]:25":
      "to=<user-1@domain-1.example>, relay=domain-1-example.mail.protection.outlook.com[198.51.100.2]:25",
    "contoso-co-uk.mail.protection.outlook.com contoso.co.uk":
      "domain-1-example.mail.protection.outlook.com domain-1.example",
    "from ip198-51-100-7.dc.dc.cox.net[198.51.100.7]": "from host-1.dc.dc.cox.net[192.0.2.1]",
    "abcdefghijklmnopqrstuvwxyz.zen.dq.spamhaus.net": "host-1.zen.dq.spamhaus.net",
  });
});

test("IPv4 is replaced in every spelling", () => {
  becomes({
    "[203.0.113.7]:25 (203.0.113.7) 203.0.113.7: ip=203.0.113.7&x":
      "[192.0.2.1]:25 (192.0.2.1) 192.0.2.1: ip=192.0.2.1&x",
    "::ffff:203.0.113.7 [IPv6:::ffff:203.0.113.7] ::ffff:cb00:7107":
      "::ffff:192.0.2.1 [IPv6:::ffff:192.0.2.1] ::ffff:c000:0201",
    "7.113.0.203.in-addr.arpa 113.0.203.in-addr.arpa": "1.2.0.192.in-addr.arpa 2.0.192.in-addr.arpa",
    "7.113.0.203.zen.spamhaus.org 203.0.113.7": "1.2.0.192.zen.spamhaus.org 192.0.2.1",
    "203.0.113.0/24 421-203.0.113.7 203.000.113.007": "192.0.2.1/24 421-192.0.2.2 192.0.2.2",
    "203-0-113-7.pool.isp.example 203.0.113.7.53": "host-1.host-2.domain-1.example 192.0.2.1.53",
    "http://csi.cloudmark.com/reset-request/?ip=203.0.113.7": "http://csi.cloudmark.com/reset-request/?ip=192.0.2.1",
  });
});

test("IPv6 is replaced in every spelling", () => {
  const nibbles = "5.2.0.0.0.0.0.0.0.0.0.0.0.0.0.0.1.0.0.1.e.f.3.0.0.e.2.0.2.0.a.2";
  const pseudonym = "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2";
  becomes({
    "[IPv6:2a02:2e0:3fe:1001::25]:25 2A02:02E0:03fe:1001:0:0:0:25": "[IPv6:2001:db8::1]:25 2001:db8::1",
    "2a02:2e0:3fe:1001::25: blocked, id:2a02:2e0:3fe:1001::25": "2001:db8::1: blocked, id:2001:db8::1",
    "q?ip=2a02%3A2e0%3A3fe%3A1001%3A%3A25": "q?ip=2001%3Adb8%3A%3A1",
    [`${nibbles}.ip6.arpa 2a02:2e0:3fe:1001::25`]: `${pseudonym}.ip6.arpa 2001:db8::1`,
    [`${nibbles}.zen.spamhaus.org`]: `${pseudonym}.zen.spamhaus.org`,
  });
});

test("the class of an address stays", () => {
  becomes({
    "10.9.8.7 172.20.1.2 192.168.44.3 100.64.7.7 169.254.3.4": "10.0.0.1 172.16.0.1 192.168.0.1 100.64.0.1 169.254.0.1",
    "fd12:3456::7 fe80::1234:5%eth0": "fd00::1 fe80::1%eth0",
  });
  stays("127.0.0.1 127.255.255.254 0.0.0.0 255.255.255.0 224.0.0.1 ::1 :: ff02::1");
});

test("times, fingerprints, versions and modules are no addresses", () => {
  stays(
    "18:16:05 18:16:05.123 2026-11-23T18:16:05+01:00",
    "2F:64:0F:2B:9A:47:E3:5A 00:1a:2b:3c:4d:5e DB::Config",
    "version 4.9.0.12 [#4.16.55.1] (8.17.1) starting daemon (8.17.1.9): SMTP",
  );
});

test("a link to a host that nobody knows loses what only that host understands", () => {
  becomes({
    "https://www.kunde.example/unsubscribe/AbC123?u=77&ip=203.0.113.7":
      "https://www-1.domain-1.example/unsubscribe/part-1?u=part-2&ip=192.0.2.1",
    "http://greylist.example.net/help/example.org.html": "http://host-1.domain-1.example/help/domain-2.example.html",
    "https://ann:secret@www.cox.com/x": "https://user-1@www.cox.com/x",
    "https://www.cox.com/x?user=ann&c=r0201": "https://www.cox.com/x?user=part-1&c=r0201",
  });
});
