// People in all their spellings: mailboxes, accounts, subjects, message ids, paths.
import assert from "node:assert/strict";
import { test } from "node:test";
import { redacted } from "./logs.ts";

/** Each text as it must come out; the spellings that a log can hold. */
function becomes(cases: Readonly<Record<string, string>>): void {
  for (const [text, wanted] of Object.entries(cases)) assert.equal(redacted(text), wanted);
}

test("a mailbox is replaced, and the marks around it stay", () => {
  becomes({
    "to=<ann@example.org>, relay=none": "to=<user-1@domain-1.example>, relay=none",
    "from=ann@example.org, size=1": "from=user-1@domain-1.example, size=1",
    "id=7@app.example.org sender=ann@example.org": "id=user-1@app-1.domain-1.example sender=user-2@domain-1.example",
    "'root@mx1.example.org' {ann@example.org;}": "'root@mx-1.domain-1.example' {user-1@domain-1.example;}",
    "a|b|ann@example.org|c": "a|b|user-1@domain-1.example|c",
    "smtp;ann@example.org,bob@example.org": "smtp;user-1@domain-1.example,user-2@domain-1.example",
    "ann@[203.0.113.7] ann@mx1 ann@203.0.113.7": "user-1@[192.0.2.1] user-1@mx-1 user-1@192.0.2.1",
    "relay=app@localhost": "relay=user-1@localhost",
    "421-ann@example.org is blocked": "421-user-1@domain-1.example is blocked",
  });
});

test("quoted, international and escaped mailboxes are replaced", () => {
  becomes({
    '"john doe"@example.net <jd@example.org>': "user-1@domain-1.example <user-2@domain-2.example>",
    '{"to":"\\"john doe\\"@example.net"}': '{"to":"user-1@domain-1.example"}',
    '{"to":"ann\\u0040example.net","n":1}': '{"to":"user-1\\u0040domain-1.example","n":1}',
    "to=<用户@例子.广告>, x": "to=<user-1@domain-1.example>, x",
    "to=<o'brien+x@bücher.example> bücher.example xn--bcher-kva.example":
      "to=<user-1@domain-1.example> domain-1.example domain-1.example",
    "of mail\\nann@example.org\\nmx.example.org": "of mail\\nuser-1@domain-1.example\\nmx-1.domain-1.example",
    "RCPT TO:<m\\303\\274ller@example.org>: no \\342\\200\\236ann@example.org\\342\\200\\234":
      "RCPT TO:<user-1@domain-1.example>: no \\342\\200\\236user-2@domain-1.example\\342\\200\\234",
    'msg="" identity="@example.org"': 'msg="" identity="@domain-1.example"',
  });
});

test("a mailbox inside another goes with it: VERP, SRS, BATV, percent signs", () => {
  becomes({
    "from=<bounces+ann=example.com@lists.example.org>": "from=<user-1@lists-1.domain-1.example>",
    "F=<SRS0=ab=cd=example.com=ann@fwd.example.org>": "F=<user-1@host-1.domain-1.example>",
    "from=prvs=1234abcdef=ann@example.org, x": "from=user-1@domain-1.example, x",
    "ann%40example.org ann=40example.org": "user-1%40domain-1.example user-1=40domain-1.example",
    "size=4096 helo=40-1-2-3.isp.example": "size=4096 helo=host-1.domain-1.example",
    "https://www.cox.com/u?mail=ann%40example.org&x=1": "https://www.cox.com/u?mail=user-1%40domain-1.example&x=1",
  });
});

test("accounts are replaced behind the keys of logins", () => {
  becomes({
    "sasl_method=LOGIN, sasl_username=ann": "sasl_method=LOGIN, sasl_username=user-1",
    "sasl_username=ann@example.org": "sasl_username=user-1@domain-1.example",
    "<= ann@example.org U=ann A=login:ann P=local": "<= user-1@domain-1.example U=user-1 A=login:user-1 P=local",
    "login authenticator failed: 535 (set_id=ann)": "login authenticator failed: 535 (set_id=user-1)",
    "dovecot: imap-login: user=<ann>, method=PLAIN": "dovecot: imap-login: user=<user-1>, method=PLAIN",
    '{"user":"ann","uid":1001}': '{"user":"user-1","uid":1001}',
    "mx1.example.org: ann set sender to bob@example.org using -f":
      "mx-1.domain-1.example: user-1 set sender to user-2@domain-1.example using -f",
    "uid=1001 from=<ann> to=<root>": "uid=1001 from=<user-1> to=<root>",
    "550 5.1.1 <ann>: Recipient address rejected": "550 5.1.1 <user-1>: Recipient address rejected",
    "550 5.7.1 <app>: Helo command rejected": "550 5.7.1 <app-1>: Helo command rejected",
  });
});

test("paths keep their folders and lose their people", () => {
  becomes({
    "(/home/ann/.forward)": "(/home/user-1/.forward)",
    "to=</var/vmail/example.org/ann/Maildir/>": "to=</var/vmail/domain-1.example/user-1/Maildir/>",
    "open /var/spool/mail/ann: denied": "open /var/spool/mail/user-1: denied",
    "exec ~ann/bin/filter": "exec ~user-1/bin/filter",
    "/usr/sbin/exim4 -Mc 1xVYep-0000Ga-2h": "/usr/sbin/exim4 -Mc 1xVYep-0000Ga-2h",
    "see support.google.com/mail/answer/81126": "see support.google.com/mail/answer/81126",
  });
});

test("subjects, display names and encoded words are replaced", () => {
  becomes({
    '<= a@example.org P=local T="Your \\"bill\\", Ann" for b@example.org':
      '<= user-1@domain-1.example P=local T="subject-1" for user-2@domain-1.example',
    'T="cut off': 'T="cut off',
    ' T="cut off': ' T="subject-1',
    "header Subject: Dear Ann from mx[192.0.2.1]; from=<> to=<a@example.org>":
      "header Subject: subject-1 from mx-1[192.0.2.1]; from=<> to=<user-1@domain-1.example>",
    "Subject: Dear Ann,\n your bill\nTo: x@example.org": "Subject: subject-1\n subject-2\nTo: user-1@domain-1.example",
    'Subject: "Dear Ann", From: Bob_<bob@example.org>': 'Subject: "subject-1", From: name-1<user-1@domain-1.example>',
    'x, Subject: "Dear Ann", From: Bob <bob@example.org>':
      'x, Subject: "subject-1", From: name-1 <user-1@domain-1.example>',
    'From: "Ann, Sales" <ann@example.org>': 'From: "name-1" <user-1@domain-1.example>',
    "From: =?utf-8?q?M=C3=BCller?= x": "From: name-1",
  });
});

test("a message id keeps its host's pseudonym, for others are told by it", () => {
  becomes({
    "message-id=<20261123.F0F0@mx1.example.org>": "message-id=<id-1@mx-1.domain-1.example>",
    "msgid=<ann's own>, x": "msgid=<id-1>, x",
    " id=E1xVY-0@mx1.example.org T=x": " id=id-1@mx-1.domain-1.example T=x",
    "Message-ID: <a@b> and <a@b>": "Message-ID: <id-1@host-1> and <user-1@host-1>",
  });
});

test("the same value has the same pseudonym, whatever its case, and another value another one", () => {
  const text = redacted(
    "ann@example.org Ann@EXAMPLE.org bob@example.org ann@example.net 203.0.113.7 203.0.113.8 203.0.113.7",
  );
  assert.equal(
    text,
    "user-1@domain-1.example user-1@domain-1.example user-2@domain-1.example user-1@domain-2.example 192.0.2.1 192.0.2.2 192.0.2.1",
  );
});

test("a mailbox and a host in a text of qmail end at the underscores that stand for blanks", () => {
  const head = "delivery 5: failure: ";
  becomes({
    [`${head}Connected_to_192.0.2.9_but_mail.corp.example_said:_550_5.1.1_<ann_lee@corp.example>_no/`]: `${head}Connected_to_192.0.2.1_but_mail-1.domain-1.example_said:_550_5.1.1_<user-1@domain-1.example>_no/`,
    [`${head}Remote_host_said:_550_unknown_user_ann_lee@corp.example_at_mail.corp.example_/`]: `${head}Remote_host_said:_550_unknown_user_user-1@domain-1.example_at_mail-1.domain-1.example_/`,
    [`${head}Remote_host_said:_550_mail.corp.example_says_no_(_mail.corp.example_)/`]: `${head}Remote_host_said:_550_mail-1.domain-1.example_says_no_(_mail-1.domain-1.example_)/`,
    [`${head}Connected_to_2a02:2e0::9_but_no/`]: `${head}Connected_to_2001:db8::1_but_no/`,
    "to=<ann_lee@corp.example> my_host.corp.example": "to=<user-1@domain-1.example> host-1.domain-1.example",
  });
});

test("the marks between the fields of Momentum's logs stay, and the mailboxes between them go", () => {
  const head = "1795457765@91/6D-07914-E67BC044@00/00-03736-F4101B54@00/00-04532-A3456B54@";
  becomes({
    [`${head}B@ann@example.net@bob@example.org@group-a@binding-a@21@10@550@203.0.113.7@550 5.1.1 <ann@example.net> no`]: `${head}B@user-1@domain-1.example@user-2@domain-2.example@group-a@binding-a@21@10@550@192.0.2.1@550 5.1.1 <user-1@domain-1.example> no`,
    [`${head}D@ann@example.net@550@421@group-a@binding-a@203.0.113.7@1@1`]: `${head}D@user-1@domain-1.example@550@421@group-a@binding-a@192.0.2.1@1@1`,
    [`${head}P@ann@example.net@default@default@10@20@203.0.113.7@ann@example.net`]: `${head}P@user-1@domain-1.example@default@default@10@20@192.0.2.1@user-1@domain-1.example`,
  });
});

test("a subject in a list of headers is replaced, also where JSON stands in a text of JSON", () => {
  becomes({
    '[{"name":"Subject","value":"Dear \\"Ann\\""}]': '[{"name":"Subject","value":"subject-1"}]',
    '{"Message":"{\\"name\\": \\"Subject\\", \\"value\\": \\"Dear \\\\\\"Ann\\\\\\"\\"}"}':
      '{"Message":"{\\"name\\": \\"Subject\\", \\"value\\": \\"subject-1\\"}"}',
  });
});
