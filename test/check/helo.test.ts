// The name in HELO: a full name that leads to the address, or a reason and the setting that cures it.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { heloProbe } from "../../server/src/check/probes/helo.ts";
import type { Row } from "../../server/src/model.ts";
import { checkThrough, rowOf, subjectAt } from "../support/check.ts";
import { startDns, type TestDns } from "../support/dns.ts";

const ip = "81.2.69.160";
const v6 = "2a02:6b8::25";
const reverse = "160.69.2.81.in-addr.arpa PTR";
let dns: TestDns;

before(async () => {
  dns = await startDns({
    records: [
      "160.69.2.81.in-addr.arpa. PTR mail.example.net.",
      "5.2.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.6.0.2.0.a.2.ip6.arpa. PTR mail.example.net.",
      "161.69.2.81.in-addr.arpa. PTR ip81-2-69-161.isp.example.net.",
      "mail.example.net. A 81.2.69.160",
      "mail.example.net. AAAA 2a02:6b8::25",
      "second.example.net. A 81.2.69.1",
      "second.example.net. A 81.2.69.160",
      "alias.example.net. CNAME mail.example.net.",
      "elsewhere.example.net. A 81.2.69.1",
      "onlysix.example.net. AAAA 2a02:6b8::25",
      "text.example.net. TXT nothing",
    ],
    faults: { "broken.test": "servfail", "silent.test": "drop", "half.test": "servfail" },
  });
});
after(() => dns.stop());

async function say(helo: string, address = ip): Promise<Row> {
  const report = await checkThrough(dns.address, address, {
    subject: subjectAt(address, { helo }),
    probes: [heloProbe],
    limits: { questionMs: 900 },
  });
  return rowOf(report, "helo");
}

test("without a known HELO nothing is planned", () => {
  assert.deepEqual(heloProbe.plan(subjectAt(ip)), []);
  assert.deepEqual(heloProbe.plan(subjectAt(ip, { helo: " " })), []);
});

test("the plan names the name that leaves, and only when it will be asked about", () => {
  const planned = (helo: string) =>
    heloProbe.plan(subjectAt(ip, { helo })).map(({ id, what, whom }) => [id, what, whom]);
  assert.deepEqual(planned("Mail.Example.NET"), [
    ["helo", "the name in HELO, mail.example.net", "the name servers of that name"],
  ]);
  assert.deepEqual(planned("localhost"), [
    ["helo", `the reverse name of ${ip}`, "the name servers of the address's network"],
  ]);
});

test("a full name that leads to the address and is the one of reverse DNS passes", async () => {
  for (const helo of ["mail.example.net", "MAIL.Example.net", "mail.example.net."]) {
    const row = await say(helo);
    assert.equal(row.verdict, "pass", helo);
    assert.equal(
      row.answer,
      "mail.example.net is a full name and leads to the address. Reverse DNS gives the same name.",
    );
    assert.deepEqual([...row.asked].sort(), [reverse, "mail.example.net A", "mail.example.net AAAA"]);
  }
  assert.equal((await say("mail.example.net", v6)).verdict, "pass");
});

test("a name beside the one of reverse DNS passes, and the same one is recommended", async () => {
  for (const helo of ["second.example.net", "alias.example.net"]) {
    const row = await say(helo);
    assert.equal(row.verdict, "pass");
    assert.match(row.answer, /Reverse DNS gives another name, mail\.example\.net: .*recommended, not required/);
    assert.equal(row.remedy, undefined);
  }
});

test("without reverse DNS there is nothing to compare with, which is no fault of the name", async () => {
  const report = await checkThrough(dns.address, "81.2.69.1", {
    subject: subjectAt("81.2.69.1", { helo: "elsewhere.example.net" }),
    probes: [heloProbe],
  });
  assert.equal(rowOf(report, "helo").verdict, "pass");
  assert.match(rowOf(report, "helo").answer, /no name from reverse DNS to compare/);
});

test("a name that leads elsewhere, to the other family only, or nowhere is a finding with the right name in the remedy", async () => {
  const answers: Readonly<Record<string, RegExp>> = {
    "elsewhere.example.net": /leads to 81\.2\.69\.1, not to 81\.2\.69\.160\..*may not be refused for that alone/,
    "onlysix.example.net": /leads to 2a02:6b8::25, not to 81\.2\.69\.160\. It has no A record at all/,
    "text.example.net": /has no address in the DNS/,
    "nowhere.example.net": /has no address in the DNS/,
  };
  for (const [helo, answer] of Object.entries(answers)) {
    const row = await say(helo);
    assert.equal(row.verdict, "fail", helo);
    assert.match(row.answer, answer);
    assert.match(row.remedy ?? "", /give it an A record with 81\.2\.69\.160\. If not: Set the name/);
    assert.match(row.remedy ?? "", /smtp_helo_name.*primary_hostname.*confDOMAIN_NAME.*mail\.example\.net if that is/);
    assert.equal(row.turn, "you");
  }
});

test("names that cannot stand for a server on the internet are findings, and nobody is asked about them", async () => {
  const faults: Readonly<Record<string, RegExp>> = {
    localhost: /single word/,
    mailserver: /single word/,
    "localhost.localdomain": /zone for local use/,
    "mail.local": /zone for local use/,
    "srv1.office.lan": /zone for local use/,
    "exchange.corp.internal": /zone for local use/,
    "box.home.arpa": /zone for local use/,
    "mail_server.example.net": /no host name/,
    "mail server.example.net": /no host name/,
    "-mail.example.net": /no host name/,
    "mail..example.net": /no host name/,
    "bücher.example.net": /no host name/,
    [`${"x".repeat(64)}.example.net`]: /no host name/,
    "81.2.69.160": /address without brackets/,
    "81.2.69.1": /address without brackets.*not even the address that was seen, 81\.2\.69\.160/,
    "[81.2.69.160]": /address in brackets.*5321 4\.1\.3.*refuse or mark down/,
    "[IPv6:2a02:6b8::25]": /address in brackets.*not even/,
    "[81.2.69]": /no host name/,
  };
  for (const [helo, answer] of Object.entries(faults)) {
    const before = dns.queries().length;
    const row = await say(helo);
    assert.equal(row.verdict, "fail", helo);
    assert.match(row.answer, answer, helo);
    assert.match(row.remedy ?? "", /mail\.example\.net if that is yours/);
    assert.deepEqual(dns.queries().slice(before), [reverse], helo);
  }
});

test("without a name in reverse DNS, or with a generated one, the remedy asks for a full name", async () => {
  for (const address of ["81.2.69.199", "81.2.69.161"]) {
    const { remedy } = await say("localhost", address);
    assert.match(remedy ?? "", /to its full name in your domain, such as mail\.example\.com\./, address);
  }
});

test("SERVFAIL and silence leave the question open", async () => {
  for (const helo of ["x.broken.test", "x.silent.test"]) {
    const row = await say(helo);
    assert.equal(row.verdict, "unknown", helo);
    assert.match(row.answer, /not known whether x\.(broken|silent)\.test leads to the address/);
    assert.equal(row.remedy, undefined);
  }
});

test("what a stranger wrote as HELO is shown as short plain text", async () => {
  const nasty = `\u001b[31m\u202eevil${"x".repeat(5_000)}`;
  const row = await say(nasty);
  assert.equal(row.verdict, "fail");
  assert.match(JSON.stringify(row), /^[\x20-\x7e]*$/);
  assert.ok(JSON.stringify(row).length < 3_000);
});
