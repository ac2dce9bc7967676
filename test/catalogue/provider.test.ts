// Who answered: relay host, then text, then the recipient's domain at the date of the line.
import assert from "node:assert/strict";
import { test } from "node:test";
import { lookup } from "../../server/src/catalogue/lookup.ts";
import type { Delivery } from "../../server/src/model.ts";
import { failed, refused, through } from "./delivery.ts";

const to = (recipient: string): Partial<Delivery> => ({ recipient });
const on = (day: string | undefined): Partial<Delivery> => ({ time: day && `${day}T12:00:00` });

function who(delivery: Delivery): string {
  const { provider, providerBy } = lookup(delivery);
  return `${provider} by ${providerBy}`;
}

test("the relay host names the provider", () => {
  for (const [host, expected] of [
    ["cxr.mx.a.cloudfilter.net", "cox by relay"],
    ["mx.west.cox.net", "cox by relay"],
    ["MX.East.Cox.Net", "cox by relay"],
    ["mwd-ibgw-6004a.ext.cloudfilter.net", "cloudmark by relay"],
    ["mx0.charter.net", "spectrum by relay"],
    ["p-impin020.msg.pkvw.co.charter.net", "spectrum by relay"],
    ["mta7.am0.yahoodns.net", "yahoo by relay"],
    ["gmail-smtp-in.l.google.com", "gmail by relay"],
    ["example-com.mail.protection.outlook.com", "exchange-online by relay"],
    ["hotmail-com.olc.protection.outlook.com", "outlook by relay"],
    ["smtp.office365.com", "exchange-online by relay"],
    ["mx01.mail.icloud.com", "apple by relay"],
  ] as const) {
    assert.equal(who(refused("550 5.7.1 no", through(host))), expected, host);
  }
});

test("a host that only ends like a provider's is not the provider's", () => {
  for (const host of ["notcox.net", "cox.net.example.org", "mx.yahoodns.net.example", "cloudfilter.net.example"]) {
    assert.equal(who(refused("550 5.7.1 no", through(host))), "undefined by none", host);
  }
});

test("the relay host is believed before the recipient's domain", () => {
  const parts = { ...through("mx-aol.mail.gm0.yahoodns.net"), ...to("a@cox.net"), ...on("2023-01-01") };
  assert.equal(who(refused("554 5.7.9 Message not accepted", parts)), "yahoo by relay");
});

test("without a known host the text names the provider", () => {
  for (const [text, expected] of [
    ["550 5.1.0 <a@b.example> sender rejected. AUP#CXSNDR", "cox by marker"],
    ["554 refused AUP#IPBL0001", "cox by marker"],
    [
      "550 Refer to Error Codes section at https://www.cox.com/business/support/email-error-codes.html",
      "cox by marker",
    ],
    ["550 see http://postmaster.cox.net/confluence/display/postmaster/Error+Codes", "cox by marker"],
    ["554 fed1rmmtai112.cox.net bizsmtp 192.0.2.1 rejected - no rDNS", "cox by banner"],
    ["554 fed1rmmtai112.cox.net ESMTP no data before greeting", "cox by banner"],
    ["554 p-impin020.msg.pkvw.co.charter.net cmsmtp Connection Rejected", "spectrum by banner"],
    ["421 mwd-ibgw-6004a.ext.cloudfilter.net cmsmtp 192.0.2.1 blocked AUP#CNCT:", "cloudmark by marker"],
    ["421 cmsmtp 192.0.2.1 blocked", "cloudmark by banner"],
    ["550 5.1.0 <a@b.example> sender rejected. AUP#In-1310", "spectrum by marker"],
    ["550 sender rejected AUP#I-1010", "spectrum by marker"],
    ["550 5.7.1 no  abc123.4 - gsmtp", "gmail by marker"],
  ] as const) {
    assert.equal(who(refused(text, through("smtp.relay.example"))), expected, text);
    assert.equal(who(refused(text)), expected, text);
  }
});

test("a name of Cox's network in the middle of another's refusal does not make it Cox's", () => {
  const text = "554 5.7.1 <wsip-192-0-2-1.ph.ph.cox.net[192.0.2.1]>: Client host rejected: Access denied";
  assert.equal(who(refused(text)), "undefined by none");
});

test("AUP# alone is not Cox: on a shared platform the recipient's domain tells the tenant", () => {
  assert.equal(who(refused("550 sender rejected AUP#CDRBL")), "cloudmark by banner");
  assert.equal(who(refused("550 sender rejected AUP#CDRBL", to("a@cox.net"))), "cox by recipient");
  assert.equal(who(refused("550 sender rejected AUP#CDRBL", to("a@charter.net"))), "spectrum by recipient");
  const relay = through("x.ext.cloudfilter.net");
  assert.equal(who(refused("421 cmsmtp blocked", { ...relay, ...to("a@shaw.ca") })), "cloudmark by relay");
  assert.equal(who(refused("421 cmsmtp blocked AUP#CXCNCT", { ...relay, ...to("a@shaw.ca") })), "cox by marker");
});

test("cox.net was Cox's until the end of September 2024 and is Yahoo's since", () => {
  const at = (day: string | undefined): string =>
    who(failed("Connection timed out", { ...to("a@cox.net"), ...on(day) }));
  assert.equal(at("2024-09-30"), "cox by recipient");
  assert.equal(at("2024-10-01"), "yahoo by recipient");
  assert.equal(at("2012-01-01"), "cox by recipient");
  assert.equal(at(undefined), "yahoo by recipient");
});

test("aol.com was AOL's own until February 2018 and is Yahoo's since", () => {
  const at = (day: string | undefined): string =>
    who(failed("Connection timed out", { ...to("a@aol.com"), ...on(day) }));
  assert.equal(at("2018-01-31"), "aol by recipient");
  assert.equal(at("2018-02-01"), "yahoo by recipient");
  assert.equal(at(undefined), "yahoo by recipient");
  assert.equal(who(refused("554 no", through("mailin-01.mx.aol.com"))), "aol by relay");
  assert.equal(who(refused("421 no", through("mx-aol.mail.gm0.yahoodns.net"))), "yahoo by relay");
  assert.equal(who(refused("421 4.7.1 : (DYN:T1)")), "aol by marker");
  assert.equal(who(refused("421 [IPTS04] Messages from 192.0.2.1 temporarily deferred")), "yahoo by marker");
});

test("a line without a date is read as a recent one, and says so", () => {
  const { remarks } = lookup(refused("550 5.1.1 no such user", { ...to("a@cox.net"), ...on(undefined) }));
  assert.ok(remarks.some((remark) => /no date.*cox\.net is answered by Yahoo since 2024-10-01/.test(remark)));
});

test("a domain below a provider's is the provider's only where the catalogue says so", () => {
  assert.equal(who(refused("550 no", to("a@austin.rr.com"))), "spectrum by recipient");
  assert.equal(who(refused("550 no", to("a@west.cox.net"))), "undefined by none");
  assert.equal(who(refused("550 no", to("a@COX.NET"))), "cox by recipient");
});

test("our own refusal of a stranger has no provider, whatever the stranger's host is called", () => {
  const parts = {
    ...through("wsip-192-0-2-1.ph.ph.cox.net"),
    direction: "we-refused-them",
    ...to("a@cox.net"),
  } as const;
  assert.equal(who(refused("550 5.7.1 Relaying denied", parts)), "undefined by none");
});

test("a Cox code from a Yahoo host keeps both in sight", () => {
  const found = lookup(refused("421 cmsmtp blocked AUP#CXCNCT", through("mta5.am0.yahoodns.net")));
  assert.equal(found.entry.id, "cox/CXCNCT");
  assert.equal(found.provider, "yahoo");
  assert.ok(found.remarks.some((remark) => /relay host belongs to Yahoo, but the code is one of Cox/.test(remark)));
});

test("a Cox code for cox.net after the move is called unusual, before it is not", () => {
  const unusual = (day: string | undefined): string[] =>
    lookup(refused("421 cmsmtp blocked AUP#CXCNCT", { ...to("a@cox.net"), ...on(day) })).remarks.filter((remark) =>
      remark.includes("answered by Yahoo"),
    );
  assert.deepEqual(unusual("2024-09-30"), []);
  assert.match(unusual("2024-10-01")[0] ?? "", /unusual/);
  assert.match(unusual(undefined)[0] ?? "", /no date/);
  assert.equal(unusual("2026-11-23").length, 1);
});

test("host names of any length and shape do no harm", () => {
  for (const host of ["", ".", "..", "a".repeat(5000), ".cox.net".repeat(900), "\u202e.cox.net", "*.cox.net"]) {
    assert.ok(lookup(refused("550 no", { ...through(host), ...to(`x@${host}`) })).entry.id, host.slice(0, 20));
  }
});
