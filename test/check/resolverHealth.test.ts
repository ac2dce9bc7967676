// The resolver itself: one that invents addresses for missing names is found out, and no list is believed through it.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { probesOf } from "../../server/src/check/probes/index.ts";
import { resolverHealthProbe } from "../../server/src/check/probes/resolverHealth.ts";
import type { DnsAnswer, Resolver } from "../../server/src/check/resolver.ts";
import { checkThrough, rowOf, usualProbes } from "../support/check.ts";
import { startDns, type TestDns } from "../support/dns.ts";

const ip = "81.2.69.160";
const only = { probes: [resolverHealthProbe] };
let dns: TestDns;
before(async () => {
  dns = await startDns();
});
after(() => dns.stop());

/** A resolver that answers every name so, whether it exists or not. */
function always(answer: DnsAnswer): Resolver & { readonly asked: readonly string[] } {
  const asked: string[] = [];
  return {
    name: "portal",
    asked,
    query: async (name) => {
      asked.push(name);
      return answer;
    },
  };
}

test("a resolver that knows no made-up name passes, and the verdict says nothing of it", async () => {
  const report = await checkThrough(dns.address, ip, only);
  const row = rowOf(report, "resolver");
  assert.equal(row.verdict, "pass");
  assert.equal(row.asked.length, 1);
  assert.match(row.asked[0] ?? "", /^[0-9a-f]{24}\.invalid A$/);
  assert.doesNotMatch(report.verdict, /invent/);
});

test("each check makes up a name of its own", async () => {
  const resolver = always({ kind: "nxdomain" });
  await checkThrough(resolver, ip, only);
  await checkThrough(resolver, ip, only);
  assert.equal(new Set(resolver.asked).size, 2);
});

test("a resolver that invents an address is told in clear words, and never as a fault of the sender", async () => {
  for (const address of ["203.0.113.99", "0.0.0.0", "127.0.0.2"]) {
    const row = rowOf(await checkThrough(always({ kind: "answer", records: [address] }), ip, only), "resolver");
    assert.equal(row.verdict, "unknown");
    assert.match(row.answer, /a name that does not exist.*no list's answer through it can be trusted/);
    assert.ok(row.answer.includes(address));
    assert.match(row.remedy ?? "", /another resolver/);
  }
});

test("through a resolver that invents addresses no list row is anything but unknown", async () => {
  for (const address of ["203.0.113.99", "0.0.0.0", "127.0.0.1", "127.0.0.2", "127.0.0.10", "127.0.5.3"]) {
    const report = await checkThrough(always({ kind: "answer", records: [address] }), ip, { probes: usualProbes });
    const lists = report.rows.filter(({ probe }) => probe === "blocklist");
    assert.equal(lists.length, 5);
    for (const row of lists) assert.equal(row.verdict, "unknown", `${row.id} ${address}`);
  }
});

test("no answer proves nothing, and the made-up name is not to blame", async () => {
  for (const kind of ["timeout", "servfail", "refused", "invalid"] as const) {
    const row = rowOf(await checkThrough(always({ kind }), ip, only), "resolver");
    assert.equal(row.verdict, "unknown", kind);
    assert.match(row.answer, /not known whether the resolver invents/);
  }
  assert.equal(rowOf(await checkThrough(always({ kind: "nodata" }), ip, only), "resolver").verdict, "pass");
});

test("the resolver is the first thing that a check looks at", () => {
  assert.equal(probesOf({ lists: [], extras: false })[0], resolverHealthProbe);
});
