// The evaluation of SPF behind our own contract: it asks by the check alone, explains itself, and never throws.
import assert from "node:assert/strict";
import dns from "node:dns";
import os from "node:os";
import { mock, test } from "node:test";
import type { SpfQuestion, SpfResult } from "../../server/src/check/mailAuth.ts";
import type { DnsAnswer, DnsSilence } from "../../server/src/check/resolver.ts";
import { mailAuth } from "../../server/src/node/mailAuth/library.ts";
import { type LiteralZone, literalResolver } from "../support/dns-literal.ts";
import { attacks } from "../support/nasty.ts";
import { askZone, readSuite } from "../support/spf-suite.ts";

const never = new AbortController().signal;

async function evaluate(zone: LiteralZone, own: Partial<SpfQuestion> = {}): Promise<SpfResult> {
  const resolver = literalResolver(zone);
  const question = { ip: "81.2.69.160", sender: "alice@example.net", helo: "mail.example.net", ...own };
  return mailAuth.spf(question, (name, type) => resolver.query(name, type, never));
}

test("over the whole suite nothing is asked but through the check, and this machine's name is not used", async () => {
  const own = [
    mock.method(dns.promises, "resolve"),
    mock.method(dns, "resolve"),
    mock.method(dns, "lookup"),
    mock.method(os, "hostname"),
  ];
  for (const scenario of readSuite()) {
    for (const { host, mailfrom, helo } of Object.values(scenario.tests)) {
      await mailAuth.spf({ ip: host, sender: mailfrom, helo }, askZone(scenario));
    }
  }
  const domain = { headerFrom: "a.b.example.net", spfDomains: ["x.example.net"], dkimDomains: ["y.example.net"] };
  await mailAuth.dmarc(domain, async () => ({ kind: "nxdomain" }));
  await mailAuth.dmarc(domain, async () => ({ kind: "answer", records: ["v=DMARC1; p=none; np=reject"] }));
  assert.deepEqual(
    own.map((method) => method.mock.callCount()),
    [0, 0, 0, 0],
  );
  mock.restoreAll();
});

test("over the whole suite the deciding term is found for every result but those that hang on %{p}", async () => {
  const without: string[] = [];
  for (const scenario of readSuite()) {
    for (const [name, { host, mailfrom, helo }] of Object.entries(scenario.tests)) {
      const { result, matched } = await mailAuth.spf({ ip: host, sender: mailfrom, helo }, askZone(scenario));
      if (["pass", "fail", "softfail"].includes(result) && matched === undefined) without.push(name);
    }
  }
  assert.deepEqual(without, ["p-macro-multiple"]);
});

test("each silence of the DNS is a temporary error with its reason, and absence is none", async () => {
  const silent: readonly DnsSilence[] = ["servfail", "refused", "timeout", "unreachable", "cancelled", "invalid"];
  for (const silence of silent) {
    const { result, fault, problem, silence: found } = await evaluate({ "example.net TXT": silence });
    assert.deepEqual([result, fault, problem, found], ["temperror", "dns", "example.net TXT", silence]);
  }
  for (const absence of ["nxdomain", "nodata"] as const) {
    assert.equal((await evaluate({ "example.net TXT": absence })).result, "none");
  }
});

test("the records and the look-ups are told as they were", async () => {
  const found = await evaluate({
    "example.net TXT": ["other text", "v=spf1 a:void.example.net include:list.example.net -all"],
    "list.example.net TXT": ["v=spf1 ip4:81.2.69.0/24 -all"],
  });
  assert.deepEqual(found, {
    result: "pass",
    domain: "example.net",
    record: "v=spf1 a:void.example.net include:list.example.net -all",
    matched: "ip4:81.2.69.0/24",
    at: "list.example.net",
    problem: undefined,
    fault: undefined,
    silence: undefined,
    explanation: undefined,
    lookups: { count: 2, limit: 10, void: 1 },
    tree: [
      "example.net: v=spf1 a:void.example.net include:list.example.net -all",
      "  list.example.net: v=spf1 ip4:81.2.69.0/24 -all",
      "    ip4:81.2.69.0/24 matches: pass",
    ],
  });
});

test("a term that excludes is named itself, not what stands in the record behind it", async () => {
  const found = await evaluate({
    "example.net TXT": ["v=spf1 -include:bad.example.net +all"],
    "bad.example.net TXT": ["v=spf1 ip4:81.2.69.160 -all"],
  });
  assert.deepEqual([found.result, found.matched, found.at], ["fail", "-include:bad.example.net", "example.net"]);
});

test("every kind of term is found again as the one that decided", async () => {
  const zone: LiteralZone = {
    "host.example.net A": ["81.2.69.160"],
    "example.net MX": ["10 host.example.net."],
    "example.net A": ["81.2.69.161"],
    "160.69.2.81.in-addr.arpa PTR": ["host.example.net."],
    "81.2.69.160.example.net A": ["127.0.0.2"],
    "redirected.example.net TXT": ["v=spf1 ip4:81.2.69.160 -all"],
  };
  const terms: Readonly<Record<string, string>> = {
    "a:host.example.net": "a:host.example.net",
    "a/24": "a/24",
    mx: "mx",
    ptr: "ptr",
    "exists:%{i}.%{d}": "exists:%{i}.%{d}",
    "A:HOST.example.NET": "A:HOST.example.NET",
    "redirect=redirected.example.net": "ip4:81.2.69.160",
    "~all": "~all",
  };
  for (const [term, matched] of Object.entries(terms)) {
    const found = await evaluate({ ...zone, "example.net TXT": [`v=spf1 ${term}`] });
    assert.equal(found.matched, matched, `${term}: ${found.result}`);
  }
});

test("an IPv6 address is compared as one, however it is written", async () => {
  const zone = { "example.net TXT": ["v=spf1 ip6:2A02:06B8:0::/48 -all"] };
  assert.equal((await evaluate(zone, { ip: "2a02:6b8::25" })).matched, "ip6:2A02:06B8:0::/48");
  assert.equal((await evaluate(zone, { ip: "2a02:6b8:1::25" })).matched, "-all");
});

test("without a sender the HELO name is evaluated, and without both nothing is", async () => {
  const zone = { "mail.example.net TXT": ["v=spf1 -all"] };
  assert.equal((await evaluate(zone, { sender: "" })).domain, "mail.example.net");
  assert.equal((await evaluate(zone, { sender: undefined })).result, "fail");
  const nothing = await evaluate(zone, { sender: undefined, helo: undefined });
  assert.deepEqual([nothing.result, nothing.fault], ["temperror", "library"]);
});

test("a record that names itself over and over ends at the limit, and its tree stays short", async () => {
  const found = await evaluate({ "example.net TXT": [`v=spf1 ${"include:example.net ".repeat(40)}-all`] });
  assert.equal(found.fault, "too-many-lookups");
  assert.ok(found.tree.length <= 12);
  assert.ok(found.tree.every((line) => line.length <= 200));
});

test("a flood of records and terms is evaluated in little time and told in little text", async () => {
  const long = `v=spf1 ${"ip4:192.0.2.1 ".repeat(4_000)}${"x=y ".repeat(2_000)}-all`;
  const names = Array.from({ length: 100 }, (_, at) => `v=spf1 include:n${at}.example.net`);
  const start = performance.now();
  const one = await evaluate({ "example.net TXT": [long] });
  const several = await evaluate({ "example.net TXT": names });
  assert.ok(performance.now() - start < 5_000);
  assert.deepEqual([one.result, several.fault], ["fail", "several-records"]);
  assert.ok(one.tree.every((line) => line.length <= 200));
  assert.ok(several.tree.length <= 60);
});

test("whatever stands in answers, senders and names, the result is a value and its texts are plain", async () => {
  for (const text of attacks) {
    const records = [`v=spf1 include:${text} exists:${text} exp=${text} -all`, text];
    const answers: readonly DnsAnswer[] = [
      { kind: "answer", records: [text] },
      { kind: "answer", records },
      { kind: "answer", records: [`v=spf1 a:${text}`] },
    ];
    for (const answer of answers) {
      const question = { ip: "81.2.69.160", sender: `${text}@example.net`, helo: text };
      const { tree, problem = "", explanation = "", matched = "" } = await mailAuth.spf(question, async () => answer);
      for (const line of [...tree, problem, explanation, matched]) assert.match(line, /^[\x20-\x7e…]{0,260}$/);
    }
  }
});

test("a fault inside the way to ask is a temporary error, not an exception", async () => {
  const question = { ip: "81.2.69.160", sender: "alice@example.net", helo: undefined };
  const found = await mailAuth.spf(question, () => Promise.reject(new TypeError("broken")));
  assert.deepEqual([found.result, found.problem], ["temperror", "broken"]);
  assert.equal((await mailAuth.spf({ ...question, ip: "no address" }, () => Promise.reject())).result, "temperror");
});
