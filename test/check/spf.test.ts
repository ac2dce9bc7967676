// SPF through unbound: what each result is called, where it comes from, and what to put right in whose record.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { spfProbe } from "../../server/src/check/probes/spf.ts";
import type { Mail, Report, Row } from "../../server/src/model.ts";
import { loadMailAuth } from "../../server/src/node/mailAuth.ts";
import { checkThrough, rowOf, subjectAt } from "../support/check.ts";
import { startDns, type TestDns } from "../support/dns.ts";

const ip = "81.2.69.160";
const v6 = "2a02:6b8::25";
const many = Array.from({ length: 11 }, (_, at) => at);
const spf = (name: string, terms: string) => `${name}. TXT "v=spf1 ${terms}"`;
let dns: TestDns;

before(async () => {
  dns = await startDns({
    records: [
      spf("plain.example.net", "ip4:81.2.69.128/26 ip6:2a02:6b8::/32 -all"),
      spf("tree.example.net", "include:one.example.net include:two.example.net ~all"),
      spf("one.example.net", "ip4:81.2.69.1 ?all"),
      spf("two.example.net", "mx:hosts.example.net -all"),
      "hosts.example.net. MX 10 mx.example.net.",
      "mx.example.net. A 81.2.69.160",
      spf("other.example.net", "ip4:81.2.69.1 -all"),
      spf("soft.example.net", "a:mx.example.org ~all"),
      spf("neutral.example.net", "?all"),
      spf("silentend.example.net", "ip4:81.2.69.1"),
      spf("anybody.example.net", "+all"),
      spf("half.example.net", "ip4:0.0.0.0/1 ip4:128.0.0.0/1 -all"),
      spf("away.example.net", "redirect=other.example.net"),
      'bare.example.net. TXT "no policy"',
      spf("twice.example.net", "-all"),
      spf("twice.example.net", "+all"),
      spf("wrong.example.net", "ip4:81.2.69.300 -all"),
      spf("loop.example.net", "include:loop.example.net -all"),
      spf("deep.example.net", many.map((at) => `a:a${at}.example.net`).join(" ")),
      ...many.map((at) => `a${at}.example.net. A 81.2.69.1`),
      spf("voids.example.net", "a:v1.example.net a:v2.example.net a:v3.example.net -all"),
      spf("hosts11.example.net", "mx -all"),
      ...many.map((at) => `hosts11.example.net. MX ${at} a${at}.example.net.`),
      spf("dangling.example.net", "include:gone.example.net -all"),
      spf("quotes.example.net", "ip4:81.2.69.1 \\226\\128\\147all"),
      spf("lame.example.net", "include:x.broken.test -all"),
      spf("macro.example.net", "exists:%{ir}.%{l}.list.example.net -all"),
      "160.69.2.81.alice.list.example.net. A 127.0.0.2",
      spf("told.example.net", "exp=why.example.net -all"),
      'why.example.net. TXT "%{i} may not send for %{d}"',
      spf("mail.example.net", "a -all"),
      "mail.example.net. A 81.2.69.160",
    ],
    faults: { "broken.test": "servfail", "silent.test": "drop", "closed.test": "refuse" },
  });
});
after(() => dns.stop());

function report(mail: Partial<Mail>, address = ip): Promise<Report> {
  return checkThrough(dns.address, address, {
    subject: subjectAt(address, mail),
    probes: [spfProbe],
    mailAuth: loadMailAuth,
    limits: { questionMs: 900 },
  });
}

async function say(domain: string, address = ip): Promise<Row> {
  return rowOf(await report({ sender: `alice@${domain}` }, address), "spf");
}

test("an address that a term covers passes, in IPv4 and in IPv6, and the term is named", async () => {
  const four = await say("plain.example.net");
  assert.equal(four.verdict, "pass");
  assert.match(four.answer, /covered by ip4:81\.2\.69\.128\/26\.$/);
  assert.equal(four.remedy, undefined);
  assert.match((await say("plain.example.net", v6)).answer, /covered by ip6:2a02:6b8::\/32\.$/);
});

test("the tree shows every record that was reached and where the deciding term stands", async () => {
  const row = await say("tree.example.net");
  assert.equal(row.verdict, "pass");
  assert.match(row.answer, /covered by mx:hosts\.example\.net in the record of two\.example\.net\./);
  assert.deepEqual(row.details, [
    "tree.example.net: v=spf1 include:one.example.net include:two.example.net ~all",
    "  one.example.net: v=spf1 ip4:81.2.69.1 ?all",
    "    ?all matches: neutral",
    "  two.example.net: v=spf1 mx:hosts.example.net -all",
    "    mx:hosts.example.net matches: pass",
    "3 of 10 look-ups, 0 of 2 without an answer",
  ]);
  assert.deepEqual(row.asked, [
    "tree.example.net TXT",
    "one.example.net TXT",
    "two.example.net TXT",
    "hosts.example.net MX",
    "mx.example.net A",
  ]);
});

test("a fail names the term to add for just this address, to the user's own record", async () => {
  const row = await say("other.example.net");
  assert.equal(row.verdict, "fail");
  assert.equal(row.turn, "you");
  assert.match(row.answer, /^SPF says fail: .* In the record of other\.example\.net, -all is what decides\.$/);
  assert.match(row.remedy ?? "", /^Add ip4:81\.2\.69\.160 to the SPF record of other\.example\.net, before its "all"/);
  assert.match((await say("other.example.net", v6)).remedy ?? "", /^Add ip6:2a02:6b8::25 to/);
});

test("behind redirect= it is the other record that has to name the address", async () => {
  const { remedy = "" } = await say("away.example.net");
  assert.match(
    remedy,
    /^Add ip4:81\.2\.69\.160 to the SPF record of other\.example\.net, to which away\.example\.net redir/,
  );
});

test("a pass by a term for nearly every address is a pass that is held against the domain", async () => {
  for (const [name, term] of [
    ["anybody", "+all"],
    ["half", "ip4:0.0.0.0/1"],
  ]) {
    const row = await say(`${name}.example.net`);
    assert.equal(row.verdict, "pass");
    assert.match(row.answer, /nearly the whole internet/);
    assert.ok(row.remedy?.startsWith(`Replace ${term} in the SPF record of ${name}.example.net by the addresses`));
  }
  assert.equal((await say("plain.example.net", v6)).remedy, undefined);
});

test("softfail and neutral are no pass and are called by their names", async () => {
  assert.match((await say("soft.example.net")).answer, /^SPF says softfail: /);
  assert.match((await say("neutral.example.net")).answer, /^SPF says neutral: .*\?all is what decides/);
  assert.match((await say("silentend.example.net")).answer, /neutral: .*no term of it covers the address\.$/);
  for (const name of ["soft", "neutral", "silentend"]) assert.equal((await say(`${name}.example.net`)).verdict, "fail");
});

test("a domain without a record, or with other text only, publishes none", async () => {
  for (const domain of ["bare.example.net", "gone.example.net"]) {
    const row = await say(domain);
    assert.equal(row.verdict, "fail");
    assert.match(row.answer, /publishes no SPF record \(none\)/);
    assert.match(row.remedy ?? "", /"v=spf1 ip4:81\.2\.69\.160 ~all"/);
  }
});

const errors: readonly (readonly [string, RegExp, RegExp])[] = [
  ["twice", /^twice\.example\.net publishes more than one SPF record\./, /^Join them/],
  ["wrong", /fault of syntax: Invalid "ip4" term\./, /^Correct that term/],
  ["loop", /takes more than the 10 look-ups/, /ip4: and ip6: terms, which cost none/],
  ["deep", /takes more than the 10 look-ups/, /^Remove include/],
  ["hosts11", /mx term .* more than 10 hosts/, /^Replace that mx term/],
  ["voids", /more than two names that do not exist/, /names lead nowhere/],
  ["dangling", /refers to gone\.example\.net, which publishes no SPF record/, /^Remove or correct/],
  ["quotes", /characters that are not allowed/, /plain ASCII/],
];

for (const [name, answer, remedy] of errors) {
  test(`a permanent error says what is wrong and how to cure it: ${name}`, async () => {
    const row = await say(`${name}.example.net`);
    assert.equal(row.verdict, "fail");
    assert.match(row.answer, answer);
    assert.match(row.answer, /\(permerror\)\.$/);
    assert.match(row.remedy ?? "", remedy);
    assert.ok(!row.details.some((line) => line.includes(" matches: ")));
  });
}

test("a look-up that gets no answer is unknown, never a fail, and names the question", async () => {
  const lame = await say("lame.example.net");
  assert.equal(lame.verdict, "unknown");
  assert.match(lame.answer, /SERVFAIL.*the question x\.broken\.test TXT, so SPF of lame\.example\.net.*temperror/);
  assert.equal((await say("x.silent.test")).verdict, "unknown");
  assert.match((await say("x.closed.test")).answer, /REFUSED/);
});

test("macros make names of the address and the sender, and the plan says that they can", async () => {
  const row = await say("macro.example.net");
  assert.equal(row.verdict, "pass");
  assert.equal(row.asked[1], "160.69.2.81.alice.list.example.net A");
  const [planned] = spfProbe.plan(subjectAt(ip, { sender: "alice@macro.example.net" }));
  assert.match(planned?.what ?? "", /can be made of the address 81\.2\.69\.160, the sender alice@macro\.example\.net/);
});

test("the domain's own explanation of a fail is shown as its words", async () => {
  const { details } = await say("told.example.net");
  assert.equal(details.at(-1), "The domain explains a refusal so: 81.2.69.160 may not send for told.example.net");
});

test("the HELO name is asked about beside the sender, and its lack of a record is no fault then", async () => {
  const both = await report({ sender: "alice@plain.example.net", helo: "mail.example.net" });
  assert.deepEqual(
    both.rows.map(({ id, verdict }) => [id, verdict]),
    [
      ["spf", "pass"],
      ["spf-helo", "pass"],
    ],
  );
  const bare = rowOf(await report({ sender: "alice@plain.example.net", helo: "bare.example.net" }), "spf-helo");
  assert.equal(bare.verdict, "not-checked");
  assert.match(bare.answer, /no SPF record \(none\), so there is nothing to compare/);
});

test("a bounce has no sender, so the HELO name is what SPF goes by", async () => {
  const bounce = await report({ sender: "", helo: "bare.example.net" });
  assert.deepEqual(
    bounce.rows.map(({ id, verdict }) => [id, verdict]),
    [["spf", "fail"]],
  );
  const row = rowOf(await report({ sender: "", helo: "mail.example.net" }), "spf");
  assert.match(row.answer, /may use its name\. It is covered by a\.$/);
  assert.deepEqual(row.asked, ["mail.example.net TXT", "mail.example.net A"]);
});

test("a HELO name that is the sender's domain is not asked about twice", () => {
  const ids = spfProbe.plan(subjectAt(ip, { sender: "a@Example.net", helo: "example.net." })).map(({ id }) => id);
  assert.deepEqual(ids, ["spf"]);
});

test("nothing is planned, so nothing leaves, when neither sender nor HELO is known or can be asked about", async () => {
  const unusable: readonly Partial<Mail>[] = [
    {},
    { headerFrom: "example.net" },
    { sender: "" },
    { sender: "alice", helo: "localhost" },
    { sender: "alice@[192.0.2.1]", helo: "[192.0.2.1]" },
    { sender: "alice@mail.local", helo: "192.0.2.1" },
    { sender: "alice@exa mple.net", helo: "a..example.net" },
  ];
  const before = dns.queries().length;
  for (const mail of unusable) {
    assert.deepEqual(spfProbe.plan(subjectAt(ip, mail)), []);
    assert.deepEqual((await report(mail)).rows, []);
  }
  assert.equal(dns.queries().length, before);
});

test("a sender is asked about however its domain is written, with or without a local part", async () => {
  for (const sender of [
    "alice@PLAIN.example.net.",
    "@plain.example.net",
    "plain.example.net",
    '"a@b"@plain.example.net',
  ]) {
    assert.equal(rowOf(await report({ sender }), "spf").verdict, "pass", sender);
  }
});

test("a domain in other letters is asked about by its A-label", () => {
  const [planned] = spfProbe.plan(subjectAt(ip, { sender: "a@Bücher.example.net" }));
  assert.match(planned?.question ?? "", /xn--bcher-kva\.example\.net/);
});

test("where the evaluation cannot run the row says so and asks nothing", async () => {
  const before = dns.queries().length;
  for (const mailAuth of [undefined, () => Promise.reject(new Error("too old"))]) {
    const subject = subjectAt(ip, { sender: "alice@plain.example.net" });
    const row = rowOf(await checkThrough(dns.address, ip, { subject, probes: [spfProbe], mailAuth }), "spf");
    assert.equal(row.verdict, "not-checked");
    assert.match(row.answer, /^SPF is not checked here: /);
  }
  assert.equal(dns.queries().length, before);
});

test("a cancelled evaluation is not checked, and says nothing about SPF", async () => {
  const subject = subjectAt(ip, { sender: "alice@x.silent.test" });
  const cancel = AbortSignal.timeout(200);
  const found = await checkThrough(dns.address, ip, {
    subject,
    probes: [spfProbe],
    mailAuth: loadMailAuth,
    signal: cancel,
  });
  assert.equal(rowOf(found, "spf").verdict, "not-checked");
});
