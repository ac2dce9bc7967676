// The envelope sender's domain through unbound: whether a bounce could go anywhere.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { senderDomainProbe } from "../../server/src/check/probes/senderDomain.ts";
import type { Row } from "../../server/src/model.ts";
import { checkThrough, rowOf, subjectAt } from "../support/check.ts";
import { startDns, type TestDns } from "../support/dns.ts";

const ip = "81.2.69.160";
let dns: TestDns;

before(async () => {
  dns = await startDns({
    records: [
      "mx.example.net. MX 10 b.example.net.",
      "mx.example.net. MX 5 a.example.net.",
      ...Array.from({ length: 7 }, (_, at) => `many.example.net. MX ${at} h${at}.example.net.`),
      "four.example.net. A 81.2.69.1",
      "six.example.net. AAAA 2a02:6b8::1",
      "null.example.net. MX 0 .",
      "text.example.net. TXT nothing",
      "half.example.net. CNAME x.broken.test.",
      "evil.example.net. MX 0 \\027[31m\\226\\128\\174.example.net.",
    ],
    faults: { "broken.test": "servfail", "silent.test": "drop", "closed.test": "refuse" },
  });
});
after(() => dns.stop());

async function say(sender: string): Promise<Row> {
  const subject = subjectAt(ip, { sender });
  const report = await checkThrough(dns.address, ip, {
    subject,
    probes: [senderDomainProbe],
    limits: { questionMs: 900 },
  });
  return rowOf(report, "sender-domain");
}

test("a domain with mail servers, or with an address of its own, can receive bounces", async () => {
  const row = await say("alice@mx.example.net");
  assert.equal(row.verdict, "pass");
  assert.match(row.answer, /^mx\.example\.net has mail servers \(MX\): (?:a|b)\.example\.net, (?:a|b)\.example\.net\./);
  assert.deepEqual(row.asked, ["mx.example.net MX"]);
  for (const name of ["four", "six"]) {
    const own = await say(`alice@${name}.example.net`);
    assert.equal(own.verdict, "pass");
    assert.match(own.answer, /no MX record, so mail for it goes to its own address/);
  }
  assert.match((await say("alice@many.example.net")).answer, / and 2 more\. /);
});

test("a null MX says that nothing can be returned", async () => {
  const row = await say("alice@null.example.net");
  assert.equal(row.verdict, "fail");
  assert.match(row.answer, /takes no mail at all \(a null MX, RFC 7505\)/);
  assert.match(row.remedy ?? "", /^Send with an envelope sender whose domain takes mail/);
});

test("a domain that does not exist and one without mail are told apart", async () => {
  const gone = await say("alice@gone.example.net");
  assert.equal(gone.verdict, "fail");
  assert.match(gone.answer, /does not exist in the DNS \(NXDOMAIN\)/);
  assert.deepEqual(gone.asked, ["gone.example.net MX"]);
  const bare = await say("alice@text.example.net");
  assert.equal(bare.verdict, "fail");
  assert.match(bare.answer, /neither MX nor A nor AAAA/);
  assert.deepEqual(bare.asked, ["text.example.net MX", "text.example.net A", "text.example.net AAAA"]);
});

test("a domain that could not be read is unknown", async () => {
  for (const domain of ["x.broken.test", "x.silent.test", "x.closed.test", "half.example.net"]) {
    const row = await say(`alice@${domain}`);
    assert.equal(row.verdict, "unknown");
    assert.match(row.answer, /not known whether .* can receive mail\.$/);
    assert.equal(row.remedy, undefined);
  }
});

test("what strangers write into an MX is shown as plain text", async () => {
  assert.match((await say("alice@evil.example.net")).answer, /^[\x20-\x7e]+$/);
});

test("nothing is planned for the null sender and for what is no domain", () => {
  for (const sender of [undefined, "", "alice", "alice@localhost", "alice@[192.0.2.1]", "alice@printer.local"]) {
    assert.deepEqual(senderDomainProbe.plan(subjectAt(ip, { sender })), []);
  }
  const [planned] = senderDomainProbe.plan(subjectAt(ip, { sender: '"a@b"@Example.net.' }));
  assert.equal(planned?.what, "the envelope sender's domain example.net");
});
