// Filters that stand before their customers' mail: known by their hosts, by their own words elsewhere, and by nothing else.
import assert from "node:assert/strict";
import { test } from "node:test";
import { limitsOf } from "../../server/src/catalogue/limits.ts";
import { lookup } from "../../server/src/catalogue/lookup.ts";
import { refused, through } from "./delivery.ts";

/** A mail host of each filter, as customers' MX records name it. */
const hosts: readonly (readonly [string, string])[] = [
  ["mx0a-00123456.pphosted.com", "proofpoint"],
  ["mxa-00123456.gslb.pphosted.com", "proofpoint"],
  ["mx1-us1.ppe-hosted.com", "proofpoint"],
  ["eu-smtp-inbound-1.mimecast.com", "mimecast"],
  ["za-smtp-inbound-2.mimecast.co.za", "mimecast"],
  ["d123456a.ess.barracudanetworks.com", "barracuda"],
  ["mx1.hc1234-5.iphmx.com", "cisco"],
  ["in.hes.trendmicro.com", "trend-micro"],
  ["example.in.tmes.trendmicro.eu", "trend-micro"],
  ["cluster1.eu.messagelabs.com", "symantec"],
  ["primary.us.email.fireeyecloud.com", "trellix"],
  ["mx3.qq.com", "qq"],
  ["163mx01.mxmail.netease.com", "netease"],
];

for (const [host, id] of hosts) {
  test(`${host} answers as ${id}, whoever the recipient is`, () => {
    const { provider, providerBy } = lookup(refused("550 no", { ...through(host), recipient: "pat@example.net" }));
    assert.deepEqual([provider, providerBy], [id, "relay"]);
  });
}

test("a filter's maker is not taken for the filter", () => {
  for (const host of ["mail.barracudanetworks.com", "mx.cisco.com", "mail.trendmicro.com", "mail.broadcom.com"])
    assert.equal(lookup(refused("550 no", through(host))).provider, undefined, host);
});

/** Appliances answer under their customers' names: only their words tell them. */
const own: readonly (readonly [string, string, string])[] = [
  [
    "554 Your access to this mail system has been rejected due to the sending MTA's poor reputation.",
    "cisco",
    "poor-reputation",
  ],
  ["554 Blocked - see https://ipcheck.proofpoint.com/?ip=192.0.2.1", "proofpoint", "pdr"],
  ["450 cuda_nsu 4.7.1 <pat@example.net>: Policy Rejection- Abuse. Go away.", "barracuda", "abuse"],
  ["550 5.7.26 ETP205 DMARC Failure for domain", "trellix", "ETP205"],
  ["550 Mailbox not found. http://service.mail.qq.com/detail/122/169", "qq", "not-found"],
];

for (const [text, id, row] of own) {
  test(`at a host that nobody knows ${id}'s own words name it: ${row}`, () => {
    const { provider, providerBy, entry } = lookup(refused(text, through("mail.example.net")));
    assert.deepEqual([provider, providerBy, entry.id], [id, "marker", `${id}/${row}`]);
  });
}

test("a list that Barracuda keeps does not make the server that asks it a Barracuda", () => {
  const text =
    "554 5.7.1 blocked using b.barracudacentral.org; http://www.barracudanetworks.com/reputation/?ip=192.0.2.1";
  const { provider, entry } = lookup(refused(text, through("mail.example.net")));
  assert.deepEqual([provider, entry.id], [undefined, "wording/barracuda"]);
});

test("words that only one filter means in its own way mean nothing elsewhere", () => {
  const at = (host: string) => lookup(refused("503 user unknown", through(host))).entry.id;
  assert.equal(at("eu-smtp-inbound-1.mimecast.com"), "mimecast/sequence");
  assert.equal(at("mail.example.net"), "wording/user-unknown");
});

test("a code of Trellix that no row holds is named as unknown", () => {
  const { entry, provider } = lookup(refused("550 ETP299 no", {}));
  assert.deepEqual([entry.id, provider], ["trellix/unknown-code", "trellix"]);
});

test("the codes that NetEase shares with other systems do not name NetEase", () => {
  const { entry, provider } = lookup(refused("450 MI:DMC", through("mail.example.net")));
  assert.deepEqual([entry.id, provider], ["netease/MI-DMC", undefined]);
});

test("Mimecast's own figure on connections and the one that it gave to others both stand", () => {
  const figures = limitsOf("mimecast").map(({ what, value, grade }) => [what, value, grade]);
  assert.deepEqual(figures, [
    ["connections", 20, "provider"],
    ["connections", 10, "secondary"],
    ["messages-per-connection", 100, "secondary"],
    ["recipients-per-message", 100, "provider"],
  ]);
});
