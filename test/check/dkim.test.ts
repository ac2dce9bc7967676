// DKIM keys through unbound: only those that the log names, and what each of them is worth to a receiver.
import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { after, before, test } from "node:test";
import { dkimProbe } from "../../server/src/check/probes/dkim.ts";
import type { Report, Row, Signature } from "../../server/src/model.ts";
import { checkThrough, rowOf, subjectAt } from "../support/check.ts";
import { startDns, type TestDns } from "../support/dns.ts";

const ip = "81.2.69.160";
let dns: TestDns;

function rsa(bits: number, type: "spki" | "pkcs1" = "spki"): string {
  const { publicKey } = generateKeyPairSync("rsa", { modulusLength: bits });
  return publicKey.export({ format: "der", type }).toString("base64");
}

function record(selector: string, text: string): string {
  const parts = text.match(/.{1,200}/g) ?? [];
  return `${selector}._domainkey.example.net. TXT ${parts.map((part) => `"${part.replace(/;/g, "\\;")}"`).join(" ")}`;
}

const edwards = generateKeyPairSync("ed25519").publicKey.export({ format: "der", type: "spki" }).subarray(-32);
const good = `v=DKIM1; k=rsa; p=${rsa(2048)}`;

before(async () => {
  dns = await startDns({
    records: [
      record("good", good),
      record("s1.2026", good),
      "alias._domainkey.example.net. CNAME good._domainkey.example.net.",
      record("big", `v=DKIM1; p=${rsa(4096)}`),
      record("huge", `v=DKIM1; p=${rsa(4104)}`),
      record("weak", `v=DKIM1; p=${rsa(1024)}`),
      record("tiny", `v=DKIM1; p=${rsa(512)}`),
      record("bare", `v=DKIM1; p=${rsa(2048, "pkcs1")}`),
      record("ed", `v=DKIM1; k=ed25519; p=${edwards.toString("base64")}`),
      record("test", `${good}; t=y:s`),
      record("sha1", `${good}; h=sha1:sha256`),
      record("revoked", "v=DKIM1; p="),
      record("cut", good.slice(0, -30)),
      record("onlysha1", `${good}; h=sha1`),
      record("dsa", "v=DKIM1; k=dsa; p=AAAA"),
      record("nomail", `${good}; s=tlsrpt`),
      record("text", "welcome"),
      record("spf", "v=spf1 -all"),
      record("two", good),
      record("two", "v=DKIM1; p="),
      "_domainkey.example.net. A 192.0.2.1",
      "nodata._domainkey.example.net. A 192.0.2.1",
      record("evil", "v=\\027[31mDKIM1\\226\\128\\174"),
    ],
    faults: { "broken.test": "servfail", "silent.test": "drop" },
  });
});
after(() => dns.stop());

function report(...signatures: readonly Signature[]): Promise<Report> {
  const subject = subjectAt(ip, { signatures });
  return checkThrough(dns.address, ip, { subject, probes: [dkimProbe], limits: { questionMs: 900 } });
}

async function say(selector: string, domain = "example.net"): Promise<Row> {
  return rowOf(await report({ selector, domain }), "dkim");
}

test("a sound key passes, and nothing is claimed about the signature", async () => {
  const row = await say("good");
  assert.equal(row.verdict, "pass");
  assert.match(
    row.answer,
    /^There is a key at good\._domainkey\.example\.net \(RSA, 2048 bits\)\. Whether the signature verifies cannot/,
  );
  assert.equal(row.remedy, undefined);
  assert.deepEqual(row.asked, ["good._domainkey.example.net TXT"]);
  for (const selector of ["alias", "s1.2026", "big", "GOOD"]) assert.equal((await say(selector)).verdict, "pass");
});

const notes: readonly (readonly [string, RegExp, RegExp])[] = [
  ["weak", /\(RSA, 1024 bits\)\. Keys under 2048 bits are weak/, /2048 bits/],
  ["huge", /over 4096 bits/, /2048 bits/],
  ["bare", /bare form \(PKCS #1\)/, /^Publish the record anew/],
  ["ed", /\(Ed25519\)\. Many receivers cannot verify Ed25519/, /RSA key of 2048 bits as well/],
  ["test", /t=y marks it as a test.*t=s/, /^Remove t=y when the test is over\.$/],
  ["sha1", /still allows sha1; a signature made with rsa-sha1 counts as none \(RFC 8301\)/, /rsa-sha256/],
];

for (const [selector, answer, remedy] of notes) {
  test(`a key passes with a word of warning: ${selector}`, async () => {
    const row = await say(selector);
    assert.equal(row.verdict, "pass");
    assert.match(row.answer, answer);
    assert.match(row.remedy ?? "", remedy);
  });
}

test("an Ed25519 key beside another signature is no reason to warn", async () => {
  const both = await report({ selector: "good", domain: "example.net" }, { selector: "ed", domain: "example.net" });
  assert.equal(rowOf(both, "dkim-2").remedy, undefined);
  assert.doesNotMatch(rowOf(both, "dkim-2").answer, /cannot verify Ed25519/);
});

const failures: readonly (readonly [string, RegExp, RegExp])[] = [
  [
    "absent",
    /no key at absent\._domainkey\.example\.net \(NXDOMAIN\)/,
    /^Publish the public key as a TXT record at absent\._dom/,
  ],
  ["nodata", /\(NODATA\)/, /^Publish the public key/],
  ["tiny", /has 512 bits, and receivers must not accept fewer than 1024 \(RFC 8301\)/, /Make a key of 2048 bits/],
  ["revoked", /key is revoked \(p= is empty\)/, /selector whose key is in force/],
  ["cut", /key is damaged/, /nothing cut off and nothing added/],
  ["onlysha1", /does not allow sha256.*\(h=sha1\)/, /h=sha256/],
  ["dsa", /not one that receivers know \(k=dsa\)/, /RSA key of 2048 bits/],
  ["nomail", /key is not for mail \(s=tlsrpt\)/, /s=email/],
  ["text", /no list of tags/, /^Publish the record anew/],
  ["spf", /no DKIM1 key \(v=spf1 -all\)/, /^Publish the record anew/],
  ["two", /holds 2 TXT records, and only one may stand there/, /remove the others/],
];

for (const [selector, answer, remedy] of failures) {
  test(`a key that no receiver can use fails: ${selector}`, async () => {
    const row = await say(selector);
    assert.equal(row.verdict, "fail");
    assert.equal(row.turn, "you");
    assert.match(row.answer, answer);
    assert.match(row.answer, /Signatures of example\.net by it count as none\.$/);
    assert.match(row.remedy ?? "", remedy);
  });
}

test("a key that could not be read is unknown, never missing", async () => {
  const broken = await say("s1", "broken.test");
  assert.equal(broken.verdict, "unknown");
  assert.match(broken.answer, /SERVFAIL.*not known whether the key is in order/);
  assert.equal((await say("s1", "silent.test")).verdict, "unknown");
});

test("what strangers write into a record is shown as plain text", async () => {
  const row = await say("evil");
  for (const text of [row.answer, ...row.details, ...row.answers]) assert.match(text, /^[\x20-\x7e]*$/);
});

test("each signature is a row of its own, each key once, at most five", async () => {
  const named = ["good", "GOOD", "s1.2026", "weak", "tiny", "revoked", "cut"].map((selector) => ({
    selector,
    domain: "example.net",
  }));
  const { rows } = await report(...named);
  assert.deepEqual(
    rows.map(({ id }) => id),
    ["dkim", "dkim-2", "dkim-3", "dkim-4", "dkim-5"],
  );
  assert.match(rows[4]?.question ?? "", /"revoked"/);
});

test("without a known selector nothing is planned: selectors are not guessed", async () => {
  const before = dns.queries().length;
  const unusable: readonly Signature[] = [
    { selector: "", domain: "example.net" },
    { selector: "s1", domain: "" },
    { selector: "s1", domain: "localhost" },
    { selector: "s 1", domain: "example.net" },
    { selector: "s1", domain: "example.net/x" },
    { selector: "a".repeat(64), domain: "example.net" },
    { selector: "..", domain: "example.net" },
  ];
  assert.deepEqual((await report(...unusable)).rows, []);
  const full = subjectAt(ip, { sender: "alice@example.net", headerFrom: "example.net", helo: "mail.example.net" });
  assert.deepEqual(dkimProbe.plan(full), []);
  assert.equal(dns.queries().length, before);
});

test("the plan names the key and whose name servers learn of the question", () => {
  const [planned] = dkimProbe.plan(subjectAt(ip, { signatures: [{ selector: "s1", domain: "example.net" }] }));
  assert.equal(planned?.what, "the DKIM key s1._domainkey.example.net");
  assert.equal(planned?.whom, "the name servers of example.net");
});
